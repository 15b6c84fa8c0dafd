"""A sheet to draw on: shapes at twice the size, so that their edges are smooth, then words."""

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from bot.pictures.lettering import font
from bot.pictures.palette import Colour, Palette

_FINER = 2
_HALO = 3
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Canvas:
    """A picture in the making, in pixels from its upper left corner."""

    def __init__(self, wide: int, high: int, colours: Palette) -> None:
        self.wide, self.high, self._colours = wide, high, colours
        self._shapes = Image.new("RGB", (wide * _FINER, high * _FINER), colours.ground)
        self._draw = ImageDraw.Draw(self._shapes)
        self._words: list[tuple[Point, str, int, Colour, Colour | None]] = []

    def fill(self, box: Box, colour: Colour) -> None:
        """Fill a box."""
        left, top, right, bottom = (round(side * _FINER) for side in box)
        self._draw.rectangle((left, top, right - 1, bottom - 1), colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a line through points."""
        if len(points) > 1:
            drawn = [(x * _FINER, y * _FINER) for x, y in points]
            self._draw.line(drawn, colour, max(round(width * _FINER), 1), joint="curve")

    def polygon(self, points: Sequence[Point], colour: Colour | None, edge: Colour | None) -> None:
        """Draw a polygon: filled, or its edge alone, or both."""
        drawn = [(x * _FINER, y * _FINER) for x, y in points]
        self._draw.polygon(drawn, colour, edge, width=2 * _FINER)

    def disc(self, middle: Point, radius: float, colour: Colour) -> None:
        """Fill a disc."""
        self._draw.ellipse(_around(middle, radius), colour)

    def ring(
        self, middle: Point, radius: float, colour: Colour, width: float, *, broken: bool = False
    ) -> None:
        """Draw a ring, whole or in six pieces; the radius is that of its outer edge."""
        box, thick = _around(middle, radius), round(width * _FINER)
        if not broken:
            self._draw.ellipse(box, outline=colour, width=thick)
            return
        for start in range(0, 360, 60):
            self._draw.arc(box, start + 12, start + 48, colour, thick)

    def blend(
        self, middle: Point, radius: float, colour: Colour, share: float, within: Box
    ) -> None:
        """Lay a colour over a disc, so much of it, no farther than a box."""
        left, top, right, bottom = (round(side * _FINER) for side in within)
        mask = Image.new("L", (right - left, bottom - top), 0)
        x0, y0, x1, y1 = _around(middle, radius)
        ImageDraw.Draw(mask).ellipse(
            (x0 - left, y0 - top, x1 - left, y1 - top), fill=round(255 * share)
        )
        self._shapes.paste(Image.new("RGB", mask.size, colour), (left, top), mask)

    def write(
        self, at: Point, text: str, size: int, colour: Colour, halo: Colour | None = None
    ) -> None:
        """Write spelt text, its upper left corner at a point; a halo keeps it off what is there."""
        self._words.append((at, text, size, colour, halo))

    def finish(self) -> bytes:
        """Return it as PNG, of the colours of its palette alone."""
        sheet = self._shapes.reduce(_FINER)
        draw = ImageDraw.Draw(sheet)
        for (x, y), text, size, colour, halo in self._words:
            width, edge = (_HALO, halo) if halo else (0, None)
            draw.text((x, y), text, colour, font(size), stroke_width=width, stroke_fill=edge)
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in self._colours.every() for part in colour])
        few = sheet.quantize(palette=palette, dither=Image.Dither.NONE)
        out = io.BytesIO()
        few.save(out, "PNG", optimize=True)
        return out.getvalue()


def _around(middle: Point, radius: float) -> tuple[float, float, float, float]:
    x, y = middle
    return tuple(side * _FINER for side in (x - radius, y - radius, x + radius, y + radius))  # type: ignore[return-value]


def regular(middle: Point, radius: float, corners: int, turn: float = -90.0) -> list[Point]:
    """Return the corners of a regular polygon, the first at `turn` degrees from the right."""
    x, y = middle
    return [
        (
            x + radius * math.cos(math.radians(turn + 360 * corner / corners)),
            y + radius * math.sin(math.radians(turn + 360 * corner / corners)),
        )
        for corner in range(corners)
    ]
