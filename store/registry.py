"""Who speaks, where it is read and what places are called: what the desk itself says of them."""

import os
import sqlite3
from collections.abc import Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from store.actors import named as actors_named
from store.database import Database
from store.errors import Already, State
from store.gazetteer import add_names
from store.history import Act, Change, Revision, record
from store.text import fold

OWN_PLACES = 1_000_000_000
"""Places that no gazetteer has are numbered from here on."""


class NewActor(Struct, frozen=True):
    """A speaker or assessor; `kind` is person, organisation, group or unnamed."""

    name: str
    role: str = ""
    kind: str = "person"


class NewSource(Struct, frozen=True):
    """Where entries are read: `url` empty or http(s), `published` empty or a day in EDTF."""

    name: str
    kind: str = "outlet"
    url: str = ""
    published: str = ""


class NewPlace(Struct, frozen=True):
    """A place that no gazetteer has. Degrees are WGS 84."""

    name: str
    local_name: str = ""
    oblast: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Registry:
    """The desk's own names. Already says that a thing of that name is there, and which."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add_actor(self, act: Act, new: NewActor) -> Revision:
        """Put a speaker or assessor on record."""
        return await self._db.write(record, act, partial(add_actor, new=new))

    async def add_source(self, act: Act, new: NewSource) -> Revision:
        """Put a source on record, graded F until somebody grades it."""
        return await self._db.write(record, act, partial(add_source, new=new))

    async def add_place(self, act: Act, new: NewPlace) -> Revision:
        """Put a place on record that the gazetteer lacks."""
        return await self._db.write(record, act, partial(add_place, new=new))

    async def name_actor(self, act: Act, actor_id: int, alias: str) -> Revision:
        """Give a speaker one more name."""
        return await self._db.write(record, act, partial(name_actor, number=actor_id, alias=alias))

    async def name_place(self, act: Act, place_id: int, alias: str) -> Revision:
        """Give a place one more name."""
        return await self._db.write(record, act, partial(name_place, number=place_id, alias=alias))

    async def prefer(self, act: Act, target: str, name: str) -> Revision:
        """Call a place, a speaker or a source (by reference) by another name from now on."""
        return await self._db.write(record, act, partial(prefer, target=target, name=name))

    async def grade(self, act: Act, source_id: int, reliability: str) -> Revision:
        """Grade a source A to F (NATO AJP-2.1), for the reason of the act."""
        change = partial(grade, number=source_id, reliability=reliability)
        return await self._db.write(record, act, change)


_TABLES = {"P": "places", "A": "actors", "S": "sources"}


def add_actor(db: sqlite3.Connection, new: NewActor) -> Change:
    if known := actors_named(db, new.name):
        raise Already(known[0].ref, State.NAMED)
    number = _insert(db, "actors", {"key": _key(), **_columns(new)})
    _name_actor(db, number, new.name)
    return Change(f"A-{number}", None, {**_columns(new), "aliases": [new.name]})


def add_source(db: sqlite3.Connection, new: NewSource) -> Change:
    known = db.execute(
        "SELECT id FROM sources WHERE folded = ? AND url = ?", (fold(new.name), new.url)
    ).fetchone()
    if known:
        raise Already(f"S-{known[0]}", State.NAMED)
    row = {"key": _key(), "folded": fold(new.name), **_columns(new)}
    number = _insert(db, "sources", row)
    return Change(f"S-{number}", None, {**_columns(new), "reliability": "F"})


def add_place(db: sqlite3.Connection, new: NewPlace) -> Change:
    (highest,) = db.execute("SELECT max(id) FROM places").fetchone()
    number = max(highest or 0, OWN_PLACES) + 1
    row = {"id": number, "key": f"desk:{number}", **_columns(new)}
    _insert(db, "places", row)
    names = [(number, new.name, "preferred")]
    names += [(number, new.local_name, "local")] if new.local_name else []
    add_names(db, names)
    where = None if new.latitude is None else f"{new.latitude}, {new.longitude}"
    content = {"name": new.name, "local": new.local_name, "oblast": new.oblast, "at": where}
    return Change(f"P-{number}", None, {"new": content})


def name_actor(db: sqlite3.Connection, number: int, alias: str) -> Change:
    if any(one.id == number for one in actors_named(db, alias)):
        raise Already(f"A-{number}", State.NAMED)
    _name_actor(db, number, alias)
    return Change(f"A-{number}", {"unnamed": alias}, {"alias": alias})


def name_place(db: sqlite3.Connection, number: int, alias: str) -> Change:
    known = db.execute(
        "SELECT 1 FROM place_names WHERE folded = ? AND place_id = ?", (fold(alias), number)
    ).fetchone()
    if known:
        raise Already(f"P-{number}", State.NAMED)
    add_names(db, [(number, alias, "alias")])
    return Change(f"P-{number}", {"unnamed": alias}, {"alias": alias})


def prefer(db: sqlite3.Connection, target: str, name: str) -> Change:
    letter, _, digits = target.partition("-")
    table, number = _TABLES[letter], int(digits)
    (before,) = db.execute(f"SELECT name FROM {table} WHERE id = ?", (number,)).fetchone()
    if before == name:
        raise Already(target, State.SAME)
    folded = ", folded = :folded" if table == "sources" else ""
    db.execute(
        f"UPDATE {table} SET name = :name{folded} WHERE id = :id",
        {"name": name, "folded": fold(name), "id": number},
    )
    if table == "actors":
        _name_actor(db, number, name)
    elif table == "places":
        add_names(db, [(number, name, "preferred")])
    return Change(target, {"name": before}, {"name": name})


def grade(db: sqlite3.Connection, number: int, reliability: str) -> Change:
    found = db.execute("SELECT reliability FROM sources WHERE id = ?", (number,)).fetchone()
    if found[0] == reliability:
        raise Already(f"S-{number}", State.SAME)
    db.execute("UPDATE sources SET reliability = ? WHERE id = ?", (reliability, number))
    return Change(f"S-{number}", {"reliability": found[0]}, {"reliability": reliability})


def undone(db: sqlite3.Connection, target: str, before: Mapping[str, Any] | None) -> Change | None:
    """Take back an act on a speaker, a source or a place; None where it cannot be."""
    letter, _, digits = target.partition("-")
    if letter not in _TABLES or not digits.isdigit():
        return None
    match before:
        case {"name": name}:
            return prefer(db, target, name)
        case {"reliability": letter}:
            return grade(db, int(digits), letter)
        case {"unnamed": alias}:
            return _unname(db, target, alias)
        case _:
            return None


def _unname(db: sqlite3.Connection, target: str, alias: str) -> Change:
    number = int(target[2:])
    if target.startswith("A-"):
        db.execute(
            "DELETE FROM actor_names WHERE folded = ? AND actor_id = ?", (fold(alias), number)
        )
    else:
        found = db.execute(
            "SELECT id FROM place_names WHERE folded = ? AND place_id = ?", (fold(alias), number)
        ).fetchone()
        db.execute(
            "INSERT INTO place_grams (place_grams, rowid, folded) VALUES ('delete', ?, ?)",
            (found[0], fold(alias)),
        )
        db.execute("DELETE FROM place_names WHERE id = ?", found)
    return Change(target, {"alias": alias}, {"unnamed": alias})


def _name_actor(db: sqlite3.Connection, number: int, name: str) -> None:
    db.execute(
        "INSERT OR REPLACE INTO actor_names (actor_id, name, folded) VALUES (?, ?, ?)",
        (number, name, fold(name)),
    )


def _columns(new: NewActor | NewSource | NewPlace) -> dict[str, Any]:
    return {name: getattr(new, name) for name in new.__struct_fields__}


def _key() -> str:
    return f"desk:{os.urandom(8).hex()}"


def _insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    marks = ", ".join("?" * len(row))
    found = db.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks}) RETURNING id",
        tuple(row.values()),
    )
    return int(found.fetchone()[0])
