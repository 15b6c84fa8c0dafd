"""What some days changed, by either clock: what happened in them, or what was put on record.

By the world's clock these are the entries of those days as they are known now, with all that was
done to them since. By the record's they are what the revisions of those days did.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.entry import Entry, EntryLink, Kind, Place, Total, day_number
from store.places.areas import expand_place
from store.places.stored import PLACE_COLUMNS
from store.queries.digest_window import (
    ChangedEntry,
    WindowPart,
    read_digest_window,
    read_window_ends,
)
from store.queries.entries import load
from store.queries.entry_changes import read_all_changes
from store.queries.lists import Filter, count_entries, read_rows, understand_filter
from store.queries.place_overview import read_assessments

_MOST = 200
"""Entries of one kind, newest first, that are looked at by the world's clock."""
_PLACES = 40
"""Places whose status is held against the one before."""
_STANDING, _GONE = 20, 100
"""Assessments of a place, the newest by a day, and retracted ones, that may have stood then."""
_JUST = timedelta(milliseconds=1)
_A_DAY = timedelta(days=1)


class ComparedDays(Struct, frozen=True):
    """Some days, both ends included, and the moments at which they begin and end at the desk.

    About a place and what lies in it, or with `around` what is near it; about all without one.
    `statuses` of places cost most by the record's clock: they may be left out.
    """

    first: date
    last: date
    begins: datetime
    ends: datetime
    place_id: int | None = None
    around: bool = False
    statuses: bool = True


class StatusTurn(Struct, frozen=True):
    """Who held a place on the eve of some days, and at their end: the newest of each assessor."""

    place: Place
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]

    @property
    def differs(self) -> bool:
        """Whether an assessor, a status or whoever contradicts it is another."""
        return _gist(self.before) != _gist(self.after)


class Disagreement(Struct, frozen=True):
    """An entry, and its link with one that contradicts it, denies it or is in tension with it."""

    entry: Entry
    link: EntryLink


class PeriodChanges(Struct, frozen=True):
    """What some days changed. `filed` counts new entries by kind; `unread` more were not read."""

    statuses: tuple[StatusTurn, ...]
    new: tuple[Entry, ...]
    corrected: tuple[ChangedEntry, ...]
    withdrawn: tuple[ChangedEntry, ...]
    contradicted: tuple[Disagreement, ...]
    judged: tuple[ChangedEntry, ...]
    filed: Mapping[Kind, Total]
    unread: int

    @property
    def empty(self) -> bool:
        """Whether the days changed nothing."""
        lists = (self.new, self.corrected, self.withdrawn, self.contradicted, self.judged)
        return not (any(lists) or any(turn.differs for turn in self.statuses))


def read_happened(db: sqlite3.Connection, period: ComparedDays) -> PeriodChanges:
    """Return what happened and was said in those days, as it is known now."""
    scope = _expand(db, period)
    wanted = Filter(
        None,
        period.place_id,
        since=period.first,
        until=period.last,
        around=period.around,
        begun=True,
    )
    wanted = understand_filter(db, wanted)
    filed = {kind: count_entries(db, replace(wanted, kind=kind)) for kind in Kind}
    numbers = [
        number
        for kind in Kind
        for gone in (False, True)
        for _, number in read_rows(db, replace(wanted, kind=kind, retracted=gone), _MOST)
    ]
    entries = {entry.id: _keep_links(entry, scope) for entry in load(db, numbers)}
    changed = [
        ChangedEntry(entries[changes.entry_id], changes)
        for changes in read_all_changes(db, entries)
    ]
    live = [entry for entry in entries.values() if entry.retracted_at is None]
    places = _places_judged(live, scope)
    return PeriodChanges(
        statuses=_turns_of_days(db, period, places),
        new=tuple(live),
        corrected=tuple(
            change
            for change in changed
            if change.changes.corrected and change.entry.retracted_at is None
        ),
        withdrawn=tuple(change for change in changed if change.entry.retracted_at is not None),
        contradicted=tuple(_disagreements_said(live, period)),
        judged=tuple(
            change
            for change in changed
            if change.entry.verdict is not None and change.entry.retracted_at is None
        ),
        filed=filed,
        unread=sum(max(total.number - _MOST, 0) for total in filed.values()),
    )


def read_learnt(db: sqlite3.Connection, period: ComparedDays) -> PeriodChanges:
    """Return what was put on record in those days: filed, corrected, retracted, linked, checked."""
    scope = _expand(db, period)
    after, up_to = read_window_ends(db, period.begins, period.ends)
    window = read_digest_window(db, after, up_to, WindowPart(tuple(scope)))
    changed = [
        ChangedEntry(_keep_links(change.entry, scope), change.changes) for change in window.changed
    ]
    places = _places_judged([change.entry for change in changed], scope)
    judging = [change.entry.id for change in changed if change.entry.kind is Kind.ASSESSMENT]
    return PeriodChanges(
        statuses=_turns_of_record(db, period, places, judging),
        new=tuple(
            change.entry
            for change in changed
            if change.changes.new and not change.changes.withdrawn
        ),
        corrected=tuple(
            change
            for change in changed
            if change.changes.corrected and not change.changes.new and not change.changes.withdrawn
        ),
        withdrawn=tuple(change for change in changed if change.changes.withdrawn),
        contradicted=tuple(_disagreements_linked(changed)),
        judged=tuple(
            change for change in changed if change.changes.judged and not change.changes.withdrawn
        ),
        filed={kind: Total(number) for kind, number in window.filed.items()},
        unread=window.unread + window.more,
    )


