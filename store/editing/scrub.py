"""What was taken away leaves the file as well: its free pages, its full text and its log.

The mark that there is something to scrub is set with what is taken away, in one transaction. If the
scrubbing is stopped, or a reader in another process holds the log, the mark stays, and whoever
scrubs or opens the store for writing next finishes it.
"""

import sqlite3
from functools import partial

from store.db.database import transaction
from store.record.entry_words import renew_words

_MARK = "to scrub"


def mark(db: sqlite3.Connection) -> None:
    """Note in the transaction under way that there is something to scrub after it."""
    db.execute("INSERT OR REPLACE INTO state VALUES (?, '1')", (_MARK,))


def needs_scrub(db: sqlite3.Connection) -> bool:
    """Tell whether something is still to be scrubbed."""
    return bool(db.execute("SELECT 1 FROM state WHERE key = ?", (_MARK,)).fetchone())


def scrub(db: sqlite3.Connection) -> bool:
    """Scrub what is marked, outside of any transaction; False when the log is held by a reader."""
    if not needs_scrub(db):
        return True
    transaction(db, partial(renew_words, db))
    for table in ("entry_text", "retracted_text", "entry_signals"):
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat4'").fetchone():
        db.execute("DELETE FROM sqlite_stat4")  # samples of what the indexes hold
    db.execute("VACUUM")
    (held, _, _) = db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
    if held:
        return False
    db.execute("DELETE FROM state WHERE key = ?", (_MARK,))
    return True
