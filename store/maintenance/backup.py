"""Copies of a store, made beside whoever writes to it, checked before older ones go."""

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from store.db.migrate import own_version
from store.maintenance.raw_connection import check_integrity, open_bare

_STAMP = "%Y%m%dT%H%M%SZ"


class Backup(Struct, frozen=True):
    """A copy, its size in bytes, and the older ones that went for it."""

    path: Path
    size: int
    rotated: tuple[Path, ...]


def back_up(store: Path, folder: Path, keep: int, at: datetime) -> Backup:
    """Copy a store into a folder; once the copy is checked and on disk, keep the newest `keep`.

    The store is only read, and no log of it is written back. NotAStore where it is something else.
    """
    path = folder / f"{store.stem}-{at.astimezone(UTC):{_STAMP}}.db"
    new = path.with_name(f"{path.name}.new")
    try:
        with closing(open_bare(store)) as db:
            own_version(db, store)
            folder.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            db.execute("VACUUM INTO ?", (str(new),))
        with closing(sqlite3.connect(new)) as copy:
            check_integrity(copy, new, quick=True)
        _settle(new)
        new.replace(path)
        settle_folder(folder)
    finally:
        new.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, tuple(_rotate(store, folder, keep)))


def backups_of(store: Path, folder: Path) -> list[tuple[datetime, Path]]:
    """Return the copies of a store in a folder with their moments, oldest first."""
    name = re.compile(rf"{re.escape(store.stem)}-([0-9]{{8}}T[0-9]{{6}}Z)\.db")
    named = [(name.fullmatch(path.name), path) for path in folder.glob("*.db")]
    return sorted(
        (datetime.strptime(stamp[1], _STAMP).replace(tzinfo=UTC), path)
        for stamp, path in named
        if stamp
    )


def _rotate(store: Path, folder: Path, keep: int) -> list[Path]:
    gone = [path for _, path in backups_of(store, folder)[:-keep]]
    for path in gone:
        path.unlink()
    return gone


def _settle(path: Path) -> None:
    """Have a file's bytes on disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def settle_folder(folder: Path) -> None:
    """Have a folder's names on disk."""
    _settle(folder)
