"""Files a batch, a step at a time; each step is one transaction, its conclusion the last."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.model.revision import Act, Change, Person
from store.model.text import fold
from store.record import entry_rows as filing
from store.record import moderation as keeping
from store.record.revisions import append, head
from store.transfer import batches
from store.transfer.batches import ImportBatch, waiting
from store.transfer.plan import IMPORT, Decision, RowOutcome, decide
from store.transfer.row_reader import ImportRow
from store.transfer.write_buffer import WriteBuffer, pause_gc

if TYPE_CHECKING:
    from store.model.canonical_json import Json

Head = tuple[int, str]


@pause_gc()
def step(db: sqlite3.Connection, number: int) -> int:
    """File the next rows of a batch; return how many those were, 0 when none is left."""
    batch = batches.batch(db, number)
    made = _made(db, batch)
    part, rows = waiting(db, batch.id)
    decisions = decide(db, [with_made(one, made) for one in rows] if made else rows)
    counts = Counter(one.outcome for one in decisions)
    at = _correct(db, batch, [one for one in decisions if one.outcome is RowOutcome.CHANGED])
    _file(db, batch, [one for one in decisions if one.outcome is RowOutcome.NEW], at)
    db.execute(
        "UPDATE batches SET new = new + ?, changed = changed + ?, unchanged = unchanged + ?,"
        " kept = kept + ? WHERE id = ?",
        (*(counts[one] for one in RowOutcome), batch.id),
    )
    db.execute("DELETE FROM staged WHERE batch_id = ? AND part = ?", (batch.id, part))
    return len(rows)


def with_made(read: ImportRow, made: Mapping[int, int]) -> ImportRow:
    """Return a row with the numbers that new speakers and sources now have."""
    filed = read.filing
    sources = tuple(
        replace(one, source_id=made.get(one.source_id, one.source_id)) for one in filed.sources
    )
    actor = None if filed.actor_id is None else made.get(filed.actor_id, filed.actor_id)
    return replace(read, filing=replace(filed, actor_id=actor, sources=sources))


def act_of(batch: ImportBatch, key: str, why: str) -> Act:
    """Return the act under which a batch does one thing."""
    by = batch.by or Person("", "", "")
    return Act(f"import:{batch.ref}:{key}", IMPORT, by, batch.at, why)


def _why(batch: ImportBatch, row: int) -> str:
    return f"{batch.why} Row {row} of {batch.file}."


def _made(db: sqlite3.Connection, batch: ImportBatch) -> Mapping[int, int]:
    """Make the batch's speakers and sources, the first time; return the numbers they have."""
    rows = db.execute(
        "SELECT part, kind, made, content FROM staged WHERE batch_id = ? AND part < 0"
        " ORDER BY part DESC",
        (batch.id,),
    ).fetchall()
    made = {}
    for row, kind, number, content in rows:
        made[row] = number if number is not None else _make(db, batch, row, kind, content)
    return made


def _make(db: sqlite3.Connection, batch: ImportBatch, row: int, kind: str, content: str) -> int:
    fields: dict[str, str] = json.loads(content)
    there = db.execute(f"SELECT id FROM {kind}s WHERE key = ?", (fields["key"],)).fetchone()
    number = int(there[0]) if there else _put(db, kind, fields)
    db.execute(
        "UPDATE staged SET made = ? WHERE batch_id = ? AND part = ?", (number, batch.id, row)
    )
    if there:  # somebody made it since the rows were read
        return number
    after: Json = {**fields, "aliases": [fields["name"]]} if kind == "actor" else fields
    change = Change(f"{'A' if kind == 'actor' else 'S'}-{number}", None, after)
    append(db, act_of(batch, f"{kind}:{fields['key']}", batch.why), change, head(db))
    return number


def _put(db: sqlite3.Connection, kind: str, fields: Mapping[str, str]) -> int:
    row = {**fields, "folded": fold(fields["name"])} if kind == "source" else dict(fields)
    marks = ", ".join("?" * len(row))
    made = db.execute(
        f"INSERT INTO {kind}s ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
    )
    if kind == "actor":
        db.execute(
            "INSERT INTO actor_names (folded, actor_id, name) VALUES (?, ?, ?)",
            (fold(fields["name"]), made.lastrowid, fields["name"]),
        )
    return made.lastrowid or 0


def _correct(db: sqlite3.Connection, batch: ImportBatch, rows: list[Decision]) -> Head:
    at = head(db)
    for one in rows:
        assert one.entry_id is not None  # noqa: S101 -- what is changed is on record
        if one.again:
            again = act_of(batch, f"again:E-{one.entry_id}", _why(batch, one.read.row))
            at = append(db, again, keeping.restore(db, again, one.entry_id), at)
        change = filing.correct(db, one.entry_id, one.read.filing, batch.at)
        at = append(db, _act_of_row(batch, one.read), change, at)
    return at


def _file(db: sqlite3.Connection, batch: ImportBatch, rows: list[Decision], at: Head) -> None:
    gathered = WriteBuffer(db)
    into = gathered.connection
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    for number, one in enumerate(rows, start=last + 1):
        change = filing.file(into, one.read.filing, batch.at, number)
        if one.read.mark:
            into.execute("INSERT INTO filed_rows VALUES (?, ?)", (one.read.mark, number))
        at = append(into, _act_of_row(batch, one.read), change, at)
    gathered.write()


def _act_of_row(batch: ImportBatch, read: ImportRow) -> Act:
    key = f"key:{read.filing.key}" if read.filing.key else f"row:{read.row}"
    return act_of(batch, key, _why(batch, read.row))


def conclude(db: sqlite3.Connection, number: int) -> None:
    """Put a batch that is filed on record itself, and forget what was only needed to file it."""
    batch = batches.batch(db, number)
    columns = [*RowOutcome, "rejected"]
    row = db.execute(f"SELECT {', '.join(columns)} FROM batches WHERE id = ?", (batch.id,))
    counts: Json = dict(zip(columns, row.fetchone(), strict=True))
    made = db.execute(
        "SELECT kind, made FROM staged WHERE batch_id = ? ORDER BY part DESC", (batch.id,)
    )
    after: Json = {
        "file": batch.file,
        "rows": counts,
        "made": [f"{'A' if kind == 'actor' else 'S'}-{number}" for kind, number in made],
    }
    by = batch.by or Person("", "", "")
    act = Act(f"import:{batch.ref}", IMPORT, by, batch.at, batch.why)
    append(db, act, Change(batch.ref, None, after), head(db))
    db.execute("DELETE FROM staged WHERE batch_id = ?", (batch.id,))
    db.execute("UPDATE batches SET state = 'filed', person = NULL WHERE id = ?", (batch.id,))
