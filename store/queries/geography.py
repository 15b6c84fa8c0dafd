"""Where a place lies, said by its distance from a town that people know."""

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from store.db.as_list import as_list
from store.db.database import Database
from store.model.entry import Place
from store.places.areas import NO_AREA
from store.places.bearers import AREA_KINDS
from store.places.ground import Spot, Vector, bearing_deg, bound_circle, distance_km, point_to
from store.places.name_starts import load_places
from store.places.stored import PLACE_COLUMNS, read_stamp
from store.queries.places import on_record

_TOWN = 50_000  # people
_SAME = math.cos(1.0 / 6371.0)  # of the angle between two points a kilometre apart
_CONSIDERED = 100

Town: TypeAlias = tuple[Vector, int]
"""Where a town lies, and its number."""


class Located(Struct, frozen=True):
    """A place, its raion and hromada, and the nearest larger town, so many kilometres away.

    Each is None where there is none, or none that is known.
    """

    place: Place
    raion: Place | None = None
    hromada: Place | None = None
    town: Place | None = None
    km: int = 0


class OnRecord(Struct, frozen=True):
    """A place about which something is on record, and how far it is in kilometres."""

    place: Place
    km: int


class BesidePoint(Struct, frozen=True):
    """A place beside a point: how many kilometres its middle is from it, and in which direction.

    `bearing` is in degrees clockwise from north, from the place to the point; `on_record` is
    whether there is an entry about the place.
    """

    place: Place
    km: float
    bearing: float
    on_record: bool


class Landmarks:
    """Distances from the towns that people know."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._towns = _Towns(-1, {})

    async def locate(self, places: tuple[Place, ...]) -> tuple[Located, ...]:
        """Return each place with its distance from the nearest larger town."""
        if not places:
            return ()
        return await self._db.read(lambda db: _locate(db, self._look_up_towns(db), places))

    async def on_record_near(self, place: Place, limit: int) -> tuple[OnRecord, ...]:
        """Return the places nearest to `place` about which something is on record."""
        return await self._db.read(_on_record_near, place, limit)

    async def beside_point(self, point: Spot, within_km: float) -> tuple[BesidePoint, ...]:
        """Return the places whose middle is so near a point in degrees, the nearest first."""
        return await self._db.read(_list_beside_point, point, within_km)

    def _look_up_towns(self, db: sqlite3.Connection) -> Mapping[str, Sequence[Town]]:
        """Return the towns by country, looked up anew after each write."""
        stamp = read_stamp(db)
        towns = self._towns  # once: other threads put theirs there
        if towns.stamp != stamp:
            towns = self._towns = _Towns(stamp, _list_towns(db))
        return towns.by_country


class _Towns(Struct, frozen=True):
    """The towns that people know, by country, as of a revision."""

    stamp: int
    by_country: Mapping[str, Sequence[Town]]


def _on_record_near(db: sqlite3.Connection, place: Place, limit: int) -> tuple[OnRecord, ...]:
    if place.latitude is None or place.longitude is None:
        return ()
    here = place.latitude, place.longitude
    others = [
        OnRecord(other, round(distance_km(here, (other.latitude, other.longitude))))
        for other in on_record(db, _CONSIDERED)
        if other.id != place.id and other.kind not in AREA_KINDS
        if other.latitude is not None and other.longitude is not None
    ]
    return tuple(sorted(others, key=lambda near: near.km)[:limit])


def _list_beside_point(
    db: sqlite3.Connection, point: Spot, within_km: float
) -> tuple[BesidePoint, ...]:
    """Leave out what is only about where it is said to be: nothing is measured from a guess."""
    rows = db.execute(
        f"SELECT EXISTS (SELECT 1 FROM entry_places WHERE place_id = p.id AND live = 1),"
        f" {PLACE_COLUMNS} FROM places p WHERE p.latitude BETWEEN ? AND ?"
        f" AND p.longitude BETWEEN ? AND ? AND {NO_AREA} AND p.approximate = 0",
        bound_circle(point, within_km),
    )
    beside = [_measure(Place(*row), point, on_record=bool(known)) for known, *row in rows]
    near = [place for place in beside if place.km <= within_km]
    return tuple(sorted(near, key=lambda place: (place.km, place.place.id)))


def _measure(place: Place, point: Spot, *, on_record: bool) -> BesidePoint:
    middle = place.latitude or 0.0, place.longitude or 0.0
    return BesidePoint(place, distance_km(middle, point), bearing_deg(middle, point), on_record)


def _list_towns(db: sqlite3.Connection) -> Mapping[str, Sequence[Town]]:
    towns: defaultdict[str, list[Town]] = defaultdict(list)
    for number, country, latitude, longitude in db.execute(
        f"SELECT id, country, latitude, longitude FROM places WHERE population >= {_TOWN}"
        " AND latitude IS NOT NULL AND kind NOT IN ('district', 'region', 'country')"
    ):
        towns[country].append((point_to(latitude, longitude), number))
    return dict(towns)


def _locate(
    db: sqlite3.Connection, towns: Mapping[str, Sequence[Town]], places: tuple[Place, ...]
) -> tuple[Located, ...]:
    rows = db.execute(
        "SELECT p.id, p.country, p.raion_id, p.hromada_id FROM json_each(?) wanted"
        " CROSS JOIN places p ON p.id = wanted.value",
        (as_list([place.id for place in places]),),
    ).fetchall()
    countries = {row[0]: row[1] for row in rows}
    nearest = {
        place.id: _find_nearest(place, towns.get(countries[place.id], ())) for place in places
    }
    lies = {row[0]: row[2:] for row in rows}
    numbers = {number for within in lies.values() for number in within if number is not None}
    beside = load_places(db, numbers.union(number for number in nearest.values() if number))
    return tuple(
        _say_where(place, *(beside.get(number) for number in (*lies[place.id], nearest[place.id])))
        for place in places
    )


def _find_nearest(place: Place, towns: Iterable[Town]) -> int:
    """Return the number of the town that is nearest to a place and not the same; 0 for none."""
    if place.latitude is None or place.longitude is None:
        return 0
    x, y, z = point_to(place.latitude, place.longitude)
    near = [(x * a + y * b + z * c, number) for (a, b, c), number in towns if number != place.id]
    return max([pair for pair in near if pair[0] < _SAME], default=(0.0, 0))[1]


def _say_where(
    place: Place, raion: Place | None, hromada: Place | None, town: Place | None
) -> Located:
    """Return a place with what it lies in, and how far it is from a town."""
    spots = [
        (at.latitude, at.longitude)
        for at in (place, town)
        if at is not None and at.latitude is not None and at.longitude is not None
    ]
    km = round(distance_km(*spots)) if len(spots) == len((place, town)) else 0
    return Located(place, raion, hromada, town, km)
