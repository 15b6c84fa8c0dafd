"""A store that nobody ships any more: SQLite writes its log back by itself again."""

import sqlite3
from contextlib import closing
from pathlib import Path

from store.maintenance.raw_connection import open_bare
from store.maintenance.restore import hold_lock

_TABLES = ("_litestream_seq", "_litestream_lock")


def end_shipping(path: Path) -> None:
    """Take out of a store what its shipper keeps in it, and write its log back.

    NoStore where there is none, StoreBusy while a process writes to it.
    """
    open_bare(path).close()
    with hold_lock(path), closing(sqlite3.connect(path, isolation_level=None)) as db:
        for table in _TABLES:
            db.execute(f"DROP TABLE IF EXISTS {table}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
