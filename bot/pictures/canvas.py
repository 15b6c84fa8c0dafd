"""A sheet to draw on: shapes at twice the size, so that their edges are smooth, then words."""

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from bot.pictures.lettering import font
from bot.pictures.palette import Colour, Palette

FINER = 2
"""So many times as large as the picture are its shapes before they are made smooth."""
_HALO = 3
_PACKED = 7
"""How hard a PNG is packed: at 9 it takes five times as long, and a twelfth less room."""
_APART, _STROKE = 22, 4
"""How far apart the lines of a hatching are, and how wide, where shapes are drawn."""
_HATCHINGS = (
    ((1, 1),),
    ((1, -1),),
    ((0, 1),),
    ((1, 0),),
    ((1, 1), (1, -1)),
    ((0, 1), (1, 0)),
)
"""In which directions the lines of each hatching run, across and down."""
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Canvas:
    """A picture in the making, in pixels from its upper left corner."""

    def __init__(self, wide: int, high: int, colours: Palette) -> None:
        self.wide, self.high, self._colours = wide, high, colours
        self._shapes = Image.new("RGB", (wide * FINER, high * FINER), colours.ground)
        self._draw = ImageDraw.Draw(self._shapes)
        self._words: list[tuple[Point, str, int, Colour, Colour | None]] = []

    def fill(self, box: Box, colour: Colour) -> None:
        """Fill a box."""
        left, top, right, bottom = (round(side * FINER) for side in box)
        self._draw.rectangle((left, top, right - 1, bottom - 1), colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a line through points."""
        if len(points) > 1:
            drawn = [(x * FINER, y * FINER) for x, y in points]
            self._draw.line(drawn, colour, max(round(width * FINER), 1), joint="curve")

    def polygon(self, points: Sequence[Point], colour: Colour | None, edge: Colour | None) -> None:
        """Draw a polygon: filled, or its edge alone, or both."""
        drawn = [(x * FINER, y * FINER) for x, y in points]
        self._draw.polygon(drawn, colour, edge, width=2 * FINER)

    def disc(self, middle: Point, radius: float, colour: Colour) -> None:
        """Fill a disc."""
        self._draw.ellipse(_around(middle, radius), colour)

    def ring(
        self, middle: Point, radius: float, colour: Colour, width: float, *, broken: bool = False
    ) -> None:
        """Draw a ring, whole or in six pieces; the radius is that of its outer edge."""
        box, thick = _around(middle, radius), round(width * FINER)
        if not broken:
            self._draw.ellipse(box, outline=colour, width=thick)
            return
        for start in range(0, 360, 60):
            self._draw.arc(box, start + 12, start + 48, colour, thick)

    def blend(
        self, middle: Point, radius: float, colour: Colour, share: float, within: Box
    ) -> None:
        """Lay a colour over a disc, so much of it, no farther than a box."""
        left, top, right, bottom = (round(side * FINER) for side in within)
        mask = Image.new("L", (right - left, bottom - top), 0)
        x0, y0, x1, y1 = _around(middle, radius)
        ImageDraw.Draw(mask).ellipse(
            (x0 - left, y0 - top, x1 - left, y1 - top), fill=round(255 * share)
        )
        self._shapes.paste(Image.new("RGB", mask.size, colour), (left, top), mask)

    def hatch(
        self, within: Box, colour: Colour, pattern: int, mask: Image.Image | None = None
    ) -> None:
        """Hatch a box in one of six ways, or only what the mask covers, FINER times as large."""
        left, top, right, bottom = (round(side * FINER) for side in within)
        lines = Image.new("L", (right - left, bottom - top), 0)
        draw = ImageDraw.Draw(lines)
        most = lines.width + lines.height
        for across, down in _HATCHINGS[pattern % len(_HATCHINGS)]:
            for at in range(-most, most, _APART):
                start = (at, lines.height if down < 0 else 0) if down else (0, at)
                draw.line((*start, start[0] + across * most, start[1] + down * most), 255, _STROKE)
        if mask is not None:
            lines = ImageChops.multiply(lines, mask)
        self._shapes.paste(Image.new("RGB", lines.size, colour), (left, top), lines)

    def write(
        self, at: Point, text: str, size: int, colour: Colour, halo: Colour | None = None
    ) -> None:
        """Write spelt text, its upper left corner at a point; a halo keeps it off what is there."""
        self._words.append((at, text, size, colour, halo))

    def finish(self) -> bytes:
        """Return it as PNG, of the colours of its palette alone."""
        sheet = self._shapes.reduce(FINER)
        draw = ImageDraw.Draw(sheet)
        for (x, y), text, size, colour, halo in self._words:
            width, edge = (_HALO, halo) if halo else (0, None)
            draw.text((x, y), text, colour, font(size), stroke_width=width, stroke_fill=edge)
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in self._colours.every() for part in colour])
        few = sheet.quantize(palette=palette, dither=Image.Dither.NONE)
        out = io.BytesIO()
        few.save(out, "PNG", compress_level=_PACKED)
        return out.getvalue()


def _around(middle: Point, radius: float) -> tuple[float, float, float, float]:
    x, y = middle
    return tuple(side * FINER for side in (x - radius, y - radius, x + radius, y + radius))  # type: ignore[return-value]


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
