"""What the running program keeps for itself: some values, rooms' settings, buttons' lines."""

import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from store.db.database import Database
from store.db.part import Part, query, update_aside
from store.model.entry import day_number
from store.model.revision import Act, Change, Revision
from store.record.revisions import record

_LINE_DAYS = 30


class RoomSettings(Struct, frozen=True):
    """How a room wants its answers, and in which language ("": the desk's)."""

    public: bool = False
    language: str = ""


def _value(db: sqlite3.Connection, key: str) -> str | None:
    """Return a value that was kept under `key`."""
    row = db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def _keep(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a value under `key`."""
    db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))


def _keep_lines(db: sqlite3.Connection, lines: Mapping[str, str], today: date) -> None:
    """Keep lines under their hashes for 30 days more."""
    until = day_number(today + timedelta(days=_LINE_DAYS))
    db.execute("DELETE FROM lines WHERE until < ?", (day_number(today),))
    db.executemany(
        "INSERT OR REPLACE INTO lines VALUES (?, ?, ?)",
        [(key, line, until) for key, line in lines.items()],
    )


def _line(db: sqlite3.Connection, key: str) -> str | None:
    """Return the line kept under a hash, if it is still there."""
    row = db.execute("SELECT line FROM lines WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def _room(db: sqlite3.Connection, platform: str, room: str) -> RoomSettings:
    row = db.execute(
        "SELECT answers, language FROM rooms WHERE platform = ? AND id = ?", (platform, room)
    ).fetchone()
    return RoomSettings() if row is None else RoomSettings(row[0] == "public", row[1])


def _set_room(db: sqlite3.Connection, platform: str, room: str, to: RoomSettings) -> Change:
    before = _room(db, platform, room)
    db.execute(
        "INSERT OR REPLACE INTO rooms VALUES (?, ?, ?, ?)",
        (platform, room, "public" if to.public else "private", to.language),
    )
    return Change(
        f"room:{platform}:{room}",
        {"public": before.public, "language": before.language},
        {"public": to.public, "language": to.language},
    )


class ProgramState(Part):
    """State of the program, apart from the record."""

    value = query(_value)
    keep = update_aside(_keep)
    keep_lines = update_aside(_keep_lines)
    line = query(_line)

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._rooms: dict[tuple[str, str], RoomSettings] = {}

    async def room(self, platform: str, room: str) -> RoomSettings:
        """Return a room's settings; the defaults where nobody set any."""
        # The file has one writing process, so what was read once is known until it is set here.
        known = self._rooms.get((platform, room))
        if known is None:
            known = await self.db.read(_room, platform, room)
            self._rooms[platform, room] = known
        return known

    async def set_room(self, act: Act, platform: str, room: str, to: RoomSettings) -> Revision:
        """Change a room's settings, on record."""
        revision = await self.db.write(record, act, lambda db: _set_room(db, platform, room, to))
        self._rooms.pop((platform, room), None)
        return revision
