"""Speakers and assessors, by any of their names."""

import sqlite3

from store.db.connection import Database
from store.model.entry import Actor
from store.model.text import fold
from store.queries.spelling import LOOKED_AT, closest

_ACTOR = "a.id, a.name, a.role, a.kind"
_CANDIDATES = 60


class Actors:
    """Who says and who judges."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self, actor_id: int) -> Actor | None:
        """Return an actor by number."""
        return await self._db.read(get, actor_id)

    async def by_name(self, text: str) -> tuple[Actor, ...]:
        """Return the actors of exactly this name or alias."""
        return await self._db.read(find_by_name, text)

    async def like(self, text: str, limit: int) -> tuple[Actor, ...]:
        """Return actors one of whose names starts like `text`, best first."""
        return await self._db.read(like, text, limit)

    async def near(self, text: str, limit: int) -> tuple[Actor, ...]:
        """Return actors one of whose names is spelt much like `text`, best first."""
        return await self._db.read(_near, text, limit)


def find_by_name(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors of exactly this name or alias."""
    rows = db.execute(
        f"SELECT DISTINCT {_ACTOR} FROM actor_names n CROSS JOIN actors a ON a.id = n.actor_id"
        " WHERE n.folded = ?",
        (fold(text),),
    )
    return tuple(Actor(*row) for row in rows)


def like(db: sqlite3.Connection, text: str, limit: int) -> tuple[Actor, ...]:
    """Return actors one of whose names starts like `text`, best first."""
    wanted = fold(text)[:60]
    rows = db.execute(
        f"SELECT {_ACTOR} FROM (SELECT actor_id FROM actor_names"
        " WHERE folded >= ? AND folded < ? ORDER BY folded, actor_id LIMIT ?) n"
        " CROSS JOIN actors a ON a.id = n.actor_id",
        (wanted, wanted + "\U0010ffff", _CANDIDATES),
    )
    found = dict.fromkeys(Actor(*row) for row in rows)
    return tuple(found)[:limit]


def _near(db: sqlite3.Connection, text: str, limit: int) -> tuple[Actor, ...]:
    names = db.execute("SELECT actor_id, folded FROM actor_names LIMIT ?", (LOOKED_AT,))
    found = (get(db, number) for number in closest(text, names, limit))
    return tuple(actor for actor in found if actor is not None)


def get(db: sqlite3.Connection, actor_id: int) -> Actor | None:
    """Return an actor by number."""
    row = db.execute(f"SELECT {_ACTOR} FROM actors a WHERE a.id = ?", (actor_id,)).fetchone()
    return None if row is None else Actor(*row)
