"""/retract: withdraw an entry."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Reference, T
from commands.kit.invocation import Role
from commands.kit.params.basic import KnownEntry
from commands.kit.reply import Reply
from commands.shared.record_changes import change_reply, reason
from store.model.entry import Entry


@command(role=Role.MODERATOR)
async def retract(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The entry to withdraw, such as E-42"), "E-42")],
    why: Annotated[str, reason(T("Why; it stands in the entry’s place"))],
) -> Reply:
    """Withdraw an entry: out of lists and counts, its reason stays."""
    revision = await ctx.store.moderation.retract(ctx.act("retract", why), ref.id)
    return await change_reply(
        ctx, T("{ref} retracted: {why}", ref=Reference(revision.target), why=revision.why), revision
    )
