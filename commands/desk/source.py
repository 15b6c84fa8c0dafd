"""/desk source: where things are read, and how far each is relied on."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.params.day_values import OnDay
from commands.kit.reply import Reply
from commands.kit.vocabulary import SOURCE_KINDS
from commands.shared.desk_names import (
    SOURCE,
    NameOrReference,
    answer_change,
    check_new_name,
    find_source,
)
from commands.shared.record_changes import reason
from store.editing.registry import NewSource
from store.model.span import Span

_DO = {"add": T("add one"), "prefer": T("rename"), "grade": T("grade it A to F")}
_GRADES = "ABCDEF"


@command(role=Role.MODERATOR, group="desk")
async def source(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    name: Annotated[str, NameOrReference(T("Its name, or S-1"), SOURCE)],
    value: Annotated[str, FreeText(T("Its other name, or its grade"), "VALUE", raw=False)] = "",
    *,
    why: Annotated[str, reason(T("Why; required for a grade"))] = "",
    kind: Annotated[str, OneOf(SOURCE_KINDS, T("What it is; an outlet by default"))] = "outlet",
    url: Annotated[str, FreeText(T("Its address, https://…"), "ADDRESS", raw=False)] = "",
    published: Annotated[Span | None, OnDay(T("Publication day, for an article"))] = None,
) -> Reply:
    """Add a source, rename it, or grade it A to F with the reason."""
    registry = ctx.store.registry
    if do == "add":
        if url and not url.startswith(("https://", "http://")):
            raise BadParam(T("url: write the whole address, starting with https://."))
        day = published.edtf if published else ""
        new = NewSource(check_new_name(f"{name} {value}"), kind, url, day)
        return await answer_change(
            ctx, await registry.add_source(ctx.act("add", why), new), undo=False
        )
    of = await find_source(name, ctx)
    if do == "prefer":
        to = check_new_name(value, "value")
        return await answer_change(ctx, await registry.prefer(ctx.act("prefer", why), of.ref, to))
    grade = value.strip().upper()
    if len(grade) != 1 or grade not in _GRADES:
        raise BadParam(T("value: write a grade from A to F."))
    if not why:
        reasonless = T("why: write the reason for the grade, such as why:“checked”.")
        raise BadParam(reasonless, code=Code.MISSING_VALUE)
    return await answer_change(ctx, await registry.grade(ctx.act("grade", why), of.id, grade))
