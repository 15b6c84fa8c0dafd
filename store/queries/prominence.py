"""What matters first: contested entries, then named speakers, then others, the narrator last."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from msgspec import Struct

from store.model.entry import DISPUTING, Attribution, VerdictValue

MOST_LINES = 2
"""Lines that one speaker has in a list; the rest of theirs is counted."""

_AGAINST = ", ".join(f"'{kind}'" for kind in sorted(DISPUTING))
_DOUBTED = ", ".join(f"'{value}'" for value in (VerdictValue.DISPUTED, VerdictValue.REFUTED))
_PERSON = "person"


class Prominence(IntEnum):
    """Which of two entries of one time stands first."""

    CONTESTED = 0
    NAMED = 1
    OTHER = 2
    NARRATOR = 3


class WeighedRow(Struct, frozen=True):
    """An entry's number, the day by which the store orders it, its speaker, and what it weighs."""

    day: int
    number: int
    actor_id: int | None
    prominence: Prominence


def weigh_rows(db: sqlite3.Connection, numbers: Sequence[int]) -> list[WeighedRow]:
    """Return what the entries of these numbers weigh, in the same order."""
    rows = db.execute(
        "SELECT e.latest, e.id, e.actor_id, e.attribution, a.kind,"
        f" coalesce(e.verdict IN ({_DOUBTED}), 0)"
        " OR EXISTS (SELECT 1 FROM links l JOIN entries o ON o.id = l.to_id"
        f" WHERE l.from_id = e.id AND l.type IN ({_AGAINST}) AND o.retracted_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM links l JOIN entries o ON o.id = l.from_id"
        f" WHERE l.to_id = e.id AND l.type IN ({_AGAINST}) AND o.retracted_at IS NULL)"
        " FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value"
        " LEFT JOIN actors a ON a.id = e.actor_id",
        (json.dumps(numbers),),
    )
    weighed = {
        number: WeighedRow(
            day, number, actor_id, _weigh(attribution, kind, contested=bool(contested))
        )
        for day, number, actor_id, attribution, kind, contested in rows
    }
    return [weighed[number] for number in numbers]


def _weigh(attribution: str, actor_kind: str | None, *, contested: bool) -> Prominence:
    if contested:
        return Prominence.CONTESTED
    if attribution == Attribution.NARRATOR:
        return Prominence.NARRATOR
    if attribution == Attribution.NAMED or actor_kind == _PERSON:
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
