"""The picture of one place: everything `/status` shows, read in one hop.

A headline, a screen and the whole of it each read no more than they show.
"""

import json
import sqlite3
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from store.db.part import Part
from store.model.entry import OPEN_START, UNDATED, Entry, Kind, Place, Total, day_number
from store.model.ref import ENTRY, Ref
from store.places.areas import expand_place
from store.queries.entries import load, read_json_map
from store.queries.lists import CAP
from store.queries.prominence import WeighedRow, cap_speakers, weigh_rows

R = TypeVar("R")

OPENED = 25
"""Entries that a menu holds."""

_ASSESSORS, _CLAIMS, _ENCIRCLEMENT, _OTHERS, _EVENTS, _NEARBY = 8, 6, 8, 10, 5, 3
_LATEST, _LOOKED_AT = 3, 40  # the latest are chosen among so many claims and so many events
_MORE = 20  # up to here it is counted how many more there are: each costs a look at the table
_WEEK, _MONTH = timedelta(days=6), timedelta(days=29)  # both ends count


_BY_THEN = "(latest > 0 OR latest <= :undated) AND latest <= :day"
"""What had been by the day: what is undated is kept lower than all that is dated."""
_CONTROL, _RINGED = "kind = 'claim' AND has_control = 1", "has_encirclement = 1"
_EVENT_HERE, _NEAR_IT = "kind = 'event' AND nearby = 0", "kind = 'event' AND nearby = 1"
_OF_OTHER_TYPES = "kind = 'claim' AND has_control = 0 AND has_encirclement = 0 AND nearby = 0"


class Counts(Struct, frozen=True):
    """How many entries of a kind lie in the last 7 and 30 days, its day among them, and ever."""

    kind: Kind
    week: Total
    month: Total
    ever: Total


class More(Struct, frozen=True):
    """How many there are of each beyond those that a picture has."""

    assessments: Total
    claims: Total
    encirclement: Total
    others: Total
    events: Total
    nearby: Total


class PlaceHead(Struct, frozen=True):
    """What a place's headline says: the newest assessment of each assessor, newest first.

    `claims_ever` are counted where nobody assessed it.
    """

    place: Place
    day: date
    assessments: tuple[Entry, ...]
    claims_ever: Total | None


class EntryLine(Struct, frozen=True):
    """What a menu shows of an entry."""

    id: int
    text: str
    translations: Mapping[str, str]
    redacted: bool

    @property
    def ref(self) -> str:
        return str(Ref(ENTRY, self.id))


class PlaceGlance(PlaceHead, frozen=True):
    """What a screen shows of a place up to a day, newest first. Nothing in it is merged.

    Those of encirclement stand with what matters first. `latest` are the newest claims and events
    of any type; of one day, what matters first. Where there are none it has what is `nearby`.
    `to_open` are further entries, as many as a menu of OPENED has room for.
    """

    encirclement: tuple[Entry, ...]
    latest: tuple[Entry, ...]
    nearby: tuple[Entry, ...]
    newest: Entry | None
    total: Total
    to_open: tuple[Entry | EntryLine, ...]


class PlaceOverview(PlaceGlance, frozen=True):
    """All that is on record about a place up to a day, as much of each as is ever shown.

    `claims` are those about control, `others` those of other types, with what matters first.
    """

    claims: tuple[Entry, ...]
    others: tuple[Entry, ...]
    events: tuple[Entry, ...]
    counts: tuple[Counts, ...]
    more: More


def read_place_head(db: sqlite3.Connection, place: Place, day: date) -> PlaceHead:
    """Return what the headline of `place` says as of `day`, as known now."""
    reading = _Reading(db, place.id, day)
    assessments, _ = reading.assessments()
    return PlaceHead(
        place,
        day,
        reading.load((assessments,))[0],
        None if assessments else reading.count_claims(),
    )


