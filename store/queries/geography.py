"""Where a place lies, said by its distance from a town that people know."""

import json
import sqlite3
from collections import defaultdict

from msgspec import Struct

from store.db.connection import Database
from store.model.entry import Place
from store.places.ground import distance_km
from store.places.stored import PLACE_COLUMNS
from store.queries.places import on_record

_TOWN = 50_000  # people
_SAME_KM = 1.0
_CONSIDERED = 100


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


class Landmarks:
    """Distances from the towns that people know."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def locate(self, places: tuple[Place, ...]) -> tuple[Located, ...]:
        """Return each place with its distance from the nearest larger town."""
        if not places:
            return ()
        return await self._db.read(_locate, places)

    async def on_record_near(self, place: Place, limit: int) -> tuple[OnRecord, ...]:
        """Return the places nearest to `place` about which something is on record."""
        return await self._db.read(_on_record_near, place, limit)


def _on_record_near(db: sqlite3.Connection, place: Place, limit: int) -> tuple[OnRecord, ...]:
    if place.latitude is None or place.longitude is None:
        return ()
    here = place.latitude, place.longitude
    others = [
        OnRecord(other, round(distance_km(here, (other.latitude, other.longitude))))
        for other in on_record(db, _CONSIDERED)
        if other.id != place.id and other.latitude is not None and other.longitude is not None
    ]
    return tuple(sorted(others, key=lambda near: near.km)[:limit])


def _locate(db: sqlite3.Connection, places: tuple[Place, ...]) -> tuple[Located, ...]:
    towns: defaultdict[str, list[Place]] = defaultdict(list)
    for country, *town in db.execute(
        f"SELECT p.country, {PLACE_COLUMNS} FROM places p WHERE p.population >= {_TOWN}"
        " AND p.latitude IS NOT NULL AND p.kind NOT IN ('district', 'region', 'country')"
    ):
        towns[country].append(Place(*town))
    rows = db.execute(
        "SELECT p.id, p.country, p.raion_id, p.hromada_id FROM json_each(?) wanted"
        " CROSS JOIN places p ON p.id = wanted.value",
        (json.dumps([place.id for place in places]),),
    ).fetchall()
    areas = _places_of(db, {number for row in rows for number in row[2:] if number is not None})
    lies = {
        number: (towns[country], areas.get(raion), areas.get(hromada))
        for number, country, raion, hromada in rows
    }
    return tuple(_nearest(place, *lies.get(place.id, ([], None, None))) for place in places)


def _places_of(db: sqlite3.Connection, numbers: set[int]) -> dict[int, Place]:
    rows = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM json_each(?) wanted"
        " CROSS JOIN places p ON p.id = wanted.value",
        (json.dumps(sorted(numbers)),),
    )
    return {row[0]: Place(*row) for row in rows}


def _nearest(
    place: Place, towns: list[Place], raion: Place | None, hromada: Place | None
) -> Located:
    if place.latitude is None or place.longitude is None:
        return Located(place, raion, hromada)
    here = place.latitude, place.longitude
    apart = [
        (distance_km(here, (town.latitude, town.longitude)), town.id, town)
        for town in towns
        if town.id != place.id and town.latitude is not None and town.longitude is not None
    ]
    known = [distance for distance in apart if distance[0] > _SAME_KM]
    km, _, town = min(known, default=(0.0, 0, None))
    return Located(place, raion, hromada, town, round(km))
