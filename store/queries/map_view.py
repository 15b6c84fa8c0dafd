"""What a map shows of the record: places within a frame, and who says how they stand.

Only places are read, never where a unit or a person is; and what is younger than a day that the
desk sets is not shown any finer than its settlement.
"""

import asyncio
import math
import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from heapq import nlargest

from msgspec import Struct

from store.db.as_list import as_list
from store.db.database import Database
from store.db.part import Part, query
from store.model.entry import OPEN_START, Entry, Place, day_number, number_day
from store.places.areas import NO_AREA, list_places_around, list_places_within
from store.places.bearers import AREA_KINDS, SETTLEMENT_KINDS
from store.places.stored import PLACE_COLUMNS
from store.queries.entries import load
from store.queries.map_outlines import MapOutlines, read_outlines
from store.queries.place_overview import OPENED
from store.queries.place_reading import PlaceReading

KM_A_DEGREE = 111.32
_TOWNS, _MARKED = 70, 60
"""Settlements that are drawn, the largest first; places on record, the newest entries first."""
_CLAIMS = 6


class Frame(Struct, frozen=True):
    """What a map shows: the middle, in degrees, and how wide and high it is, in kilometres."""

    latitude: float
    longitude: float
    wide: float
    high: float

    @property
    def south_north(self) -> tuple[float, float]:
        """Its southern and its northern edge, in degrees."""
        half = self.high / 2 / KM_A_DEGREE
        return self.latitude - half, self.latitude + half

    @property
    def west_east(self) -> tuple[float, float]:
        """Its western and its eastern edge, in degrees."""
        half = self.wide / 2 / KM_A_DEGREE / math.cos(math.radians(self.latitude))
        return self.longitude - half, self.longitude + half

    def holds(self, place: Place) -> bool:
        """Tell whether a place lies in it."""
        if place.latitude is None or place.longitude is None:
            return False
        (south, north), (west, east) = self.south_north, self.west_east
        return south <= place.latitude <= north and west <= place.longitude <= east


class MapDay(Struct, frozen=True):
    """The day of which a map tells; after `settled`, nothing is shown finer than its settlement."""

    day: date
    settled: date


class MapPlace(Struct, frozen=True):
    """A place on record in the frame: the newest assessment of each assessor, claims of control.

    Where it was assessed it has claims only as long as a menu has room for them.
    """

    place: Place
    assessments: tuple[Entry, ...]
    claims: tuple[Entry, ...]


class MapView(Struct, frozen=True):
    """What a map shows. `withheld` places have only what is too young to be shown so finely."""

    frame: Frame
    towns: tuple[Place, ...]
    marked: tuple[MapPlace, ...]
    withheld: int
    more: int
    outlines: MapOutlines


def read_map_view(db: sqlite3.Connection, frame: Frame, when: MapDay, asked: int = 0) -> MapView:
    """Return what a map of the frame shows of a day; a settlement `asked` about in any case."""
    middle = Place(0, "", "", "", frame.latitude, frame.longitude, 0)
    reach = math.hypot(frame.wide, frame.high) / 2
    near = (part.place for part in list_places_around(db, middle, reach))
    here = [
        place
        for place in dict.fromkeys(_find_city(db, place) for place in near)
        if frame.holds(place) and place.kind not in AREA_KINDS
    ]
    marked: list[_ControlNumbers] = []
    withheld = 0
    for place in here:
        day = when.day if place.kind in SETTLEMENT_KINDS else min(when.day, when.settled)
        stated = _ControlNumbers(db, place, day)
        if stated.is_anything:
            marked.append(stated)
        else:
            withheld += day < when.day and _ControlNumbers(db, place, when.day).is_anything
    shown, more = marked[:_MARKED], len(marked[_MARKED:])
    towns = _read_towns(db, frame, asked)
    drawn = read_outlines(db, when.day, when.settled, frame.south_north, frame.west_east)
    return MapView(frame, towns, _load_places(db, shown), withheld, more, drawn)


def find_frame(
    db: sqlite3.Connection, place: Place, *, around: bool, wide: float | None, shape: float
) -> Frame | None:
    """Return the frame of a map of a place, `shape` times as high as it is wide.

    An area's holds its places on record. None where nobody knows where the place lies.
    """
    narrowest = 60.0
    if place.kind not in AREA_KINDS or around:
        if place.latitude is None or place.longitude is None:
            return None
        width = wide or narrowest
        return Frame(place.latitude, place.longitude, width, width * shape)
    inside = [part.place for part in list_places_within(db, place)]
    inside = [part for part in inside if part.kind not in AREA_KINDS] or [place]
    norths = [part.latitude for part in inside if part.latitude is not None]
    easts = [part.longitude for part in inside if part.longitude is not None]
    if not norths or not easts:
        return None
    north, east = (min(norths) + max(norths)) / 2, (min(easts) + max(easts)) / 2
    high = (max(norths) - min(norths)) * KM_A_DEGREE
    across = (max(easts) - min(easts)) * KM_A_DEGREE * math.cos(math.radians(north))
    width = wide or max(narrowest, across * 1.3, high * 1.3 / shape)
    return Frame(north, east, width, width * shape)


