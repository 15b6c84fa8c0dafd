"""Lists of events and of claims: filtered, newest first, a page at a time."""

import sqlite3
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.db.part import Part, query
from store.model.entry import EntryPage, Kind, Total, VerdictValue, day_number
from store.model.refusals import BadCursor
from store.queries.entries import load
from store.queries.search import in_use

CAP = 1000
"""Up to here a total is exact."""

_AHEAD = 100  # rows that a search reads on, so that what is rare is looked for once, not twice


class Filter(Struct, frozen=True):
    """What a list holds. Both days count; an interval that overlaps them is in it.

    `words` is what somebody typed to find, and `match` a full-text query of its own; `after` is
    the cursor of the page before.
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
    wanted = _understood(db, wanted)
    part = _range(wanted)
    where, values = list(part.where), list(part.values)
    if wanted.after:
        mark, position = _after(part, wanted)
        where.append(mark)
        values += position
    most = max(size + 1, _AHEAD) if wanted.match and not wanted.after else size + 1
    direction = "ASC" if wanted.oldest_first else "DESC"
    order = ", ".join(f"{column} {direction}" for column in part.order)
    rows = db.execute(
        f"SELECT {part.day}, {part.number} FROM {part.source} WHERE {' AND '.join(where)}"
        f" ORDER BY {order} LIMIT ?",
        (*values, most),
    ).fetchall()
    more = len(rows) > size
    cursor = f"{rows[size - 1][0]}-{rows[size - 1][1]}" if more else ""
    entries = load(db, [number for _, number in rows[:size]])
    seen_all = not wanted.after and len(rows) < most
    return EntryPage(entries, cursor, Total(len(rows)) if seen_all else _total(db, wanted))


def numbers(db: sqlite3.Connection, wanted: Filter, kind: Kind, limit: int) -> list[int]:
    """Return the numbers of the entries of one kind in a list, up to `limit`, in any order."""
    part = _range(replace(_understood(db, wanted), kind=kind, after=""))
    rows = db.execute(
        f"SELECT {part.number} FROM {part.source} WHERE {' AND '.join(part.where)} LIMIT ?",
        (*part.values, limit),
    )
    return [number for (number,) in rows]


def _understood(db: sqlite3.Connection, wanted: Filter) -> Filter:
    """Return what was asked for with its words as a full-text query."""
    return replace(wanted, words="", match=in_use(db, wanted.words)) if wanted.words else wanted


def _total(db: sqlite3.Connection, wanted: Filter) -> Total:
    """Return how many there are in all."""
    part = _range(replace(_understood(db, wanted), after=""))
    (number,) = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {part.source} WHERE {' AND '.join(part.where)}"
        f" LIMIT {CAP + 1})",
        part.values,
    ).fetchone()
    return Total(min(number, CAP), capped=number > CAP)


def _after(part: _Range, wanted: Filter) -> tuple[str, list[int]]:
    day, dash, number = wanted.after.partition("-")
    if not (dash and day.isascii() and day.isdigit() and number.isascii() and number.isdigit()):
        raise BadCursor(f"{wanted.after[:40]} is no page of a list.")
    sign = ">" if wanted.oldest_first else "<"
    place = [min(int(day[:9]), 99991231), min(int(number[:12]), 2**31)]
    if len(part.order) == 1:
        return f"{part.order[0]} {sign} ?", [place[0] << 32 | place[1]]
    return f"({part.day}, {part.number}) {sign} (?, ?)", place


def _range(wanted: Filter) -> _Range:
    if wanted.match:
        part = _by_words(wanted)
    elif wanted.place_id is not None and not wanted.retracted:
        part = _by_place(wanted, wanted.place_id)
    else:
        part = _by_day(wanted)
    for column, value in (("verdict", wanted.verdict), ("type", wanted.type)):
        if value is not None:
            part.where.append(f"e.{column} = ?")
            part.values.append(value)
    if wanted.until:
        part.where.append("e.earliest <= ?")
        part.values.append(day_number(wanted.until))
    return part


def _by_words(wanted: Filter) -> _Range:
    kind = wanted.kind or ""
    names = [f"p{wanted.place_id}{kind}"] if wanted.place_id is not None else []
    names += [f"a{wanted.actor_id}{kind}"] if wanted.actor_id is not None else []
    names = names or ([f"k{kind}"] if kind else [])
    tagged = "".join(f' AND {{tags}} : "{name}"' for name in names)
    words = "retracted_text" if wanted.retracted else "entry_text"
    where = [f"{words} MATCH ?"]
    values: list[Any] = [f"({wanted.match}){tagged}"]
    if wanted.since:
        where.append("t.rowid >= ?")
        values.append(day_number(wanted.since) << 32)
    source = f"{words} t"
    if _asks_entries(wanted):
        source += " CROSS JOIN entries e ON e.id = t.rowid & 4294967295"
    return _Range(source, where, values, "t.rowid >> 32", "t.rowid & 4294967295", ("t.rowid",))


def _by_place(wanted: Filter, place_id: int) -> _Range:
    source = "entry_places ep"
    if _asks_entries(wanted):
        source += " CROSS JOIN entries e ON e.id = ep.entry_id"
    where = ["ep.place_id = ?", "ep.kind = ?", "ep.live = 1"]
    values: list[Any] = [place_id, wanted.kind]
    if wanted.actor_id is not None:
        where.append("ep.actor_id = ?")
        values.append(wanted.actor_id)
    if wanted.since:
        where.append("ep.latest >= ?")
        values.append(day_number(wanted.since))
    return _Range(source, where, values, "ep.latest", "ep.entry_id", ("ep.latest", "ep.entry_id"))


def _by_day(wanted: Filter) -> _Range:
    where = [f"e.retracted_at IS {'NOT NULL' if wanted.retracted else 'NULL'}", "e.kind = ?"]
    values: list[Any] = [wanted.kind]
    if wanted.actor_id is not None:
        where.append("e.actor_id = ?")
        values.append(wanted.actor_id)
    if wanted.since:
        where.append("e.latest >= ?")
        values.append(day_number(wanted.since))
    if wanted.place_id is not None:
        where.append("e.id IN (SELECT entry_id FROM touched WHERE place_id = ?)")
        values.append(wanted.place_id)
    return _Range("entries e", where, values, "e.latest", "e.id", ("e.latest", "e.id"))


def _asks_entries(wanted: Filter) -> bool:
    return bool(wanted.until or wanted.verdict or wanted.type)


class Lists(Part):
    """Pages of entries."""

    page = query(page)
    total = query(_total)
