"""The picture of one place: everything `/status` shows, read in one hop.

A headline, a screen and the whole of it each read no more than they show.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from msgspec import Struct

from store.db.part import Part
from store.model.entry import Entry, Kind, Place, Total
from store.queries.place_reading import (
    CLAIMS,
    CONTROL,
    ENCIRCLEMENT,
    EVENT_HERE,
    EVENTS,
    NEAR_IT,
    NEARBY,
    OF_OTHER_TYPES,
    OTHERS,
    RINGED,
    Counts,
    EntryLine,
    PlaceReading,
    count_beyond,
)

R = TypeVar("R")

OPENED = 25
"""Entries that a menu holds."""


class More(Struct, frozen=True):
    """How many there are of each beyond those that a picture has."""

    assessments: Total
    claims: Total
    encirclement: Total
    others: Total
    events: Total
    nearby: Total


class PlaceHead(Struct, frozen=True):
    """What a place's headline says: the newest assessment of each assessor, newest first.

    `claims_ever` are counted where nobody assessed it.
    """

    place: Place
    day: date
    assessments: tuple[Entry, ...]
    claims_ever: Total | None


class PlaceGlance(PlaceHead, frozen=True):
    """What a screen shows of a place up to a day, newest first. Nothing in it is merged.

    Those of encirclement stand with what matters first. `latest` are the newest claims and events
    of any type; of one day, what matters first. Where there are none it has what is `nearby`.
    `to_open` are further entries, as many as a menu of OPENED has room for.

    What is read for a screen has no places, as it names none, and only what is `latest` or
    `nearby` has its sources.
    """

    encirclement: tuple[Entry, ...]
    latest: tuple[Entry, ...]
    nearby: tuple[Entry, ...]
    newest: Entry | None
    total: Total
    to_open: tuple[Entry | EntryLine, ...]


class PlaceOverview(PlaceGlance, frozen=True):
    """All that is on record about a place up to a day, as much of each as is ever shown.

    `claims` are those about control, `others` those of other types, with what matters first.
    """

    claims: tuple[Entry, ...]
    others: tuple[Entry, ...]
    events: tuple[Entry, ...]
    counts: tuple[Counts, ...]
    more: More


def read_place_head(db: sqlite3.Connection, place: Place, day: date) -> PlaceHead:
    """Return what the headline of `place` says as of `day`, as known now."""
    reading = PlaceReading(db, place.id, day)
    numbers, _ = reading.assessments()
    (assessments,) = reading.load((numbers,))
    return PlaceHead(place, day, assessments, None if numbers else reading.count_claims())


def read_place_glance(db: sqlite3.Connection, place: Place, day: date) -> PlaceGlance:
    """Return what a screen shows of `place` as of `day`, as known now."""
    reading = PlaceReading(db, place.id, day)
    judged, _ = reading.assessments()
    ringed = reading.weightiest(reading.newest(RINGED, ENCIRCLEMENT), ENCIRCLEMENT)
    last = reading.latest()
    close_by = [] if last else reading.ids(NEAR_IT, NEARBY)
    shown = {*judged, *ringed, *last}
    assessments, encirclement, latest, nearby, newest = reading.load_for_screen(
        (judged, ringed, last, close_by, reading.newest_of_each()), sourced=[*last, *close_by]
    )
    return PlaceGlance(
        place,
        day,
        assessments,
        claims_ever=None if judged else reading.count_claims(),
        encirclement=encirclement,
        latest=latest,
        nearby=nearby,
        newest=_find_newest(newest),
        total=reading.count_all(),
        to_open=reading.load_lines(reading.find_more(shown, OPENED - len(shown))),
    )


def read_place_overview(db: sqlite3.Connection, place: Place, day: date) -> PlaceOverview:
    """Return the picture of `place` as of `day`, as known now."""
    reading = PlaceReading(db, place.id, day)
    judged, more_assessments = reading.assessments()
    control, ringed = reading.newest(CONTROL, CLAIMS), reading.newest(RINGED, ENCIRCLEMENT)
    other = reading.newest(OF_OTHER_TYPES, OTHERS)
    happened, more_events = reading.some(EVENT_HERE, EVENTS)
    close_by, more_nearby = reading.some(NEAR_IT, NEARBY)
    assessments, encirclement, latest, nearby, newest, claims, others, events = reading.load(
        (
            judged,
            reading.weightiest(ringed, ENCIRCLEMENT),
            reading.latest(),
            close_by,
            reading.newest_of_each(),
            reading.weightiest(control, CLAIMS),
            reading.weightiest(other, OTHERS),
            happened,
        )
    )
    counts, total = reading.count_by_kind()
    return PlaceOverview(
        place,
        day,
        assessments,
        claims_ever=next(of_kind.ever for of_kind in counts if of_kind.kind is Kind.CLAIM),
        encirclement=encirclement,
        latest=latest,
        nearby=nearby,
        newest=_find_newest(newest),
        total=total,
        to_open=(*claims, *others, *events, *nearby),
        claims=claims,
        others=others,
        events=events,
        counts=counts,
        more=More(
            more_assessments,
            claims=count_beyond(len(control), CLAIMS),
            encirclement=count_beyond(len(ringed), ENCIRCLEMENT),
            others=count_beyond(len(other), OTHERS),
            events=more_events,
            nearby=more_nearby,
        ),
    )


def _find_newest(entries: Sequence[Entry]) -> Entry | None:
    """Return the entry with the latest day."""
    return max(entries, key=lambda entry: (entry.day.latest, entry.id), default=None)


def read_assessments(db: sqlite3.Connection, place_id: int, day: date) -> tuple[Entry, ...]:
    """Return the newest assessment of each assessor of who holds a place, as of `day`."""
    reading = PlaceReading(db, place_id, day)
    numbers, _ = reading.assessments()
    return reading.load((numbers,))[0]


class PlaceOverviews(Part):
    """Pictures of places: what had happened and been said about one by the end of a day.

    As it is known now or, with `recorded`, as it stood on record at that moment.
    """

    async def head(self, place: Place, day: date) -> PlaceHead:
        """Return what the headline says."""
        return await self.db.read(read_place_head, place, day)

    async def glance(
        self, place: Place, day: date, recorded: datetime | None = None
    ) -> PlaceGlance:
        """Return what a screen shows."""
        return await self._read(read_place_glance, place, day, recorded)

    async def of(self, place: Place, day: date, recorded: datetime | None = None) -> PlaceOverview:
        """Return the whole picture."""
        return await self._read(read_place_overview, place, day, recorded)

    async def _read(
        self,
        work: Callable[[sqlite3.Connection, Place, date], R],
        place: Place,
        day: date,
        recorded: datetime | None,
    ) -> R:
        if recorded is None:
            return await self.db.read(work, place, day)
        from store.record.as_of import replay_place  # noqa: PLC0415 -- rare, and it loads what writes

        return await self.db.read(replay_place, place.id, recorded, work, place, day)
