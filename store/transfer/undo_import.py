"""Takes a batch back, a step at a time: what it filed is retracted, what it corrected put back."""

import json
import sqlite3
from typing import Any

from msgspec import to_builtins

from store.model.ref import BATCH, ENTRY, Ref
from store.model.refusals import Already
from store.model.revision import Act, Change, Person, Revision
from store.record import entry_rows, moderation
from store.record.revisions import append, by_key, ensure_thawed, head
from store.transfer import batches
from store.transfer.batches import ImportBatch, batch
from store.transfer.plan import UNDO, last_change
from store.transfer.tie_steps import untie


def begin_undo(db: sqlite3.Connection, number: int, act: Act) -> bool:
    """Decide that a batch that was filed is taken back; return whether there is one.

    The decision is on record under the act's key, if it has one: what was begun is finished.
    """
    if act.key and by_key(db, act.key) is not None:
        return False
    ensure_thawed(db)
    updated = db.execute(
        "UPDATE batches SET state = 'undoing', person = ?, why = ?, at = ? WHERE id = ?"
        " AND state = 'filed'",
        (json.dumps(to_builtins(act.by)), act.why, entry_rows.moment(act.at), number),
    )
    did = by_key(db, f"import:{Ref(BATCH, number)}")
    if updated.rowcount and act.key and did is not None:
        decided = Change(
            str(Ref(BATCH, number)), did.after, {"taking_back": True, "undoes": did.seq}
        )
        append(db, act, decided, head(db))
    return updated.rowcount > 0


def undo_step(db: sqlite3.Connection, number: int, after: str) -> str:
    """Take back the next entries of a batch; return where to go on, "" when none is left."""
    this = batch(db, number)
    start = f"import:{this.ref}:"
    rows = db.execute(
        "SELECT key, target FROM revisions WHERE key > ? AND key < ? ORDER BY key LIMIT ?",
        (max(after, start), f"{start[:-1]};", batches.STEP),
    ).fetchall()
    for key, target in rows:
        ref = Ref.parse(target)
        if ref.kind is ENTRY:
            _take_back(db, this, key, ref.number)
    return str(rows[-1][0]) if rows else ""


def _take_back(db: sqlite3.Connection, this: ImportBatch, key: str, entry_id: int) -> None:
    did = by_key(db, key)
    assert did is not None  # noqa: S101 -- it was just listed
    act = _act(this, f":{did.seq}")
    if ":tie:" in key:
        tied = untie(db, entry_id, did.seq, did.after)
        if tied is not None and by_key(db, act.key) is None:
            assert isinstance(tied.after, dict)  # noqa: S101 -- every change of ours says what is after
            told = Change(tied.target, tied.before, {**tied.after, "undoes": did.seq})
            append(db, act, told, head(db))
        return
    _, last = last_change(db, entry_id)
    ours = (f"import:{this.ref}:", f"undo:{this.ref}:")
    if not last.startswith(ours) or by_key(db, act.key) is not None:
        return  # somebody has changed it since, or it was taken back before a kill
    try:
        change = _inverse(db, act, did, entry_id)
    except Already:  # taken back with another of its revisions
        return
    assert isinstance(change.after, dict)  # noqa: S101 -- every change of ours says what is after
    told = Change(change.target, change.before, {**change.after, "undoes": did.seq})
    append(db, act, told, head(db))


def _inverse(db: sqlite3.Connection, act: Act, did: Revision, entry_id: int) -> Change:
    before: Any = did.before
    if before is None or "text" not in before:
        return moderation.retract(db, act, entry_id)
    return entry_rows.correct(db, entry_id, entry_rows.parse_snapshot(before), act.at)


def _act(this: ImportBatch, of: str) -> Act:
    by = this.by or Person("", "", "")
    return Act(f"undo:{this.ref}{of}", UNDO, by, this.at, this.why)


def conclude_undo(db: sqlite3.Connection, number: int) -> None:
    """Put it on record that a batch was taken back."""
    this = batch(db, number)
    (count,) = db.execute(
        "SELECT count(*) FROM revisions WHERE key > ? AND key < ?",
        (f"undo:{this.ref}:", f"undo:{this.ref};"),
    ).fetchone()
    did = by_key(db, f"import:{this.ref}")
    after = {"taken_back": count, **({"undoes": did.seq} if did else {})}
    append(db, _act(this, ""), Change(this.ref, did.after if did else None, after), head(db))
    db.execute("DELETE FROM staged WHERE batch_id = ?", (this.id,))
    db.execute("DELETE FROM staged_ties WHERE batch_id = ?", (this.id,))
    batches.drop_outlines(db, this.id)
    db.execute("UPDATE batches SET state = 'undone', person = NULL WHERE id = ?", (this.id,))
