"""Terms for the entries of a store that has none yet, or those of an earlier program."""

import sqlite3
from functools import partial

from store.db.database import Tell, tell_nobody, transaction
from store.likeness.index import write_signals
from store.record.entry_names import read_names
from store.record.entry_rows import current
from store.record.index_rows import tags

VERSION = "4"
"""Of the terms: rows that another version made are made anew when the file is opened."""
_STATE = "signals"
_AT_ONCE = 2_000
_TOLD_EVERY = 25  # parts


def fill_signals(db: sqlite3.Connection, tell: Tell = tell_nobody) -> None:
    """Give each entry its terms, where it lacks those of this version, in parts.

    If it is stopped, the next opening begins anew.
    """
    row = db.execute("SELECT value FROM state WHERE key = ?", (_STATE,)).fetchone()
    if row and row[0] == VERSION:
        return
    transaction(db, partial(db.execute, "DELETE FROM entry_signals"))
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    after = parts = 0
    while part := _list_after(db, after):
        if parts % _TOLD_EVERY == 0:
            tell(f"terms of entries for /check: {after:,} of {last:,}")
        transaction(db, partial(_write_part, db, part))
        after, parts = part[-1][0], parts + 1
    keep = "INSERT OR REPLACE INTO state VALUES (?, ?)"
    transaction(db, partial(db.execute, keep, (_STATE, VERSION)))


def _list_after(db: sqlite3.Connection, after: int) -> list[tuple[int, int]]:
    return db.execute(
        "SELECT id, latest << 32 | id FROM entries WHERE id > ? ORDER BY id LIMIT ?",
        (after, _AT_ONCE),
    ).fetchall()


def _write_part(db: sqlite3.Connection, part: list[tuple[int, int]]) -> None:
    filings = [(rowid, current(db, entry_id)) for entry_id, rowid in part]
    names = read_names(db, [filing for _, filing in filings])
    tagged = [(rowid, filing, tags(filing)) for rowid, filing in filings]
    write_signals(db, tagged, names.places, names.every_name)
