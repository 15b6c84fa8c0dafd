"""Who bears a name: the one question that recognising a place asks of the store."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from store.model.entry import Place

AREA_KINDS = frozenset({"region", "raion", "hromada", "direction", "country", "area"})
SETTLEMENT_KINDS = frozenset({"city", "town", "settlement", "village", "locality"})
"""A place of any other kind, and no area, is finer than a settlement: a district, a spot."""
DESK_KINDS = frozenset({"preferred", "local", "former", "alias"})
"""The kinds of names that the desk itself gives; the others are the gazetteer's."""
OFFICIAL_KINDS = frozenset({"official", "romanised"})
FORMER_KINDS = frozenset({"former", "renamed"})


def is_official(kind: str, place_kind: str) -> bool:
    """Tell whether a name of a kind is today's of its place, or the romanisation of it.

    Of an area any name is that it has not only had once.
    """
    return kind in OFFICIAL_KINDS or (place_kind in AREA_KINDS and kind not in FORMER_KINDS)


class Bearer(Struct, frozen=True):
    """A place under one of its names; `within` are the areas that it is in, by number.

    `country` is the code of its country, of two letters; "" of what the desk drew itself.
    """

    place: Place
    name: str
    kind: str
    folded: str
    key: str
    within: tuple[int | None, ...] = ()
    country: str = ""

    @property
    def by_desk(self) -> bool:
        """Whether the desk itself gives the place that name, not only the gazetteer."""
        return self.kind in DESK_KINDS

    @property
    def official(self) -> bool:
        """Whether it is the place's name of today, or the romanisation of it; of an area, any."""
        return is_official(self.kind, self.place.kind)

    @property
    def former(self) -> bool:
        """Whether the place bore it once."""
        return self.kind in FORMER_KINDS

    @property
    def is_area(self) -> bool:
        return self.place.kind in AREA_KINDS


class Names(Protocol):
    """The names of all places, to be asked by key."""

    def find(self, keys: Iterable[str]) -> Sequence[Bearer]:
        """Return who bears a name of one of these keys, a place once for each such name."""
