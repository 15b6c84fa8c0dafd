"""What a gazetteer is made of: places and their names, as the store's tables have them."""

from msgspec import Struct

APPROXIMATE_KM = {"hromada": 20, "raion": 40, "region": 100, "country": 500}
"""How far off a place may lie that stands in the middle of its hromada, its raion …"""


class PlaceRow(Struct):
    """A row of `places`. Degrees are WGS 84; `approximate` is their uncertainty in kilometres."""

    id: int
    key: str
    name: str
    local_name: str = ""
    oblast: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    code: str = ""
    kind: str = ""
    country: str = ""
    raion: str = ""
    hromada: str = ""
    approximate: int = 0
    oblast_id: int | None = None
    raion_id: int | None = None
    hromada_id: int | None = None
    city_id: int | None = None


class NameRow(Struct, frozen=True):
    """A name of a place: official, romanised, renamed (official once) or other."""

    place_id: int
    name: str
    kind: str


class Gazetteer(Struct, frozen=True):
    """Places, and the names of each, the weightiest first."""

    places: list[PlaceRow]
    names: list[NameRow]
