"""/restore: put a withdrawn entry back."""

from typing import Annotated

from commands.kit.context import Context, Role
from commands.kit.keeping import kept, reason
from commands.kit.params import KnownEntry
from commands.kit.reply import Ref, Reply
from commands.kit.spec import command
from commands.kit.words import T
from store.models import Entry


@command(role=Role.MODERATOR)
async def restore(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The retracted entry, such as E-42"))],
    why: Annotated[str, reason(T("Why it counts again"))],
) -> Reply:
    """Put a retracted entry back into lists and counts."""
    made = await ctx.store.keeping.restore(ctx.act("restore", why), ref.id)
    return await kept(ctx, T("{ref} put back: {why}", ref=Ref(made.target), why=made.why), made)
