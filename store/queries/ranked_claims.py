"""A list of claims with what matters first, and two lines a speaker."""

import sqlite3
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from store.db.part import Part, query
from store.model.entry import Actor, Entry, Total
from store.model.refusals import BadCursor
from store.queries.entries import load
from store.queries.lists import Filter, count_entries, read_rows, understand_filter, write_cursor
from store.queries.prominence import WeighedRow, cap_speakers, weigh_rows

WINDOW = 200
"""So many of the newest are put in order at a time; the next as many come after them."""
_DIGITS = 4


class RankedPage(Struct, frozen=True):
    """Some claims; `more` are speakers with so many more beside these, and `cursor` leads on."""

    entries: tuple[Entry, ...]
    more: tuple[tuple[Actor, int], ...]
    cursor: str
    total: Total


def read_ranked_page(db: sqlite3.Connection, wanted: Filter, size: int) -> RankedPage:
    """Return up to `size` claims; BadCursor when `after` is no cursor of such a page."""
    start, _, skipped = wanted.after.partition(".")
    skip = _read_skipped(skipped)
    wanted = understand_filter(db, replace(wanted, after=start))
    rows = read_rows(db, wanted, WINDOW + 1)
    window = rows[:WINDOW]
    weighed = sorted(
        weigh_rows(db, [number for _, number in window]),
        key=lambda row: (row.prominence, -row.day, -row.number),
    )
    shown, more = cap_speakers(weighed)
    part = shown[skip : skip + size]
    entries = load(db, [row.number for row in part])
    ended = _find_ended(shown, part, skip)
    speakers = {entry.by.id: entry.by for entry in entries if entry.by}
    cursor = ""
    if skip + size < len(shown):
        day, number = window[0]
        cursor = f"{start or write_cursor(day, number + 1)}.{skip + size}"
    elif len(rows) > WINDOW:
        cursor = f"{write_cursor(*window[-1])}.0"
    return RankedPage(
        entries,
        tuple((actor, more[key]) for key, actor in speakers.items() if key in ended and more[key]),
        cursor,
        count_entries(db, wanted),
    )


def _read_skipped(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise BadCursor(f"{text[:40]} is no page of a list.")
    return int(text or 0)


def _find_ended(shown: Sequence[WeighedRow], part: Sequence[WeighedRow], skip: int) -> set[int]:
    """Return the speakers who have no line after this part."""
    later = {row.actor_id for row in shown[skip + len(part) :]}
    return {row.actor_id for row in part if row.actor_id is not None} - later


class RankedClaims(Part):
    """Pages of claims with what matters first."""

    page = query(read_ranked_page)
