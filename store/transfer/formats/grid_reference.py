"""References of the military grid (MGRS), such as 37U CP 64975 49022, as coordinates."""

import re

from store.transfer.import_problems import Fault, Refused

_REFERENCE = re.compile(
    r"(\d{1,2})\s?([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*((?:\d\s?){0,10})", re.IGNORECASE
)
_FEWEST_DIGITS = 4
"""They name a square of 1 km: within a coarser one lie several villages."""


def is_grid_reference(text: str) -> bool:
    """Return whether a text has the shape of a reference."""
    return bool(_REFERENCE.fullmatch(text.strip()))


def read_grid_reference(text: str) -> tuple[float, float]:
    """Return the degrees north and east of the middle of the square that a reference names.

    Refused where it names none, or one larger than 1 km, or where `mgrs` is not installed.
    """
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        raise Refused(Fault.NOT_COORDINATES, "", text)
    digits = "".join(match[4].split())
    if len(digits) < _FEWEST_DIGITS:
        raise Refused(Fault.LARGE_SQUARE, "", text, "10" if digits else "100")
    try:
        from mgrs import MGRS  # noqa: PLC0415 -- an extra
        from mgrs.core import MGRSError  # noqa: PLC0415
    except ImportError:
        raise Refused(Fault.NEEDS_EXTRA, "", "MGRS") from None
    written = f"{int(match[1]):02}{match[2]}{match[3]}{digits}".upper()
    grid = MGRS()
    try:
        north, east = grid.toLatLon(written)
        again = grid.toMGRS(north, east, MGRSPrecision=len(digits) // 2)
    except (MGRSError, RuntimeWarning):  # the latter: another band than its square lies in
        again = ""
    if again != written:
        raise Refused(Fault.NOT_COORDINATES, "", text)
    return round(north, 6), round(east, 6)
