"""The vectors of entries that have none, made newest first and in parts where the extra is."""

import asyncio

from store.db.part import Part
from store.likeness.entry_vectors import encode_entries, keep_vectors, list_unread
from store.likeness.sentence_model import load_encoder


class EntryVectors(Part):
    """Makes the vectors of entries."""

    async def make_missing(self) -> int:
        """Make the vectors that are missing; return how many. 0 at once where there is no model."""
        encoder = await asyncio.to_thread(load_encoder)
        if encoder is None:
            return 0
        count = before = 0
        while True:
            unread = await self.db.read(list_unread, before)
            entries = unread.entries
            if entries:
                vectors = await asyncio.to_thread(encode_entries, encoder, entries)
                await self.db.write(keep_vectors, list(zip(entries, vectors, strict=True)))
                count += len(entries)
            before = unread.before
            if not before:
                return count
