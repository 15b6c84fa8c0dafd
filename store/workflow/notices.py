"""What is still to be told to somebody, or said in a room, until it is.

A notice holds a line whose answer is what they are told, never words of an entry. It is noted
before it is sent and gone after; what a stop leaves in between is looked for before it goes again.
"""

import sqlite3
from datetime import datetime, timedelta

from msgspec import Struct

from store.db.part import Part, query, update_aside
from store.model.backoff import Backoff
from store.record.entry_rows import moment
from store.workflow.digest_rows import moment_or_none

_MOST_TRIES, _BACKOFF = 6, Backoff(60.0, 3600.0)


class PendingNotice(Struct, frozen=True):
    """Something to tell a person of a platform; or to say in a `room`, where it is nobody's.

    `tried_at` is when it was sent last, if nobody knows whether it went out.
    """

    key: str
    platform: str
    person: str
    line: str
    tried_at: datetime | None = None
    room: str = ""


def _due(
    db: sqlite3.Connection, platform: str, at: datetime, limit: int = 20
) -> tuple[PendingNotice, ...]:
    """Return what is to be told on a platform by now, the longest due first."""
    rows = db.execute(
        "SELECT key, platform, person, line, tried_at, room FROM notices"
        " WHERE platform = ? AND due <= ? ORDER BY due LIMIT ?",
        (platform, moment(at), limit),
    )
    return tuple(
        PendingNotice(key, platform, person, line, moment_or_none(tried), room)
        for key, platform, person, line, tried, room in rows
    )


def _overdue(db: sqlite3.Connection, platform: str, at: datetime) -> tuple[int, datetime | None]:
    """Return how many are to be told on a platform by now, and since when the first is due."""
    number, first = db.execute(
        "SELECT count(*), min(due) FROM notices WHERE platform = ? AND due <= ?",
        (platform, moment(at)),
    ).fetchone()
    return int(number), moment_or_none(first or "")


def tell(db: sqlite3.Connection, notice: PendingNotice, at: datetime) -> None:
    """Have somebody told, in the transaction that is under way."""
    db.execute(
        "INSERT OR IGNORE INTO notices (key, platform, person, line, room, due)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(notice.key, notice.platform, notice.person, notice.line, notice.room),
            moment(at),
        ),
    )


def _begin(db: sqlite3.Connection, key: str, at: datetime) -> bool:
    """Note that it is being sent; False if it is no longer to be."""
    updated = db.execute("UPDATE notices SET tried_at = ? WHERE key = ?", (moment(at), key))
    return updated.rowcount == 1


def _mark_told(db: sqlite3.Connection, key: str) -> None:
    """Note that it was told: there is no more to tell."""
    db.execute("DELETE FROM notices WHERE key = ?", (key,))


def _put_off(
    db: sqlite3.Connection, key: str, at: datetime, wait_s: float = 0, *, absent: bool = False
) -> bool:
    """Put it off, each time twice as long; give it up after six tries, and say so (False).

    `wait_s` is how long to wait at least; `absent` says that it surely did not go out.
    """
    row = db.execute("SELECT tries FROM notices WHERE key = ?", (key,)).fetchone()
    if row is None:  # whom it was for was forgotten meanwhile
        return True
    if row[0] + 1 >= _MOST_TRIES:
        db.execute("DELETE FROM notices WHERE key = ?", (key,))
        return False
    wait = timedelta(seconds=max(_BACKOFF.wait_s(row[0]), wait_s))
    db.execute(
        "UPDATE notices SET tries = tries + 1, due = ?,"
        " tried_at = CASE WHEN ? THEN '' ELSE tried_at END WHERE key = ?",
        (moment(at + wait), absent, key),
    )
    return True


class PendingNotices(Part):
    """What is to be told."""

    due = query(_due)
    overdue = query(_overdue)
    begin = update_aside(_begin)
    mark_told = update_aside(_mark_told)
    put_off = update_aside(_put_off)

    async def tell(self, notice: PendingNotice, at: datetime) -> None:
        """Have somebody told; the same key again is the same notice."""
        if notice.person or notice.room:
            await self.db.write(tell, notice, at)
