"""One look at what is on record about a place: in which rows, up to which day, what those weigh."""

import sqlite3
from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from store.db.as_list import as_list
from store.model.entry import CAP, OPEN_START, UNDATED, Entry, Kind, Total, day_number
from store.model.ref import ENTRY, Ref
from store.places.areas import expand_place
from store.queries.entries import load, load_for_screen, read_json_map
from store.queries.prominence import (
    Prominence,
    WeighedRow,
    cap_speakers,
    find_weightiest,
    weigh_rows,
)

ASSESSORS, CLAIMS, ENCIRCLEMENT, OTHERS, EVENTS, NEARBY = 8, 6, 8, 10, 5, 3
"""How many of each a picture has."""
_LATEST, _LOOKED_AT = 3, 40  # the latest are chosen among so many claims and so many events
_AT_ONCE = 16  # entries that are weighed at a time
_MORE = 20  # up to here it is counted how many more there are: each costs a look at the table
_WEEK, _MONTH = timedelta(days=6), timedelta(days=29)  # both ends count

_BY_THEN = "(latest > 0 OR latest <= :undated) AND latest <= :day"
"""What had been by the day: what is undated is kept lower than all that is dated."""
CONTROL, RINGED = "kind = 'claim' AND has_control = 1", "has_encirclement = 1"
EVENT_HERE, NEAR_IT = "kind = 'event' AND nearby = 0", "kind = 'event' AND nearby = 1"
OF_OTHER_TYPES = "kind = 'claim' AND has_control = 0 AND has_encirclement = 0 AND nearby = 0"


class Counts(Struct, frozen=True):
    """How many entries of a kind lie in the last 7 and 30 days, its day among them, and ever."""

    kind: Kind
    week: Total
    month: Total
    ever: Total


class EntryLine(Struct, frozen=True):
    """What a menu shows of an entry."""

    id: int
    text: str
    translations: Mapping[str, str]
    redacted: bool

    @property
    def ref(self) -> str:
        return str(Ref(ENTRY, self.id))


class PlaceReading:
    """One look at a place: in which rows, up to which day, and what those weigh."""

    def __init__(self, db: sqlite3.Connection, place_id: int, day: date) -> None:
        self._db, self._day, self.places = db, day, expand_place(db, place_id)
        self._here = _from_places(self.places)
        number = day_number(day)
        self._by = {"place": place_id, "day": number, "undated": number - UNDATED}

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
            f" FROM assessors WHERE a IS NOT NULL LIMIT {ASSESSORS + _MORE + 1}",
            self._by,
        )
        newest = sorted((number for (number,) in rows if number is not None), reverse=True)
        ids = [number & 0xFFFFFFFF for number in newest[:ASSESSORS]]
        return ids, count_beyond(len(newest), ASSESSORS)

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
        return ids[:most], count_beyond(len(ids), most)

    def newest_of_each(self) -> list[int]:
        return [number for kind in Kind for number in self.ids(f"kind = '{kind}'", 1)]

    def weightiest(self, numbers: Sequence[int], most: int) -> list[int]:
        """Return what matters first."""
        return find_weightiest(self._db, numbers, most)

    def latest(self) -> list[int]:
        """Return the latest claims and events here; of one day, what matters first.

        They are weighed from the newest on, until none that is left could come before these.
        """
        days = self._looked_at()
        newest = sorted(days, key=lambda number: (-days[number], -number))
        weighed: list[WeighedRow] = []
        for start in range(0, len(newest), _AT_ONCE):
            part = newest[start : start + _AT_ONCE]
            weighed += weigh_rows(self._db, part)
            latest = cap_speakers(sorted(weighed, key=_order_latest), 1)[0][:_LATEST]
            after = newest[start + _AT_ONCE :][:1]
            best = [(-days[number], Prominence.CONTESTED, -number) for number in after]
            if not best or (len(latest) == _LATEST and _order_latest(latest[-1]) < best[0]):
                return [row.number for row in latest]
        return []

    def _looked_at(self) -> dict[int, int]:
        """Return the newest claims and events here, each with the day by which it is ordered."""
        return {
            number: day
            for kind in (Kind.CLAIM, Kind.EVENT)
            for number, day in self._db.execute(
                f"SELECT entry_id, latest {self._here} AND kind = '{kind}' AND nearby = 0"
                f" AND {_BY_THEN} ORDER BY latest DESC, entry_id DESC LIMIT {_LOOKED_AT}",
                self._by,
            )
        }

    def find_more(self, shown: Container[int], most: int) -> list[int]:
        """Return up to so many more entries than are `shown`: claims, others, events, nearby."""
        more: dict[int, None] = {}
        for find in (
            partial(self._find_weightiest, CONTROL, CLAIMS),
            partial(self._find_weightiest, OF_OTHER_TYPES, OTHERS),
            partial(self.ids, EVENT_HERE, EVENTS),
            partial(self.ids, NEAR_IT, NEARBY),
        ):
            if len(more) < most:
                more |= dict.fromkeys(number for number in find() if number not in shown)
        return list(more)[: max(most, 0)]

    def _find_weightiest(self, which: str, most: int) -> list[int]:
        return self.weightiest(self.newest(which, most), most)

    def load(self, parts: Sequence[Sequence[int]]) -> list[tuple[Entry, ...]]:
        """Return the entries of each part, with the links that hold here by then."""
        return self._divide(parts, load(self._db, _each_once(parts)))

    def load_for_screen(
        self, parts: Sequence[Sequence[int]], sourced: Sequence[int]
    ) -> list[tuple[Entry, ...]]:
        """Return the same without places, and of all but those `sourced` without sources."""
        return self._divide(parts, load_for_screen(self._db, _each_once(parts), sourced))

    def _divide(
        self, parts: Sequence[Sequence[int]], loaded: Sequence[Entry]
    ) -> list[tuple[Entry, ...]]:
        entries = {entry.id: self.keep_links(entry) for entry in loaded}
        return [tuple(entries[number] for number in part) for part in parts]

    def keep_links(self, entry: Entry) -> Entry:
        """Leave out the links to what was said later, and those for other places alone."""
        if not entry.links:
            return entry
        links = tuple(
            link for link in entry.links if link.day <= self._day and link.holds_for(self.places)
        )
        return entry if links == entry.links else replace(entry, links=links)

    def load_lines(self, numbers: Sequence[int]) -> tuple[EntryLine, ...]:
        rows = self._db.execute(
            "SELECT e.id, e.text, e.translations, e.redacted_at IS NOT NULL"
            " FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value",
            (as_list(numbers),),
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


def _each_once(parts: Sequence[Sequence[int]]) -> list[int]:
    return sorted({number for part in parts for number in part})


def _order_latest(row: WeighedRow) -> tuple[int, Prominence, int]:
    return -row.day, row.prominence, -row.number


def count_beyond(number: int, most: int) -> Total:
    more = max(number - most, 0)
    return Total(min(more, _MORE), capped=more > _MORE)


def _from_places(places: list[int]) -> str:
    """Return where the entries of a place are read from; a city has those of its districts too."""
    if len(places) == 1:
        return "FROM entry_places WHERE place_id = :place AND live = 1"
    several = ", ".join(map(str, places))
    return (
        "FROM (SELECT DISTINCT entry_id, kind, actor_id, latest, nearby, has_control,"
        f" has_encirclement FROM entry_places WHERE place_id IN ({several}) AND live = 1) WHERE 1"
    )
