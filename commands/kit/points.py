"""Points on the map as people write and paste them: degrees, minutes, MGRS and links.

Latitude is thought to come first unless letters say which is which; whoever asks about such a point
looks at the other order too (`TypedPoint.turned`).
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote_plus

from msgspec import Struct

_NORTH, _EAST = 90.0, 180.0
_SIXTY = 60
_FIGURES = 5  # behind the point: a metre
_MAY_BE = r"(?i)[0-9][.,][0-9]{2}|[0-9] ?[°º˚]|[0-9] ?[NSEW]\b|[0-9] ?[A-Z] ?[A-Z]{2} ?[0-9]"
_ADDRESS = r"(?i)\b(?:https?://|www\.|geo:|(?:maps|google|deepstatemap|openstreetmap)\.)\S+"
_PLAIN = (
    (r"(?i)\b(?:lat(?:itude)?|широта)\b[ :=]*(?=[0-9])", "N"),
    (r"(?i)\b(?:lon(?:gitude)?|lng|long|довгота|долгота)\b[ :=]*(?=[0-9])", "E"),
    (r"(?i)\b(?:пн|с)\.? ?ш\b\.?", "N"),
    (r"(?i)\b(?:сх|в)\.? ?д\b\.?", "E"),
    ("″|[”“]|''|′′", '"'),
    ("[′’ʼ‘`´]", "'"),
    ("−", "-"),
    ("[º˚]", "°"),
)
_FIGURE = r"(?:(?<=!3d)|(?<![\w.-]))(-?[0-9]{1,3}(?:\.[0-9]{2,}|,[0-9]{4,}))(?![0-9]| ?%)"
_NEXT = r"(-?[0-9]{1,3}(?:\.[0-9]{2,}|,[0-9]{4,}))(?![0-9]|\.[0-9]| ?%)"
_DEGREES = r"(-?[0-9]{1,3}(?:[.,][0-9]+)?)"
_PARTS = r"(?: ?([0-9]{1,2}(?:[.,][0-9]+)?) ?'(?: ?([0-9]{1,2}(?:[.,][0-9]+)?) ?\")?)?"
_SIDE = r"([NSEWnsew])"
_APART = r"(?: ?[,;/|] ?| )"
_BEHIND = rf"(?<![\w.-]){_DEGREES} ?°?{_PARTS} ?{_SIDE}{_APART}?{_DEGREES} ?°?{_PARTS} ?{_SIDE}\b"
_BEFORE = (
    rf"\b{_SIDE} ?{_DEGREES}(?![0-9]) ?°?{_PARTS}{_APART}?{_SIDE} ?{_DEGREES}(?![0-9]) ?°?{_PARTS}"
)
_SIGNED = rf"(?<![\w.-]){_DEGREES} ?°{_PARTS}{_APART}{_DEGREES} ?°{_PARTS}"
_SPACED = r"([0-9]{1,3}) ([0-9]{1,2}(?:[.,][0-9]+)?)(?: ([0-9]{1,2}(?:[.,][0-9]+)?))?"
_WITHOUT_SIGNS = rf"(?<![\w.-]){_SPACED} ?{_SIDE}{_APART}?{_SPACED} ?{_SIDE}\b"
"""48 17 0 N 37 10 55 E."""
GRID = (
    r"(?i)(?<![\w.-])(?:60|[1-5][0-9]|0?[1-9]) ?[C-HJ-NP-X] ?[A-HJ-NP-Z][A-HJ-NP-V]"
    r" ?(?:[0-9]{3,5} [0-9]{3,5}|[0-9]{6}|[0-9]{8}|[0-9]{10})(?!\w)"
)
"""A reference of the military grid to 100 metres at least: 37U DQ 12345 67890."""
_FIGURES_ALONE = rf"{_FIGURE}(?: ?[,;/|] ?| |&(?:mlon|lon|lng)=|!4d){_NEXT}"
_PINNED = rf"(?:!3d|mlat=){_FIGURES_ALONE}"
_FINE = r"[.,][0-9]{3}"
"""Figures that only a point has: two behind the point may be a price, a score or an hour."""
_MONEY = (
    r"(?i)[$€₴]|\b(?:usd|eur|uah|rub|rates?|prices?|dollars?|euros?)\b"
    r"|\b(?:грн|гривн\w+|курс\w*|дол+ар\w*|євро|евро|руб\w*)"
)
_HOURS = r"(?:[0-2]?[0-9]|3[01])[.,][0-9]{2}"
"""What may be an hour, or a day and its month: 24.10, 31.10."""


class TypedPoint(Struct, frozen=True):
    """A point in degrees, WGS 84; `sure` is whether letters say which is the latitude."""

    latitude: float
    longitude: float
    sure: bool = False

    @property
    def turned(self) -> "TypedPoint | None":
        """The same read the other way round; None where it can be read in one way only."""
        if self.sure or abs(self.longitude) > _NORTH:
            return None
        return TypedPoint(self.longitude, self.latitude)

    @property
    def figures(self) -> tuple[str, str]:
        """Its latitude and longitude, to the metre."""
        return _write_figures(self.latitude), _write_figures(self.longitude)

    @property
    def text(self) -> str:
        """It as it reads the same at any later time: 48.2833,37.1833."""
        north, east = self.figures
        if not self.sure:
            looks_like_hours = re.fullmatch(_HOURS, north) and re.fullmatch(_HOURS, east)
            return f"{north}00,{east}00" if looks_like_hours else f"{north},{east}"
        sides = "NS"[self.latitude < 0], "EW"[self.longitude < 0]
        return f"{north.lstrip('-')}{sides[0]},{east.lstrip('-')}{sides[1]}"


def separate_points(text: str, *, rough: bool = True) -> tuple[str, tuple[TypedPoint, ...]]:
    """Return a text without the points that it names, and these; of a link with two its pin.

    A `rough` one has no letters, no signs and two figures behind each point, as prices have.
    """
    if not re.search(_MAY_BE, text):
        return text, ()
    points: list[TypedPoint] = []
    is_of_money = re.search(_MONEY, text) is not None

    def take(match: re.Match[str]) -> str:
        alone = match.re.pattern == _FIGURES_ALONE
        doubtful = alone and (is_of_money or not (rough or re.search(_FINE, match[0])))
        point = None if doubtful else _point_of(match)
        if point is not None:
            points.append(point)
        return match[0] if point is None else " "

    rest = re.sub(_ADDRESS, _shorten_address, text)
    for pattern, sign in _PLAIN:
        rest = re.sub(pattern, sign, rest)
    for pattern in (GRID, _BEHIND, _BEFORE, _SIGNED, _WITHOUT_SIGNS, _FIGURES_ALONE):
        rest = re.sub(pattern, take, rest)
    return " ".join(rest.split()), tuple(dict.fromkeys(points))


def _shorten_address(match: re.Match[str]) -> str:
    """Return the point of a link in place of the link; the link where it has none."""
    address = unquote_plus(match[0])
    for pattern in (_PINNED, _FIGURES_ALONE):
        if (figures := re.search(pattern, address)) and (point := _point_of(figures)):
            return f"{_write_figures(point.latitude, 4)},{_write_figures(point.longitude, 4)}"
    return match[0]


def _point_of(match: re.Match[str]) -> TypedPoint | None:
    """Return the point of two halves, each of one, three or four groups; None where it is none."""
    if match.re.pattern == GRID:
        return _read_grid(match[0])
    half = len(match.groups()) // 2
    halves = match.groups()[:half], match.groups()[half:]
    if half == 1 and all(re.fullmatch(_HOURS, figure) for (figure,) in halves):
        return None
    first, second = (_add_parts([part for part in parts if part]) for parts in halves)
    if first is None or second is None:
        return None
    sides = "".join(part for part in match.groups() if part and part.isalpha()).upper()
    return _on_sides(first, second, sides) if sides else _in_bounds(first, second)


def _read_grid(reference: str) -> TypedPoint | None:
    """Return the middle of a square of the military grid; None without the extra that reads it."""
    from store.transfer.formats.grid_reference import read_grid_reference  # noqa: PLC0415 -- rare
    from store.transfer.import_problems import Refused  # noqa: PLC0415

    try:
        north, east = read_grid_reference(reference)
    except Refused:
        return None
    return TypedPoint(round(north, _FIGURES), round(east, _FIGURES), sure=True)


def _add_parts(parts: Sequence[str]) -> float | None:
    """Return degrees with their minutes and seconds; None of whole ones, which say too little."""
    figures = [part.replace(",", ".") for part in parts if not part.isalpha()]
    if figures[1:] and max(map(float, figures[1:])) >= _SIXTY:
        return None
    if len(figures) == 1 and "." not in figures[0]:
        return None
    return sum(float(figure) / float(_SIXTY) ** at for at, figure in enumerate(figures))


def _on_sides(first: float, second: float, sides: str) -> TypedPoint | None:
    """Return the point of which letters say what is the latitude, such as "NE" or "EN"."""
    if sides[0] in "EW":
        first, second, sides = second, first, sides[::-1]
    north = -first if sides[0] == "S" else first
    east = -second if sides[1] == "W" else second
    is_point = sides[0] in "NS" and sides[1] in "EW" and abs(north) <= _NORTH and abs(east) <= _EAST
    return TypedPoint(north, east, sure=True) if is_point else None


def _in_bounds(first: float, second: float) -> TypedPoint | None:
    """Return two figures as a point, latitude first where that can be."""
    for north, east in ((first, second), (second, first)):
        if abs(north) <= _NORTH and abs(east) <= _EAST:
            return TypedPoint(north, east)
    return None


def _write_figures(degrees: float, least: int = 2) -> str:
    """Write degrees with so many figures behind the point at least: fewer are read as no point."""
    whole, _, behind = f"{degrees:.{_FIGURES}f}".partition(".")
    return f"{whole}.{behind[:least]}{behind[least:].rstrip('0')}"
