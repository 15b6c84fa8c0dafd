"""Where words that are no name on record stand all the same: in the text of entries."""

from commands.kit.context import Context
from commands.kit.inlines import Line, T, Typed
from commands.kit.parser import write_line


async def find_mentions(text: str, ctx: Context) -> Line:
    """Return how to list the entries that mention what is no name; nothing where none does."""
    from store.queries import search  # noqa: PLC0415 -- only what is no name is searched for
    from store.queries.lists import Filter  # noqa: PLC0415

    wanted = Filter(None, words=text)
    if not search.query(text) or not (await ctx.store.lists.total(wanted)).number:
        return ()
    return T("Entries that mention it:"), " ", Typed(write_line("search", {"text": text}))
