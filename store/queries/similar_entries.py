"""Entries on record that say nearly the same: near in time, at the same place, in like words."""

import sqlite3
from datetime import date, timedelta

from store.db.part import Part, query
from store.model.entry import UNDATED, Entry, Kind, day_number
from store.model.text import fold
from store.queries.entries import load

_DAYS = timedelta(days=3)
_LOOKED_AT, _SHOWN = 60, 2
_LIKE_ENOUGH = 75  # of 100, as rapidfuzz scores


def find_similar_entries(
    db: sqlite3.Connection, kind: Kind, place_id: int | None, day: date, text: str
) -> tuple[Entry, ...]:
    """Return a few entries that say nearly the same, the likest first."""
    from rapidfuzz.fuzz import token_set_ratio  # noqa: PLC0415 -- only filing pays for loading it

    numbers: list[int] = []
    for lower in (0, UNDATED):
        first, last = (day_number(day + days) - lower for days in (-_DAYS, _DAYS))
        numbers += _around(db, kind, place_id, first, last)
    entries = load(db, numbers)
    wanted = fold(text)
    scored = [(token_set_ratio(wanted, fold(entry.text)), entry) for entry in entries]
    like = sorted(
        (scored_entry for scored_entry in scored if scored_entry[0] >= _LIKE_ENOUGH),
        key=lambda scored_entry: (-scored_entry[0], scored_entry[1].id),
    )
    return tuple(entry for _, entry in like[:_SHOWN])


def _around(
    db: sqlite3.Connection, kind: Kind, place_id: int | None, first: int, last: int
) -> list[int]:
    if place_id is None:
        rows = db.execute(
            "SELECT id FROM entries WHERE retracted_at IS NULL AND kind = ?"
            " AND latest BETWEEN ? AND ? ORDER BY latest DESC, id DESC LIMIT ?",
            (kind, first, last, _LOOKED_AT),
        )
    else:
        rows = db.execute(
            "SELECT entry_id FROM entry_places WHERE place_id = ? AND kind = ? AND live = 1"
            " AND latest BETWEEN ? AND ? ORDER BY latest DESC, entry_id DESC LIMIT ?",
            (place_id, kind, first, last, _LOOKED_AT),
        )
    return [number for (number,) in rows]


class SimilarEntries(Part):
    """What is on record already."""

    near = query(find_similar_entries)
