"""What recognising places reads of the store: its names by key, and where its entries lie."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from store.model.entry import Place
from store.places.bearers import AREA_KINDS, Bearer
from store.places.ground import Ground

Row = tuple[Any, ...]

PLACE_COLUMNS = (
    "p.id, p.name, p.local_name, p.oblast, p.latitude, p.longitude, p.population,"
    " p.code, p.kind, p.raion, p.hromada, p.approximate"
)
"""The columns of `places p` from which a Place is made, in its order."""
BEARER_COLUMNS = (
    f"{PLACE_COLUMNS}, p.oblast_id, p.raion_id, p.hromada_id, p.city_id,"
    " n.name, n.kind, n.folded, n.key, p.country"
)
"""The columns of `places p` and `place_names n` from which a Bearer is made, in its order."""
_PLACE_WIDTH = PLACE_COLUMNS.count(",") + 1
_LAST = "\U0010ffff"
_AREAS = ", ".join(f"'{kind}'" for kind in sorted(AREA_KINDS))


KnownBearers = dict[str, list[Bearer]]
_MOST_KNOWN = 10_000  # keys; those of some twenty messages


class StoredNames:
    """The names in the store; a `Names` to recognise by.

    `known` has the bearers of keys that were looked up before, none of many; whoever keeps it
    drops it after each write.
    """

    def __init__(self, db: sqlite3.Connection, known: KnownBearers | None = None) -> None:
        self._db = db
        self._known: KnownBearers = {} if known is None else known

    def find(self, keys: Iterable[str]) -> Sequence[Bearer]:
        """Return who bears a name of one of these keys, a place once for each such name."""
        bearers: KnownBearers = {}
        missing: KnownBearers = {}
        for key in sorted(set(keys) - {""}):
            known = self._known.get(key)
            bearers[key] = missing.setdefault(key, []) if known is None else known
        if missing:
            for bearer in self._look_up(list(missing)):
                missing[bearer.key].append(bearer)
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known.update(missing)  # whole lists: other threads read them
        return [bearer for every in bearers.values() for bearer in every]

    def _look_up(self, keys: Sequence[str]) -> Iterator[Bearer]:
        rows = self._db.execute(
            f"SELECT {BEARER_COLUMNS} FROM json_each(?) wanted"
            " CROSS JOIN place_names n ON n.key = wanted.value"
            " CROSS JOIN places p ON p.id = n.place_id",
            (json.dumps(keys, ensure_ascii=False),),
        )
        return map(read_bearer, rows)


def read_bearer(row: Row) -> Bearer:
    """Return the bearer of a row of BEARER_COLUMNS."""
    *within, name, kind, folded, key, country = row[_PLACE_WIDTH:]
    areas = frozenset(number for number in within if number is not None)
    return Bearer(Place(*row[:_PLACE_WIDTH]), name, kind, folded, key, areas, country)


def load_ground(db: sqlite3.Connection) -> Ground:
    """Return the places that something is on record of, and those that the desk itself names.

    One index seek a place, however many entries it has. An area counts by number, not by its
    middle.
    """
    rows = db.execute(
        "WITH RECURSIVE seen (id) AS ("
        " SELECT min(place_id) FROM entry_places WHERE live = 1 UNION ALL"
        " SELECT (SELECT min(place_id) FROM entry_places WHERE live = 1 AND place_id > id)"
        " FROM seen WHERE id IS NOT NULL)"
        f" SELECT p.id, iif(p.kind IN ({_AREAS}), NULL, p.latitude), p.longitude,"
        " p.oblast_id, p.raion_id, p.hromada_id FROM"
        " (SELECT id FROM seen WHERE id IS NOT NULL UNION ALL SELECT place_id FROM place_names"
        "  WHERE kind IN ('preferred', 'local', 'former', 'alias')) here"
        " CROSS JOIN places p ON p.id = here.id"
    )
    places = {row[0]: row for row in rows}.values()
    areas = {number for row in places for number in row[3:] if number is not None}
    return Ground((row[:3] for row in places), areas)


def find_beginning(db: sqlite3.Connection, prefix: str, most: int) -> list[Bearer]:
    """Return who bears a name whose key begins so, the first in the order of keys."""
    rows = db.execute(
        f"SELECT {BEARER_COLUMNS} FROM"
        " (SELECT * FROM place_names WHERE key >= ? AND key < ? ORDER BY key, place_id LIMIT ?) n"
        " CROSS JOIN places p ON p.id = n.place_id",
        (prefix, prefix + _LAST, most),
    )
    return [read_bearer(row) for row in rows]


def list_known_beginning(
    db: sqlite3.Connection, ground: Ground, prefix: str, typed: str, most: int
) -> list[Bearer]:
    """Return the names that begin so of places on record and of cities, the likeliest first.

    They are looked for along the keys: a desk with thousands of places on record has fewer names
    that begin so than places. Names as they were `typed`, folded, come first, then greater places.
    """
    rows = db.execute(
        "WITH best AS (SELECT n.place_id, n.folded"
        " FROM place_names n INDEXED BY place_names_key CROSS JOIN places p ON p.id = n.place_id"
        " WHERE n.key >= ? AND n.key < ? AND n.place_id IN (SELECT value FROM json_each(?)"
        " UNION ALL SELECT id FROM places WHERE population >= 50000)"
        " ORDER BY n.folded >= ? AND n.folded < ? DESC, p.population DESC LIMIT ?)"
        f" SELECT {BEARER_COLUMNS} FROM best CROSS JOIN place_names n"
        " ON n.place_id = best.place_id AND n.folded = best.folded"
        " CROSS JOIN places p ON p.id = n.place_id",
        (prefix, prefix + _LAST, ground.as_json, typed, typed + _LAST, most),
    )
    return [read_bearer(row) for row in rows]


def list_known_among(
    db: sqlite3.Connection, ground: Ground, letter: str, fits: Callable[[str], bool]
) -> list[Bearer]:
    """Return the names of places on record whose key begins with a letter and `fits`."""
    keys = db.execute(
        "SELECT n.key, n.place_id, n.folded FROM place_names n INDEXED BY place_names_key"
        " WHERE n.key >= ? AND n.key < ? AND n.place_id IN (SELECT value FROM json_each(?))",
        (letter, letter + _LAST, ground.as_json),
    )
    fitting = [(number, folded) for key, number, folded in keys if fits(key)]
    rows = db.execute(
        f"SELECT {BEARER_COLUMNS} FROM json_each(?) wanted CROSS JOIN place_names n"
        " ON n.place_id = wanted.value ->> 0 AND n.folded = wanted.value ->> 1"
        " CROSS JOIN places p ON p.id = n.place_id",
        (json.dumps(fitting, ensure_ascii=False),),
    )
    return [read_bearer(row) for row in rows]
