"""A store's file, opened beside whoever writes to it: nothing that is done with it changes it."""

import sqlite3
from pathlib import Path

from store.db.database import uri_of
from store.db.explain import refuse_other_file
from store.db.packing import teach
from store.model.refusals import NoStore, NotAStore


def open_bare(path: Path) -> sqlite3.Connection:
    """Open a store's file for reading alone, whatever state it is in.

    NoStore where there is none, NotAStore where it is something else.
    """
    refuse_other_file(path)
    if not path.is_file():
        raise NoStore(f"There is no store at {path}.")
    try:
        return _connect(uri_of(path, "ro"))
    except sqlite3.OperationalError:
        # SQLite notes its readers beside the file; where it may not, nobody writes either.
        return _connect(f"{uri_of(path, 'ro')}&immutable=1")


def _connect(uri: str) -> sqlite3.Connection:
    db = sqlite3.connect(uri, uri=True, isolation_level=None)
    teach(db)
    try:
        db.execute("PRAGMA busy_timeout = 5000")
        db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except sqlite3.OperationalError:
        db.close()
        raise
    except sqlite3.DatabaseError:  # it is broken: whoever asks about it will hear so
        return db
    return db


def check_integrity(db: sqlite3.Connection, path: Path, *, quick: bool) -> None:
    """Raise NotAStore where SQLite finds a file broken; `quick` leaves its indexes out."""
    check = "quick_check" if quick else "integrity_check"
    try:
        faults = [fault for (fault,) in db.execute(f"PRAGMA {check}(3)")]
    except sqlite3.DatabaseError as error:
        faults = [str(error)]
    if faults != ["ok"]:
        raise NotAStore(f"{path} is broken: {'; '.join(faults)}.")
