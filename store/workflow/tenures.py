"""Terms: who wrote the record from when on, where two machines may and one does."""

import sqlite3
from datetime import datetime

from msgspec import Struct

from store.db.part import Part, query, update
from store.model.refusals import StoreError
from store.record.entry_rows import moment
from store.record.revisions import head


class RecordTerm(Struct, frozen=True):
    """A term: its number, who held it, since when, and the last revision before it."""

    number: int
    holder: str
    at: datetime
    after_seq: int


def _open(db: sqlite3.Connection, number: int, holder: str, at: datetime) -> RecordTerm:
    """Note that a term begins, and return it; 0 is the next. StoreError where it is past."""
    last = _newest(db)
    past = last.number if last else 0
    term = RecordTerm(number or past + 1, holder, at, head(db)[0])
    if term.number <= past:
        raise StoreError(f"The record is in term {past} already; term {number} is past.")
    db.execute(
        "INSERT INTO tenures VALUES (?, ?, ?, ?)",
        (term.number, term.holder, moment(at), term.after_seq),
    )
    return term


def _newest(db: sqlite3.Connection) -> RecordTerm | None:
    """Return the newest term, None where none was opened."""
    row = db.execute(
        "SELECT term, holder, at, after_seq FROM tenures ORDER BY term DESC LIMIT 1"
    ).fetchone()
    return row and RecordTerm(row[0], row[1], datetime.fromisoformat(row[2]), row[3])


class Tenures(Part):
    """The terms in which the record was written."""

    open = update(_open)
    newest = query(_newest)
