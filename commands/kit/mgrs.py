"""Points by the Military Grid Reference System: 37U DQ 12345 67890, on WGS 84.

A zone of six degrees, a band of eight, a square of 100 km, then metres east and north in it. Of
fewer figures it names a square, whose middle is taken. The poles (UPS) are not read.
"""

import math
import re

MGRS = (
    r"(?i)(?<![\w.-])(60|[1-5][0-9]|0?[1-9]) ?([C-HJ-NP-X]) ?([A-HJ-NP-Z])([A-HJ-NP-V])"
    r" ?([0-9]{3,5} [0-9]{3,5}|[0-9]{6,10})(?!\w)"
)
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_SQUARE, _CYCLE = 100_000, 2_000_000  # metres: of a square, and after which its letter comes again
_BAND_DEGREES = 8
_AXIS, _ECCENTRICITY = 6_378_137.0, 0.006_694_379_990_14  # metres; squared
_SCALE, _EASTING = 0.9996, 500_000


def read_mgrs(match: re.Match[str]) -> tuple[float, float] | None:
    """Return the latitude and longitude of what MGRS matched, in degrees; None where it is none."""
    zone, band, column, row, figures = match.groups()
    east, _, north = figures.partition(" ")
    if not north:
        east, north = figures[: len(figures) // 2], figures[len(figures) // 2 :]
    letters = _COLUMNS[int(zone) % 3]
    if len(east) != len(north) or column.upper() not in letters:
        return None
    metres = 10 ** (5 - len(east))
    easting = (letters.index(column.upper()) + 1) * _SQUARE + (int(east) + 0.5) * metres
    rows_off = 5 * (int(zone) % 2 == 0)
    northing = (_ROWS.index(row.upper()) - rows_off) % len(_ROWS) * _SQUARE
    south = (_BANDS.index(band.upper()) - 10) * _BAND_DEGREES
    least = _SCALE * _arc(math.radians(south)) - _SQUARE
    northing += math.ceil((least - northing) / _CYCLE) * _CYCLE
    latitude, longitude = _unproject(easting, northing + (int(north) + 0.5) * metres)
    if not south - 1 <= latitude <= south + _BAND_DEGREES + (5 if band in "Xx" else 1):
        return None
    return round(latitude, 5), round(int(zone) * 6 - 183 + longitude, 5)


def _arc(latitude: float) -> float:
    """Return the metres of a meridian from the equator to a latitude in radians."""
    e2, e4, e6 = (_ECCENTRICITY**power for power in (1, 2, 3))
    return _AXIS * (
        (1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256) * latitude
        - (3 * e2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024) * math.sin(2 * latitude)
        + (15 * e4 / 256 + 45 * e6 / 1024) * math.sin(4 * latitude)
        - (35 * e6 / 3072) * math.sin(6 * latitude)
    )


def _unproject(easting: float, northing: float) -> tuple[float, float]:
    """Return the latitude, and the degrees east of the middle of the zone (Snyder 1987, 8-17)."""
    e2 = _ECCENTRICITY
    foot = _foot(northing / _SCALE)
    second = e2 / (1 - e2)
    c, t = second * math.cos(foot) ** 2, math.tan(foot) ** 2
    flat = 1 - e2 * math.sin(foot) ** 2
    across, along = _AXIS / math.sqrt(flat), _AXIS * (1 - e2) / flat**1.5
    d = (easting - _EASTING) / (across * _SCALE)
    latitude = foot - (across * math.tan(foot) / along) * (
        d**2 / 2
        - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * second) * d**4 / 24
        + (61 + 90 * t + 298 * c + 45 * t**2 - 252 * second - 3 * c**2) * d**6 / 720
    )
    longitude = (
        d
        - (1 + 2 * t + c) * d**3 / 6
        + (5 - 2 * c + 28 * t - 3 * c**2 + 8 * second + 24 * t**2) * d**5 / 120
    ) / math.cos(foot)
    return math.degrees(latitude), math.degrees(longitude)


def _foot(metres: float) -> float:
    """Return the latitude, in radians, to which a meridian is so long: `_arc` turned round."""
    latitude = metres / _AXIS
    for _ in range(6):
        latitude += (metres - _arc(latitude)) / _AXIS
    return latitude
