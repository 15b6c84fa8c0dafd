"""Begin a draft or go on with one, and put it on record."""

from collections.abc import Mapping

from msgspec import Struct

from commands.kit.context import Context
from commands.shared.drafting.build_entry import Values, compose_content, preview_entry
from commands.shared.drafting.validate import Reading, read_new
from store.model.draft import Draft, NewDraft
from store.model.entry import Entry, Kind
from store.model.filing import Filing


class Looked(Struct, frozen=True):
    """A draft as it stands: its values, and the entry that it would be, if it fits."""

    draft: Draft
    reading: Reading
    content: Filing | None = None
    entry: Entry | None = None

    @property
    def values(self) -> Values:
        return self.reading.values


async def begun(ctx: Context, kind: Kind, given: Mapping[str, str]) -> Draft:
    """Open a draft of what was given."""
    fields = {name: text for name, text in given.items() if text}
    return await ctx.store.drafts.open(ctx.key, ctx.person, NewDraft(kind, fields), ctx.now)


async def look(draft: Draft, ctx: Context) -> Looked:
    """Read a draft of a new entry."""
    reading = await read_new(draft.kind, draft.fields, ctx)
    if not reading.fits:
        return Looked(draft, reading)
    content = compose_content(draft.kind, reading.values)
    return Looked(draft, reading, content, preview_entry(content, reading.values, ctx.now))
