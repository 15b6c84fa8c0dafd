"""Who speaks, where it is read and what places are called: what the desk itself says of them."""

import os
import sqlite3
from collections.abc import Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from store.db.connection import Database
from store.editing.names import TABLES, bears, call, name_actor, name_place, prefer, unname
from store.model.errors import Already, State
from store.model.text import fold
from store.places.gazetteer import add_names
from store.queries.actors import named as actors_named
from store.queries.places import find_bearers
from store.record.revisions import Act, Change, Revision, record

_APART = 0.05  # degrees, some five kilometres

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


def add_actor(db: sqlite3.Connection, new: NewActor) -> Change:
    if known := actors_named(db, new.name):
        raise Already(known[0].ref, State.NAMED)
    number = _insert(db, "actors", {"key": _key(), **_columns(new)})
    bears(db, number, new.name)
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
    if known := _same_place(db, new):
        raise Already(f"P-{known}", State.NAMED)
    (highest,) = db.execute("SELECT max(id) FROM places").fetchone()
    number = max(highest or 0, OWN_PLACES) + 1
    row = {"id": number, "key": f"desk:{number}", **_columns(new)}
    _insert(db, "places", row)
    names = [(number, new.local_name, "local")] if new.local_name else []
    add_names(db, [*names, (number, new.name, "preferred")])
    where = None if new.latitude is None else f"{new.latitude}, {new.longitude}"
    content = {"name": new.name, "local": new.local_name, "oblast": new.oblast, "at": where}
    return Change(f"P-{number}", None, {"new": content})


def _same_place(db: sqlite3.Connection, new: NewPlace) -> int | None:
    """Return a place of that name in that oblast, unless both are on the map and apart."""
    for place in find_bearers(db, new.name):
        if fold(place.oblast) == fold(new.oblast) and not (
            _apart(place.latitude, new.latitude) or _apart(place.longitude, new.longitude)
        ):
            return place.id
    return None


def _apart(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) > _APART


def grade(db: sqlite3.Connection, number: int, reliability: str) -> Change:
    found = db.execute("SELECT reliability FROM sources WHERE id = ?", (number,)).fetchone()
    if found[0] == reliability:
        raise Already(f"S-{number}", State.SAME)
    db.execute("UPDATE sources SET reliability = ? WHERE id = ?", (reliability, number))
    return Change(f"S-{number}", {"reliability": found[0]}, {"reliability": reliability})


def undone(
    db: sqlite3.Connection, target: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Change | None:
    """Take back an act on a speaker, a source or a place; None where it cannot be."""
    if target[:2] not in {f"{letter}-" for letter in TABLES}:
        return None
    was = dict(before or {})
    match was:
        case {"name": name, "names": names}:
            call(db, target, name)
            unname(db, target, after["name"], names)
            return Change(target, {"name": after["name"]}, {"name": name})
        case {"reliability": letter}:
            return grade(db, int(target[2:]), letter)
        case {"unnamed": alias}:
            unname(db, target, alias, was.get("names", ()))
            return Change(target, {"alias": alias}, {"unnamed": alias})
        case _:
            return None


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
