"""/search: words on record."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.i18n import T
from commands.kit.params.basic import Hidden, Words
from commands.kit.reply import Reply
from commands.shared.views.entry_list import Asked, listed


@command()
async def search(
    ctx: Context,
    text: Annotated[str, Words(T("Words, a “phrase” or the start of a word*"))],
    *,
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """Find entries of every kind by their words, newest first."""
    return await listed(ctx, Asked(None, text=text), "search", after)
