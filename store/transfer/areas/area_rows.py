"""Areas of a file → a row for each place inside: its assessor's assessment of that day.

The gazetteer knows places as points. So a place is inside, outside, or too close to the edge to
tell; a town is partly inside where some of its districts are and others are not.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from store.model.entry import day_number
from store.model.ref import PLACE, Ref
from store.places.bearers import AREA_KINDS
from store.places.name_key import name_key
from store.transfer.areas.outline import Outline, Sides, find_sides, read_outline, simplify
from store.transfer.columns.template import Template, parse_template
from store.transfer.days.desk_days import DeskDays
from store.transfer.fields import is_field
from store.transfer.formats.raw_row import Raw, Remarks
from store.transfer.import_problems import Fault, Refused, RowProblem

EDGE_KM = 0.5
"""How far a point of the gazetteer may be from the middle of its place."""
_MOST_POINTS = 2000  # of an outline that is kept
_DISTRICT = "district"
_NEEDED = ("by", "day", "control")
_LONGEST = 200  # characters of what is kept of an outline's name


class AreaPlan(Struct, frozen=True):
    """What is said of a file's areas, if they do not say it themselves.

    `control` is a status, or in braces the property that has it; `licence` is the outline's.
    """

    by: str = ""
    day: str = ""
    control: str = ""
    source: str = ""
    licence: str = ""


class KeptOutline(Struct, frozen=True):
    """An outline as it is kept with its batch; the geometry is a MultiPolygon of GeoJSON.

    `latest` is its day as a number, None where it is none; it lies between the four degrees.
    """

    name: str
    assessor: str
    day: str
    control: str
    source: str
    licence: str
    geometry: str
    latest: int | None
    south: float
    west: float
    north: float
    east: float


class _Area(Struct, frozen=True):
    """One area of a file: its row, its name, our fields in it, and what it encloses."""

    row: int
    name: str
    fields: Mapping[str, Any]
    outline: Outline
    sides: Sides
    parts: frozenset[int]
    """Towns of which some districts lie inside and others outside."""

    @property
    def assessment(self) -> tuple[str, str]:
        """Whose it is, and of which day."""
        return f"{self.fields['by']}", f"{self.fields['day']}"

    @property
    def control(self) -> str:
        """The status of what lies inside."""
        return f"{self.fields['control']}"


_Which = tuple[str, str, int]
"""Whose assessment, of which day, of which place."""


class _Statuses(Struct):
    """Which statuses areas give a place."""

    by_place: dict[_Which, set[str]] = {}

    def add(self, area: _Area, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.by_place.setdefault((*area.assessment, number), set()).add(area.control)


class OutlineRows:
    """Reads a file's areas; `db` is set anew for each hop, as that of `Known` is."""

    db: sqlite3.Connection

    def __init__(
        self,
        plan: AreaPlan,
        translate: Callable[[Raw], Raw] | None,
        remarks: Remarks,
        days: DeskDays,
        find_control: Callable[[str], str],
    ) -> None:
        self._plan, self._translate, self._remarks = plan, translate, remarks
        self._days, self._find_control = days, find_control
        self._control: Template = parse_template(plan.control)
        self._places: _Places | None = None
        self.outlines: list[KeptOutline] = []
        self.dropped: set[str] = set()
        """Properties that are no field of ours and were not taken over."""

    def expand(self, rows: Iterator[Raw | RowProblem]) -> Iterator[Raw | RowProblem]:
        """Yield rows, and at the end one for each place inside an area; what is wrong with one."""
        areas: list[_Area] = []
        for row in rows:
            if isinstance(row, RowProblem) or row.outline is None:
                if self._plan.by and _is_no_area(row):
                    self._remarks.passed += 1
                else:
                    yield row
                continue
            read = self._read(row)
            if isinstance(read, _Area):
                areas.append(read)
            else:
                yield read
        if areas:
            yield from self._list_places(areas)

    def _read(self, raw: Raw) -> "_Area | Raw | RowProblem":
        """Return an area; the row as it is where it names its place; or what is wrong."""
        assert raw.outline is not None  # noqa: S101 -- only such rows come here
        try:
            fields = self._fields(raw)
            if any(value for name, value in fields.items() if name.startswith("place")):
                self._remarks.areas += 1
                return Raw(raw.row, raw.data)
            _require(fields, raw.outline)
            fields["control"] = self._read_control(f"{fields['control']}")
            outline = read_outline(raw.outline)
            sides, parts = self._places_of_record().divide(outline)
        except Refused as refused:
            return refused.at(raw.row, "geometry")
        except ValueError as error:
            return RowProblem(raw.row, "geometry", Fault.NO_OUTLINE, f"{error}")
        if not sides.inside and not parts:
            return RowProblem(raw.row, "geometry", Fault.NOTHING_INSIDE, f"{len(sides.edge)}")
        name = str(raw.data.get("name") or "")[:_LONGEST]
        return _Area(raw.row, name, fields, outline, sides, parts)

    def _fields(self, raw: Raw) -> dict[str, Any]:
        """Return an area's fields of ours, with what the plan says where it says nothing."""
        plan = self._plan
        if self._translate:
            fields = dict(self._translate(raw).data)
        else:
            fields = {name: value for name, value in raw.data.items() if is_field(name)}
            self.dropped |= raw.data.keys() - fields.keys()
        named = "".join(
            part if isinstance(part, str) else part.value(raw.data) for part in self._control.parts
        )
        given = {"by": plan.by, "day": plan.day, "control": named, "source": plan.source}
        if any(name.startswith("source") and fields[name] for name in fields):
            del given["source"]
        defaults = {"kind": "assessment", "type": "control", "by_kind": "organisation"}
        own = {name: value for name, value in fields.items() if value or value == 0}
        return {**defaults, **{name: value for name, value in given.items() if value}, **own}

    def _read_control(self, text: str) -> str:
        try:
            return self._find_control(text)
        except Refused as refused:
            refused.field = "control"
            raise

    def _places_of_record(self) -> "_Places":
        if self._places is None:
            self._places = _Places(self.db)
        return self._places

    def _list_places(self, areas: Sequence[_Area]) -> Iterator[Raw | RowProblem]:
        """Yield a row for each place inside; a place that lies in two that differ is a problem."""
        places = self._places_of_record()
        inside, edge = _Statuses(), _Statuses()
        for area in areas:
            inside.add(area, area.sides.inside | area.parts)
            edge.add(area, area.sides.edge - area.parts)
        done: set[_Which] = set()
        for area in areas:
            for number in sorted(area.sides.inside | area.parts):
                which = (*area.assessment, number)
                if which in done:
                    continue
                done.add(which)
                statuses = inside.by_place[which]
                if len(statuses) > 1:
                    both = ", ".join(sorted(statuses))
                    problem = Fault.TWO_STATUSES
                    yield RowProblem(area.row, "geometry", problem, places.name(number), both)
                elif edge.by_place.get(which, statuses) == statuses:
                    yield Raw(area.row, self._row(area, number), plain=True)
                else:  # near the edge of an area of another status
                    done.discard(which)
            self._keep(area)
        left = {number for *_, number in edge.by_place} - {number for *_, number in done}
        self._remarks.edge += [places.name(number) for number in sorted(left)]
        self._remarks.about += places.count_about([area.outline for area in areas])

    def _row(self, area: _Area, number: int) -> dict[str, Any]:
        """Return the row of one place inside an area."""
        fields, names = dict(area.fields), self._places_of_record().names
        key = fields.get("key") or f"outline:{name_key(str(fields['by']))[:60]}:{fields['day']}"
        fields["key"] = f"{key}:P-{number}"
        status = self._places_of_record().labels.get(f"{fields['control']}", fields["control"])
        fields.setdefault("text", f"{names[number]} lies within the area marked “{status}”.")
        if number in area.parts:
            fields.setdefault("share", "part")
        return {**fields, "places": [{"place": str(Ref(PLACE, number))}]}

    def _keep(self, area: _Area) -> None:
        geometry = json.dumps(simplify(area.outline, _MOST_POINTS), separators=(",", ":"))
        source = area.fields.get("source") or self._plan.source
        kept = KeptOutline(
            area.name,
            *area.assessment,
            area.control,
            f"{source}"[:_LONGEST],
            self._plan.licence[:_LONGEST],
            geometry,
            self._read_day(f"{area.fields['day']}"),
            *area.outline.bounds,
        )
        self.outlines.append(kept)

    def _read_day(self, day: str) -> int | None:
        with suppress(Refused):  # then its rows are refused for it
            return day_number(self._days.span(day, "").latest)
        return None


