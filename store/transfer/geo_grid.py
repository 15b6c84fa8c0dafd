"""The places nearest to a point, by squares of a tenth of a degree."""

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from store.places.bearers import AREA_KINDS
from store.places.ground import distance_km

_SQUARES = 10  # to a degree
_NARROWEST_KM = 6  # a tenth of a degree of longitude, at 57 degrees north

Spot = tuple[float, float]


class Grid:
    """Every place of the gazetteer that has coordinates; the nearest only by those of its own."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.names: dict[int, str] = {}
        self._spots: dict[int, Spot] = {}
        self._squares: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        rows = db.execute(
            "SELECT id, name, latitude, longitude, approximate, kind FROM places"
            " WHERE latitude IS NOT NULL"
        )
        for number, name, north, east, approximate, kind in rows:
            self.names[number] = name
            self._spots[number] = (north, east)
            if not approximate and kind not in AREA_KINDS:
                self._squares[_square((north, east))].append(number)

    def distances(self, spot: Spot, among: Iterable[int]) -> list[tuple[float, int]]:
        """Return how many kilometres away each is, the nearest first."""
        return sorted(
            (distance_km(spot, self._spots[number]), number)
            for number in among
            if number in self._spots
        )

    def nearest(self, spot: Spot, within_km: float) -> tuple[float, int] | None:
        """Return the nearest place of all within so many kilometres, and how far it is."""
        reach = math.ceil(within_km / _NARROWEST_KM)
        north, east = _square(spot)
        around = [
            number
            for row in range(north - reach, north + reach + 1)
            for column in range(east - reach, east + reach + 1)
            for number in self._squares.get((row, column), ())
        ]
        nearest = self.distances(spot, around)
        return nearest[0] if nearest and nearest[0][0] <= within_km else None


def _square(spot: Spot) -> tuple[int, int]:
    return math.floor(spot[0] * _SQUARES), math.floor(spot[1] * _SQUARES)