def _expand(db: sqlite3.Connection, period: ComparedDays) -> list[int]:
    if period.place_id is None:
        return []
    return expand_place(db, period.place_id, around=period.around)


def _keep_links(entry: Entry, scope: Collection[int]) -> Entry:
    """Leave out the links that hold for other places alone."""
    if not scope:
        return entry
    return replace(entry, links=tuple(link for link in entry.links if link.holds_for(scope)))


def _places_judged(entries: Iterable[Entry], scope: Collection[int]) -> list[int]:
    """Return the places whose status the entries may have turned, those most spoken of first."""
    spoken = Counter(
        at.place_id
        for entry in entries
        if entry.kind is Kind.ASSESSMENT or any(link.disputes for link in entry.links)
        for at in entry.places
        if not scope or at.place_id in scope
    )
    return [place_id for place_id, _ in spoken.most_common(_PLACES)]


def _turns_of_days(
    db: sqlite3.Connection, period: ComparedDays, places: Sequence[int]
) -> tuple[StatusTurn, ...]:
    """Return the statuses on the eve of those days and at their end, as known now."""
    if not period.statuses:
        return ()
    eve = period.first - _A_DAY
    before = _assess(db, _with_own(period, places), eve)
    after = _assess(db, _with_own(period, places), period.last)
    return _turns(db, period, before, after)


def _turns_of_record(
    db: sqlite3.Connection, period: ComparedDays, places: Sequence[int], changed: Sequence[int]
) -> tuple[StatusTurn, ...]:
    """Return the statuses as they stood on record when those days began, and when they ended."""
    from store.record.as_of import replay_entries  # noqa: PLC0415 -- rare, and it loads what writes

    every = _with_own(period, places)
    days = period.first - _A_DAY, period.last
    numbers = {*_assessments_of(db, every, days), *changed} if period.statuses else set()
    if not numbers:
        return ()
    before = replay_entries(
        db, numbers, period.begins - _JUST, _assess, every, period.first - _A_DAY
    )
    after = replay_entries(db, numbers, period.ends - _JUST, _assess, every, period.last)
    return _turns(db, period, before, after)


def _with_own(period: ComparedDays, places: Sequence[int]) -> list[int]:
    """Return the places, and first the one that was asked about."""
    own = [] if period.place_id is None else [period.place_id]
    return list(dict.fromkeys([*own, *places]))


def _assessments_of(
    db: sqlite3.Connection, places: Sequence[int], days: Sequence[date]
) -> Iterator[int]:
    """Yield the assessments that may have been the newest about these places on these days.

    Of those that were retracted, the newest: they may have stood then.
    """
    for day in days:
        for place_id in places:
            for inner in expand_place(db, place_id):
                rows = db.execute(
                    "SELECT entry_id FROM entry_places WHERE place_id = ? AND live = 1"
                    " AND kind = 'assessment' AND latest <= ?"
                    " ORDER BY latest DESC, entry_id DESC LIMIT ?",
                    (inner, day_number(day), _STANDING),
                )
                yield from (number for (number,) in rows)
    rows = db.execute(
        "SELECT id FROM entries WHERE kind = 'assessment' AND retracted_at IS NOT NULL"
        " ORDER BY latest DESC, id DESC LIMIT ?",
        (_GONE,),
    )
    yield from (number for (number,) in rows)


def _assess(
    db: sqlite3.Connection, places: Sequence[int], day: date
) -> dict[int, tuple[Entry, ...]]:
    return {place_id: read_assessments(db, place_id, day) for place_id in places}


def _turns(
    db: sqlite3.Connection,
    period: ComparedDays,
    before: Mapping[int, tuple[Entry, ...]],
    after: Mapping[int, tuple[Entry, ...]],
) -> tuple[StatusTurn, ...]:
    """Return those that differ; of the place that was asked about, what stands in any case."""
    rows = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM json_each(?) wanted"
        " CROSS JOIN places p ON p.id = wanted.value",
        (as_list(list(before)),),
    )
    turns = [StatusTurn(place := Place(*row), before[place.id], after[place.id]) for row in rows]
    return tuple(
        turn for turn in turns if turn.differs or (turn.place.id == period.place_id and turn.after)
    )


def _gist(assessments: Iterable[Entry]) -> frozenset[tuple[object, ...]]:
    """Return what makes a status: of each assessor, the status and who contradicts it."""
    return frozenset(
        (
            entry.by.id if entry.by else 0,
            entry.control.status if entry.control else "",
            entry.control.share if entry.control else "",
            frozenset((link.entry_id, link.type) for link in entry.links if link.disputes),
        )
        for entry in assessments
    )


def _disagreements_said(entries: Iterable[Entry], period: ComparedDays) -> Iterator[Disagreement]:
    """Yield each pair once whose later end is of those days."""
    told: set[frozenset[int]] = set()
    for entry in sorted(entries, key=lambda entry: not any(link.outward for link in entry.links)):
        for link in entry.links:
            pair = frozenset({entry.id, link.entry_id})
            later = max(entry.day.latest, link.day)
            if link.disputes and pair not in told and period.first <= later <= period.last:
                told.add(pair)
                yield Disagreement(entry, link)


def _disagreements_linked(changed: Iterable[ChangedEntry]) -> Iterator[Disagreement]:
    """Yield what the revisions linked as disagreeing, and is so still."""
    for change in changed:
        if change.entry.retracted_at is None:
            for link in change.entry.links:
                if link.outward and link.disputes and link.entry_id in change.changes.disputes:
                    yield Disagreement(change.entry, link)


class PeriodsChanged(Part):
    """What days changed."""

    happened = query(read_happened)
    learnt = query(read_learnt)
