"""Files a batch, a step at a time; each step is one transaction, its conclusion the last."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from store.db.insert_rows import insert_all
from store.model.address import normal_address
from store.model.ref import ACTOR, ENTRY, SOURCE, Ref
from store.model.revision import Act, Change, Person
from store.model.text import fold
from store.record import entry_rows, moderation
from store.record.entry_names import read_names
from store.record.revisions import append, head
from store.transfer import batches
from store.transfer.batches import ImportBatch, waiting
from store.transfer.plan import IMPORT, Decision, RowOutcome, decide
from store.transfer.step_rows import (
    Head,
    NewRows,
    StepRows,
    act_of,
    act_of_row,
    last_entry,
    make_rows,
    why_of,
    with_numbers,
)
from store.transfer.tie_steps import file_ties

if TYPE_CHECKING:
    from store.model.canonical_json import Json


class WrittenStep(Struct, frozen=True):
    """How many rows a step filed, 0 when none was left, and what the record ends in since."""

    rows: int
    head: Head


def step(db: sqlite3.Connection, number: int, ahead: StepRows | None = None) -> WrittenStep:
    """File the next rows of a batch, as they were made ahead if that still fits."""
    batch = batches.batch(db, number)
    if ahead is not None and ahead.after == head(db):
        insert_all(db, ahead.inserts)
        _settle(db, batch, ahead.part, {RowOutcome.NEW: ahead.count})
        return WrittenStep(ahead.count, ahead.head)
    numbers = _create_missing(db, batch)
    part, rows = waiting(db, batch.id)
    if not rows:
        return WrittenStep(file_ties(db, batch, numbers), head(db))
    decisions = decide(db, [with_numbers(row, numbers) for row in rows] if numbers else rows)
    at = _correct(
        db, batch, [decision for decision in decisions if decision.outcome is RowOutcome.CHANGED]
    )
    new = [decision.read for decision in decisions if decision.outcome is RowOutcome.NEW]
    names = read_names(db, [row.filing for row in new])
    step_rows = make_rows(NewRows(batch, part, new, names, at, last_entry(db)))
    insert_all(db, step_rows.inserts)
    _settle(db, batch, part, Counter(decision.outcome for decision in decisions))
    return WrittenStep(len(rows), step_rows.head)


def _settle(
    db: sqlite3.Connection, batch: ImportBatch, part: int, counts: Mapping[RowOutcome, int]
) -> None:
    """Count what became of a part of a batch, and forget it."""
    db.execute(
        "UPDATE batches SET new = new + ?, changed = changed + ?, unchanged = unchanged + ?,"
        " kept = kept + ? WHERE id = ?",
        (*(counts.get(outcome, 0) for outcome in RowOutcome), batch.id),
    )
    db.execute("DELETE FROM staged WHERE batch_id = ? AND part = ?", (batch.id, part))


def _create_missing(db: sqlite3.Connection, batch: ImportBatch) -> Mapping[int, int]:
    """Make the batch's speakers and sources, the first time; return the numbers they have."""
    rows = db.execute(
        "SELECT part, kind, made, content FROM staged WHERE batch_id = ? AND part < 0"
        " ORDER BY part DESC",
        (batch.id,),
    ).fetchall()
    numbers = {}
    for row, kind, known, content in rows:
        numbers[row] = known if known is not None else _create(db, batch, row, kind, content)
    return numbers


def _create(db: sqlite3.Connection, batch: ImportBatch, row: int, kind: str, content: str) -> int:
    fields: dict[str, str] = json.loads(content)
    there = db.execute(f"SELECT id FROM {kind}s WHERE key = ?", (fields["key"],)).fetchone()
    number = int(there[0]) if there else _put(db, kind, fields)
    db.execute(
        "UPDATE staged SET made = ? WHERE batch_id = ? AND part = ?", (number, batch.id, row)
    )
    if there:  # somebody made it since the rows were read
        return number
    after: Json = {**fields, "aliases": [fields["name"]]} if kind == "actor" else fields
    change = Change(str(_ref(kind, number)), None, after)
    append(db, act_of(batch, f"{kind}:{fields['key']}", batch.why), change, head(db))
    return number


def _ref(kind: str, number: int) -> Ref:
    return Ref(ACTOR if kind == "actor" else SOURCE, number)


def _put(db: sqlite3.Connection, kind: str, fields: Mapping[str, str]) -> int:
    row = dict(fields)
    if kind == "source":
        address = normal_address(fields.get("url", ""))
        row |= {"folded": fold(fields["name"]), "address": address}
    marks = ", ".join("?" * len(row))
    inserted = db.execute(
        f"INSERT INTO {kind}s ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
    )
    if kind == "actor":
        db.execute(
            "INSERT INTO actor_names (folded, actor_id, name) VALUES (?, ?, ?)",
            (fold(fields["name"]), inserted.lastrowid, fields["name"]),
        )
    return inserted.lastrowid or 0


def _correct(db: sqlite3.Connection, batch: ImportBatch, rows: list[Decision]) -> Head:
    at = head(db)
    for decision in rows:
        assert decision.entry_id is not None  # noqa: S101 -- what is changed is on record
        if decision.again:
            again = act_of(
                batch, f"again:{Ref(ENTRY, decision.entry_id)}", why_of(batch, decision.read.row)
            )
            at = append(db, again, moderation.restore(db, again, decision.entry_id), at)
        change = entry_rows.correct(db, decision.entry_id, decision.read.filing, batch.at)
        at = append(db, act_of_row(batch, decision.read), change, at)
    return at


def conclude(db: sqlite3.Connection, number: int) -> None:
    """Put a batch that is filed on record itself, and forget what was only needed to file it."""
    batch = batches.batch(db, number)
    columns = [*RowOutcome, "rejected"]
    row = db.execute(f"SELECT {', '.join(columns)} FROM batches WHERE id = ?", (batch.id,))
    counts: Json = dict(zip(columns, row.fetchone(), strict=True))
    created = db.execute(
        "SELECT kind, made FROM staged WHERE batch_id = ? ORDER BY part DESC", (batch.id,)
    )
    after: Json = {
        "file": batch.file,
        "rows": counts,
        "made": [str(_ref(kind, number)) for kind, number in created],
    }
    by = batch.by or Person("", "", "")
    act = Act(f"import:{batch.ref}", IMPORT, by, batch.at, batch.why)
    append(db, act, Change(batch.ref, None, after), head(db))
    db.execute("DELETE FROM staged WHERE batch_id = ?", (batch.id,))
    db.execute("UPDATE batches SET state = 'filed', person = NULL WHERE id = ?", (batch.id,))
