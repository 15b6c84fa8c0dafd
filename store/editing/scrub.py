"""What was taken away leaves the file as well: its free pages, its full text and its log.

The mark that there is something to scrub is set with what is taken away, in one transaction. If the
scrubbing is stopped, or a reader in another process holds the log, the mark stays, and whoever
scrubs or opens the store for writing next finishes it. Where somebody ships the file the log is
theirs: it is emptied once they have let go of it.
"""

import sqlite3
from functools import partial

from store.db.database import Tell, tell_nobody, transaction
from store.db.write_ahead_log import is_shipped
from store.record.entry_words import renew_words

_MARK = "to scrub"
_FILE, _LOG = "1", "log"  # what is still to be scrubbed: all of it, or the log alone


def mark(db: sqlite3.Connection) -> None:
    """Note in the transaction under way that there is something to scrub after it."""
    db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (_MARK, _FILE))


def needs_scrub(db: sqlite3.Connection) -> bool:
    """Tell whether something is still to be scrubbed."""
    return bool(_find_mark(db))


def _find_mark(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM state WHERE key = ?", (_MARK,)).fetchone()
    return row[0] if row else ""


def scrub(db: sqlite3.Connection, tell: Tell = tell_nobody) -> bool:
    """Scrub what is marked, outside of any transaction; False when others hold the log."""
    if (marked := _find_mark(db)) == _FILE:
        tell("writing the file anew, without what was taken away")
        _scrub_file(db)
    return not marked or (not is_shipped(db) and empty_log(db))


def _scrub_file(db: sqlite3.Connection) -> None:
    transaction(db, partial(renew_words, db))
    for table in ("entry_text", "retracted_text", "entry_signals"):
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat4'").fetchone():
        db.execute("DELETE FROM sqlite_stat4")  # samples of what the indexes hold
    db.execute("VACUUM")
    db.execute("UPDATE state SET value = ? WHERE key = ?", (_LOG, _MARK))


def empty_log(db: sqlite3.Connection) -> bool:
    """Empty the log, the last place of what was taken away; False when others hold it."""
    (held, _, _) = db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
    if held:
        return False
    db.execute("DELETE FROM state WHERE key = ?", (_MARK,))
    return True
