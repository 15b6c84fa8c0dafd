"""Files a batch, a step at a time; each step is one transaction, its conclusion the last."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.db.insert_rows import insert_rows
from store.model.address import normal_address
from store.model.canonical_json import encode_known
from store.model.ref import ACTOR, ENTRY, SOURCE, Ref
from store.model.revision import Act, Change, Person
from store.model.text import fold
from store.record import entry_rows, moderation
from store.record.revisions import append, append_all, head
from store.transfer import batches
from store.transfer.batches import ImportBatch, waiting
from store.transfer.pause_gc import pause_gc
from store.transfer.plan import IMPORT, Decision, RowOutcome, decide
from store.transfer.row_reader import ImportRow
from store.transfer.tie_steps import file_ties

if TYPE_CHECKING:
    from store.model.canonical_json import Json

Head = tuple[int, str]


@pause_gc()
def step(db: sqlite3.Connection, number: int) -> int:
    """File the next rows of a batch; return how many those were, 0 when none is left."""
    batch = batches.batch(db, number)
    numbers = _create_missing(db, batch)
    part, rows = waiting(db, batch.id)
    if not rows:
        return file_ties(db, batch, numbers)
    decisions = decide(db, [with_numbers(row, numbers) for row in rows] if numbers else rows)
    counts = Counter(decision.outcome for decision in decisions)
    at = _correct(
        db, batch, [decision for decision in decisions if decision.outcome is RowOutcome.CHANGED]
    )
    _file(db, batch, [decision for decision in decisions if decision.outcome is RowOutcome.NEW], at)
    db.execute(
        "UPDATE batches SET new = new + ?, changed = changed + ?, unchanged = unchanged + ?,"
        " kept = kept + ? WHERE id = ?",
        (*(counts[outcome] for outcome in RowOutcome), batch.id),
    )
    db.execute("DELETE FROM staged WHERE batch_id = ? AND part = ?", (batch.id, part))
    return len(rows)


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


def _why(batch: ImportBatch, row: int) -> str:
    return f"{batch.why} Row {row} of {batch.file}."


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
                batch, f"again:{Ref(ENTRY, decision.entry_id)}", _why(batch, decision.read.row)
            )
            at = append(db, again, moderation.restore(db, again, decision.entry_id), at)
        change = entry_rows.correct(db, decision.entry_id, decision.read.filing, batch.at)
        at = append(db, _act_of_row(batch, decision.read), change, at)
    return at


def _file(db: sqlite3.Connection, batch: ImportBatch, rows: list[Decision], at: Head) -> None:
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    numbered = list(enumerate([decision.read for decision in rows], start=last + 1))
    changes = entry_rows.file_all(db, [(number, row.filing) for number, row in numbered], batch.at)
    marks = [(row.mark, number) for number, row in numbered if row.mark]
    insert_rows(db, "INSERT INTO filed_rows VALUES (?, ?)", marks)
    acts = [_act_of_row(batch, row) for _, row in numbered]
    append_all(db, list(zip(acts, changes, strict=True)), at, encode_known)


def _act_of_row(batch: ImportBatch, read: ImportRow) -> Act:
    key = f"key:{read.filing.key}" if read.filing.key else f"row:{read.row}"
    return act_of(batch, key, _why(batch, read.row))


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
