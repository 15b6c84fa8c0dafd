"""What is still to be told to somebody, until it is told.

A notice holds a line whose answer is what they are told, never words of an entry. It is told at
least once and, by its key, seen once.
"""

import sqlite3
from datetime import datetime, timedelta

from msgspec import Struct

from store.database import Database
from store.filing import moment

_MOST_TRIES, _FIRST_WAIT = 6, timedelta(minutes=1)


class Notice(Struct, frozen=True):
    """Something to tell a person of a platform."""

    key: str
    platform: str
    person: str
    line: str


class Notices:
    """What is to be told."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def due(self, platform: str, at: datetime, limit: int = 20) -> tuple[Notice, ...]:
        """Return what is to be told on a platform by now, the longest due first."""
        return await self._db.read(_due, platform, at, limit)

    async def tell(self, notice: Notice, at: datetime) -> None:
        """Have somebody told; the same key again is the same notice."""
        if notice.person:
            await self._db.write(tell, notice, at)

    async def told(self, key: str) -> None:
        """Note that it was told: there is no more to tell."""
        await self._db.write(_told, key)

    async def failed(self, key: str, at: datetime) -> bool:
        """Put it off, each time twice as long; give it up after six tries, and say so (False)."""
        return await self._db.write(_failed, key, at)


def _due(db: sqlite3.Connection, platform: str, at: datetime, limit: int) -> tuple[Notice, ...]:
    rows = db.execute(
        "SELECT key, platform, person, line FROM notices"
        " WHERE platform = ? AND due <= ? ORDER BY due LIMIT ?",
        (platform, moment(at), limit),
    )
    return tuple(Notice(*row) for row in rows)


def tell(db: sqlite3.Connection, notice: Notice, at: datetime) -> None:
    """Have somebody told, in the transaction that is under way."""
    db.execute(
        "INSERT OR IGNORE INTO notices (key, platform, person, line, due) VALUES (?, ?, ?, ?, ?)",
        (notice.key, notice.platform, notice.person, notice.line, moment(at)),
    )


def _told(db: sqlite3.Connection, key: str) -> None:
    db.execute("DELETE FROM notices WHERE key = ?", (key,))


def _failed(db: sqlite3.Connection, key: str, at: datetime) -> bool:
    (tries,) = db.execute("SELECT tries FROM notices WHERE key = ?", (key,)).fetchone()
    if tries + 1 >= _MOST_TRIES:
        db.execute("DELETE FROM notices WHERE key = ?", (key,))
        return False
    db.execute(
        "UPDATE notices SET tries = tries + 1, due = ? WHERE key = ?",
        (moment(at + _FIRST_WAIT * 2**tries), key),
    )
    return True
