"""From degrees to pixels, and the lines of a map that lie within its frame."""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from bot.pictures.canvas import Box, Point
from store.queries.map_view import KM_A_DEGREE, Frame

_BORDERS = Path(__file__).parent / "borders.txt"


class Projection(Struct, frozen=True):
    """Where the places of a frame lie in a box: flat, true at the middle."""

    frame: Frame
    box: Box

    @property
    def pixels_a_km(self) -> float:
        return (self.box[2] - self.box[0]) / self.frame.wide

    def place(self, latitude: float, longitude: float) -> Point:
        """Return where a point lies."""
        left, top, right, bottom = self.box
        shrink = math.cos(math.radians(self.frame.latitude))
        east = (longitude - self.frame.longitude) * KM_A_DEGREE * shrink
        north = (latitude - self.frame.latitude) * KM_A_DEGREE
        scale = self.pixels_a_km
        return (left + right) / 2 + east * scale, (top + bottom) / 2 - north * scale


class Border(Struct, frozen=True):
    """A line of Natural Earth's: of a region, a country or a coast; east and north in degrees."""

    kind: str
    points: tuple[tuple[float, float], ...]
    box: Box


@lru_cache(maxsize=1)
def load_borders() -> tuple[Border, ...]:
    """Return the borders that come with the program."""
    return tuple(_read_borders())


def _read_borders() -> Iterator[Border]:
    for line in _BORDERS.read_text().splitlines():
        if line.startswith("#"):
            continue
        kind, *points = line.split()
        degrees = tuple(
            (int(east) / 1000, int(north) / 1000)
            for east, _, north in (point.partition(",") for point in points)
        )
        easts, norths = [east for east, _ in degrees], [north for _, north in degrees]
        yield Border(kind, degrees, (min(easts), min(norths), max(easts), max(norths)))


def borders_within(frame: Frame) -> Iterator[Border]:
    """Yield the borders that come near a frame."""
    (south, north), (west, east) = frame.south_north, frame.west_east
    for border in load_borders():
        left, low, right, high = border.box
        if left <= east and right >= west and low <= north and high >= south:
            yield border


def crop(points: list[Point], box: Box) -> Iterator[list[Point]]:
    """Yield the stretches of a line within a box, cut at its edges (Liang and Barsky)."""
    stretch: list[Point] = []
    for start, end in pairwise(points):
        inside = _cut_segment(start, end, box)
        if inside is None:
            if stretch:
                yield stretch
            stretch = []
            continue
        first, last = inside
        if stretch and stretch[-1] != first:
            yield stretch
            stretch = []
        stretch = [*stretch, last] if stretch else [first, last]
    if stretch:
        yield stretch


def _cut_segment(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    (x, y), (x_2, y_2) = start, end
    left, top, right, bottom = box
    across, down = x_2 - x, y_2 - y
    first, last = 0.0, 1.0
    edges = ((-across, x - left), (across, right - x), (-down, y - top), (down, bottom - y))
    for change, room in edges:
        if change == 0:
            if room < 0:
                return None
            continue
        share = room / change
        if change < 0:
            first = max(first, share)
        else:
            last = min(last, share)
        if first > last:
            return None
    cut_start = start if first == 0.0 else (x + first * across, y + first * down)
    cut_end = end if last == 1.0 else (x + last * across, y + last * down)
    return cut_start, cut_end
