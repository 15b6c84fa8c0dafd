"""/desk source: where things are read, and how far each is relied on."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OnDay, OneOf
from commands.kit.reply import Reply
from commands.kit.vocabulary import SOURCE_KINDS
from commands.shared.desk_names import (
    SOURCE,
    NameOrReference,
    answer_change,
    check_name,
    find_source,
)
from commands.shared.record_changes import reason
from store.editing.registry import NewSource
from store.model.span import Span

_DO = {"add": T("add one"), "prefer": T("call it otherwise"), "grade": T("grade it A to F")}
_GRADES = "ABCDEF"


@command(role=Role.MODERATOR, group="desk")
async def source(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    name: Annotated[str, NameOrReference(T("Its name, or S-1"), SOURCE)],
    value: Annotated[str, FreeText(T("Its other name, or its grade"), "VALUE", raw=False)] = "",
    *,
    why: Annotated[str, reason(T("Why; a grade needs it"))] = "",
    kind: Annotated[str, OneOf(SOURCE_KINDS, T("What it is; an outlet if not said"))] = "outlet",
    url: Annotated[str, FreeText(T("Its address, https://…"), "ADDRESS", raw=False)] = "",
    published: Annotated[Span | None, OnDay(T("The day it came out, of an article"))] = None,
) -> Reply:
    """Add a source, call it by another name, or grade it A to F with the reason."""
    registry = ctx.store.registry
    if do == "add":
        if url and not url.startswith(("https://", "http://")):
            raise BadParam(T("url: an address starts with https://; write it whole."))
        day = published.edtf if published else ""
        new = NewSource(check_name(f"{name} {value}"), kind, url, day)
        return await answer_change(
            ctx, await registry.add_source(ctx.act("add", why), new), undo=False
        )
    of = await find_source(name, ctx)
    if do == "prefer":
        to = check_name(value, "value")
        return await answer_change(ctx, await registry.prefer(ctx.act("prefer", why), of.ref, to))
    grade = value.strip().upper()
    if len(grade) != 1 or grade not in _GRADES:
        raise BadParam(T("value: a grade is one of A, B, C, D, E and F; write one of them."))
    if not why:
        reasonless = T("why: a grade needs its reason; write one, such as why:“checked”.")
        raise BadParam(reasonless, code=Code.MISSING_VALUE)
    return await answer_change(ctx, await registry.grade(ctx.act("grade", why), of.id, grade))
