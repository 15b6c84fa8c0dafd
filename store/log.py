"""The log of the record: its revisions, newest first, by whom and of what."""

import sqlite3
from datetime import datetime
from typing import Any

from msgspec import Struct

from store.database import Database
from store.history import CHAIN, COLUMNS, Person, Revision, revision_of, stamp
from store.text import fold


class Wanted(Struct, frozen=True):
    """Which revisions: of a target such as E-42, by somebody, since a moment, before a number."""

    target: str = ""
    by: Person | None = None
    since: datetime | None = None
    before: int = 2**62


class Log:
    """What was done to the record."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def page(self, wanted: Wanted, size: int) -> tuple[Revision, ...]:
        """Return up to `size` revisions, newest first."""
        return await self._db.read(page, wanted, size)

    async def authors(self, name: str) -> tuple[Person, ...]:
        """Return those on record whose shown name is, or starts with, `name`."""
        return await self._db.read(_authors, name)


_OF_ONE = (
    " FROM revision_people p INDEXED BY revision_people_who CROSS JOIN revisions r ON r.seq = p.seq"
    " CROSS JOIN revision_bodies b ON b.seq = p.seq"
)


def page(db: sqlite3.Connection, wanted: Wanted, size: int) -> tuple[Revision, ...]:
    """Return up to `size` revisions, newest first."""
    source, seq = CHAIN, "r.seq"
    where: list[str] = []
    values: list[Any] = []
    if wanted.by is not None:
        source, seq = _OF_ONE, "p.seq"
        where.append("json_extract(p.person, '$.platform') = ?")
        where.append("json_extract(p.person, '$.id') = ?")
        values += [wanted.by.platform, wanted.by.id]
    if wanted.target:
        where.append("r.target = ?")
        values.append(wanted.target)
    if wanted.since is not None:
        where.append("r.at >= ?")
        values.append(stamp(wanted.since))
    rows = db.execute(
        f"SELECT {COLUMNS}{source} WHERE {' AND '.join([*where, f'{seq} < ?'])}"
        f" ORDER BY {seq} DESC LIMIT ?",
        (*values, wanted.before, size),
    )
    return tuple(revision_of(row) for row in rows)


def _authors(db: sqlite3.Connection, name: str) -> tuple[Person, ...]:
    people = [Person(*row) for row in db.execute("SELECT platform, id, name FROM authors")]
    wanted = fold(name)
    found = [one for one in people if fold(one.name).startswith(wanted)]
    return tuple(sorted(found, key=lambda one: one.name))
