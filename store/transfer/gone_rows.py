"""What an earlier import of a file filed and the file no longer has."""

import sqlite3

from store.model.ref import ENTRY, Ref


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
