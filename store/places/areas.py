"""An area's places: what the desk has on record in a region, a raion, a direction, a city."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from store.db.as_list import as_list
from store.model.entry import Place, number_day
from store.places.bearers import AREA_KINDS
from store.places.drawn_areas import AreaParts, load_parts
from store.places.ground import bound_circle, distance_km
from store.places.stored import PLACE_COLUMNS

DIRECTION_KM = 30.0
"""How far from its town a direction reaches."""


class PlaceWithin(Struct, frozen=True):
    """A place on record in an area: how many entries are about it, and the latest day of any."""

    place: Place
    entries: int
    newest: date


def list_places_within(db: sqlite3.Connection, area: Place) -> tuple[PlaceWithin, ...]:
    """Return the places on record that lie in an area, the ones with the newest entries first.

    A city's are itself and its districts, a country's all of that country. What the desk drew
    itself takes in the places, and the areas with all their places, that it was drawn of, and what
    lies in its circles.
    """
    return _newest_first(db, _find_within(db, area))


def _find_within(db: sqlite3.Connection, area: Place) -> list[Place]:
    if area.kind not in AREA_KINDS:
        return _find_in_city(db, area)
    parts = _gather_parts(db, area.id)
    rows = db.execute(
        f"{_ON_RECORD} WHERE EXISTS (SELECT 1 FROM json_each(?1) part"
        " WHERE part.value IN (p.id, p.oblast_id, p.raion_id, p.hromada_id, p.city_id))"
        " OR p.country IN (SELECT country FROM json_each(?1) part CROSS JOIN places c"
        " ON c.id = part.value AND c.kind = 'country')",
        (as_list(parts.places),),
    )
    within = {row[0]: Place(*row) for row in rows}
    for middle, km in parts.circles:
        around = _get(db, middle)
        within |= {place.id: place for place in _find_near(db, around, km)} if around else {}
    return list(within.values())


def _find_in_city(db: sqlite3.Connection, city: Place) -> list[Place]:
    rows = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM places p WHERE (p.id = ?1 OR p.city_id = ?1)"
        f" AND {_IS_ON_RECORD}",
        (city.id,),
    )
    return [Place(*row) for row in rows]


def _gather_parts(db: sqlite3.Connection, area_id: int) -> AreaParts:
    """Return an area itself and all that it is drawn of, and what that is drawn of in turn."""
    parts, waiting = AreaParts(), [area_id]
    while waiting:
        number = waiting.pop()
        if number not in parts.places:
            inner = load_parts(db, number)
            waiting += inner.places
            parts = parts.join(AreaParts((number,), inner.circles))
    return parts


def expand_place(db: sqlite3.Connection, place_id: int, *, around: bool = False) -> list[int]:
    """Return the numbers of the places that an answer about one takes in, itself first.

    An area takes in the places on record that lie in it, a city its districts, a direction
    (`around`) what is near its town; any other place only itself.
    """
    if not around and not _is_wide(db, place_id):
        return [place_id]
    place = _get(db, place_id)
    if place is None:
        return [place_id]
    within = _find_around(db, place, DIRECTION_KM) if around else _find_within(db, place)
    return list(dict.fromkeys([place_id, *(inner.id for inner in within)]))


def expand_places(
    db: sqlite3.Connection, places: Iterable[int], directions: Iterable[int]
) -> list[int]:
    """Return what places take in, and what lies around the towns of directions, each once."""
    within = [inner for place in places for inner in expand_place(db, place)]
    within += [inner for town in directions for inner in expand_place(db, town, around=True)]
    return list(dict.fromkeys(within))


def _is_wide(db: sqlite3.Connection, place_id: int) -> bool:
    """Tell whether a place is an area, or a city that has districts."""
    row = db.execute(
        f"SELECT NOT ({NO_AREA}) OR EXISTS (SELECT 1 FROM places WHERE city_id = p.id)"
        " FROM places p WHERE p.id = ?",
        (place_id,),
    ).fetchone()
    return row is not None and bool(row[0])


def list_places_around(
    db: sqlite3.Connection, place: Place, km: float = DIRECTION_KM
) -> tuple[PlaceWithin, ...]:
    """Return the places on record within so many kilometres of one, itself among them."""
    return _newest_first(db, _find_around(db, place, km))


def _find_around(db: sqlite3.Connection, place: Place, km: float) -> list[Place]:
    if place.latitude is None or place.longitude is None:
        return _find_within(db, place)
    return _find_near(db, place, km)


def _find_near(db: sqlite3.Connection, place: Place, km: float) -> list[Place]:
    if place.latitude is None or place.longitude is None:
        return []
    here = place.latitude, place.longitude
    rows = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM places p WHERE p.latitude BETWEEN ? AND ?"
        f" AND p.longitude BETWEEN ? AND ? AND {NO_AREA} AND {_IS_ON_RECORD}",
        bound_circle(here, km),
    )
    near = [
        other
        for other in (Place(*row) for row in rows)
        if other.latitude is not None
        and other.longitude is not None
        and distance_km(here, (other.latitude, other.longitude)) <= km
    ]
    is_area = db.execute(
        f"SELECT 1 FROM places p WHERE p.id = ? AND NOT ({NO_AREA}) AND {_IS_ON_RECORD}",
        (place.id,),
    )
    return [*near, place] if is_area.fetchone() else near


def _get(db: sqlite3.Connection, place_id: int) -> Place | None:
    row = db.execute(f"SELECT {PLACE_COLUMNS} FROM places p WHERE p.id = ?", (place_id,)).fetchone()
    return None if row is None else Place(*row)


NO_AREA = "p.kind NOT IN ('region', 'raion', 'hromada', 'direction', 'country', 'area')"
"""As the index of where places lie has it."""
_IS_ON_RECORD = "EXISTS (SELECT 1 FROM entry_places WHERE place_id = p.id AND live = 1)"
_ON_RECORD = (
    "WITH RECURSIVE seen (id) AS ("
    " SELECT min(place_id) FROM entry_places WHERE live = 1 UNION ALL"
    " SELECT (SELECT min(place_id) FROM entry_places WHERE live = 1 AND place_id > seen.id)"
    " FROM seen WHERE id IS NOT NULL)"
    f" SELECT {PLACE_COLUMNS} FROM seen CROSS JOIN places p ON p.id = seen.id"
)


def _newest_first(db: sqlite3.Connection, places: list[Place]) -> tuple[PlaceWithin, ...]:
    counted = []
    for place in places:
        entries, newest = db.execute(
            "SELECT count(*), max(latest) FROM entry_places WHERE live = 1 AND place_id = ?",
            (place.id,),
        ).fetchone()
        counted.append(PlaceWithin(place, entries, number_day(newest)))
    counted.sort(key=lambda held: (-held.newest.toordinal(), -held.entries, held.place.id))
    return tuple(counted)
