"""/desk actor: who speaks and assesses."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context, Role
from commands.kit.i18n import T
from commands.kit.params.basic import OneOf, Words
from commands.kit.reply import Reply
from commands.shared.moderation import reason
from commands.shared.registry import ACTOR, Thing, a_name, named_so, the_actor
from store.editing.registry import NewActor

_DO = {"add": T("add one"), "alias": T("give one more name"), "prefer": T("call it otherwise")}
_KINDS = {
    "person": T("a person"),
    "organisation": T("an organisation"),
    "group": T("a group"),
    "unnamed": T("somebody unnamed"),
}


@command(role=Role.MODERATOR, group="desk")
async def actor(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    name: Annotated[str, Thing(T("Their name, or A-6"), ACTOR)],
    value: Annotated[str, Words(T("Their other name"), "VALUE", raw=False)] = "",
    *,
    role: Annotated[str, Words(T("What they are, of a new one"), "ROLE", raw=False)] = "",
    kind: Annotated[str, OneOf(_KINDS, T("A person if not said"))] = "person",
    why: Annotated[str, reason(T("Why"))] = "",
) -> Reply:
    """Add a speaker or assessor, give one another name, or prefer one."""
    registry = ctx.store.registry
    if do == "add":
        new = NewActor(a_name(f"{name} {value}"), role, kind)
        return await named_so(ctx, await registry.add_actor(ctx.act("add", why), new), undo=False)
    of, to = await the_actor(name, ctx), a_name(value, "value")
    if do == "alias":
        return await named_so(ctx, await registry.name_actor(ctx.act("alias", why), of.id, to))
    return await named_so(ctx, await registry.prefer(ctx.act("prefer", why), of.ref, to))
