"""What recognising places reads of the store: its names by key, and where its entries lie."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from store.db.as_list import as_list
from store.model.entry import Place
from store.model.short_texts import LONGEST
from store.places.bearers import AREA_KINDS, Bearer
from store.places.ground import Ground
from store.places.recognise import recognise
from store.places.recognition import Recognition

Row = tuple[Any, ...]

PLACE_COLUMNS = (
    "p.id, p.name, p.local_name, p.oblast, p.latitude, p.longitude, p.population,"
    " p.code, p.kind, p.raion, p.hromada, p.approximate"
)
"""The columns of `places p` from which a Place is made, in its order."""
_PLACE_WIDTH = PLACE_COLUMNS.count(",") + 1
_NAMES = (
    "SELECT n.place_id, n.name, n.kind, n.folded, n.key FROM json_each(?) wanted"
    " CROSS JOIN place_names n ON n.key = wanted.value"
)
_BEARING = (
    f"SELECT {PLACE_COLUMNS}, p.oblast_id, p.raion_id, p.hromada_id, p.city_id, p.country"
    " FROM json_each(?) wanted CROSS JOIN places p ON p.id = wanted.value"
)
_AREAS = ", ".join(f"'{kind}'" for kind in sorted(AREA_KINDS))


KnownBearers = dict[str, list[Bearer]]
_CITY = 50_000  # people: offered by its first letters, wherever the desk is
_MOST_KNOWN = 20_000  # keys; those of some forty messages
_MOST_RECOGNISED = 500  # texts; the same few places are asked about over and over


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
            for key, every in missing.items():
                if len(key) <= LONGEST:
                    self._known[key] = every  # a whole list: other threads read it
        return [bearer for every in bearers.values() for bearer in every]

    def _look_up(self, keys: Sequence[str]) -> Iterator[Bearer]:
        """Read the names, then each place once: most bear several names of one key."""
        names = self._db.execute(_NAMES, (as_list(keys),)).fetchall()
        numbers = sorted({number for number, *_ in names})
        rows = self._db.execute(_BEARING, (as_list(numbers),)) if numbers else ()
        places = {row[0]: _read_bearing(row) for row in rows}
        for number, name, kind, folded, key in names:
            place, within, country = places[number]
            yield Bearer(place, name, kind, folded, key, within, country)


def _read_bearing(row: Row) -> tuple[Place, tuple[int | None, ...], str]:
    """Return the place of a row, the areas that it is in, and its country."""
    return Place(*row[:_PLACE_WIDTH]), row[_PLACE_WIDTH:-1], row[-1]


def read_stamp(db: sqlite3.Connection) -> int:
    """Return the number of the last write: what was looked up since then still holds."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM revisions").fetchone()[0])


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
    cities = db.execute(f"SELECT id FROM places WHERE population >= {_CITY}")
    return Ground((row[:3] for row in places), areas, (number for (number,) in cities))


class KnownPlaces:
    """The desk's ground, who bears the names that were looked up, and what was recognised.

    As of the last write.
    """

    def __init__(self) -> None:
        self._kept: _KnownAt | None = None

    def look_up(self, db: sqlite3.Connection) -> tuple[StoredNames, Ground]:
        """Return the names and the ground of the record as it stands."""
        kept = self._look_up(db)
        return StoredNames(db, kept.known), kept.ground

    def recognise(
        self, db: sqlite3.Connection, text: str, *, writing: bool, directions: bool
    ) -> Recognition:
        """Return what a name means on the record as it stands, as `recognise` does."""
        kept = self._look_up(db)
        asked = text, writing, directions
        answer = kept.recognised.get(asked)
        if answer is None:
            names = StoredNames(db, kept.known)
            answer = recognise(text, names, kept.ground, writing=writing, directions=directions)
            if len(kept.recognised) >= _MOST_RECOGNISED:
                kept.recognised.clear()
            if len(text) <= LONGEST:
                kept.recognised[asked] = answer
        return answer

    def _look_up(self, db: sqlite3.Connection) -> "_KnownAt":
        stamp = read_stamp(db)
        kept = self._kept  # once: other threads put theirs there
        if kept is None or kept.stamp != stamp:
            kept = self._kept = _KnownAt(stamp, load_ground(db), {}, {})
        return kept


class _KnownAt(Struct, frozen=True):
    """What is known as of a revision: `recognised` by the text, and whether it is to be written."""

    stamp: int
    ground: Ground
    known: KnownBearers
    recognised: dict[tuple[str, bool, bool], Recognition]