def _require(fields: Mapping[str, Any], geometry: Mapping[str, Any]) -> None:
    """Refuse an area that is not said to be somebody's assessment of a day."""
    if missing := [name for name in _NEEDED if not fields.get(name)]:
        raise Refused(Fault.AREA, "geometry", f"{geometry.get('type')}", ", ".join(missing))


def _is_no_area(row: Raw | RowProblem) -> bool:
    return isinstance(row, Raw) or (row.fault is Fault.AREA and row.field == "geometry")


class _Places:
    """Every settlement of the gazetteer that is a point, and the districts of towns."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.names: dict[int, str] = {}
        self.labels = dict(db.execute("SELECT key, label FROM controls").fetchall())
        self._spots: dict[int, tuple[float, float]] = {}
        self._about: dict[int, tuple[float, float]] = {}
        self._districts: dict[int, tuple[float, float]] = {}
        self._town_of: dict[int, int] = {}
        rows = db.execute(
            "SELECT id, name, latitude, longitude, approximate, kind, city_id FROM places"
            " WHERE latitude IS NOT NULL"
        )
        for number, name, north, east, approximate, kind, town in rows:
            self.names[number] = name
            if kind == _DISTRICT and town is not None:
                if not approximate:
                    self._districts[number] = (north, east)
                    self._town_of[number] = town
            elif kind not in AREA_KINDS:
                (self._about if approximate else self._spots)[number] = (north, east)

    def name(self, number: int) -> str:
        """Return how a report names a place."""
        return f"{self.names[number]} ({Ref(PLACE, number)})"

    def divide(self, outline: Outline) -> tuple[Sides, frozenset[int]]:
        """Return which places lie on which side, and which towns have districts on either."""
        sides = find_sides(outline, self._spots, EDGE_KM)
        districts = find_sides(outline, self._districts, EDGE_KM)
        towns = self._spots.keys() & {*self._town_of.values()}
        within = {self._town_of[number] for number in districts.inside} | (towns & sides.inside)
        outside = self._districts.keys() - districts.inside - districts.edge
        beyond = {self._town_of[number] for number in outside}
        beyond |= towns - sides.inside - sides.edge
        return sides, frozenset(within & beyond & towns)

    def count_about(self, outlines: Sequence[Outline]) -> int:
        """Return of how many places the rough position lies inside."""
        sides = [find_sides(outline, self._about).inside for outline in outlines]
        return len(frozenset[int]().union(*sides))
