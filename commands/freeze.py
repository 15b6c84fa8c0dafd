"""/freeze: let nobody write for a while."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Strong, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf
from commands.kit.reply import Action, Audience, Reply, Text
from commands.shared.record_changes import YES, reason


@command(role=Role.ADMIN)
async def freeze(
    ctx: Context,
    why: Annotated[str, reason(T("Why; shown to everyone who tries to write"))] = "",
    *,
    off: Annotated[str, OneOf(YES, T("Let people write again"))] = "",
) -> Reply:
    """Make the record read-only, or lift that."""
    thaw = Action(T("Thaw"), "freeze", {"off": "yes"})
    if off:
        await ctx.store.moderation.freeze(ctx.act("thaw", why), thaw=True)
        return Reply(
            (Strong(T("Thawed: people can change the record again.")),), audience=Audience.ASKER
        )
    if why:
        revision = await ctx.store.moderation.freeze(ctx.act("freeze", why))
        title = T("Frozen, read-only: {why}", why=revision.why)
        return Reply((Strong(title),), actions=(thaw,), audience=Audience.ASKER)
    if now := await ctx.store.history.freeze_reason():
        return Reply((Strong(T("Frozen, read-only: {why}", why=now)),), actions=(thaw,))
    how = Text((T("To freeze it: "), Typed("/freeze WHY")))
    return Reply((Strong(T("The record is not frozen; people can change it.")),), (how,))
