"""/search: words on record."""

from typing import Annotated

from commands.kit.context import Context
from commands.kit.listing import Asked, listed
from commands.kit.params import Hidden, Words
from commands.kit.reply import Reply
from commands.kit.spec import command
from commands.kit.words import T


@command()
async def search(
    ctx: Context,
    text: Annotated[str, Words(T("Words, a “phrase” or the start of a word*"))],
    *,
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """Find entries of every kind by their words, newest first."""
    return await listed(ctx, Asked(None, text=text), "search", after)