def read_place_glance(db: sqlite3.Connection, place: Place, day: date) -> PlaceGlance:
    """Return what a screen shows of `place` as of `day`, as known now."""
    reading = _Reading(db, place.id, day)
    assessments, _ = reading.assessments()
    ringed, latest = reading.newest(_RINGED, _ENCIRCLEMENT), reading.looked_at()
    reading.weigh((*ringed, *latest))
    encirclement, latest = reading.weightiest(ringed, _ENCIRCLEMENT), reading.latest(latest)
    nearby = [] if latest else reading.ids(_NEAR_IT, _NEARBY)
    parts = (assessments, encirclement, latest, nearby, reading.newest_of_each())
    shown = {*assessments, *encirclement, *latest}
    entries = reading.load(parts)
    return PlaceGlance(
        place,
        day,
        entries[0],
        None if assessments else reading.count_claims(),
        entries[1],
        entries[2],
        entries[3],
        find_newest(entries[4]),
        reading.count_all(),
        reading.load_lines(reading.find_more(shown, OPENED - len(shown))),
    )


def read_place_overview(db: sqlite3.Connection, place: Place, day: date) -> PlaceOverview:
    """Return the picture of `place` as of `day`, as known now."""
    reading = _Reading(db, place.id, day)
    assessments, more_assessments = reading.assessments()
    control, ringed = reading.newest(_CONTROL, _CLAIMS), reading.newest(_RINGED, _ENCIRCLEMENT)
    other, latest = reading.newest(_OF_OTHER_TYPES, _OTHERS), reading.looked_at()
    reading.weigh((*control, *ringed, *other, *latest))
    events, more_events = reading.some(_EVENT_HERE, _EVENTS)
    nearby, more_nearby = reading.some(_NEAR_IT, _NEARBY)
    parts = reading.load(
        (
            assessments,
            reading.weightiest(ringed, _ENCIRCLEMENT),
            reading.latest(latest),
            nearby,
            reading.newest_of_each(),
            reading.weightiest(control, _CLAIMS),
            reading.weightiest(other, _OTHERS),
            events,
        )
    )
    counts, total = reading.count_by_kind()
    return PlaceOverview(
        place,
        day,
        parts[0],
        next(of_kind.ever for of_kind in counts if of_kind.kind is Kind.CLAIM),
        parts[1],
        parts[2],
        parts[3],
        find_newest(parts[4]),
        total,
        to_open=(*parts[5], *parts[6], *parts[7], *parts[3]),
        claims=parts[5],
        others=parts[6],
        events=parts[7],
        counts=counts,
        more=More(
            more_assessments,
            claims=_beyond(len(control), _CLAIMS),
            encirclement=_beyond(len(ringed), _ENCIRCLEMENT),
            others=_beyond(len(other), _OTHERS),
            events=more_events,
            nearby=more_nearby,
        ),
    )


def find_newest(entries: Sequence[Entry]) -> Entry | None:
    """Return the entry with the latest day."""
    return max(entries, key=lambda entry: (entry.day.latest, entry.id), default=None)


def read_assessments(db: sqlite3.Connection, place_id: int, day: date) -> tuple[Entry, ...]:
    """Return the newest assessment of each assessor of who holds a place, as of `day`."""
    reading = _Reading(db, place_id, day)
    return reading.load((reading.assessments()[0],))[0]


def _from_places(places: list[int]) -> str:
    """Return where the entries of a place are read from; a city has those of its districts too."""
    if len(places) == 1:
        return "FROM entry_places WHERE place_id = :place AND live = 1"
    several = ", ".join(map(str, places))
    return (
        "FROM (SELECT DISTINCT entry_id, kind, actor_id, latest, nearby, has_control,"
        f" has_encirclement FROM entry_places WHERE place_id IN ({several}) AND live = 1) WHERE 1"
    )


def _keep_links(entry: Entry, day: date, places: Sequence[int]) -> Entry:
    """Leave out the links to what was said later, and those that hold for other places alone."""
    links = tuple(link for link in entry.links if link.day <= day and link.holds_for(places))
    return entry if links == entry.links else replace(entry, links=links)


