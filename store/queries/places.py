"""Places by name: any alias in any script, near misses, and who dominates a shared name."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.db.connection import Database
from store.model.entry import Place
from store.model.text import fold

Row = tuple[Any, ...]

_GRAM = 3
_CANDIDATES = 40
_DESK_NAMES = 2000
_ON_RECORD_CAP = 100
_NEAR_MISS, _GOOD_MISS, _PREFIX, _CLEAR_LEAD = 60, 80, 90, 6  # of 100, as rapidfuzz scores
_PUNCTUATION = '.,;:!?()[]{}«»“”„"…'
_MENTION_WORDS = 200
_DOMINANT = 4  # times the people or the entries of the next one
_SMALL = 500  # people: the gazetteer's smallest; 0 in it means unknown


class Named(Struct, frozen=True):
    """A place under the name by which it was found; `score` 100 is that name to the letter."""

    place: Place
    name: str
    name_kind: str
    entries: int
    score: float = 100

    @property
    def by_desk(self) -> bool:
        """Whether it is a name that the desk itself gives the place, not only the gazetteer."""
        return self.name_kind != "gazetteer"


class PlaceMatch(Struct, frozen=True):
    """The place that was meant, the name that led to it, and others it could have been.

    `exact` is False for a near miss, which an answer has to say aloud.
    """

    place: Place
    name: str
    former: bool = False
    exact: bool = True
    others: tuple[Place, ...] = ()


class Places:
    """The gazetteer."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self, place_id: int) -> Place | None:
        """Return a place by number."""
        return await self._db.read(_get, place_id)

    async def named(self, text: str) -> tuple[Named, ...]:
        """Return the places of exactly this name, the likeliest first."""
        return await self._db.read(named, text)

    async def like(self, text: str, limit: int) -> tuple[Named, ...]:
        """Return places whose name starts like `text` or is spelt much like it, best first."""
        return await self._db.read(like, text, limit)

    async def mentioned(self, text: str) -> tuple[Place, ...]:
        """Return the places on record that a text names, those with most entries first."""
        return await self._db.read(_mentioned, text)

    async def on_record(self, limit: int) -> tuple[Place, ...]:
        """Return the places with most entries, for when nothing has been typed yet."""
        return await self._db.read(on_record, limit)

    async def names(self, place_id: int) -> tuple[tuple[str, str], ...]:
        """Return a place's names with their kinds (preferred, local, former, alias, gazetteer)."""
        return await self._db.read(_names, place_id)

    async def count(self) -> int:
        """Return how many places the gazetteer has."""
        return await self._db.read(_count)


def settle(found: Sequence[Named]) -> PlaceMatch | None:
    """Return the place that dominates its namesakes, or None where one has to ask."""
    if not found:
        return None
    best, *rest = found
    if not all(_dominates(best, other) for other in rest):
        return None
    others = tuple(other.place for other in rest)
    return PlaceMatch(best.place, best.name, best.name_kind == "former", others=others)


def settle_near(found: Sequence[Named]) -> PlaceMatch | None:
    """Return the one place that a misspelt name must mean, or None where several could be."""
    if not found or found[0].score < _GOOD_MISS:
        return None
    best = found[0]
    rivals = [o for o in found[1:] if o.score > best.score - _CLEAR_LEAD]
    if any(not _dominates(best, rival) for rival in rivals):
        return None
    return PlaceMatch(best.place, best.name, exact=False, others=tuple(r.place for r in rivals))


def _dominates(one: Named, other: Named) -> bool:
    """Tell whether somebody who types the name must mean `one`.

    The desk's own names were chosen to be found: one of them beats what only the gazetteer calls
    so, unless that is much the greater.
    """
    if one.by_desk and not other.by_desk:
        return not _outweighs(other, one)
    return _outweighs(one, other)


def _outweighs(one: Named, other: Named) -> bool:
    if one.entries or other.entries:
        return one.entries >= _DOMINANT * max(other.entries, 1) or (
            one.entries > 0 and other.entries == 0
        )
    people = one.place.population, max(other.place.population, _SMALL)
    return people[0] >= _DOMINANT * people[1]


_PLACE = "p.id, p.name, p.local_name, p.oblast, p.latitude, p.longitude, p.population"
_ENTRIES = (
    "(SELECT count(*) FROM (SELECT 1 FROM entry_places ep WHERE ep.place_id = p.id"
    " AND ep.live = 1 AND ep.kind IN ('event', 'claim', 'assessment')"
    f" LIMIT {_ON_RECORD_CAP}))"
)


def named(db: sqlite3.Connection, text: str) -> tuple[Named, ...]:
    """Return the places of exactly this name, the likeliest first."""
    rows = db.execute(
        f"SELECT {_PLACE}, n.name, n.kind, {_ENTRIES} FROM place_names n"
        " CROSS JOIN places p ON p.id = n.place_id WHERE n.folded = ?",
        (fold(text),),
    )
    return tuple(sorted(map(_as_named, rows), key=_likeliest))


def like(db: sqlite3.Connection, text: str, limit: int) -> tuple[Named, ...]:
    """Return places whose name starts like `text` or is spelt much like it, best first."""
    wanted = fold(text)[:60]
    if not wanted:
        return ()
    found = _starting(db, wanted) + _of_desk(db, wanted)
    if len(found) < limit and len(wanted) >= _GRAM:
        found += _sharing_grams(db, wanted)
    best: dict[int, Named] = {}
    for one in sorted(_ranked(wanted, found), key=lambda n: (-n.score, *_likeliest(n))):
        best.setdefault(one.place.id, one)
    return tuple(best.values())[:limit]


