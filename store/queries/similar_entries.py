"""Entries on record near in time and at the same place: those in like words, and the opposite."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta

from store.db.part import Part, query
from store.likeness.check_text import read_message, says_same
from store.likeness.find import TermIndex, find_like
from store.model.entry import UNDATED, Encirclement, Entry, Kind, Share, day_number
from store.model.text import fold
from store.queries.entries import load

_DAYS = timedelta(days=3)
_LOOKED_AT, _SHOWN = 60, 2
_OPPOSED_DAYS = timedelta(days=31)
_RINGED = {Encirclement.CLAIMED, Encirclement.ASSESSED}
_LIKE_ENOUGH = 75  # of 100, as rapidfuzz scores


def find_similar_entries(
    db: sqlite3.Connection, kind: Kind, place_id: int | None, day: date, text: str
) -> tuple[Entry, ...]:
    """Return a few entries that say nearly the same, the likest first.

    They do in like words, or by what a check of the text would go by.
    """
    from rapidfuzz.fuzz import token_set_ratio  # noqa: PLC0415 -- only filing pays for loading it

    numbers: list[int] = []
    for lower in (0, UNDATED):
        first, last = (day_number(day + days) - lower for days in (-_DAYS, _DAYS))
        numbers += _around(db, kind, place_id, first, last)
    entries = load(db, numbers)
    wanted = fold(text)
    scored = [(token_set_ratio(wanted, fold(entry.text)), entry) for entry in entries]
    same = _find_same(db, text, entries)
    like = sorted(
        (
            scored_entry
            for scored_entry in scored
            if scored_entry[0] >= _LIKE_ENOUGH or scored_entry[1].id in same
        ),
        key=lambda scored_entry: (-scored_entry[0], scored_entry[1].id),
    )
    return tuple(entry for _, entry in like[:_SHOWN])


def _find_same(db: sqlite3.Connection, text: str, entries: Sequence[Entry]) -> set[int]:
    """Return the numbers of those that a check of the text would say to say the same."""
    if not entries:
        return set()
    index, by_id = TermIndex(db), {entry.id: entry for entry in entries}
    return {
        like.entry_id
        for statement in read_message(db, text, [(0, len(text))]).statements
        for like in find_like(index, statement)
        if like.entry_id in by_id and says_same(like, by_id[like.entry_id], statement)
    }


def find_opposed_entry(db: sqlite3.Connection, entry: Entry) -> Entry | None:
    """Return what is nearest in time to the entry, at its places, and says the opposite."""
    numbers: list[int] = []
    for lower in (0, UNDATED):
        first, last = (
            day_number(entry.day.latest + days) - lower for days in (-_OPPOSED_DAYS, _OPPOSED_DAYS)
        )
        for place in entry.places:
            for kind in (Kind.CLAIM, Kind.ASSESSMENT):
                numbers += _around(db, kind, place.place_id, first, last)
    others = [
        other
        for other in load(db, sorted(set(numbers) - {entry.id}))
        if _is_opposed(entry, other) and other.id not in {link.entry_id for link in entry.links}
    ]
    return min(
        others,
        key=lambda other: (abs(other.day.latest - entry.day.latest), -other.id),
        default=None,
    )


def _is_opposed(entry: Entry, other: Entry) -> bool:
    """Whether one says who holds all of it and the other otherwise, or that there is no ring."""
    held, theirs = entry.control, other.control
    if held and theirs and held.status != theirs.status:
        return Share.PART not in {held.share, theirs.share}
    rings = {entry.encirclement, other.encirclement}
    return Encirclement.NONE in rings and bool(rings & _RINGED)


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
    opposed = query(find_opposed_entry)