class _Reading:
    """One look at a place: in which rows, up to which day, and what those weigh."""

    def __init__(self, db: sqlite3.Connection, place_id: int, day: date) -> None:
        self._db, self._day, self._places = db, day, expand_place(db, place_id)
        self._here = _from_places(self._places)
        number = day_number(day)
        self._by = {"place": place_id, "day": number, "undated": number - UNDATED}
        self._weighed: dict[int, WeighedRow] = {}

    def assessments(self) -> tuple[list[int], Total]:
        """One index seek finds the next assessor, one more the newest assessment by them."""
        judged = f"{self._here} AND kind = 'assessment' AND has_control = 1"
        rows = self._db.execute(
            "WITH RECURSIVE assessors (a) AS ("
            f"SELECT min(actor_id) {judged} UNION ALL"
            f" SELECT (SELECT min(actor_id) {judged} AND actor_id > a) FROM assessors"
            " WHERE a IS NOT NULL)"
            f" SELECT (SELECT latest << 32 | entry_id {judged} AND actor_id = a"
            f" AND {_BY_THEN} ORDER BY latest DESC, entry_id DESC LIMIT 1)"
            f" FROM assessors WHERE a IS NOT NULL LIMIT {_ASSESSORS + _MORE + 1}",
            self._by,
        )
        newest = sorted((number for (number,) in rows if number is not None), reverse=True)
        ids = [number & 0xFFFFFFFF for number in newest[:_ASSESSORS]]
        return ids, _beyond(len(newest), _ASSESSORS)

    def ids(self, which: str, most: int) -> list[int]:
        """Return the numbers of the newest."""
        rows = self._db.execute(
            f"SELECT entry_id {self._here} AND {which} AND {_BY_THEN}"
            f" ORDER BY latest DESC, entry_id DESC LIMIT {most}",
            self._by,
        )
        return [number for (number,) in rows]

    def newest(self, which: str, most: int) -> list[int]:
        """Return the newest, among which those that matter first are looked for."""
        return self.ids(which, most + _MORE + 1)

    def some(self, which: str, most: int) -> tuple[list[int], Total]:
        """Return the newest, and how many more there are."""
        ids = self.newest(which, most)
        return ids[:most], _beyond(len(ids), most)

    def newest_of_each(self) -> list[int]:
        return [number for kind in Kind for number in self.ids(f"kind = '{kind}'", 1)]

    def looked_at(self) -> list[int]:
        """Return the newest claims and events here, among which the latest are looked for."""
        kinds = (Kind.CLAIM, Kind.EVENT)
        return [
            number
            for kind in kinds
            for number in self.ids(f"kind = '{kind}' AND nearby = 0", _LOOKED_AT)
        ]

    def weigh(self, numbers: Iterable[int]) -> None:
        """Look up what entries weigh, each once."""
        new = [number for number in dict.fromkeys(numbers) if number not in self._weighed]
        self._weighed.update((row.number, row) for row in weigh_rows(self._db, new))

    def weightiest(self, numbers: Sequence[int], most: int) -> list[int]:
        """Return what matters first."""
        rows = sorted(
            map(self._weighed.__getitem__, numbers),
            key=lambda row: (row.prominence, -row.day, -row.number),
        )
        return [row.number for row in rows[:most]]

    def latest(self, numbers: Sequence[int]) -> list[int]:
        """Return the latest; of one day, what matters first."""
        rows = sorted(
            map(self._weighed.__getitem__, numbers),
            key=lambda row: (-row.day, row.prominence, -row.number),
        )
        return [row.number for row in cap_speakers(rows, 1)[0][:_LATEST]]

    def find_more(self, shown: Container[int], most: int) -> list[int]:
        """Return up to so many more entries than are `shown`: claims, others, events, nearby."""
        more: dict[int, None] = {}
        for find in (
            partial(self._find_weightiest, _CONTROL, _CLAIMS),
            partial(self._find_weightiest, _OF_OTHER_TYPES, _OTHERS),
            partial(self.ids, _EVENT_HERE, _EVENTS),
            partial(self.ids, _NEAR_IT, _NEARBY),
        ):
            if len(more) < most:
                more |= dict.fromkeys(number for number in find() if number not in shown)
        return list(more)[: max(most, 0)]

    def _find_weightiest(self, which: str, most: int) -> list[int]:
        newest = self.newest(which, most)
        self.weigh(newest)
        return self.weightiest(newest, most)

    def load(self, parts: Sequence[Sequence[int]]) -> list[tuple[Entry, ...]]:
        """Return the entries of each part, with the links that hold here by then."""
        loaded = load(self._db, sorted({number for part in parts for number in part}))
        entries = {entry.id: _keep_links(entry, self._day, self._places) for entry in loaded}
        return [tuple(entries[number] for number in part) for part in parts]

    def load_lines(self, numbers: Sequence[int]) -> tuple[EntryLine, ...]:
        rows = self._db.execute(
            "SELECT e.id, e.text, e.translations, e.redacted_at IS NOT NULL"
            " FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value",
            (json.dumps(numbers),),
        )
        lines = {
            number: EntryLine(number, text, read_json_map(translations), bool(redacted))
            for number, text, translations, redacted in rows
        }
        return tuple(map(lines.__getitem__, numbers))

    def count_claims(self) -> Total:
        return self._count("kind = 'claim' AND nearby = 0")

    def count_all(self) -> Total:
        kinds = ", ".join(f"'{kind}'" for kind in Kind)
        return self._count(f"kind IN ({kinds}) AND nearby = 0")

    def _count(self, which: str) -> Total:
        (number,) = self._db.execute(
            f"SELECT count(*) FROM (SELECT 1 {self._here} AND {which} AND {_BY_THEN}"
            f" LIMIT {CAP + 1})",
            self._by,
        ).fetchone()
        return Total(min(number, CAP), capped=number > CAP)

    def count_by_kind(self) -> tuple[tuple[Counts, ...], Total]:
        windows = {
            "week": day_number(self._day - _WEEK),
            "month": day_number(self._day - _MONTH),
            "ever": OPEN_START,
        }
        columns = [
            f"(SELECT count(*) FROM (SELECT 1 {self._here} AND kind = '{kind}' AND nearby = 0"
            f" AND latest BETWEEN :{window} AND :day AND {_BY_THEN} LIMIT {CAP + 1}))"
            for kind in Kind
            for window in windows
        ]
        row = self._db.execute(f"SELECT {', '.join(columns)}", self._by | windows).fetchone()
        totals = [Total(min(number, CAP), capped=number > CAP) for number in row]
        counts = [Counts(kind, *totals[3 * i : 3 * i + 3]) for i, kind in enumerate(Kind)]
        ever = sum(total.number for total in totals[2::3])
        return tuple(counts), Total(
            min(ever, CAP), capped=ever > CAP or any(t.capped for t in totals)
        )


def _beyond(number: int, most: int) -> Total:
    more = max(number - most, 0)
    return Total(min(more, _MORE), capped=more > _MORE)


class PlaceOverviews(Part):
    """Pictures of places: what had happened and been said about one by the end of a day.

    As it is known now or, with `recorded`, as it stood on record at that moment.
    """

    async def head(self, place: Place, day: date) -> PlaceHead:
        """Return what the headline says."""
        return await self.db.read(read_place_head, place, day)

    async def glance(
        self, place: Place, day: date, recorded: datetime | None = None
    ) -> PlaceGlance:
        """Return what a screen shows."""
        return await self._read(read_place_glance, place, day, recorded)

    async def of(self, place: Place, day: date, recorded: datetime | None = None) -> PlaceOverview:
        """Return the whole picture."""
        return await self._read(read_place_overview, place, day, recorded)

    async def _read(
        self,
        work: Callable[[sqlite3.Connection, Place, date], R],
        place: Place,
        day: date,
        recorded: datetime | None,
    ) -> R:
        if recorded is None:
            return await self.db.read(work, place, day)
        from store.record.as_of import replay_place  # noqa: PLC0415 -- rare, and it loads what writes

        return await self.db.read(replay_place, place.id, recorded, work, place, day)
