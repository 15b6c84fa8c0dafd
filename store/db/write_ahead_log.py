"""SQLite's log beside the file, and who may write it back.

Where Litestream ships the file, it alone may: it copies what is in the log, and what somebody else
writes back and overwrites before that is missing from the replica, which it does not notice. What
it then restores is a broken file.
"""

import sqlite3

PAGES = 1000
"""Pages after which SQLite writes the log back where nobody ships it; its own default."""


def is_shipped(db: sqlite3.Connection) -> bool:
    """Tell whether Litestream works on the file: it keeps a table of its own in it."""
    sql = "SELECT 1 FROM sqlite_schema WHERE name = '_litestream_seq'"
    return db.execute(sql).fetchone() is not None


def write_back_after(db: sqlite3.Connection, pages: int) -> None:
    """Have SQLite write the log back after so many pages, or leave it to who ships the file."""
    db.execute(f"PRAGMA wal_autocheckpoint = {0 if is_shipped(db) else pages:d}")
