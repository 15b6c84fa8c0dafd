"""What a stretch of the record did, entry by entry, as it stands now.

Windows are stretches of revision numbers, not of the clock: laid end to end they tell each revision
exactly once, however late it was written.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.entry import Entry, Kind, day_number, number_day, order_number
from store.places.areas import expand_places
from store.queries.disputed_entries import read_disputed
from store.queries.entries import load
from store.queries.entry_changes import MOST_REVISIONS, EntryChanges, Section, read_entry_changes
from store.record.revisions import stamp

_EASTERNMOST = timedelta(hours=14)  # the first zone in which a day begins
MOST = 400
"""Entries of one window that are handed out; the rest are counted."""


class WindowPart(Struct, frozen=True):
    """What of a window is wanted: about some places (none: all), of one section, after so many.

    `directions` are towns: what lies around them is wanted too.
    """

    places: tuple[int, ...] = ()
    section: Section | None = None
    skip: int = 0
    most: int = MOST
    directions: tuple[int, ...] = ()


WHOLE = WindowPart()


class ChangedEntry(Struct, frozen=True):
    """An entry as it stands now, and what the window did to it."""

    entry: Entry
    changes: EntryChanges


class Turn(Struct, frozen=True):
    """An assessor's new judgement of a place, and the one before it, if there is one.

    `overtaken` says that the same assessor has a newer one on record.
    """

    entry: Entry
    place_id: int
    before: Entry | None
    overtaken: bool


class DigestWindow(Struct, frozen=True):
    """What was written after one revision, up to another.

    `filed` counts new entries by kind; `more` entries come after those in `changed`, the most
    important first; `unread` revisions before them were too many to be read.
    """

    after: int
    up_to: int
    ended: datetime | None
    head: str
    newest: date | None
    changed: tuple[ChangedEntry, ...]
    turns: tuple[Turn, ...]
    filed: Mapping[Kind, int]
    corrected: int
    withdrawn: int
    sections: Mapping[Section, int]
    more: int
    unread: int

    @property
    def empty(self) -> bool:
        """Whether it holds nothing to be told."""
        return not (self.changed or self.more or self.unread)


def read_digest_window(
    db: sqlite3.Connection, after: int, up_to: int, part: WindowPart = WHOLE
) -> DigestWindow:
    """Return what was written after revision `after`, up to `up_to`."""
    places = expand_places(db, part.places, part.directions)
    every = _about(db, read_entry_changes(db, after, up_to), places)
    told = [(changes, sections) for changes in every if (sections := changes.sections)]
    listed = [each for each in told if part.section is None or part.section in each[1]]
    listed.sort(key=_importance)
    chosen = [changes for changes, _ in listed[part.skip : part.skip + part.most]]
    entries = load(db, [changes.entry_id for changes in chosen])
    changed = tuple(map(ChangedEntry, entries, chosen))
    filed = Counter(changes.kind for changes in every)
    counted = Counter(section for _, sections in told for section in sections)
    row = db.execute("SELECT at, digest FROM revisions WHERE seq = ?", (up_to,)).fetchone()
    return DigestWindow(
        after,
        up_to,
        ended=datetime.fromisoformat(row[0]) if row else None,
        head=row[1].hex() if row else "",
        newest=_newest(db, datetime.fromisoformat(row[0])) if row else None,
        changed=changed,
        turns=tuple(_turns(db, changed, places)),
        filed={kind: filed[kind] for kind in Kind},
        corrected=sum("correct" in changes.act_names and not changes.new for changes in every),
        withdrawn=sum(changes.withdrawn for changes in every),
        sections={section: counted[section] for section in Section},
        more=max(len(listed) - part.skip - len(chosen), 0),
        unread=max(up_to - after - MOST_REVISIONS, 0),
    )


_ORDER = {section: number for number, section in enumerate(Section)}


def _importance(told: tuple[EntryChanges, frozenset[Section]]) -> tuple[int, int]:
    changes, sections = told
    return min(_ORDER[section] for section in sections), -changes.entry_id


def _about(
    db: sqlite3.Connection, every: list[EntryChanges], places: Sequence[int]
) -> list[EntryChanges]:
    """Return those that are or were about the places, or were linked with what is."""
    if not places:
        return every
    ends = {
        changes.entry_id: {
            changes.entry_id,
            *(act.other for act in changes.acts),
        }
        for changes in every
    }
    rows = db.execute(
        "SELECT t.entry_id FROM json_each(?) entry CROSS JOIN json_each(?) place"
        " CROSS JOIN touched t ON t.place_id = place.value AND t.entry_id = entry.value",
        (as_list(sorted(set().union(*ends.values()))), as_list(sorted(places))),
    )
    about = {number for (number,) in rows}
    return [changes for changes in every if ends[changes.entry_id] & about]


def _turns(
    db: sqlite3.Connection, changed: Iterable[ChangedEntry], places: Collection[int]
) -> Iterator[Turn]:
    """Yield the new judgements of who holds a place, each with that assessor's one before."""
    for change in changed:
        entry = change.entry
        judges = change.changes.new and entry.kind is Kind.ASSESSMENT and entry.control is not None
        if not judges or entry.by is None or entry.retracted_at is not None:
            continue
        for at in entry.places:
            if places and at.place_id not in places:
                continue
            before = _beside(db, entry, at.place_id, "<", "DESC")
            after = _beside(db, entry, at.place_id, ">", "ASC")
            yield Turn(entry, at.place_id, next(iter(before), None), bool(after))


