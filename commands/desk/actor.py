"""/desk actor: who speaks and assesses."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.reply import Reply
from commands.kit.vocabulary import SPEAKER_KINDS
from commands.shared.desk_names import (
    ACTOR,
    NameOrReference,
    answer_change,
    check_new_name,
    find_actor,
)
from commands.shared.record_changes import reason
from store.editing.registry import NewActor

_DO = {
    "add": T("add one"),
    "alias": T("add another name"),
    "prefer": T("rename"),
    "local": T("set the local name"),
}


@command(role=Role.MODERATOR, group="desk")
async def actor(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    name: Annotated[str, NameOrReference(T("Their name, or A-6"), ACTOR)],
    value: Annotated[str, FreeText(T("Their other name"), "VALUE", raw=False)] = "",
    *,
    role: Annotated[str, FreeText(T("Their role, if new"), "ROLE", raw=False)] = "",
    kind: Annotated[str, OneOf(SPEAKER_KINDS, T("Which kind; a person by default"))] = "person",
    local: Annotated[str, FreeText(T("Their local name, if new"), "NAME", raw=False)] = "",
    why: Annotated[str, reason(T("Why"))] = "",
) -> Reply:
    """Add a speaker or assessor, give one another name, or prefer one."""
    registry = ctx.store.registry
    if do == "add":
        new = NewActor(check_new_name(f"{name} {value}"), role, kind, local)
        return await answer_change(
            ctx, await registry.add_actor(ctx.act("add", why), new), undo=False
        )
    of, to = await find_actor(name, ctx), check_new_name(value, "value")
    if do == "alias":
        return await answer_change(ctx, await registry.name_actor(ctx.act("alias", why), of.id, to))
    if do == "local":
        return await answer_change(ctx, await registry.localise(ctx.act("local", why), of.id, to))
    return await answer_change(ctx, await registry.prefer(ctx.act("prefer", why), of.ref, to))
