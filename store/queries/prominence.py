"""What matters first: contested entries, then named speakers, then others, the narrator last."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from msgspec import Struct

from store.db.as_list import as_list
from store.model.entry import DISPUTING, Attribution, Entry, VerdictValue

MOST_LINES = 2
"""Lines that one speaker has in a list; the rest of theirs is counted."""

_AGAINST = ", ".join(f"'{kind}'" for kind in sorted(DISPUTING))
_DOUBTS = (VerdictValue.DISPUTED, VerdictValue.REFUTED)
_DOUBTED = ", ".join(f"'{value}'" for value in _DOUBTS)
_PERSON = "person"


class Prominence(IntEnum):
    """Which of two entries of one time stands first."""

    CONTESTED = 0
    NAMED = 1
    OTHER = 2
    NARRATOR = 3


_PROMINENCES = tuple(Prominence)


class WeighedRow(Struct, frozen=True):
    """An entry's number, the day by which the store orders it, its speaker, and what it weighs."""

    day: int
    number: int
    actor_id: int | None
    prominence: Prominence


_WEIGHED = (
    "SELECT e.latest AS day, e.id AS number, e.actor_id, CASE"
    f" WHEN coalesce(e.verdict IN ({_DOUBTED}), 0)"
    " OR EXISTS (SELECT 1 FROM links l JOIN entries o ON o.id = l.to_id"
    f" WHERE l.from_id = e.id AND l.type IN ({_AGAINST}) AND o.retracted_at IS NULL)"
    " OR EXISTS (SELECT 1 FROM links l JOIN entries o ON o.id = l.from_id"
    f" WHERE l.to_id = e.id AND l.type IN ({_AGAINST}) AND o.retracted_at IS NULL)"
    f" THEN {Prominence.CONTESTED:d}"
    f" WHEN e.attribution = '{Attribution.NARRATOR}' THEN {Prominence.NARRATOR:d}"
    f" WHEN e.attribution = '{Attribution.NAMED}' OR a.kind = '{_PERSON}' THEN {Prominence.NAMED:d}"
    f" ELSE {Prominence.OTHER:d} END AS prominence"
    " FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value"
    " LEFT JOIN actors a ON a.id = e.actor_id"
)
"""What `weigh_entry` says of an entry that was read whole, for those that were not."""


def weigh_rows(db: sqlite3.Connection, numbers: Sequence[int]) -> list[WeighedRow]:
    """Return what the entries of these numbers weigh."""
    return [
        WeighedRow(day, number, actor_id, _PROMINENCES[prominence])
        for day, number, actor_id, prominence in db.execute(_WEIGHED, (as_list(numbers),))
    ]


def find_weightiest(db: sqlite3.Connection, numbers: Sequence[int], most: int) -> list[int]:
    """Return those of these numbers that matter first; of what weighs the same, the newest."""
    rows = db.execute(f"SELECT prominence, -day, -number FROM ({_WEIGHED})", (as_list(numbers),))
    return [-number for _, _, number in sorted(rows)[:most]]


def weigh_entry(entry: Entry) -> Prominence:
    """Return what an entry weighs that was read whole."""
    if any(link.disputes for link in entry.links) or entry.verdict in _DOUBTS:
        return Prominence.CONTESTED
    if entry.attribution == Attribution.NARRATOR:
        return Prominence.NARRATOR
    if entry.attribution == Attribution.NAMED or (entry.by and entry.by.kind == _PERSON):
        return Prominence.NAMED
    return Prominence.OTHER


def cap_speakers(
    rows: Iterable[WeighedRow], most: int = MOST_LINES
) -> tuple[list[WeighedRow], Counter[int]]:
    """Return the rows with so many a speaker at most, and how many more each of them has."""
    every = list(rows)
    shown = list(_first_of_each(every, most))
    more = Counter(row.actor_id for row in every if row.actor_id is not None)
    more.subtract(row.actor_id for row in shown if row.actor_id is not None)
    return shown, +more


def _first_of_each(rows: Iterable[WeighedRow], most: int) -> Iterator[WeighedRow]:
    taken: Counter[int | None] = Counter()
    for row in rows:
        taken[row.actor_id] += 1
        if row.actor_id is None or taken[row.actor_id] <= most:
            yield row
