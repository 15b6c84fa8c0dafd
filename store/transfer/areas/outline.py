"""Areas drawn as outlines: which points lie inside, and a coarser outline to keep.

Pure geometry on degrees, by rules that need no library: a point is inside where a line due east
from it crosses the outline an odd number of times.
"""

import heapq
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from msgspec import Struct

Spot = tuple[float, float]
"""Degrees north and east."""
Ring = tuple[Spot, ...]
"""A closed line: its last point is its first."""

_DEGREE_KM = 111.2
_FEWEST = 4  # points of a ring, the last of which is the first
_MOST_POINTS = 300_000
_MOST_STEPS = 5_000_000  # a side and a place beside it: some seconds
_HALF_ROUND = 180  # degrees: a longer side goes the other way round the earth


class Outline(Struct, frozen=True):
    """One or more polygons; the first ring of each is its edge, the others are holes."""

    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Between which degrees it lies: south, west, north, east."""
        spots = [spot for polygon in self.polygons for spot in polygon[0]]
        norths, easts = [north for north, _ in spots], [east for _, east in spots]
        return min(norths), min(easts), max(norths), max(easts)


class Sides(Struct, frozen=True):
    """Which places lie inside an outline, and which so close to its edge that nobody can tell."""

    inside: frozenset[int]
    edge: frozenset[int]


def read_outline(geometry: Mapping[str, Any]) -> Outline:
    """Return the outline of a Polygon or MultiPolygon of GeoJSON, which has east first.

    Raises ValueError where it is none, or where it is too large.
    """
    shape, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = [coordinates] if shape == "Polygon" else coordinates
    if shape not in {"Polygon", "MultiPolygon"} or not isinstance(polygons, list):
        raise ValueError(f"{shape}")
    left = _MOST_POINTS
    read: list[tuple[Ring, ...]] = []
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise ValueError("[]")
        rings = tuple(map(_read_ring, polygon))
        left -= sum(map(len, rings))
        if left < 0:
            raise ValueError(f"> {_MOST_POINTS:,}")
        read.append(rings)
    if not read:
        raise ValueError("[]")
    return Outline(tuple(read))


def _read_ring(positions: object) -> Ring:
    if not isinstance(positions, list):
        raise ValueError(f"{positions}"[:60])  # noqa: TRY004 -- the file's fault, not a caller's
    ring = tuple(map(_read_position, positions))
    if ring and ring[0] != ring[-1]:
        ring = (*ring, ring[0])
    if len(ring) < _FEWEST:
        raise ValueError(f"{positions}"[:60])
    if any(abs(east - other) > _HALF_ROUND for (_, east), (_, other) in pairwise(ring)):
        raise ValueError("180°")
    return ring


def _read_position(position: object) -> Spot:
    match position:
        case [int() | float() as east, int() | float() as north, *_]:
            if abs(north) <= 90 and abs(east) <= 180:  # noqa: PLR2004 -- degrees; nor is NaN
                return float(north), float(east)
    raise ValueError(f"{position}"[:60])


def find_sides(outline: Outline, spots: Mapping[int, Spot], edge_km: float = 0.0) -> Sides:
    """Return which of some places lie inside, and which within `edge_km` of the edge.

    Raises ValueError where so many places lie beside so many sides that it would take too long.
    """
    ordered = sorted((north, east, number) for number, (north, east) in spots.items())
    norths = [north for north, *_ in ordered]
    margin = edge_km / _DEGREE_KM
    inside: set[int] = set()
    edge: set[int] = set()
    steps = 0
    for polygon in outline.polygons:
        odd: set[int] = set()
        for (north, east), (to_north, to_east) in _sides(polygon):
            low, high = min(north, to_north), max(north, to_north)
            first = bisect_left(norths, low - margin)
            last = bisect_right(norths, high + margin)
            steps += last - first
            if steps > _MOST_STEPS:
                raise ValueError(f"> {_MOST_STEPS:,}")
            for at_north, at_east, number in ordered[first:last]:
                if low <= at_north < high:
                    share = (at_north - north) / (to_north - north)
                    if at_east < east + share * (to_east - east):
                        odd ^= {number}
                if edge_km and _is_near(
                    (at_north, at_east), (north, east), (to_north, to_east), edge_km
                ):
                    edge.add(number)
        inside |= odd
    return Sides(frozenset(inside - edge), frozenset(edge))


def _sides(polygon: Sequence[Ring]) -> Iterator[tuple[Spot, Spot]]:
    for ring in polygon:
        yield from pairwise(ring)


def _is_near(spot: Spot, start: Spot, end: Spot, most_km: float) -> bool:
    """Tell whether a point lies within so many kilometres of a side; the earth is flat there."""
    narrow = math.cos(math.radians(spot[0])) * _DEGREE_KM
    reach = most_km / max(narrow, 1e-9)
    if not min(start[1], end[1]) - reach <= spot[1] <= max(start[1], end[1]) + reach:
        return False
    x_1, y_1 = (start[1] - spot[1]) * narrow, (start[0] - spot[0]) * _DEGREE_KM
    x_2, y_2 = (end[1] - spot[1]) * narrow, (end[0] - spot[0]) * _DEGREE_KM
    along_x, along_y = x_2 - x_1, y_2 - y_1
    length = along_x**2 + along_y**2
    share = -(x_1 * along_x + y_1 * along_y) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return math.hypot(x_1 + share * along_x, y_1 + share * along_y) <= most_km


def simplify(outline: Outline, most: int) -> dict[str, Any]:
    """Return an outline of at most about `most` points as a MultiPolygon of GeoJSON.

    Points are rounded to ten metres.
    """
    rings = [ring[:-1] for polygon in outline.polygons for ring in polygon]
    kept = iter(_Corners(rings).drop(most))
    polygons = []
    for polygon in outline.polygons:
        open_rings = [next(kept) for _ in polygon]
        polygons.append([_round([*ring, ring[0]]) for ring in open_rings])
    return {"type": "MultiPolygon", "coordinates": polygons}


def _round(ring: Sequence[Spot]) -> list[list[float]]:
    return [[round(east, 4), round(north, 4)] for north, east in ring]


class _Corners:
    """The corners of rings, linked to their neighbours; those that change the area least go first.

    After Visvalingam and Whyatt (1993). A ring keeps three.
    """

    def __init__(self, rings: Sequence[Sequence[Spot]]) -> None:
        self._spots = [spot for ring in rings for spot in ring]
        self._ring = [number for number, ring in enumerate(rings) for _ in ring]
        self._left = [len(ring) for ring in rings]
        bounds = list(pairwise(accumulate(map(len, rings), initial=0)))
        self._before = [at - 1 if at > start else end - 1 for at, start, end in _walk(bounds)]
        self._after = [at + 1 if at + 1 < end else start for at, start, end in _walk(bounds)]
        self._weights = [self._weigh(at) for at in range(len(self._spots))]

    def _weigh(self, at: int) -> float:
        """Return twice the area of a corner and its neighbours, in square degrees."""
        north, east = self._spots[at]
        north_1, east_1 = self._spots[self._before[at]]
        north_2, east_2 = self._spots[self._after[at]]
        return abs((east - east_1) * (north_2 - north_1) - (east_2 - east_1) * (north - north_1))

    def drop(self, most: int) -> list[list[Spot]]:
        """Return the rings without the corners that matter least, until `most` are left."""
        heap = [(weight, at) for at, weight in enumerate(self._weights)]
        heapq.heapify(heap)
        gone: set[int] = set()
        while len(self._spots) - len(gone) > most and heap:
            weight, at = heapq.heappop(heap)
            if at in gone or weight != self._weights[at] or self._left[self._ring[at]] < _FEWEST:
                continue
            gone.add(at)
            self._left[self._ring[at]] -= 1
            back, on = self._before[at], self._after[at]
            self._after[back], self._before[on] = on, back
            for neighbour in (back, on):
                self._weights[neighbour] = max(self._weigh(neighbour), weight)
                heapq.heappush(heap, (self._weights[neighbour], neighbour))
        rings: list[list[Spot]] = [[] for _ in self._left]
        for at, spot in enumerate(self._spots):
            if at not in gone:
                rings[self._ring[at]].append(spot)
        return rings


def _walk(bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield each corner's number with the first of its ring and the one after its last."""
    for start, end in bounds:
        yield from ((at, start, end) for at in range(start, end))
