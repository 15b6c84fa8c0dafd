"""Who speaks, where it is read and what places are called: what the desk itself says of them."""

import os
import sqlite3
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from store.db.part import Part
from store.editing.drawing import (
    draw_area,
    extend_area,
    redraw_area,
    reduce_area,
    remove_area,
)
from store.editing.names import (
    bears,
    localise,
    name_actor,
    name_place,
    prefer,
    unname,
    write_local_name,
)
from store.model.address import normal_address
from store.model.ref import ACTOR, PLACE, SOURCE, Ref
from store.model.refusals import Already, State
from store.model.revision import Change
from store.model.text import fold
from store.places.gazetteer import add_names
from store.places.own_numbers import next_own_number
from store.queries.actors import find_by_name as actors_named
from store.queries.places import find_bearers
from store.record.naming import TABLES, write_name
from store.record.revisions import on_record

_APART = 0.05  # degrees, some five kilometres


class NewActor(Struct, frozen=True):
    """A speaker or assessor; `kind` is person, organisation, group or unnamed.

    `local_name` is the name in the language of the place, if it is written otherwise in it.
    """

    name: str
    role: str = ""
    kind: str = "person"
    local_name: str = ""


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


def add_actor(db: sqlite3.Connection, new: NewActor) -> Change:
    """Put a speaker or assessor on record."""
    if known := actors_named(db, new.name):
        raise Already(known[0].ref, State.NAMED)
    number = _insert(db, "actors", {"key": _key(), **_columns(new)})
    names = [name for name in (new.name, new.local_name) if name]
    for name in names:
        bears(db, number, name)
    return Change(str(Ref(ACTOR, number)), None, {**_columns(new), "aliases": names})


def add_source(db: sqlite3.Connection, new: NewSource) -> Change:
    """Put a source on record, graded F until somebody grades it."""
    address = normal_address(new.url)
    for state, where, value in (
        (State.ADDRESSED, "address = ? AND address <> ''", address),
        (State.NAMED, "folded = ? AND url = ''", "" if address else fold(new.name)),
    ):
        (known,) = db.execute(f"SELECT min(id) FROM sources WHERE {where}", (value,)).fetchone()
        if known:
            raise Already(Ref(SOURCE, known), state)
    row = {"key": _key(), "folded": fold(new.name), "address": address, **_columns(new)}
    number = _insert(db, "sources", row)
    return Change(str(Ref(SOURCE, number)), None, {**_columns(new), "reliability": "F"})


def add_place(db: sqlite3.Connection, new: NewPlace) -> Change:
    """Put a place on record that the gazetteer lacks."""
    if known := _same_place(db, new):
        raise Already(Ref(PLACE, known), State.NAMED)
    number = next_own_number(db)
    row = {"id": number, "key": f"desk:{number}", **_columns(new)}
    _insert(db, "places", row)
    names = [(number, new.local_name, "local")] if new.local_name else []
    add_names(db, [*names, (number, new.name, "preferred")])
    where = None if new.latitude is None else f"{new.latitude}, {new.longitude}"
    content = {"name": new.name, "local": new.local_name, "oblast": new.oblast, "at": where}
    return Change(str(Ref(PLACE, number)), None, {"new": content})


def _same_place(db: sqlite3.Connection, new: NewPlace) -> int | None:
    """Return a place of that name in that oblast, unless both are on the map and apart."""
    for place in find_bearers(db, new.name):
        if fold(place.oblast) == fold(new.oblast) and not (
            _apart(place.latitude, new.latitude) or _apart(place.longitude, new.longitude)
        ):
            return place.id
    return None


def _apart(degrees: float | None, other: float | None) -> bool:
    return degrees is not None and other is not None and abs(degrees - other) > _APART


def grade(db: sqlite3.Connection, number: int, reliability: str) -> Change:
    """Grade a source A to F (NATO AJP-2.1), for the reason of the act."""
    row = db.execute("SELECT reliability FROM sources WHERE id = ?", (number,)).fetchone()
    if row[0] == reliability:
        raise Already(Ref(SOURCE, number), State.SAME)
    db.execute("UPDATE sources SET reliability = ? WHERE id = ?", (reliability, number))
    return Change(str(Ref(SOURCE, number)), {"reliability": row[0]}, {"reliability": reliability})


def undo_naming(
    db: sqlite3.Connection, target: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Change | None:
    """Take back an act on a speaker, a source or a place; None where it cannot be."""
    ref = Ref.match(target)
    if ref is None or ref.kind not in TABLES:
        return None
    was = dict(before or {})
    match was:
        case {"name": name, "names": names}:
            write_name(db, target, name)
            unname(db, target, after["name"], names)
            return Change(target, {"name": after["name"]}, {"name": name})
        case {"local_name": name, "names": names}:
            write_local_name(db, ref.number, name)
            unname(db, target, after["local_name"], names)
            return Change(target, {"local_name": after["local_name"]}, {"local_name": name})
        case {"area": _}:
            return redraw_area(db, ref.number, was)
        case {"reliability": letter}:
            return grade(db, ref.number, letter)
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
    inserted = db.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks}) RETURNING id",
        tuple(row.values()),
    )
    return int(inserted.fetchone()[0])


class Registry(Part):
    """The desk's own names. Already says that a thing of that name is there, and which."""

    add_actor = on_record(add_actor)
    add_source = on_record(add_source)
    add_place = on_record(add_place)
    name_actor = on_record(name_actor)
    name_place = on_record(name_place)
    prefer = on_record(prefer)
    localise = on_record(localise)
    draw_area = on_record(draw_area)
    extend_area = on_record(extend_area)
    reduce_area = on_record(reduce_area)
    remove_area = on_record(remove_area)
    grade = on_record(grade)
