"""Names that begin as somebody types: no more of each than what ranks it among the others.

A place has twenty columns and a suggestion is eight places, but ninety names may begin so.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from store.db.as_list import as_list
from store.model.entry import Place
from store.places.bearers import AREA_KINDS, DESK_KINDS, FORMER_KINDS, is_official
from store.places.ground import Ground, KnownName
from store.places.stored import PLACE_COLUMNS

_LAST = "\U0010ffff"
_MOST_KEPT = 20_000  # names; those of some five thousand places
_COLUMNS = "n.place_id, n.name, n.kind, n.folded, p.kind, p.latitude, p.longitude, p.population"


class NameStart(Struct, frozen=True):
    """A name of a place; `place_kind` is what that is, and its point is in degrees."""

    place_id: int
    name: str
    kind: str
    folded: str
    place_kind: str
    latitude: float | None
    longitude: float | None
    population: int

    @property
    def is_area(self) -> bool:
        return self.place_kind in AREA_KINDS

    @property
    def former(self) -> bool:
        """Whether the place bore it once."""
        return self.kind in FORMER_KINDS

    @property
    def own(self) -> bool:
        """Whether it is the place's name of today, or the desk itself gives it; of an area, any."""
        return is_official(self.kind, self.place_kind) or self.kind in DESK_KINDS


def find_beginning(db: sqlite3.Connection, prefix: str, most: int) -> list[NameStart]:
    """Return the names whose key begins so, the first in the order of keys."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM"
        " (SELECT * FROM place_names WHERE key >= ? AND key < ? ORDER BY key, place_id LIMIT ?) n"
        " CROSS JOIN places p ON p.id = n.place_id",
        (prefix, prefix + _LAST, most),
    )
    return [NameStart(*row) for row in rows]


def list_known_beginning(
    db: sqlite3.Connection, ground: Ground, prefix: str, typed: str, most: int
) -> list[NameStart]:
    """Return the names that begin so of places on record and of cities, the likeliest first.

    Names as they were `typed`, folded, come first, then greater places.
    """
    known = _list_known(db, ground, prefix[0])
    begin, end = (bisect_left(known, (key,)) for key in (prefix, prefix + _LAST))

    def order(name: KnownName) -> tuple[bool, int]:
        return not name[2].startswith(typed), -name[3]

    return _load_starts(db, sorted(known[begin:end], key=order)[:most])


def list_known_among(
    db: sqlite3.Connection, ground: Ground, letter: str, fits: Callable[[str], bool]
) -> list[NameStart]:
    """Return the names of places on record whose key begins with a letter and `fits`."""
    known = _list_known(db, ground, letter)
    return _load_starts(db, [it for it in known if it[1] in ground.numbers and fits(it[0])])


def _list_known(db: sqlite3.Connection, ground: Ground, letter: str) -> Sequence[KnownName]:
    """Return the names of places on record and of cities that begin with a letter, by their keys.

    Whoever types a name asks at each letter, and the first stays the same.
    """
    known = ground.known_names.get(letter)
    if known is None:
        known = db.execute(
            "SELECT n.key, n.place_id, n.folded, p.population"
            " FROM place_names n INDEXED BY place_names_key"
            " CROSS JOIN places p ON p.id = n.place_id"
            " WHERE n.key >= ? AND n.key < ? AND n.place_id IN (SELECT value FROM json_each(?))"
            " ORDER BY n.key",
            (letter, letter + _LAST, ground.with_cities),
        ).fetchall()
        if sum(map(len, list(ground.known_names.values()))) + len(known) > _MOST_KEPT:
            ground.known_names.clear()
        if known:  # or every letter of every script would be kept
            ground.known_names[letter] = known  # a whole list: other threads read it
    return known


def _load_starts(db: sqlite3.Connection, names: Iterable[KnownName]) -> list[NameStart]:
    wanted = [(number, folded) for _, number, folded, _ in names]
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM json_each(?) wanted CROSS JOIN place_names n"
        " ON n.place_id = wanted.value ->> 0 AND n.folded = wanted.value ->> 1"
        " CROSS JOIN places p ON p.id = n.place_id",
        (as_list(wanted),),
    )
    return [NameStart(*row) for row in rows]


def load_places(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Place]:
    """Return places by number."""
    rows = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM json_each(?) wanted"
        " CROSS JOIN places p ON p.id = wanted.value",
        (as_list(list(numbers)),),
    )
    return {row[0]: Place(*row) for row in rows}
