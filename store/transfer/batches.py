"""Batches: begun, their rows staged, then filed in steps, each of which a kill may follow."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct, to_builtins
from msgspec.structs import astuple

from store.model.ref import BATCH, Ref
from store.model.revision import Act, Person
from store.record.entry_rows import moment
from store.record.revisions import ensure_thawed
from store.transfer.areas.area_rows import KeptOutline
from store.transfer.plan import Decision, RowOutcome
from store.transfer.resolver import New
from store.transfer.row_reader import ImportRow

STEP = 1000
"""Entries taken back in one transaction."""


class ImportBatch(Struct, frozen=True):
    """One import: what was read, and what became of its rows. B- and its number names it."""

    id: int
    file: str
    why: str
    state: str
    at: datetime
    by: Person | None
    counts: Mapping[RowOutcome, int]
    rejected: int

    @property
    def ref(self) -> str:
        return str(Ref(BATCH, self.id))


def begin(db: sqlite3.Connection, act: Act, file: str) -> int:
    """Note that a batch is being read; return its number. Frozen says that nobody may write."""
    ensure_thawed(db)
    person = json.dumps(to_builtins(act.by), ensure_ascii=False)
    inserted = db.execute(
        "INSERT INTO batches (file, why, state, at, person) VALUES (?, ?, 'staging', ?, ?)",
        (file, act.why, moment(act.at), person),
    )
    return inserted.lastrowid or 0


def stage(db: sqlite3.Connection, batch_id: int, decisions: Sequence[Decision]) -> None:
    """Keep the rows that are new or changed until they are filed: together, in one step.

    Their JSON goes in and out as bytes: as a text of Python's, megabytes would be copied thrice.
    """
    rows = [
        decision.read
        for decision in decisions
        if decision.outcome in {RowOutcome.NEW, RowOutcome.CHANGED}
    ]
    if rows:
        db.execute(
            "INSERT INTO staged (batch_id, part, kind, content) SELECT ?,"
            " coalesce(max(part), 0) + 1, 'entries', CAST(? AS TEXT) FROM staged"
            " WHERE batch_id = ?",
            (batch_id, msgspec.json.encode(rows), batch_id),
        )


def commit(
    db: sqlite3.Connection,
    batch_id: int,
    new: Iterable[New],
    counts: Mapping[RowOutcome, int],
    rejected: int,
) -> None:
    """Decide that the batch is filed: from here on it is finished, whatever happens."""
    ensure_thawed(db)
    db.executemany(
        "INSERT INTO staged (batch_id, part, kind, content) VALUES (?, ?, ?, ?)",
        [(batch_id, thing.number, thing.kind, json.dumps(dict(thing.content))) for thing in new],
    )
    db.execute(
        "UPDATE batches SET state = 'filing', unchanged = ?, kept = ?, rejected = ? WHERE id = ?",
        (counts.get(RowOutcome.UNCHANGED, 0), counts.get(RowOutcome.KEPT, 0), rejected, batch_id),
    )


def keep_outlines(db: sqlite3.Connection, batch_id: int, outlines: Sequence[KeptOutline]) -> None:
    """Keep the outlines of the areas of which a batch files the places inside."""
    db.executemany(
        "INSERT INTO batch_outlines (batch_id, position, name, assessor, day, control, source,"
        " licence, geometry, latest, south, west, north, east)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(batch_id, at, *astuple(outline)) for at, outline in enumerate(outlines, start=1)],
    )


def drop_outlines(db: sqlite3.Connection, batch_id: int) -> None:
    """Forget the outlines of a batch."""
    db.execute("DELETE FROM batch_outlines WHERE batch_id = ?", (batch_id,))


def drop(db: sqlite3.Connection, batch_id: int) -> None:
    """Forget a batch of which nothing was filed."""
    db.execute("DELETE FROM staged WHERE batch_id = ?", (batch_id,))
    db.execute("DELETE FROM staged_ties WHERE batch_id = ?", (batch_id,))
    drop_outlines(db, batch_id)
    db.execute("DELETE FROM batches WHERE id = ? AND state = 'staging'", (batch_id,))


def batch(db: sqlite3.Connection, batch_id: int) -> ImportBatch:
    """Return a batch by number; LookupError where there is none.

    Its moment is when it began, or that of the last revision since: revisions follow the clock.
    """
    row = db.execute(
        "SELECT id, file, why, state, at, person, new, changed, unchanged, kept, rejected"
        " FROM batches WHERE id = ?",
        (batch_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"There is no {Ref(BATCH, batch_id)}.")
    number, file, why, state, at, person, *counts, rejected = row
    by = Person(**json.loads(person)) if person else None
    every = dict(zip(RowOutcome, counts, strict=True))
    last = db.execute("SELECT at FROM revisions ORDER BY seq DESC LIMIT 1").fetchone() or (at,)
    when = max(map(datetime.fromisoformat, (at, *last)))
    return ImportBatch(number, file, why, state, when, by, every, rejected)


def waiting(db: sqlite3.Connection, batch_id: int) -> tuple[int, list[ImportRow]]:
    """Return the next part of a batch that waits to be filed, and its rows; none at the end."""
    part = db.execute(
        "SELECT part, CAST(content AS BLOB) FROM staged WHERE batch_id = ? AND part > 0"
        " ORDER BY part LIMIT 1",
        (batch_id,),
    ).fetchone()
    return (part[0], _READS.decode(part[1])) if part else (0, [])


_READS = msgspec.json.Decoder(list[ImportRow])
