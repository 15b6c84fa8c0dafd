"""The signs of statuses: shapes that any font may lack, and letters for all others."""

from collections.abc import Mapping

from bot.pictures.canvas import Canvas, Point, regular
from bot.pictures.lettering import font, spell
from bot.pictures.palette import Colour

_SHAPES: Mapping[str, tuple[int, float, bool]] = {
    "▲": (3, -90, True),
    "△": (3, -90, False),
    "▼": (3, 90, True),
    "▽": (3, 90, False),
    "►": (3, 0, True),
    "◄": (3, 180, True),
    "◆": (4, -90, True),
    "◇": (4, -90, False),
    "■": (4, -45, True),
    "□": (4, -45, False),
    "●": (24, 0, True),
    "○": (24, 0, False),
    "★": (5, -90, True),
}
"""How many corners a sign has, where the first is, and whether it is filled."""


def draw_sign(canvas: Canvas, sign: str, middle: Point, radius: float, colour: Colour) -> None:
    """Draw a status' sign within a circle; a sign that is no shape by its first letter."""
    if not sign:
        return
    shape = _SHAPES.get(sign)
    if shape is None:
        _write_letter(canvas, sign, middle, radius, colour)
        return
    corners, turn, filled = shape
    points = regular(middle, radius, corners, turn)
    canvas.polygon(points, colour if filled else None, colour)


def _write_letter(canvas: Canvas, sign: str, middle: Point, radius: float, colour: Colour) -> None:
    letter, size = spell(sign[:1]), round(radius * 2.2)
    left, top, right, bottom = font(size).getbbox(letter)
    x, y = middle
    canvas.write((x - (left + right) / 2, y - (top + bottom) / 2), letter, size, colour)