def _beside(
    db: sqlite3.Connection, entry: Entry, place_id: int, side: str, order: str
) -> tuple[Entry, ...]:
    """Return what the same assessor said next to an assessment, before it or after."""
    assert entry.by is not None  # noqa: S101 -- every assessment has its assessor
    row = db.execute(
        "SELECT entry_id FROM entry_places WHERE place_id = ? AND actor_id = ? AND live = 1"
        f" AND kind = 'assessment' AND has_control = 1 AND (latest, entry_id) {side} (?, ?)"
        f" ORDER BY latest {order}, entry_id {order} LIMIT 1",
        (place_id, entry.by.id, order_number(entry.day), entry.id),
    ).fetchone()
    return load(db, [row[0]]) if row else ()


def _newest(db: sqlite3.Connection, at: datetime) -> date | None:
    """Return the newest day on record that had begun anywhere on Earth at a moment."""
    until = day_number((at + _EASTERNMOST).date())
    days = [
        db.execute(
            "SELECT latest FROM entries WHERE kind = ? AND retracted_at IS NULL"
            " AND latest <= ? ORDER BY latest DESC LIMIT 1",
            (kind, until),
        ).fetchone()
        for kind in Kind
    ]
    known = [day for day in days if day is not None]
    return number_day(max(known)[0]) if known else None


def read_window_ends(db: sqlite3.Connection, first: datetime, last: datetime) -> tuple[int, int]:
    """Return the window of what was written from one moment to before another."""
    before = [
        db.execute(
            "SELECT coalesce(max(seq), 0) FROM (SELECT seq FROM revisions WHERE at < ?"
            " ORDER BY at DESC, seq DESC LIMIT 1)",
            (stamp(moment),),
        ).fetchone()[0]
        for moment in (first, last)
    ]
    return before[0], max(before)


def _stale_assessments(
    db: sqlite3.Connection,
    first: date,
    last: date,
    places: Collection[int] = (),
    directions: Collection[int] = (),
) -> tuple[Entry, ...]:
    """Return the latest assessments whose day lies between these: what they say is overdue.

    Of some places or directions alone: those of what lies in them.
    """
    within = expand_places(db, places, directions)
    rows = db.execute(
        "SELECT e.id FROM entries e WHERE e.kind = 'assessment' AND e.retracted_at IS NULL"
        " AND e.latest BETWEEN ? AND ? ORDER BY e.latest DESC, e.id DESC LIMIT ?",
        (day_number(first), day_number(last), MOST),
    )
    assessments = load(db, [number for (number,) in rows])
    return tuple(
        assessment
        for assessment in assessments
        if assessment.control and _stands(db, assessment, within)
    )


def _stands(db: sqlite3.Connection, entry: Entry, places: Collection[int]) -> bool:
    """Tell whether its assessor has said nothing newer of one of its places."""
    return any(
        not _beside(db, entry, at.place_id, ">", "ASC")
        for at in entry.places
        if not places or at.place_id in places
    )


class DigestWindows(Part):
    """Stretches of the record."""

    between = query(read_digest_window)
    ends = query(read_window_ends)
    stale = query(_stale_assessments)
    disputed = query(read_disputed)
