"""The picture of one place: everything `/status` shows, read in one hop."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from store.db.part import Part
from store.model.entry import OPEN_START, UNDATED, Entry, Kind, Place, Total, day_number
from store.places.areas import expand_place
from store.queries.entries import load
from store.queries.lists import CAP
from store.queries.prominence import cap_speakers, weigh_rows

_ASSESSORS, _CLAIMS, _ENCIRCLEMENT, _OTHERS, _EVENTS, _NEARBY = 8, 6, 8, 10, 5, 3
_LATEST, _LOOKED_AT = 3, 40  # the latest are chosen among so many claims and so many events
_MORE = 20  # up to here it is counted how many more there are: each costs a look at the table
_WEEK, _MONTH = timedelta(days=6), timedelta(days=29)  # both ends count


_BY_THEN = "(latest > 0 OR latest <= :undated) AND latest <= :day"
"""What had been by the day: what is undated is kept lower than all that is dated."""
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


class PlaceOverview(Struct, frozen=True):
    """What is on record about a place up to a day, newest first. Nothing in it is merged.

    `assessments` has the newest of each assessor; `claims` those about control, `others` those of
    other types. They and those of encirclement stand with what matters first. `latest` are the
    newest claims and events of any type; of one day, what matters first.
    """

    place: Place
    day: date
    assessments: tuple[Entry, ...]
    claims: tuple[Entry, ...]
    encirclement: tuple[Entry, ...]
    others: tuple[Entry, ...]
    counts: tuple[Counts, ...]
    events: tuple[Entry, ...]
    nearby: tuple[Entry, ...]
    latest: tuple[Entry, ...]
    more: More
    total: Total
    newest: Entry | None

    @property
    def claims_ever(self) -> Total:
        return next(counts.ever for counts in self.counts if counts.kind is Kind.CLAIM)


def read_place_overview(db: sqlite3.Connection, place: Place, day: date) -> PlaceOverview:
    """Return the picture of `place` as of `day`, as known now."""
    by = {"place": place.id, "day": day_number(day), "undated": day_number(day) - UNDATED}
    places = expand_place(db, place.id)
    here = _from_places(places)
    numbers = [
        _assessments(db, here, by),
        _weightiest(db, here, "kind = 'claim' AND has_control = 1", by, _CLAIMS),
        _weightiest(db, here, "has_encirclement = 1", by, _ENCIRCLEMENT),
        _weightiest(db, here, _OF_OTHER_TYPES, by, _OTHERS),
        _some(db, here, "kind = 'event' AND nearby = 0", by, _EVENTS),
        _some(db, here, "kind = 'event' AND nearby = 1", by, _NEARBY),
    ]
    parts = [*(ids for ids, _ in numbers), _newest(db, here, by), _latest(db, here, by)]
    loaded = load(db, sorted({number for part in parts for number in part}))
    entries = {entry.id: _keep_links(entry, day, places) for entry in loaded}
    assessments, claims, encirclement, others, events, nearby, newest, latest = (
        tuple(entries[number] for number in part) for part in parts
    )
    counts, total = _counts(db, here, by, day)
    return PlaceOverview(
        place,
        day,
        assessments=assessments,
        claims=claims,
        encirclement=encirclement,
        others=others,
        counts=counts,
        events=events,
        nearby=nearby,
        latest=latest,
        more=More(*(more for _, more in numbers)),
        total=total,
        newest=max(newest, key=lambda entry: (entry.day.latest, entry.id), default=None),
    )


def read_assessments(db: sqlite3.Connection, place_id: int, day: date) -> tuple[Entry, ...]:
    """Return the newest assessment of each assessor of who holds a place, as of `day`."""
    by = {"place": place_id, "day": day_number(day), "undated": day_number(day) - UNDATED}
    places = expand_place(db, place_id)
    numbers, _ = _assessments(db, _from_places(places), by)
    return tuple(_keep_links(entry, day, places) for entry in load(db, numbers))


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
    links = (link for link in entry.links if link.day <= day and link.holds_for(places))
    return replace(entry, links=tuple(links))


def _assessments(db: sqlite3.Connection, here: str, by: dict[str, int]) -> tuple[list[int], Total]:
    """One index seek finds the next assessor, one more the newest assessment by them."""
    judged = f"{here} AND kind = 'assessment' AND has_control = 1"
    rows = db.execute(
        "WITH RECURSIVE assessors (a) AS ("
        f"SELECT min(actor_id) {judged} UNION ALL"
        f" SELECT (SELECT min(actor_id) {judged} AND actor_id > a) FROM assessors"
        " WHERE a IS NOT NULL)"
        f" SELECT (SELECT latest << 32 | entry_id {judged} AND actor_id = a"
        f" AND {_BY_THEN} ORDER BY latest DESC, entry_id DESC LIMIT 1)"
        f" FROM assessors WHERE a IS NOT NULL LIMIT {_ASSESSORS + _MORE + 1}",
        by,
    )
    newest = sorted((number for (number,) in rows if number is not None), reverse=True)
    ids = [number & 0xFFFFFFFF for number in newest[:_ASSESSORS]]
    return ids, _beyond(len(newest), _ASSESSORS)


def _some(
    db: sqlite3.Connection, here: str, which: str, by: dict[str, int], most: int
) -> tuple[list[int], Total]:
    """Return the newest, and how many more there are, counted only where these may not be all."""
    ids = _ids(db, here, which, by, most)
    if len(ids) < most:
        return ids, Total(0)
    (number,) = db.execute(
        f"SELECT count(*) FROM (SELECT 1 {here} AND {which} AND {_BY_THEN}"
        f" LIMIT {most + _MORE + 1})",
        by,
    ).fetchone()
    return ids, _beyond(number, most)


def _weightiest(
    db: sqlite3.Connection, here: str, which: str, by: dict[str, int], most: int
) -> tuple[list[int], Total]:
    """Return what matters first among the newest, and how many more there are."""
    newest, _ = _some(db, here, which, by, most + _MORE + 1)
    rows = sorted(weigh_rows(db, newest), key=lambda row: (row.prominence, -row.day, -row.number))
    return [row.number for row in rows[:most]], _beyond(len(newest), most)


def _beyond(number: int, most: int) -> Total:
    more = max(number - most, 0)
    return Total(min(more, _MORE), capped=more > _MORE)


def _ids(db: sqlite3.Connection, here: str, which: str, by: dict[str, int], most: int) -> list[int]:
    rows = db.execute(
        f"SELECT entry_id {here} AND {which} AND {_BY_THEN}"
        f" ORDER BY latest DESC, entry_id DESC LIMIT {most}",
        by,
    )
    return [number for (number,) in rows]


def _newest(db: sqlite3.Connection, here: str, by: dict[str, int]) -> list[int]:
    return [number for kind in Kind for number in _ids(db, here, f"kind = '{kind}'", by, 1)]


def _latest(db: sqlite3.Connection, here: str, by: dict[str, int]) -> list[int]:
    """Return the newest claims and events here; of one day, what matters first."""
    numbers = [
        number
        for kind in (Kind.CLAIM, Kind.EVENT)
        for number in _ids(db, here, f"kind = '{kind}' AND nearby = 0", by, _LOOKED_AT)
    ]
    rows = sorted(weigh_rows(db, numbers), key=lambda row: (-row.day, row.prominence, -row.number))
    return [row.number for row in cap_speakers(rows, 1)[0][:_LATEST]]


def _counts(
    db: sqlite3.Connection, here: str, by: dict[str, int], day: date
) -> tuple[tuple[Counts, ...], Total]:
    windows = {
        "week": day_number(day - _WEEK),
        "month": day_number(day - _MONTH),
        "ever": OPEN_START,
    }
    columns = [
        f"(SELECT count(*) FROM (SELECT 1 {here} AND kind = '{kind}' AND nearby = 0"
        f" AND latest BETWEEN :{window} AND :day AND {_BY_THEN} LIMIT {CAP + 1}))"
        for kind in Kind
        for window in windows
    ]
    row = db.execute(f"SELECT {', '.join(columns)}", by | windows).fetchone()
    totals = [Total(min(number, CAP), capped=number > CAP) for number in row]
    counts = [Counts(kind, *totals[3 * i : 3 * i + 3]) for i, kind in enumerate(Kind)]
    ever = sum(total.number for total in totals[2::3])
    return tuple(counts), Total(min(ever, CAP), capped=ever > CAP or any(t.capped for t in totals))


class PlaceOverviews(Part):
    """Pictures of places."""

    async def of(self, place: Place, day: date, recorded: datetime | None = None) -> PlaceOverview:
        """Return what had happened and been said about `place` by the end of `day`.

        As it is known now or, with `recorded`, as it stood on record at that moment.
        """
        if recorded is not None:
            from store.record.as_of import replay_place  # noqa: PLC0415 -- rare, and it loads what writes

            return await self.db.read(
                replay_place, place.id, recorded, read_place_overview, place, day
            )
        return await self.db.read(read_place_overview, place, day)
