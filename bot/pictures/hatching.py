"""Areas as an assessor drew them: hatched, without an edge, for no edge is a front line."""

import json
import math
from collections.abc import Iterator, Sequence
from itertools import product

from PIL import Image, ImageChops, ImageDraw

from bot.pictures.canvas import Box, Point
from bot.pictures.labels import overlap
from bot.pictures.projection import Projection

_COARSE = 0.25
_STEP = 24.0
"""How far apart the places are at which a name is tried within an area, in pixels."""


def mask_areas(areas: Sequence[str], where: Projection, scale: float) -> Image.Image:
    """Return what some areas cover of a box, `scale` times as large; each is a GeoJSON geometry."""
    left, top, right, bottom = where.box
    size = round((right - left) * scale), round((bottom - top) * scale)
    covered = Image.new("L", size, 0)
    for polygon in (polygon for area in areas for polygon in json.loads(area)["coordinates"]):
        this = Image.new("L", size, 0)
        draw = ImageDraw.Draw(this)
        for hole, ring in enumerate(polygon):
            spots = (where.place(north, east) for east, north in ring)
            draw.polygon(
                [((x - left) * scale, (y - top) * scale) for x, y in spots], 255 * (not hole)
            )
        covered = ImageChops.lighter(covered, this)
    return covered


def find_room(
    areas: Sequence[str], where: Projection, sizes: Sequence[Point], taken: Sequence[Box]
) -> Box | None:
    """Return a box within some areas, as near their middle as it can be; or None.

    Its size, wide and high, is the first of some for which there is room.
    """
    covered = mask_areas(areas, where, _COARSE)
    extent = covered.getbbox()
    if extent is None:
        return None
    left, top = where.box[:2]
    low_x, low_y, high_x, high_y = (side / _COARSE for side in extent)
    middle = left + (low_x + high_x) / 2, top + (low_y + high_y) / 2
    spots = sorted(_list_spots(where.box), key=lambda spot: math.dist(spot, middle))
    for (wide, high), (x, y) in product(sizes, spots):
        box = x - wide / 2, y - high / 2, x + wide / 2, y + high / 2
        if not any(overlap(box, other) for other in taken) and _covers(covered, where.box, box):
            return box
    return None


def _list_spots(box: Box) -> Iterator[Point]:
    left, top, right, bottom = box
    for down in range(1, int((bottom - top) / _STEP)):
        for across in range(1, int((right - left) / _STEP)):
            yield left + across * _STEP, top + down * _STEP


def _covers(covered: Image.Image, frame: Box, box: Box) -> bool:
    """Tell whether the corners and the middle of a box lie within what is covered."""
    left, top, right, bottom = (
        math.floor((side - start) * _COARSE)
        for side, start in zip(box, (*frame[:2], *frame[:2]), strict=True)
    )
    if left < 0 or top < 0 or right >= covered.width or bottom >= covered.height:
        return False
    middle = (left + right) // 2, (top + bottom) // 2
    corners = ((left, top), (right, top), (left, bottom), (right, bottom), middle)
    return all(covered.getpixel(corner) for corner in corners)
