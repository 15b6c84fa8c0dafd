"""The rows of a step's new entries, made while the step before is being written.

They rest on how the record ends just then: numbers, names, the hash of the revision before. If it
ends otherwise when they are to be written, as somebody else has written, they are made anew.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from store.db.insert_rows import Insert
from store.model.canonical_json import encode_known
from store.model.revision import Act, Person
from store.record.entry_names import EntryNames, read_names
from store.record.entry_rows import list_rows, note_filing
from store.record.revisions import head, list_revisions
from store.transfer import batches
from store.transfer.batches import ImportBatch
from store.transfer.plan import IMPORT, are_new
from store.transfer.row_reader import ImportRow

Head = tuple[int, str]
"""The last revision: its number and hash."""


class NewRows(Struct, frozen=True):
    """Rows of a part of a batch, each a new entry, and what the record is before they are filed.

    `last` is the number of the last entry.
    """

    batch: ImportBatch
    part: int
    rows: Sequence[ImportRow]
    names: EntryNames
    after: Head
    last: int


class StepRows(Struct, frozen=True):
    """What a step writes after the revision `after`, and what the record ends in then."""

    part: int
    count: int
    inserts: Sequence[Insert]
    after: Head
    head: Head
    last: int


def read_new(db: sqlite3.Connection, number: int, after: StepRows | None) -> NewRows | None:
    """Return what waits behind a step that is being written, or first; None if not all is new."""
    numbers = list_created(db, number)
    part, rows = batches.waiting(db, number, after.part if after else 0)
    if not rows or numbers is None or not are_new(db, rows):
        return None
    rows = [with_numbers(row, numbers) for row in rows] if numbers else rows
    names = read_names(db, [row.filing for row in rows])
    ends_in, last = (after.head, after.last) if after else (head(db), last_entry(db))
    return NewRows(batches.batch(db, number), part, rows, names, ends_in, last)


def list_created(db: sqlite3.Connection, number: int) -> Mapping[int, int] | None:
    """Return the numbers that a batch's new speakers and sources have; None before they have."""
    numbers = dict(
        db.execute("SELECT part, made FROM staged WHERE batch_id = ? AND part < 0", (number,))
    )
    return None if None in numbers.values() else numbers


def last_entry(db: sqlite3.Connection) -> int:
    """Return the number of the last entry."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    return int(last)


def make_rows(new: NewRows) -> StepRows:
    """Make the rows of new entries and of their revisions."""
    batch = new.batch
    entries = list(enumerate([row.filing for row in new.rows], start=new.last + 1))
    marks = [(row.mark, number) for (number, _), row in zip(entries, new.rows, strict=True)]
    changes = [note_filing(number, filing) for number, filing in entries]
    acts = [act_of_row(batch, row) for row in new.rows]
    done = list(zip(acts, changes, strict=True))
    revisions, ends_in = list_revisions(done, new.after, encode_known)
    inserts = (
        *list_rows(entries, new.names, batch.at),
        ("INSERT INTO filed_rows VALUES (?, ?)", [pair for pair in marks if pair[0]]),
        *revisions,
    )
    count = len(new.rows)
    return StepRows(new.part, count, inserts, new.after, ends_in, new.last + count)


def with_numbers(read: ImportRow, numbers: Mapping[int, int]) -> ImportRow:
    """Return a row with the numbers that new speakers and sources now have."""
    filed = read.filing
    sources = tuple(
        replace(cited, source_id=numbers.get(cited.source_id, cited.source_id))
        for cited in filed.sources
    )
    actor = None if filed.actor_id is None else numbers.get(filed.actor_id, filed.actor_id)
    return replace(read, filing=replace(filed, actor_id=actor, sources=sources))


def act_of(batch: ImportBatch, key: str, why: str) -> Act:
    """Return the act under which a batch does one thing."""
    by = batch.by or Person("", "", "")
    return Act(f"import:{batch.ref}:{key}", IMPORT, by, batch.at, why)


def act_of_row(batch: ImportBatch, read: ImportRow) -> Act:
    """Return the act under which a batch files a row."""
    key = f"key:{read.filing.key}" if read.filing.key else f"row:{read.row}"
    return act_of(batch, key, why_of(batch, read.row))


def why_of(batch: ImportBatch, row: int) -> str:
    """Return why a row is filed."""
    return f"{batch.why} Row {row} of {batch.file}."
