"""A store with nothing but places, speakers and sources that are made up, laid once."""

import sqlite3
from contextlib import closing
from functools import cache

from store.db import migrate


@cache
def lay_store(
    places: tuple[int, ...], actors: tuple[int, ...], sources: tuple[int, ...] = (1,)
) -> bytes:
    """Return the file of a store with these, by their numbers."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate.build(db)
        db.executemany(
            "INSERT INTO places (id, key, name) VALUES (?, ?, ?)",
            [(number, f"{number}", f"Town {number}") for number in places],
        )
        db.executemany(
            "INSERT INTO actors (id, key, name, kind) VALUES (?, ?, ?, 'person')",
            [(number, f"{number}", f"Speaker {number}") for number in actors],
        )
        db.executemany(
            "INSERT INTO sources (id, key, name, folded, kind) VALUES (?, ?, ?, ?, 's')",
            [(number, f"{number}", f"S{number}", f"s{number}") for number in sources],
        )
        return db.serialize()
