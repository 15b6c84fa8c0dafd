"""Coordinates as files have them: decimal, with a comma, both in one cell, in minutes."""

import re
from collections.abc import Mapping

from store.transfer.formats.grid_reference import is_grid_reference, read_grid_reference
from store.transfer.import_problems import Fault, Refused

Spot = tuple[float, float]
"""Degrees north and east."""

_MOST_NORTH, _MOST_EAST = 90, 180
_DECIMAL = r"[-+]?[0-9]{1,3}(?:[.,][0-9]+)?"
_BOTH = re.compile(rf"({_DECIMAL})\s*°?(?:\s*[;|/]\s*|\s*,\s+|\s+)({_DECIMAL})\s*°?")
_WITH_POINTS = re.compile(r"(?=.*\.)([-+]?[0-9]{1,3}(?:\.[0-9]+)?),([-+]?[0-9]{1,3}(?:\.[0-9]+)?)")
_WKT = re.compile(rf"POINT\s*(?:Z\s*)?\(\s*({_DECIMAL})\s+({_DECIMAL})[^)]*\)", re.IGNORECASE)
_ANGLE = (
    r"([NSEW]?)\s*([0-9]{1,3})\s*[°:\s]\s*([0-9]{1,2}(?:[.,][0-9]+)?)\s*['′’:]?\s*"
    r"(?:([0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:\"|″|”|''|′′)?)?\s*([NSEW]?)"
)
_ANGLES = re.compile(rf"{_ANGLE}[\s,;]+{_ANGLE}", re.IGNORECASE)


def read_spot(given: Mapping[str, str]) -> Spot | None:
    """Return a place's point: of `point`, or of `latitude` and `longitude`; None without any."""
    north, east = given.get("latitude", ""), given.get("longitude", "")
    if not north and not east:
        text = given.get("point", "")
        return read_point(text) if text.strip() else None
    read = f"{north}, {east}"
    if angles := _ANGLES.fullmatch(f"{north.strip()}, {east.strip()}"):
        return _of_angles(angles, read)
    return _spot(north, east, read)


def read_point(text: str) -> Spot:
    """Return both coordinates of one cell, north first; of WKT, as it has them, east first."""
    if is_grid_reference(text):
        return read_grid_reference(text)
    bare = text.strip().strip("()[]") if "POINT" not in text.upper() else text.strip()
    if match := _WKT.fullmatch(bare):
        return _spot(match[2], match[1], text)
    if match := _WITH_POINTS.fullmatch(bare) or _BOTH.fullmatch(bare):
        return _spot(match[1], match[2], text)
    if match := _ANGLES.fullmatch(bare):
        return _of_angles(match, text)
    raise Refused(Fault.NOT_COORDINATES, "", text)


def _spot(north: str, east: str, read: str) -> Spot:
    try:
        spot = _number(north), _number(east)
    except ValueError:
        raise Refused(Fault.NOT_COORDINATES, "", read) from None
    if abs(spot[0]) <= _MOST_NORTH and abs(spot[1]) <= _MOST_EAST:  # nor is NaN
        return spot
    raise Refused(Fault.NOT_COORDINATES, "", read)


def _number(text: str) -> float:
    return float(text.strip().replace(",", "."))


def _of_angles(match: "re.Match[str]", read: str) -> Spot:
    """Return degrees, minutes and seconds as degrees; the letters must say north and east."""
    degrees: dict[str, float] = {}
    for before, whole, minutes, seconds, after in (match.groups()[:5], match.groups()[5:]):
        letter = (before or after or "").upper()
        value = int(whole) + _number(minutes) / 60 + _number(seconds or "0") / 3600
        degrees["N" if letter in {"N", "S"} else "E"] = -value if letter in {"S", "W"} else value
        if letter not in {"N", "S", "E", "W"} or _number(minutes) >= 60:  # noqa: PLR2004 -- minutes of a degree
            raise Refused(Fault.NOT_COORDINATES, "", read)
    if len(degrees) != 2:  # noqa: PLR2004 -- north and east
        raise Refused(Fault.NOT_COORDINATES, "", read)
    return _spot(f"{degrees['N']:.6f}", f"{degrees['E']:.6f}", read)
