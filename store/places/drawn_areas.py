"""Areas that the desk draws itself, such as a front: of places, and of circles around places."""

import sqlite3

from msgspec import Struct

from store.db.as_list import as_list
from store.model.entry import Place
from store.places.name_key import name_key
from store.places.stored import PLACE_COLUMNS

Circle = tuple[int, int]
"""The number of the place in the middle, and kilometres around it."""


class AreaParts(Struct, frozen=True):
    """What an area takes in: places by number, and what lies around places."""

    places: tuple[int, ...] = ()
    circles: tuple[Circle, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places or self.circles)

    def join(self, more: "AreaParts") -> "AreaParts":
        """Return these and more; a circle around the same place takes the other's kilometres."""
        circles = {**dict(self.circles), **dict(more.circles)}
        places = tuple(dict.fromkeys((*self.places, *more.places)))
        return AreaParts(places, tuple(circles.items()))

    def without(self, less: "AreaParts") -> "AreaParts":
        """Return these but for some; a circle goes whatever its kilometres."""
        middles = {middle for middle, _ in less.circles}
        return AreaParts(
            tuple(place for place in self.places if place not in less.places),
            tuple(circle for circle in self.circles if circle[0] not in middles),
        )


class DrawnArea(Struct, frozen=True):
    """An area of the desk's own, the places that it is drawn of, and the middles of its circles."""

    place: Place
    places: tuple[Place, ...]
    circles: tuple[tuple[Place, int], ...]


def load_parts(db: sqlite3.Connection, area_id: int) -> AreaParts:
    """Return what an area is drawn of, by the numbers of the places."""
    places = db.execute(
        "SELECT place_id FROM area_places WHERE area_id = ? ORDER BY place_id", (area_id,)
    )
    circles = db.execute(
        "SELECT place_id, km FROM area_circles WHERE area_id = ? ORDER BY place_id", (area_id,)
    )
    return AreaParts(tuple(number for (number,) in places), tuple(circles))


def list_drawn_areas(db: sqlite3.Connection) -> tuple[DrawnArea, ...]:
    """Return the areas that the desk drew and has not removed, oldest first."""
    rows = db.execute(
        "SELECT area_id FROM area_places UNION SELECT area_id FROM area_circles ORDER BY 1"
    )
    areas = (_load(db, number) for (number,) in rows.fetchall())
    return tuple(area for area in areas if area is not None)


def find_drawn_area(db: sqlite3.Connection, name: str) -> DrawnArea | None:
    """Return the area of that name, in whatever letters."""
    row = db.execute(
        "SELECT n.place_id FROM place_names n CROSS JOIN places p ON p.id = n.place_id"
        " WHERE n.key = ? AND p.kind = 'area' ORDER BY 1",
        (name_key(name),),
    ).fetchone()
    return _load(db, row[0]) if row else None


def _load(db: sqlite3.Connection, area_id: int) -> DrawnArea | None:
    parts = load_parts(db, area_id)
    numbers = [area_id, *parts.places, *(middle for middle, _ in parts.circles)]
    rows = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM json_each(?) wanted CROSS JOIN places p"
        " ON p.id = wanted.value",
        (as_list(numbers),),
    )
    by_number = {row[0]: Place(*row) for row in rows}
    if area_id not in by_number:
        return None
    return DrawnArea(
        by_number[area_id],
        tuple(by_number[number] for number in parts.places),
        tuple((by_number[middle], km) for middle, km in parts.circles),
    )
