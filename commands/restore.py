"""/restore: put a withdrawn entry back."""

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
async def restore(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The retracted entry, such as E-42"))],
    why: Annotated[str, reason(T("Why it counts again"))],
) -> Reply:
    """Put a retracted entry back into lists and counts."""
    revision = await ctx.store.moderation.restore(ctx.act("restore", why), ref.id)
    return await change_reply(
        ctx, T("{ref} restored: {why}", ref=Reference(revision.target), why=revision.why), revision
    )
