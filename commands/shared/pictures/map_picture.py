"""A map as plain data: what is to be drawn, and nothing of how."""

from msgspec import Struct

from commands.kit.inlines import Inline, Line
from commands.kit.reply import Picture
from store.queries.map_view import Frame

UNSURE = -1
"""The shade of what has no one status."""


class MapTown(Struct, frozen=True):
    """A settlement: its name, where it lies in degrees, how many people live there.

    It is `asked` about if the map is of it.
    """

    name: Inline
    latitude: float
    longitude: float
    population: int
    asked: bool = False


class MapMark(Struct, frozen=True):
    """How a place stands: the sign and the shade of its status, and who says so.

    Where claims alone differ, it has no sign, and the shade UNSURE.
    `claimed` where nobody assessed it, `disputed` where assessors differ or a claim contradicts;
    its point may be `off_km` kilometres away from where it lies.
    """

    name: Inline
    latitude: float
    longitude: float
    sign: str
    shade: int
    claimed: bool
    disputed: bool
    off_km: int
    cites: Line
    asked: bool = False


class MapHatch(Struct, frozen=True):
    """What an assessor drew: areas, each a MultiPolygon of GeoJSON, with the sign of their status.

    `words` say whose they are, of which status and day.
    """

    name: str
    sign: str
    shade: int
    words: Line
    areas: tuple[str, ...]


class MapPanel(Struct, frozen=True):
    """The frame on one day."""

    head: Line
    marks: tuple[MapMark, ...]
    hatches: tuple[MapHatch, ...] = ()


class MapSign(Struct, frozen=True):
    """What a sign and its shade stand for."""

    sign: str
    shade: int
    words: Inline


class MapPicture(Picture, frozen=True):
    """A map of one frame, on a day or on two. `notes` are printed under it."""

    frame: Frame
    towns: tuple[MapTown, ...]
    panels: tuple[MapPanel, ...]
    legend: tuple[MapSign, ...]
    notes: tuple[Line, ...]
    dark: bool
