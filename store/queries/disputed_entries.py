"""What is disputed on record: entries set against each other, places assessed differently."""

import json
import sqlite3
from collections.abc import Collection
from datetime import date, timedelta

from msgspec import Struct

from store.db.as_list import as_list
from store.model.entry import Entry, day_number
from store.places.areas import expand_places
from store.queries.entries import load
from store.queries.place_overview import read_assessments

_LINKS, _PLACES = 60, 20
"""Links and places of which a summary tells, the newest first."""
_FRESH = 10_000
"""Assessments that are looked at, the newest first."""


class DisputedEntries(Struct, frozen=True):
    """Entries of links that set one against another; the assessments of places that differ.

    There may be `more` than were read.
    """

    linked: tuple[Entry, ...]
    assessed: tuple[tuple[Entry, ...], ...]
    more: bool

    @property
    def every(self) -> tuple[Entry, ...]:
        return (*self.linked, *(entry for place in self.assessed for entry in place))


def read_disputed(
    db: sqlite3.Connection,
    day: date,
    stale_days: int,
    places: Collection[int] = (),
    directions: Collection[int] = (),
) -> DisputedEntries:
    """Return what is disputed as of a day, about places and what lies around towns (none: all)."""
    inside = as_list(sorted(expand_places(db, places, directions)))
    pairs = db.execute(
        "SELECT l.from_id, l.to_id FROM links l"
        " WHERE l.type IN ('contradicts', 'denies', 'in_tension_with')"
        " AND (? = '[]' OR EXISTS (SELECT 1 FROM json_each(?) place CROSS JOIN entry_places ep"
        " ON ep.entry_id = l.from_id AND ep.place_id = place.value))"
        " ORDER BY l.from_id DESC, l.to_id DESC LIMIT ?",
        (inside, inside, _LINKS),
    ).fetchall()
    split = _find_split(db, day - timedelta(days=stale_days), day, inside)
    numbers = dict.fromkeys(number for pair in pairs for number in pair)
    linked = (
        entry
        for entry in load(db, list(numbers))
        if entry.retracted_at is None and entry.day.latest <= day
    )
    return DisputedEntries(
        tuple(linked),
        tuple(read_assessments(db, place, day) for place in split[:_PLACES]),
        len(pairs) == _LINKS or len(split) > _PLACES,
    )


def _find_split(db: sqlite3.Connection, first: date, last: date, inside: str) -> list[int]:
    """Return the places that fresh assessments do not give one status, the newest first."""
    rows = db.execute(
        "SELECT ep.place_id, e.control FROM entries e"
        " CROSS JOIN entry_places ep ON ep.entry_id = e.id"
        " WHERE e.kind = 'assessment' AND e.retracted_at IS NULL AND e.latest BETWEEN ? AND ?"
        " ORDER BY e.latest DESC, e.id DESC LIMIT ?",
        (day_number(first), day_number(last), _FRESH),
    )
    wanted = set(json.loads(inside))
    statuses: dict[int, set[str]] = {}
    for place_id, control in rows:
        if not wanted or place_id in wanted:
            statuses.setdefault(place_id, set()).add(control)
    return [place_id for place_id, given in statuses.items() if len(given) > 1]
