"""/retract: withdraw an entry."""

from typing import Annotated

from commands.kit.context import Context, Role
from commands.kit.keeping import kept, reason
from commands.kit.params import KnownEntry
from commands.kit.reply import Ref, Reply
from commands.kit.spec import command
from commands.kit.words import T
from store.models import Entry


@command(role=Role.MODERATOR)
async def retract(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The entry to withdraw, such as E-42"))],
    why: Annotated[str, reason(T("Why; it stands in the entry’s place"))],
) -> Reply:
    """Withdraw an entry: out of lists and counts, its reason stays."""
    made = await ctx.store.keeping.retract(ctx.act("retract", why), ref.id)
    return await kept(ctx, T("{ref} retracted: {why}", ref=Ref(made.target), why=made.why), made)