def _ranked(wanted: str, found: Iterable[Named]) -> Iterable[Named]:
    for one in found:
        likeness = _likeness(wanted, fold(one.name))
        if likeness >= _NEAR_MISS:
            yield replace(one, score=likeness)


def _likeness(wanted: str, folded: str) -> float:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- only suggestions pay for loading it

    likeness = ratio(wanted, folded)
    return max(likeness, _PREFIX) if folded.startswith(wanted) else likeness


def _of_desk(db: sqlite3.Connection, wanted: str) -> list[Named]:
    """Hold the word against every name that the desk wrote itself: those are few."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- only suggestions pay for loading it

    names = db.execute(
        f"SELECT id, folded FROM place_names WHERE kind <> 'gazetteer' LIMIT {_DESK_NAMES}"
    )
    like = [
        number
        for number, folded in names
        if folded.startswith(wanted) or ratio(wanted, folded, score_cutoff=_NEAR_MISS)
    ]
    rows = db.execute(
        f"SELECT {_PLACE}, n.name, n.kind, {_ENTRIES} FROM json_each(?) wanted"
        " CROSS JOIN place_names n ON n.id = wanted.value"
        " CROSS JOIN places p ON p.id = n.place_id",
        (json.dumps(like),),
    )
    return [_as_named(row) for row in rows]


def _starting(db: sqlite3.Connection, wanted: str) -> list[Named]:
    rows = db.execute(
        f"SELECT {_PLACE}, n.name, n.kind, {_ENTRIES} FROM"
        " (SELECT place_id, name, kind FROM place_names WHERE folded >= ? AND folded < ?"
        "  ORDER BY folded, place_id LIMIT ?) n CROSS JOIN places p ON p.id = n.place_id",
        (wanted, wanted + "\U0010ffff", _CANDIDATES),
    )
    return [_as_named(row) for row in rows]


def _sharing_grams(db: sqlite3.Connection, wanted: str) -> list[Named]:
    grams = {wanted[i : i + _GRAM] for i in range(len(wanted) - _GRAM + 1)}
    match = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
    rows = db.execute(
        f"SELECT {_PLACE}, n.name, n.kind, {_ENTRIES} FROM"
        " (SELECT rowid FROM place_grams WHERE place_grams MATCH ? ORDER BY rank LIMIT ?) g"
        " CROSS JOIN place_names n ON n.id = g.rowid CROSS JOIN places p ON p.id = n.place_id",
        (match, _CANDIDATES),
    )
    return [_as_named(row) for row in rows]


def _as_named(row: Row) -> Named:
    *place, name, kind, entries = row
    return Named(Place(*place), name, kind, entries)


def _likeliest(one: Named) -> tuple[int, bool, int, bool, int]:
    people, preferred = one.place.population, one.name_kind == "preferred"
    return -one.entries, not one.by_desk, -people, not preferred, one.place.id


def _get(db: sqlite3.Connection, place_id: int) -> Place | None:
    row = db.execute(f"SELECT {_PLACE} FROM places p WHERE p.id = ?", (place_id,)).fetchone()
    return None if row is None else Place(*row)


def on_record(db: sqlite3.Connection, limit: int) -> tuple[Place, ...]:
    """Return the places with most entries, walking those ever touched by one index seek each."""
    rows = db.execute(
        "WITH RECURSIVE seen (id) AS (SELECT min(place_id) FROM touched UNION ALL"
        " SELECT (SELECT min(place_id) FROM touched WHERE place_id > id) FROM seen"
        f" WHERE id IS NOT NULL LIMIT {_ON_RECORD_CAP})"
        f" SELECT {_PLACE}, p.name, 'preferred', {_ENTRIES} FROM seen"
        " CROSS JOIN places p ON p.id = seen.id"
    )
    ranked = sorted(map(_as_named, rows), key=_likeliest)
    return tuple(one.place for one in ranked if one.entries)[:limit]


def _mentioned(db: sqlite3.Connection, text: str) -> tuple[Place, ...]:
    words = [word.strip(_PUNCTUATION) for word in fold(text).split()[:_MENTION_WORDS]]
    runs = {" ".join(words[at : at + n]) for n in (1, 2, 3) for at in range(len(words))}
    rows = db.execute(
        f"SELECT {_PLACE}, n.name, n.kind, {_ENTRIES} FROM json_each(?) wanted"
        " CROSS JOIN place_names n ON n.folded = wanted.value"
        " CROSS JOIN places p ON p.id = n.place_id",
        (json.dumps(sorted(runs)),),
    )
    ranked = sorted(map(_as_named, rows), key=_likeliest)
    return tuple(dict.fromkeys(one.place for one in ranked if one.entries))


def _names(db: sqlite3.Connection, place_id: int) -> tuple[tuple[str, str], ...]:
    rows = db.execute(
        "SELECT name, kind FROM place_names WHERE place_id = ? ORDER BY id", (place_id,)
    )
    return tuple((name, kind) for name, kind in rows)


def _count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM places").fetchone()[0])
