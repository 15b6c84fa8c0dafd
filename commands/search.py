"""/search: words on record."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import FreeText, Hidden
from commands.kit.reply import Reply
from commands.shared.views.entry_list import EntryQuery, list_entries


@command(kept=True, one_hop=True)
async def search(
    ctx: Context,
    text: Annotated[str, FreeText(T("Words, a “phrase” or the start of a word*"))],
    *,
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """Find entries of every kind by their words, newest first."""
    return await list_entries(ctx, EntryQuery(None, text=text), "search", after)
