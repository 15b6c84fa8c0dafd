"""The colours of pictures, on light and on dark."""

from msgspec import Struct

Colour = tuple[int, int, int]


_SHARES = (0.07, 0.135, 0.2, 0.35, 0.5, 0.65, 0.8)
"""How much of a shade lies over the panel where it fades."""


class Palette(Struct, frozen=True):
    """Colours by what they are for.

    `shades` are those of statuses: the colour-blind tell them apart too, and a sign goes with each.
    """

    ground: Colour
    panel: Colour
    sea_line: Colour
    grid: Colour
    region: Colour
    country: Colour
    dot: Colour
    faint: Colour
    text: Colour
    halo: Colour
    on_shade: Colour
    shades: tuple[Colour, ...]

    def shade(self, number: int) -> Colour:
        """Return the colour of a status by its number in the desk's list, or a neutral one."""
        return self.faint if number < 0 else self.shades[number % len(self.shades)]

    def every(self) -> list[Colour]:
        """Return all colours that a picture of these is made of, with those of its soft edges."""
        plain = [self.ground, self.panel, self.sea_line, self.grid, self.region, self.country]
        plain += [self.dot, self.faint, self.text, self.on_shade, *self.shades]
        soft = [
            blend(self.panel, ink, share)
            for ink in (self.text, self.faint, self.dot)
            for share in (0.2, 0.4, 0.6, 0.8)
        ]
        soft += [blend(self.ground, ink, 0.5) for ink in (self.text, self.faint)]
        for ink in (self.region, self.country, self.sea_line):
            soft.append(blend(self.panel, ink, 0.5))
        for shade in self.shades:
            soft += [blend(self.panel, shade, share) for share in _SHARES]
            soft.append(blend(shade, self.on_shade, 0.5))
        return list(dict.fromkeys([*plain, *soft]))


def blend(under: Colour, over: Colour, share: float) -> Colour:
    """Return a colour with so much of another laid over it."""
    red, green, blue = (
        round(low + (high - low) * share) for low, high in zip(under, over, strict=True)
    )
    return red, green, blue


LIGHT = Palette(
    ground=(255, 255, 255),
    panel=(246, 244, 238),
    sea_line=(120, 160, 190),
    grid=(226, 223, 214),
    region=(176, 170, 156),
    country=(120, 110, 95),
    dot=(150, 145, 135),
    faint=(105, 102, 96),
    text=(25, 25, 25),
    halo=(246, 244, 238),
    on_shade=(255, 255, 255),
    shades=(
        (0, 92, 168),
        (186, 62, 12),
        (150, 105, 0),
        (140, 60, 130),
        (95, 95, 95),
        (0, 120, 90),
        (70, 70, 160),
        (120, 80, 50),
    ),
)
DARK = Palette(
    ground=(28, 29, 33),
    panel=(38, 40, 45),
    sea_line=(80, 120, 150),
    grid=(54, 56, 62),
    region=(100, 102, 108),
    country=(150, 150, 150),
    dot=(130, 132, 138),
    faint=(170, 172, 178),
    text=(240, 240, 240),
    halo=(38, 40, 45),
    on_shade=(20, 20, 22),
    shades=(
        (110, 180, 255),
        (255, 140, 90),
        (240, 200, 80),
        (220, 150, 215),
        (180, 180, 180),
        (90, 210, 170),
        (160, 160, 245),
        (210, 170, 130),
    ),
)
