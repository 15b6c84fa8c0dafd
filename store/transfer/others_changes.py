"""Entries of an import that somebody has changed since: taking it back leaves them."""

import sqlite3

from store.model.ref import BATCH, Ref


def list_changed(db: sqlite3.Connection, number: int) -> tuple[str, ...]:
    """Return the entries that a batch filed or corrected and that others have changed since.

    A link or a verdict changes no entry. Those of the batch's own undo do not count.
    """
    ref = Ref(BATCH, number)
    mine, undone = f"import:{ref}:", f"undo:{ref}:"
    rows = db.execute(
        "SELECT DISTINCT mine.target FROM revisions mine"
        " CROSS JOIN revisions r ON r.target = mine.target AND r.seq > mine.seq"
        " CROSS JOIN revision_bodies b ON b.seq = r.seq"
        " WHERE mine.key > ? AND mine.key < ? AND NOT (r.key > ? AND r.key < ?)"
        " AND NOT (r.key > ? AND r.key < ?) AND json_type(b.body, '$.after.link') IS NULL"
        " AND json_type(b.body, '$.after.unlink') IS NULL"
        " AND json_type(b.body, '$.after.verdict') IS NULL",
        [bound for start in (mine, mine, undone) for bound in (start, f"{start[:-1]};")],
    )
    return tuple(sorted((target for (target,) in rows), key=_number))


def _number(target: str) -> int:
    return Ref.parse(target).number
