"""Places by name: recognised, suggested, found in a text; and those that the desk has on record."""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from store.db.database import Database
from store.model.entry import Place
from store.model.ref import PlaceRef
from store.places.areas import (
    DIRECTION_KM,
    PlaceWithin,
    list_places_around,
    list_places_within,
)
from store.places.drawn_areas import DrawnArea, find_drawn_area, list_drawn_areas
from store.places.ground import Ground
from store.places.name_key import name_key
from store.places.recognition import Candidate, ReadAs, Recognition
from store.places.stored import PLACE_COLUMNS, KnownPlaces, StoredNames

if TYPE_CHECKING:
    from store.places.in_text.place_mentions import Mention

R = TypeVar("R")

_ON_RECORD_CAP = 100
_FEW_REGIONS = 9
_ALIKE = 75  # of 100, as rapidfuzz scores
_ORDER = [
    "preferred",
    "local",
    "official",
    "romanised",
    "alias",
    "former",
    "renamed",
    "other",
    "gazetteer",
]
_ENTRIES = (
    "(SELECT count(*) FROM (SELECT 1 FROM entry_places ep WHERE ep.place_id = p.id"
    " AND ep.live = 1 AND ep.kind IN ('event', 'claim', 'assessment')"
    f" LIMIT {_ON_RECORD_CAP}))"
)


class PlaceMatch(Struct, frozen=True):
    """The place that was meant, the name that led to it, as what, and others it could have been.

    Where `how` is not plain, an answer has to say it aloud.
    """

    place: Place
    name: str
    how: ReadAs = ReadAs.OFFICIAL
    others: tuple[Place, ...] = ()

    @property
    def around(self) -> bool:
        """Whether its direction is meant: what is on record around it."""
        return self.how is ReadAs.DIRECTION

    @property
    def ref(self) -> str:
        """What was meant as it is written to be read again, such as P-12, or P-12 direction."""
        return str(PlaceRef(self.place.id, self.around))


