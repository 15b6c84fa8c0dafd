"""The areas that a map shows as their assessors drew them: those that an import kept."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from store.model.entry import day_number, number_day
from store.model.ref import BATCH, Ref

_MOST = 40
"""Outlines on one map, the largest first."""


class MapOutline(Struct, frozen=True):
    """What one assessor marked with a status, of which day, and the batches that brought it.

    Each area is a MultiPolygon of GeoJSON, as it is kept; it is read where it is drawn.
    """

    assessor: str
    day: date
    control: str
    licence: str
    refs: tuple[str, ...]
    areas: tuple[str, ...]


class MapOutlines(Struct, frozen=True):
    """The newest areas of each assessor; those of `withheld` assessors are too young to show."""

    shown: tuple[MapOutline, ...]
    withheld: int


def read_outlines(
    db: sqlite3.Connection,
    day: date,
    settled: date,
    south_north: tuple[float, float],
    west_east: tuple[float, float],
) -> MapOutlines:
    """Return the areas of a day between some degrees; none was drawn after `settled`.

    An area is finer than any settlement. What an assessor drew on an earlier day has been redrawn.
    """
    last = day_number(min(day, settled))
    shown = _read_newest(db, last)
    rows = [
        row
        for assessor, latest in shown.items()
        for row in _read_areas(db, assessor, latest, south_north, west_east)
    ]
    newer = _read_newest(db, day_number(day)) if settled < day else shown
    withheld = sum(
        next(_read_areas(db, assessor, latest, south_north, west_east), None) is not None
        for assessor, latest in newer.items()
        if latest > last
    )
    largest = sorted(rows, key=lambda row: -row[0])[:_MOST]
    return MapOutlines(tuple(_join(row[1:] for row in largest)), withheld)


def _read_newest(db: sqlite3.Connection, last: int) -> dict[str, int]:
    """Return the last day of which each assessor drew anything, up to a day."""
    rows = db.execute(
        "SELECT assessor, max(latest) FROM batch_outlines WHERE latest <= ? GROUP BY assessor",
        (last,),
    )
    return dict(rows.fetchall())


_Row = tuple[float, str, int, str, str, int, str]


def _read_areas(
    db: sqlite3.Connection,
    assessor: str,
    latest: int,
    south_north: tuple[float, float],
    west_east: tuple[float, float],
) -> Iterator[_Row]:
    """Yield an assessor's areas of one day: how large, whose, of when, what, licence, batch."""
    (south, north), (west, east) = south_north, west_east
    yield from db.execute(
        "SELECT (o.north - o.south) * (o.east - o.west), o.assessor, o.latest, o.control,"
        " o.licence, o.batch_id, o.geometry FROM batch_outlines o"
        " CROSS JOIN batches b ON b.id = o.batch_id"
        " CROSS JOIN controls c ON c.key = o.control"
        " WHERE o.assessor = ? AND o.latest = ? AND b.state = 'filed'"
        " AND o.south <= ? AND o.north >= ? AND o.west <= ? AND o.east >= ?",
        (assessor, latest, north, south, east, west),
    )


def _join(rows: Iterable[tuple[str, int, str, str, int, str]]) -> Iterator[MapOutline]:
    """Yield what is one assessor's, of one day and one status, together."""
    for (assessor, latest, control, licence), every in groupby(sorted(rows), lambda row: row[:4]):
        group = list(every)
        refs = dict.fromkeys(str(Ref(BATCH, row[4])) for row in group)
        areas = tuple(row[5] for row in group)
        yield MapOutline(assessor, number_day(latest), control, licence, tuple(refs), areas)
