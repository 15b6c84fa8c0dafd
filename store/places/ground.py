"""The desk's ground: the places that it has on record, and how far others are from them."""

import math
from collections import defaultdict
from collections.abc import Iterable

from store.model.entry import Place

NEAR_KM = 75.0
"""A place that close to one on record is of the desk's neighbourhood."""
FAR_KM = 20_000.0
"""How far a place is where nothing is known of it: half-way round the earth."""

_EARTH_KM = 6371.0
_SQUARE_KM = 111.2  # a degree of latitude
_WIDEST = 3  # squares looked at each way before looking at all

Spot = tuple[float, float]


def distance_km(one: Spot, other: Spot) -> float:
    """Return the great-circle distance between two points given in degrees (haversine)."""
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


class Ground:
    """The places on record, by squares of a degree."""

    def __init__(
        self,
        places: Iterable[tuple[int, float | None, float | None]],
        areas: Iterable[int] = (),
    ) -> None:
        """Take places on record, a number and a point in degrees each, and the areas they lie in.

        A point may be missing: the place then counts by its number alone.
        """
        self._squares: defaultdict[tuple[int, int], list[Spot]] = defaultdict(list)
        numbers = set(areas)
        for number, latitude, longitude in places:
            numbers.add(number)
            if latitude is not None and longitude is not None:
                self._squares[_square(latitude, longitude)].append((latitude, longitude))
        self._numbers = frozenset(numbers)

    def measure(self, place: Place) -> float:
        """Return how many kilometres a place is from the nearest on record; 0 is on record."""
        if place.id in self._numbers:
            return 0.0
        return self.measure_km(place.latitude, place.longitude)

    def measure_km(self, latitude: float | None, longitude: float | None) -> float:
        """Return how many kilometres a point is from the nearest place on record."""
        if latitude is None or longitude is None or not self._squares:
            return FAR_KM
        here = latitude, longitude
        narrow = _SQUARE_KM * max(math.cos(math.radians(abs(latitude) + 1)), 0.05)
        best = FAR_KM
        for ring in range(_WIDEST + 1):
            spots = self._ring(_square(*here), ring)
            best = min((distance_km(here, spot) for spot in spots), default=best)
            if best <= ring * narrow:
                return best
        return min(distance_km(here, spot) for square in self._squares.values() for spot in square)

    def _ring(self, middle: tuple[int, int], ring: int) -> list[Spot]:
        """Return the places of the squares up to `ring` from the middle one."""
        around = range(-ring, ring + 1)
        return [
            spot
            for row in around
            for column in around
            for spot in self._squares.get((middle[0] + row, middle[1] + column), ())
        ]


def _square(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude), math.floor(longitude)
