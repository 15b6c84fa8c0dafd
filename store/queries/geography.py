"""Where a place lies, said by its distance from a town that people know."""

import math
import sqlite3

from msgspec import Struct

from store.db.connection import Database
from store.model.entry import Place
from store.queries.places import on_record

_TOWN = 50_000  # people
_EARTH_KM = 6371.0
_SAME_KM = 1.0
_CONSIDERED = 100


class Located(Struct, frozen=True):
    """A place, and its distance in kilometres from the nearest larger town ("" : none is near)."""

    place: Place
    town: str
    km: int


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
    found = [
        OnRecord(other, round(distance_km(here, (other.latitude, other.longitude))))
        for other in on_record(db, _CONSIDERED)
        if other.id != place.id and other.latitude is not None and other.longitude is not None
    ]
    return tuple(sorted(found, key=lambda one: one.km)[:limit])


def _locate(db: sqlite3.Connection, places: tuple[Place, ...]) -> tuple[Located, ...]:
    towns = db.execute(
        "SELECT id, name, latitude, longitude FROM places"
        f" WHERE population >= {_TOWN} AND latitude IS NOT NULL"
    ).fetchall()
    return tuple(_nearest(place, towns) for place in places)


def _nearest(place: Place, towns: list[tuple[int, str, float, float]]) -> Located:
    if place.latitude is None or place.longitude is None:
        return Located(place, "", 0)
    here = place.latitude, place.longitude
    narrow = math.cos(math.radians(here[0]))  # a degree of longitude, against one of latitude
    for number, name, lat, lon in sorted(
        towns, key=lambda town: (town[2] - here[0]) ** 2 + ((town[3] - here[1]) * narrow) ** 2
    ):
        km = distance_km(here, (lat, lon))
        if number != place.id and km > _SAME_KM:
            return Located(place, name, round(km))
    return Located(place, "", 0)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance between two points given in degrees (haversine)."""
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))