class Places:
    """The places of the gazetteer and of the desk, by their names."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known = KnownPlaces()

    async def get(self, place_id: int) -> Place | None:
        """Return a place by number."""
        return await self._db.read(_get, place_id)

    async def recognise(
        self, text: str, *, writing: bool = False, directions: bool = False
    ) -> Recognition:
        """Return which place a name means; for what is written, only if that is plain.

        A direction is not, unless `directions` can be written.
        """
        return await self._db.read(
            self._known.recognise, text, writing=writing, directions=directions
        )

    async def similar_on_record(self, text: str, limit: int) -> tuple[Place, ...]:
        """Return the places on record whose name is most like `text`, for a name nobody knows."""
        return await self._db.read(_similar_on_record, text, limit)

    async def suggest(self, text: str, limit: int) -> tuple[Candidate, ...]:
        """Return places whose name begins so or is misspelt so: those on record and near first."""
        from store.places.suggest import suggest_places  # noqa: PLC0415 -- a name alone needs none

        return await self._read(
            lambda db, names, ground: suggest_places(db, names, ground, text, limit)
        )

    async def find_mentions(self, text: str) -> "tuple[Mention, ...]":
        """Return the places that a text names, in its order."""
        from store.places.in_text.place_mentions import find_mentions  # noqa: PLC0415 -- as above

        return await self._read(lambda _, names, ground: find_mentions(text, names, ground))

    async def mentioned(self, text: str) -> tuple[Place, ...]:
        """Return the places on record that a text names, those with most entries first."""
        return await self._read(lambda db, names, ground: _rank_mentioned(db, names, ground, text))

    async def on_record(self, limit: int) -> tuple[Place, ...]:
        """Return the places with most entries, for when nothing has been typed yet."""
        return await self._db.read(on_record, limit)

    async def names(self, place_id: int) -> tuple[tuple[str, str], ...]:
        """Return a place's names with their kinds, the desk's own and the official ones first."""
        return await self._db.read(_names, place_id)

    async def list_within(self, area: Place) -> tuple[PlaceWithin, ...]:
        """Return the places on record in an area or a city, the newest entries first."""
        return await self._db.read(list_places_within, area)

    async def list_around(self, place: Place, km: float = DIRECTION_KM) -> tuple[PlaceWithin, ...]:
        """Return the places on record around one, as its direction takes them in."""
        return await self._db.read(list_places_around, place, km)

    async def list_drawn(self) -> tuple[DrawnArea, ...]:
        """Return the areas that the desk drew itself."""
        return await self._db.read(list_drawn_areas)

    async def find_drawn(self, name: str) -> DrawnArea | None:
        """Return the area of that name, to the letter or the sound, that the desk drew itself."""
        return await self._db.read(find_drawn_area, name)

    async def list_countries(self) -> tuple[Place, ...]:
        """Return the countries known here; of one known in part, the regions that are."""
        return await self._db.read(_countries)

    async def count(self) -> int:
        """Return how many places the gazetteer has."""
        return await self._db.read(_count)

    async def _read(self, work: Callable[[sqlite3.Connection, StoredNames, Ground], R]) -> R:
        return await self._db.read(lambda db: work(db, *self._known.look_up(db)))


def find_bearers(db: sqlite3.Connection, name: str) -> tuple[Place, ...]:
    """Return the places that bear a name, by any spelling of it."""
    bearers = StoredNames(db).find([name_key(name)])
    return tuple({bearer.place.id: bearer.place for bearer in bearers}.values())


def on_record(db: sqlite3.Connection, limit: int) -> tuple[Place, ...]:
    """Return the places with most entries, walking those ever touched by one index seek each."""
    rows = db.execute(
        "WITH RECURSIVE seen (id) AS (SELECT min(place_id) FROM touched UNION ALL"
        " SELECT (SELECT min(place_id) FROM touched WHERE place_id > id) FROM seen"
        f" WHERE id IS NOT NULL LIMIT {_ON_RECORD_CAP})"
        f" SELECT {_ENTRIES}, {PLACE_COLUMNS} FROM seen CROSS JOIN places p ON p.id = seen.id"
    )
    counted = [(entries, Place(*place)) for entries, *place in rows if entries]
    counted.sort(key=lambda pair: (-pair[0], -pair[1].population, pair[1].id))
    return tuple(place for _, place in counted[:limit])


def _similar_on_record(db: sqlite3.Connection, text: str, limit: int) -> tuple[Place, ...]:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- only an unknown name pays for it

    key = name_key(text)
    likeness: dict[Place, float] = {}
    for place in on_record(db, _ON_RECORD_CAP):
        keys = (name_key(name) for name, _ in _names(db, place.id))
        scores = (ratio(key, other) for other in keys if other[:1] == key[:1])
        likeness[place] = max(scores, default=0)
    alike = [place for place, score in likeness.items() if score >= _ALIKE]
    return tuple(sorted(alike, key=lambda place: -likeness[place]))[:limit]


def _rank_mentioned(
    db: sqlite3.Connection, names: StoredNames, ground: Ground, text: str
) -> tuple[Place, ...]:
    from store.places.in_text.place_mentions import find_mentions  # noqa: PLC0415 -- as above

    mentions = find_mentions(text, names, ground)
    named = [mention.candidates[0].place for mention in mentions if mention.settled]
    entries = {place.id: _count_entries(db, place.id) for place in named}
    ranked = sorted(named, key=lambda place: -entries[place.id])
    return tuple(dict.fromkeys(place for place in ranked if entries[place.id]))


def _count_entries(db: sqlite3.Connection, place_id: int) -> int:
    sql = f"SELECT {_ENTRIES} FROM places p WHERE p.id = ?"
    return int(db.execute(sql, (place_id,)).fetchone()[0])


def _get(db: sqlite3.Connection, place_id: int) -> Place | None:
    row = db.execute(f"SELECT {PLACE_COLUMNS} FROM places p WHERE p.id = ?", (place_id,)).fetchone()
    return None if row is None else Place(*row)


def _names(db: sqlite3.Connection, place_id: int) -> tuple[tuple[str, str], ...]:
    rows = db.execute("SELECT name, kind FROM place_names WHERE place_id = ?", (place_id,))
    return tuple(sorted(rows, key=lambda row: (_ORDER.index(row[1]), row[0])))


def _countries(db: sqlite3.Connection) -> tuple[Place, ...]:
    """Walk the codes by their first two letters, which are the country's own code."""
    rows = db.execute(
        "WITH RECURSIVE seen (code) AS (SELECT min(code) FROM places WHERE code <> '' UNION ALL"
        " SELECT (SELECT min(code) FROM places WHERE code <> ''"
        " AND code > substr(seen.code, 1, 2) || ?) FROM seen WHERE code IS NOT NULL)"
        f" SELECT {PLACE_COLUMNS} FROM seen CROSS JOIN places p ON p.code = seen.code"
        " WHERE p.code <> '' AND p.kind = 'country'",
        ("\U0010ffff",),
    )
    countries = sorted((Place(*row) for row in rows), key=lambda place: place.id)
    return tuple(
        part for country in countries for part in (_few_regions(db, country.code) or [country])
    )


def _few_regions(db: sqlite3.Connection, country: str) -> list[Place]:
    """Return the regions of a country of which only some are known; none of any other."""
    rows = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM places p"
        " WHERE p.code <> '' AND p.code > ? AND p.code < ? ORDER BY p.code LIMIT ?",
        (country, country + "\U0010ffff", _FEW_REGIONS + 1),
    )
    regions = [Place(*row) for row in rows]
    few = len(regions) <= _FEW_REGIONS and all(place.kind == "region" for place in regions)
    return regions if few else []


def _count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM places").fetchone()[0])
