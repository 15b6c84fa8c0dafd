"""Lists of entries of one kind or of any: filtered, newest first, a page at a time."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.entry import (
    CAP,
    OPEN_START,
    UNDATED,
    EntryPage,
    Kind,
    Total,
    VerdictValue,
    day_number,
)
from store.model.refusals import BadCursor
from store.places.areas import expand_place
from store.queries.entries import load

_UNDATED_MARK = "u"  # of a cursor within what is undated
_LAST_DAY = 99_991_231
_AHEAD = 100  # rows that a search reads on, so that what is rare is looked for once, not twice


class Filter(Struct, frozen=True):
    """What a list holds. Both days count; an interval that overlaps them is in it.

    `words` is what somebody typed to find, and `match` a full-text query of its own; `after` is
    the cursor of the page before. With `begun` what has no first day counts only up to its last:
    it may be of any day before. A place takes in what lies in it (`expand_place`), or with
    `around` what is near it; `places` holds these once the list is read.
    """

    kind: Kind | None
    place_id: int | None = None
    actor_id: int | None = None
    since: date | None = None
    until: date | None = None
    verdict: VerdictValue | None = None
    type: str | None = None
    words: str = ""
    match: str = ""
    retracted: bool = False
    oldest_first: bool = False
    after: str = ""
    around: bool = False
    begun: bool = False
    places: tuple[int, ...] = ()


class _Range(Struct, frozen=True):
    """Where a list is read from, as SQL: in what order, and where its day and number stand."""

    source: str
    where: list[str]
    values: list[Any]
    day: str
    number: str
    order: tuple[str, ...]


def page(db: sqlite3.Connection, wanted: Filter, size: int) -> EntryPage:
    """Return up to `size` entries; BadCursor when `after` is no cursor."""
    wanted = understand_filter(db, wanted)
    most = max(size + 1, _AHEAD) if wanted.match and not wanted.after else size + 1
    rows = read_rows(db, wanted, most)
    more = len(rows) > size
    cursor = write_cursor(*rows[size - 1]) if more else ""
    entries = load(db, [number for _, number in rows[:size]])
    seen_all = not wanted.after and len(rows) < most
    return EntryPage(entries, cursor, Total(len(rows)) if seen_all else count_entries(db, wanted))


def write_cursor(day: int, number: int) -> str:
    """Return where the next page starts: after a day and a number."""
    return f"{day}-{number}" if day > 0 else f"{_UNDATED_MARK}{day + UNDATED}-{number}"


def read_rows(db: sqlite3.Connection, wanted: Filter, most: int) -> list[tuple[int, int]]:
    """Return the day and the number of each of the first entries of a filter that is understood.

    What is dated comes first and then what is undated, whichever way the days run.
    """
    rows: list[tuple[int, int]] = []
    begins = UNDATED if wanted.after.startswith(_UNDATED_MARK) else 0
    for lower in (0, UNDATED):
        if lower >= begins and len(rows) < most:
            half = wanted if lower == begins else replace(wanted, after="")
            rows += _read_half(db, half, most - len(rows), lower)
    return rows


def _read_half(
    db: sqlite3.Connection, wanted: Filter, most: int, lower: int
) -> list[tuple[int, int]]:
    """Return the first rows of what is dated or, `lower`, undated: one of what is in two parts."""
    rows = [_read(db, parts, most, lower) for parts in _split(wanted)]
    if len(rows) == 1:
        return rows[0]
    every = set().union(*rows)
    return sorted(every, reverse=not wanted.oldest_first)[:most]


def _split(wanted: Filter) -> Iterator[list[Filter]]:
    """Yield the parts of a list that are read together, each along its index: of one kind each.

    Where it has several places, those of one place.
    """
    kinds = Kind if wanted.kind is None and not wanted.match else (wanted.kind,)
    parts = [replace(wanted, kind=kind) for kind in kinds]
    if _is_by_places(wanted):
        for place in wanted.places:
            yield [replace(part, place_id=place, places=()) for part in parts]
    else:
        yield parts


def _is_by_places(wanted: Filter) -> bool:
    return len(wanted.places) > 1 and not wanted.retracted and not wanted.match


def _read(
    db: sqlite3.Connection, parts: Sequence[Filter], most: int, lower: int
) -> list[tuple[int, int]]:
    """Return the first rows of several parts, in order."""
    direction = "ASC" if parts[0].oldest_first else "DESC"
    selects: list[str] = []
    values: list[Any] = []
    for wanted in parts:
        part = _range(wanted, lower)
        order = ", ".join(f"{column} {direction}" for column in part.order)
        selects.append(
            f"SELECT {part.day}, {part.number} FROM {part.source} WHERE {' AND '.join(part.where)}"
            f" ORDER BY {order} LIMIT ?"
        )
        values += (*part.values, most)
    if len(selects) == 1:
        return db.execute(selects[0], values).fetchall()
    sql = " UNION ALL ".join(f"SELECT * FROM ({select})" for select in selects)
    rows = db.execute(sql, values).fetchall()
    return sorted(rows, reverse=direction == "DESC")[:most]


def numbers(db: sqlite3.Connection, wanted: Filter, kind: Kind, limit: int) -> list[int]:
    """Return the numbers of the entries of one kind in a list, up to `limit`, in any order."""
    wanted = replace(understand_filter(db, wanted), kind=kind, after="")
    return [number for _, number in read_rows(db, wanted, limit)]


def understand_filter(db: sqlite3.Connection, wanted: Filter) -> Filter:
    """Return what was asked for with its words as a full-text query, and all of its places."""
    if wanted.words:
        from store.queries.search import in_use  # noqa: PLC0415 -- few lists are searches

        wanted = replace(wanted, words="", match=in_use(db, wanted.words))
    if wanted.place_id is not None and not wanted.places:
        places = expand_place(db, wanted.place_id, around=wanted.around)
        wanted = replace(wanted, places=tuple(places))
    return wanted


def count_entries(db: sqlite3.Connection, wanted: Filter) -> Total:
    """Return how many there are in all."""
    wanted = replace(understand_filter(db, wanted), after="")
    if _is_by_places(wanted):  # an entry about two of them counts once
        number = len(read_rows(db, wanted, CAP + 1))
    else:
        number = _count(db, *_split(wanted))
    return Total(min(number, CAP), capped=number > CAP)


def _count(db: sqlite3.Connection, parts: Iterable[Filter]) -> int:
    """Return how many entries are in several parts, no two of which have one in common."""
    ranges = [_range(part, lower) for part in parts for lower in (0, UNDATED)]
    every = " UNION ALL ".join(
        f"SELECT 1 FROM {part.source} WHERE {' AND '.join(part.where)}" for part in ranges
    )
    (number,) = db.execute(
        f"SELECT count(*) FROM ({every} LIMIT {CAP + 1})",
        [value for part in ranges for value in part.values],
    ).fetchone()
    return int(number)


def _after(part: _Range, wanted: Filter) -> tuple[str, list[int]]:
    day, number = _read_cursor(wanted.after)
    sign = ">" if wanted.oldest_first else "<"
    if len(part.order) == 1:
        return f"{part.order[0]} {sign} ?", [day << 32 | number]
    return f"({part.day}, {part.number}) {sign} (?, ?)", [day, number]


def _read_cursor(after: str) -> tuple[int, int]:
    """Return the day, as the store orders it, and the number of the entry before a page."""
    lower = UNDATED if after.startswith(_UNDATED_MARK) else 0
    day, dash, number = after.removeprefix(_UNDATED_MARK).partition("-")
    if not (dash and day.isascii() and day.isdigit() and number.isascii() and number.isdigit()):
        raise BadCursor(f"{after[:40]} is no page of a list.")
    return min(int(day[:9]), _LAST_DAY) - lower, min(int(number[:12]), 2**31)


def _range(wanted: Filter, lower: int) -> _Range:
    """Return where to read what is dated or, `lower`, what is undated; after the page before."""
    if wanted.match:
        part = _by_words(wanted, lower)
    elif wanted.place_id is not None and not wanted.retracted:
        part = _by_place(wanted, wanted.place_id, lower)
    else:
        part = _by_day(wanted, lower)
    for column, value in (("verdict", wanted.verdict), ("type", wanted.type)):
        if value is not None:
            part.where.append(f"e.{column} = ?")
            part.values.append(value)
    if wanted.until:
        part.where.append("e.earliest <= ?")
        part.values.append(day_number(wanted.until))
        if wanted.begun:
            part.where.append("(e.earliest > ? OR e.latest <= ?)")
            part.values.extend((OPEN_START, day_number(wanted.until) - UNDATED))
    if wanted.after:
        mark, position = _after(part, wanted)
        part.where.append(mark)
        part.values.extend(position)
    return part


def _by_words(wanted: Filter, lower: int) -> _Range:
    kind = wanted.kind or ""
    places = wanted.places or (() if wanted.place_id is None else (wanted.place_id,))
    names = [[f"p{place}{kind}" for place in places]] if places else []
    names += [[f"a{wanted.actor_id}{kind}"]] if wanted.actor_id is not None else []
    names = names or ([[f"k{kind}"]] if kind else [])
    either = (" OR ".join(f'{{tags}} : "{name}"' for name in group) for group in names)
    tagged = "".join(f" AND ({group})" for group in either)
    words = "retracted_text" if wanted.retracted else "entry_text"
    where = [f"{words} MATCH ?"]
    values: list[Any] = [f"({wanted.match}){tagged}"]
    first, last = _bounds(wanted, lower)
    where.append("t.rowid BETWEEN ? AND ?")
    values += [first << 32, last << 32 | 0xFFFFFFFF]
    source = f"{words} t"
    if _asks_entries(wanted):
        source += " CROSS JOIN entries e ON e.id = t.rowid & 4294967295"
    return _Range(source, where, values, "t.rowid >> 32", "t.rowid & 4294967295", ("t.rowid",))


def _by_place(wanted: Filter, place_id: int, lower: int) -> _Range:
    source = "entry_places ep"
    if _asks_entries(wanted):
        source += " CROSS JOIN entries e ON e.id = ep.entry_id"
    where = ["ep.place_id = ?", "ep.kind = ?", "ep.live = 1"]
    values: list[Any] = [place_id, wanted.kind]
    if wanted.actor_id is not None:
        where.append("ep.actor_id = ?")
        values.append(wanted.actor_id)
    where.append("ep.latest BETWEEN ? AND ?")
    values += _bounds(wanted, lower)
    return _Range(source, where, values, "ep.latest", "ep.entry_id", ("ep.latest", "ep.entry_id"))


def _by_day(wanted: Filter, lower: int) -> _Range:
    where = [f"e.retracted_at IS {'NOT NULL' if wanted.retracted else 'NULL'}", "e.kind = ?"]
    values: list[Any] = [wanted.kind]
    if wanted.actor_id is not None:
        where.append("e.actor_id = ?")
        values.append(wanted.actor_id)
    where.append("e.latest BETWEEN ? AND ?")
    values += _bounds(wanted, lower)
    if wanted.place_id is not None:
        where.append(
            "e.id IN (SELECT t.entry_id FROM json_each(?) place"
            " CROSS JOIN touched t ON t.place_id = place.value)"
        )
        values.append(as_list(wanted.places or (wanted.place_id,)))
    return _Range("entries e", where, values, "e.latest", "e.id", ("e.latest", "e.id"))


def _bounds(wanted: Filter, lower: int) -> tuple[int, int]:
    """Return between which of the store's days the last day of an entry lies.

    A page begins at its cursor's day: SQLite seeks one bound of each side, and not the cursor too.
    """
    first = (day_number(wanted.since) if wanted.since else 0) - lower
    last = _LAST_DAY - lower
    if not wanted.after:
        return first, last
    day, _ = _read_cursor(wanted.after)
    return (max(first, day), last) if wanted.oldest_first else (first, min(last, day))


def _asks_entries(wanted: Filter) -> bool:
    return bool(wanted.until or wanted.verdict or wanted.type)


class Lists(Part):
    """Pages of entries."""

    page = query(page)
    total = query(count_entries)
