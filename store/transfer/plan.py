"""What a row is to the record: new, changed, unchanged, or kept as a person left it."""

import sqlite3
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from store.db.as_list import as_list
from store.model.ref import ENTRY, Ref
from store.record import entry_rows
from store.transfer.row_reader import ImportRow

UNDO = "undo"
IMPORT = "import"


class RowOutcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"


class Decision(Struct, frozen=True):
    """What becomes of one row, and of which entry; `again` when that had been taken back."""

    read: ImportRow
    outcome: RowOutcome
    entry_id: int | None = None
    again: bool = False


def decide(db: sqlite3.Connection, rows: Sequence[ImportRow]) -> list[Decision]:
    """Decide about rows, each with an external id or a mark of its own."""
    keys = _numbers(
        db,
        "SELECT e.key, e.id FROM json_each(?) wanted CROSS JOIN entries e ON e.key = wanted.value",
        [row.filing.key for row in rows if row.filing.key],
    )
    marks = _numbers(
        db,
        "SELECT f.mark, f.entry_id FROM json_each(?) wanted"
        " CROSS JOIN filed_rows f ON f.mark = wanted.value",
        [row.mark for row in rows if row.mark],
    )
    return [
        _decision(db, row, keys.get(row.filing.key or "") or marks.get(row.mark)) for row in rows
    ]


def _numbers(db: sqlite3.Connection, sql: str, wanted: Sequence[str]) -> dict[str, int]:
    return dict(db.execute(sql, (as_list(wanted),)).fetchall()) if wanted else {}


def _decision(db: sqlite3.Connection, read: ImportRow, known: int | None) -> Decision:
    entry_id = known or find_origin(db, read.origin)
    if entry_id is None:
        return Decision(read, RowOutcome.NEW)
    retracted, version = db.execute(
        "SELECT retracted_at IS NOT NULL, version FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    act, _ = last_change(db, entry_id)
    if retracted:
        again = act == UNDO
        return Decision(read, RowOutcome.CHANGED if again else RowOutcome.KEPT, entry_id, again)
    now = entry_rows.current(db, entry_id)
    if entry_rows.snapshot(now) == entry_rows.snapshot(replace(read.filing, key=now.key)):
        return Decision(read, RowOutcome.UNCHANGED, entry_id)
    ours = act in {IMPORT, UNDO} if read.version is None else read.version == version
    return Decision(read, RowOutcome.CHANGED if ours else RowOutcome.KEPT, entry_id)


def find_origin(db: sqlite3.Connection, origin: tuple[int, str] | None) -> int | None:
    """Return the entry of which a row was exported, if this is the record it comes from."""
    if origin is None:
        return None
    first = db.execute(
        "SELECT digest FROM revisions WHERE target = ? ORDER BY seq LIMIT 1",
        (str(Ref(ENTRY, origin[0])),),
    ).fetchone()
    return origin[0] if first and first[0].hex().startswith(origin[1]) else None


def last_change(db: sqlite3.Connection, entry_id: int) -> tuple[str, str]:
    """Return act and key of what last changed an entry itself: no link, no verdict."""
    change: tuple[str, str] | None = db.execute(
        "SELECT r.act, r.key FROM revisions r CROSS JOIN revision_bodies b ON b.seq = r.seq"
        " WHERE r.target = ? AND json_type(b.body, '$.after.link') IS NULL"
        " AND json_type(b.body, '$.after.unlink') IS NULL"
        " AND json_type(b.body, '$.after.verdict') IS NULL ORDER BY r.seq DESC LIMIT 1",
        (str(Ref(ENTRY, entry_id)),),
    ).fetchone()
    return change or ("", "")