def _find_city(db: sqlite3.Connection, place: Place) -> Place:
    """Return the city of a district, whose entries are the city's too; any other place itself."""
    if place.kind != "district":
        return place
    row = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM places d CROSS JOIN places p ON p.id = d.city_id"
        " WHERE d.id = ?",
        (place.id,),
    ).fetchone()
    return Place(*row) if row else place


class _ControlNumbers:
    """The numbers of what was said by a day of who holds a place, newest first."""

    def __init__(self, db: sqlite3.Connection, place: Place, day: date) -> None:
        self._db, self.place, self._day = db, place, day
        self.reading = PlaceReading(db, place.id, day)
        self.assessments, _ = self.reading.assessments()

    @property
    def is_anything(self) -> bool:
        return bool(self.assessments or self.claims)

    @cached_property
    def claims(self) -> list[int]:
        """Those of the newest claims that give a status."""
        rows = {
            row
            for inner in self.reading.places
            for row in self._db.execute(
                "SELECT ep.latest, ep.entry_id, e.control IS NOT NULL FROM entry_places ep"
                " CROSS JOIN entries e ON e.id = ep.entry_id WHERE ep.place_id = ? AND ep.live = 1"
                " AND ep.kind = 'claim' AND ep.has_control = 1 AND ep.latest BETWEEN ? AND ?"
                " ORDER BY ep.latest DESC, ep.entry_id DESC LIMIT ?",
                (inner, OPEN_START, day_number(self._day), _CLAIMS),
            )
        }
        newest = sorted(rows, reverse=True)[:_CLAIMS]
        return [
            number
            for latest, number, gives_status in newest
            if gives_status and number_day(latest) <= self._day
        ]


def _load_places(db: sqlite3.Connection, marked: Sequence[_ControlNumbers]) -> tuple[MapPlace, ...]:
    """Return the places with the entries of all of them, read together."""
    numbers: dict[int, None] = {}
    shown: list[tuple[_ControlNumbers, Sequence[int]]] = []
    for stated in marked:
        claims = stated.claims if not stated.assessments or len(numbers) < OPENED else ()
        numbers |= dict.fromkeys((*stated.assessments, *claims))
        shown.append((stated, claims))
    entries = {entry.id: entry for entry in load(db, list(numbers))}
    return tuple(
        MapPlace(
            stated.place,
            tuple(stated.reading.keep_links(entries[number]) for number in stated.assessments),
            tuple(entries[number] for number in claims),
        )
        for stated, claims in shown
    )


def _read_towns(db: sqlite3.Connection, frame: Frame, asked: int) -> tuple[Place, ...]:
    """Return the largest settlements in the frame of which it is known where they lie."""
    (south, north), (west, east) = frame.south_north, frame.west_east
    rows = db.execute(
        "SELECT p.population, -p.id, p.kind FROM places p WHERE p.latitude BETWEEN ? AND ?"
        f" AND p.longitude BETWEEN ? AND ? AND {NO_AREA} AND p.approximate = 0",
        (south, north, west, east),
    )
    inside = [(population, number) for population, number, kind in rows if kind in SETTLEMENT_KINDS]
    chosen = [-number for _, number in nlargest(_TOWNS, inside)]
    chosen += [asked] if asked and asked not in chosen else []
    loaded = db.execute(
        f"SELECT {PLACE_COLUMNS} FROM json_each(?) wanted"
        " CROSS JOIN places p ON p.id = wanted.value",
        (as_list(chosen),),
    )
    return tuple(place for row in loaded if (place := Place(*row)).kind in SETTLEMENT_KINDS)


class MapViews(Part):
    """What maps show. One is read at a time, so that many maps keep no other answer waiting."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._turn = asyncio.Semaphore(1)

    frame = query(find_frame)

    async def read(self, frame: Frame, when: MapDay, asked: int = 0) -> MapView:
        """Return what a map of the frame shows of a day; a settlement `asked` about in any case."""
        if self.db.is_at_hand:  # with all else that is read for one answer
            return await self.db.read(read_map_view, frame, when, asked)
        async with self._turn:
            return await self.db.read(read_map_view, frame, when, asked)
