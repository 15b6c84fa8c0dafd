"""What a report says of rows beside their outcome: much like the record, gone from the file."""

import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from store.db.database import Database
from store.model.entry import Kind
from store.model.filing import Filing
from store.model.ref import ENTRY, Ref
from store.queries.similar_entries import find_similar_entries
from store.transfer.plan import Decision, RowOutcome

_MOST = 50
"""Rows of a file that are held against the record: each takes some twenty milliseconds."""


class AlikeRows(Struct):
    """New rows that say nearly what is on record, each with its entry; they are filed all the same.

    `waiting` are new ones to be looked at; so many are `left`, for they are too many.
    """

    pairs: dict[int, str] = {}
    waiting: dict[int, Filing] = {}
    left: int = 0

    def note(self, decisions: Iterable[Decision]) -> None:
        """Note the new rows among these.

        Two assessments of one assessor are in like words, day by day, and no duplicates.
        """
        for decision in decisions:
            filing = decision.read.filing
            if decision.outcome is not RowOutcome.NEW or filing.kind is Kind.ASSESSMENT:
                continue
            if len(self.waiting) < _MOST:
                self.waiting[decision.read.row] = filing
            else:
                self.left += 1

    async def look(self, db: Database) -> None:
        """Hold the rows against the record, a hop each, so that others are answered between."""
        for row, filing in self.waiting.items():
            place = filing.places[0].place_id if filing.places else None
            what = filing.kind, place, filing.day.latest, filing.text
            if like := await db.read(find_similar_entries, *what):
                self.pairs[row] = like[0].ref


def list_gone(db: sqlite3.Connection, file: str, again: set[int]) -> tuple[str, ...]:
    """Return the entries that imports of a file of this name filed, without those met `again`.

    Nothing is gone where nothing was met: then it is another file of the same name.
    """
    if not again:
        return ()
    batches = db.execute(
        "SELECT id FROM batches WHERE file = ? AND state = 'filed'", (file,)
    ).fetchall()
    targets: set[str] = set()
    for (number,) in batches:
        start = f"import:B-{number}:"
        rows = db.execute(
            "SELECT target FROM revisions WHERE key > ? AND key < ?", (start, f"{start[:-1]};")
        )
        targets.update(target for (target,) in rows)
    numbers = sorted(
        ref.number for ref in map(Ref.match, targets) if ref is not None and ref.kind is ENTRY
    )
    gone = [number for number in numbers if number not in again]
    return tuple(str(Ref(ENTRY, number)) for number in gone if _is_on_record(db, number))


def _is_on_record(db: sqlite3.Connection, number: int) -> bool:
    row = db.execute("SELECT retracted_at FROM entries WHERE id = ?", (number,)).fetchone()
    return row is not None and row[0] is None
