"""Drawing, redrawing and removing the desk's own areas."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from store.model.ref import PLACE, Ref
from store.model.refusals import Already, State
from store.model.revision import Change
from store.places.drawn_areas import AreaParts, load_parts
from store.places.gazetteer import add_names
from store.places.own_numbers import OWN_PLACES, next_own_number
from store.queries.places import find_bearers

Content = Mapping[str, Any]


def draw_area(db: sqlite3.Connection, name: str, local: str, parts: AreaParts) -> Change:
    """Put an area on record; Already says which place bears that name."""
    for spelt in filter(None, (name, local)):
        if known := find_bearers(db, spelt):
            raise Already(known[0].ref, State.NAMED)
    number = _find_removed(db, name) or next_own_number(db)
    db.execute(
        "INSERT INTO places (id, key, name, kind) VALUES (?, ?, ?, 'area') ON CONFLICT DO NOTHING",
        (number, f"desk:{number}", name),
    )
    return redraw_area(db, number, name_area(name, local, parts))


def name_area(
    name: str, local: str, parts: AreaParts, aliases: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the content of an area of these names and parts."""
    names = [[alias, "alias"] for alias in aliases] + ([[local, "local"]] if local else [])
    return _content_of(name, local, [*names, [name, "preferred"]], parts)


def extend_area(db: sqlite3.Connection, number: int, more: AreaParts) -> Change:
    """Let an area take in more; Already says that it does so."""
    others = more.without(AreaParts((number,)))  # an area takes in all of itself as it is
    return _change_parts(db, number, load_parts(db, number).join(others))


def reduce_area(db: sqlite3.Connection, number: int, less: AreaParts) -> Change:
    """Take something out of an area; nothing is left of one that takes in nothing."""
    return _change_parts(db, number, load_parts(db, number).without(less))


def remove_area(db: sqlite3.Connection, number: int) -> Change:
    """Remove an area: its names lead to it no more. Its number stays, for what refers to it."""
    return _change_parts(db, number, AreaParts())


def redraw_area(db: sqlite3.Connection, number: int, content: Content) -> Change:
    """Make an area what `content` says: its names and parts, or none where "area" is None."""
    before = _read(db, number)
    for table in ("area_places", "area_circles"):
        db.execute(f"DELETE FROM {table} WHERE area_id = ?", (number,))
    db.execute("DELETE FROM place_names WHERE place_id = ?", (number,))
    if content["area"] is not None:
        db.execute(
            "UPDATE places SET name = ?, local_name = ? WHERE id = ?",
            (content["area"], content["local"], number),
        )
        add_names(db, [(number, name, kind) for name, kind in content["names"]])
    places = [(number, place) for place in content["places"]]
    db.executemany("INSERT INTO area_places (area_id, place_id) VALUES (?, ?)", places)
    circles = [(number, middle, km) for middle, km in content["circles"]]
    db.executemany("INSERT INTO area_circles (area_id, place_id, km) VALUES (?, ?, ?)", circles)
    return Change(str(Ref(PLACE, number)), before, content)


def _change_parts(db: sqlite3.Connection, number: int, parts: AreaParts) -> Change:
    before = _read(db, number)
    if parts == load_parts(db, number):
        raise Already(Ref(PLACE, number), State.SAME)
    if not parts:
        return redraw_area(db, number, _REMOVED)
    names = before["names"]
    return redraw_area(db, number, _content_of(before["area"], before["local"], names, parts))


_REMOVED: Content = {"area": None, "local": "", "names": [], "places": [], "circles": []}


def _content_of(name: str, local: str, names: list[list[str]], parts: AreaParts) -> dict[str, Any]:
    return {
        "area": name,
        "local": local,
        "names": names,
        "places": list(parts.places),
        "circles": [list(circle) for circle in parts.circles],
    }


def _read(db: sqlite3.Connection, number: int) -> Content:
    sql = "SELECT name, kind FROM place_names WHERE place_id = ? ORDER BY folded"
    names = [list(row) for row in db.execute(sql, (number,))]
    sql = "SELECT name, local_name FROM places WHERE id = ?"
    name, local = db.execute(sql, (number,)).fetchone()
    return _content_of(name, local, names, load_parts(db, number)) if names else _REMOVED


def _find_removed(db: sqlite3.Connection, name: str) -> int | None:
    """Return the number that a removed area of that name had, so that what refers to it holds."""
    row = db.execute(
        "SELECT id FROM places p WHERE id > ? AND kind = 'area' AND name = ?"
        " AND NOT EXISTS (SELECT 1 FROM place_names WHERE place_id = p.id) ORDER BY id",
        (OWN_PLACES, name),
    ).fetchone()
    return None if row is None else int(row[0])
