"""The desk's ground: the places that it has on record, and how far others are from them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from store.db.as_list import as_list
from store.model.entry import Place

NEAR_KM = 75.0
"""A place that close to one on record is of the desk's neighbourhood."""
FAR_KM = 20_000.0
"""How far a place is where nothing is known of it: half-way round the earth."""

_EARTH_KM = 6371.0
_DEGREE_KM = 111.2  # of latitude
_ROUNDING = 1e-6  # radians
_SIDE = 0.5  # degrees of a square
_WIDEST = 6  # squares looked at each way before looking at all
_FEW = 40  # places that are sooner looked at all

_RINGS = tuple(
    tuple(
        (row, column)
        for row in range(-ring, ring + 1)
        for column in range(-ring, ring + 1)
        if max(abs(row), abs(column)) == ring
    )
    for ring in range(_WIDEST + 1)
)

Spot = tuple[float, float]
Vector = tuple[float, float, float]
KnownName = tuple[str, int, str, int]
"""The key of a name, its place, the name folded, and how many live there."""


def distance_km(point: Spot, other: Spot) -> float:
    """Return the great-circle distance between two points given in degrees (haversine)."""
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*point, *other))
    half = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def bearing_deg(point: Spot, other: Spot) -> float:
    """Return the direction in which `other` lies from a point, clockwise from north: 0 to 360."""
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*point, *other))
    east = math.sin(lon_2 - lon_1) * math.cos(lat_2)
    north = math.cos(lat_1) * math.sin(lat_2) - math.sin(lat_1) * math.cos(lat_2) * math.cos(
        lon_2 - lon_1
    )
    return math.degrees(math.atan2(east, north)) % 360.0


def bound_circle(middle: Spot, km: float) -> tuple[float, float, float, float]:
    """Return the south, north, west and east between which all lies that is so near a point.

    Beside a pole or the 180th meridian that is every longitude.
    """
    latitude, longitude = middle
    angle = km / _EARTH_KM + _ROUNDING
    south, north = latitude - math.degrees(angle), latitude + math.degrees(angle)
    if abs(latitude) + math.degrees(angle) < 90.0:  # noqa: PLR2004 -- a pole
        reach = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(latitude))))
        if abs(longitude) + reach <= 180.0:  # noqa: PLR2004 -- half-way round
            return south, north, longitude - reach, longitude + reach
    return south, north, -180.0, 180.0


class Ground:
    """The places on record, by squares of half a degree."""

    def __init__(
        self,
        places: Iterable[tuple[int, float | None, float | None]],
        areas: Iterable[int] = (),
        cities: Iterable[int] = (),
    ) -> None:
        """Take places on record, a number and a point in degrees each, and the areas they lie in.

        A point may be missing: the place then counts by its number alone. `cities` are those that
        are offered wherever they lie.
        """
        self._squares: defaultdict[tuple[int, int], list[Vector]] = defaultdict(list)
        numbers = set(areas)
        for number, latitude, longitude in places:
            numbers.add(number)
            if latitude is not None and longitude is not None:
                square = math.floor(latitude / _SIDE), math.floor(longitude / _SIDE)
                self._squares[square].append(point_to(latitude, longitude))
        self._every = [spot for spots in self._squares.values() for spot in spots]
        self._measured: dict[int, float] = {}
        self.numbers = frozenset(numbers)
        """The places on record, and the areas in which they lie."""
        self.with_cities = as_list(sorted(numbers.union(cities)))
        """Their numbers with the cities', as SQLite takes a list."""
        self.known_names: dict[str, Sequence[KnownName]] = {}
        """Names of these by the first letter of their keys, of the letters that were asked for."""

    def measure(self, place: Place) -> float:
        """Return how many kilometres a place is from the nearest on record; 0 is on record."""
        return self.measure_spot(place.id, place.latitude, place.longitude)

    def measure_spot(self, number: int, latitude: float | None, longitude: float | None) -> float:
        """Return it for a place of that number at a point in degrees."""
        if number in self.numbers:
            return 0.0
        if latitude is None or longitude is None or not self._squares:
            return FAR_KM
        if number not in self._measured:
            self._measured[number] = self._measure_km(latitude, longitude)
        return self._measured[number]

    def _measure_km(self, latitude: float, longitude: float) -> float:
        """Look at the squares around, ring by ring, until none beyond can hold a nearer place."""
        x, y, z = point_to(latitude, longitude)
        row, column = math.floor(latitude / _SIDE), math.floor(longitude / _SIDE)
        farthest = math.radians(abs(latitude) + _WIDEST * _SIDE)
        narrow = _SIDE * _DEGREE_KM * max(math.cos(farthest), 0.01)
        nearest = -1.0
        for ring in range(_WIDEST + 1) if len(self._every) > _FEW else ():
            for north, east in _RINGS[ring]:
                if spots := self._squares.get((row + north, column + east)):
                    nearest = max(nearest, *[x * a + y * b + z * c for a, b, c in spots])
            km = _EARTH_KM * math.acos(min(nearest, 1.0))
            if km <= ring * narrow:
                return km
        nearest = max([x * a + y * b + z * c for a, b, c in self._every])
        return _EARTH_KM * math.acos(min(nearest, 1.0))


def point_to(latitude: float, longitude: float) -> Vector:
    """Return the vector of length one from the middle of the earth to a point in degrees."""
    lat, lon = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
