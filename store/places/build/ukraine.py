"""The gazetteer of Ukraine: the codifier's units, with what GeoNames knows of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from store.places.build.area_names import area_names
from store.places.build.codifier import CodifierUnit
from store.places.build.geonames import City, keep_written_names, script_of, tidy
from store.places.build.match import Matching, Point, middle
from store.places.build.regions import REGIONS
from store.places.build.rows import APPROXIMATE_KM, Gazetteer, NameRow, PlaceRow
from store.places.ground import distance_km
from store.places.name_key import name_key
from store.places.romanise import romanise

SETTLEMENTS = frozenset("KMTXC")
SCRIPTS = frozenset({"LATIN", "CYRILLIC"})

_COUNTRY = "UA"
_KINDS = {"O": "region", "P": "raion", "H": "hromada", "K": "city", "M": "city"}
_KINDS |= {"T": "settlement", "X": "settlement", "C": "village", "B": "district"}
_AREAS = frozenset("OPH")
_DISTRICT_KM = 25.0
_RUSSIAN_LETTERS = frozenset("ыэёъ")
_BIG = 20_000  # people: only a city of as many has quarters
_CITY_KM = 0.013  # times the root of its people: so far from its middle lie a city's quarters
# What surrounds Sevastopol GeoNames has in the city, the codifier in Crimea.
_EITHER = {"20": ("UA85", "UA01"), "11": ("UA01", "UA85")}
_REGIONS = {region.prefix: region for region in REGIONS}
_PREFIXES = {
    region.admin1: _EITHER.get(region.admin1, (region.prefix,))
    for region in REGIONS
    if region.prefix.startswith(_COUNTRY)
}


class Ukraine:
    """Puts places and names together; `former` are the names that a unit had before, by code."""

    def __init__(
        self,
        units: Mapping[str, CodifierUnit],
        former: Mapping[str, tuple[str, ...]],
        cities: Sequence[City],
    ) -> None:
        self._units, self._former, self._cities = units, former, cities
        settlements = {c: unit for c, unit in units.items() if unit.category in SETTLEMENTS}
        matching = Matching(settlements, former)
        self._own = matching.run((c for c in cities if not c.is_district), _PREFIXES)
        self._districts = self._find_districts()
        self._below = _group_by_area(settlements.values())
        self._points = self._find_middles(settlements.values())
        self._numbers: Mapping[str, int] = {}
        self._rows: dict[str, PlaceRow] = {}
        self._names: list[NameRow] = []

    def codes_without_record(self) -> list[str]:
        """Return the codes of all units for which GeoNames has no record, in order."""
        return sorted(set(self._units) - set(self._own) - set(self._districts))

    def build(self, numbers: Mapping[str, int]) -> Gazetteer:
        """Return all places of Ukraine with their names, areas before what lies in them.

        `numbers` are the place numbers of the units without a record, by code.
        """
        self._numbers = numbers
        self._add_country()
        for code, unit in self._units.items():
            if unit.category in _AREAS:
                self._add_area(unit)
            elif unit.category in SETTLEMENTS:
                self._add_settlement(unit, self._own.get(code))
        self._add_districts()
        return Gazetteer(list(self._rows.values()), self._names)

    # Areas

    def _add_country(self) -> None:
        row = PlaceRow(self._numbers[_COUNTRY], "ua:UA", "Ukraine", "Україна", code=_COUNTRY)
        row.kind, row.country, row.approximate = "country", _COUNTRY, APPROXIMATE_KM["country"]
        row.latitude, row.longitude = self._points[""]
        self._add(row, [("official", "Україна"), ("romanised", "Ukraina"), ("other", "Ukraine")])

    def _add_area(self, unit: CodifierUnit) -> None:
        row = self._row(unit, None)
        former = self._former.get(unit.code, ())
        row.name, row.local_name, names = area_names(unit, former, self._below[unit.code])
        self._place_roughly(row, unit)
        row.approximate = APPROXIMATE_KM[row.kind]
        self._add(row, names)

    # Settlements

    def _add_settlement(self, unit: CodifierUnit, city: City | None) -> None:
        row = self._row(unit, city)
        row.local_name, row.name = unit.name, romanise(unit.name)
        if unit.category == "K":
            row.oblast_id = row.id
        others = self._set_record(row, city) if city else []
        if not city:
            self._place_roughly(row, unit)
        former = [("renamed", name) for name in self._former.get(unit.code, ())]
        self._add(row, [("official", row.local_name), ("romanised", row.name), *former, *others])

    def _set_record(self, row: PlaceRow, city: City) -> list[tuple[str, str]]:
        """Take point and people of a record; return its names."""
        row.latitude, row.longitude = city.latitude, city.longitude
        row.population = 0 if row.kind == "district" else city.population
        names = keep_written_names((city.name, *city.alternatenames), SCRIPTS)
        return [("other", name) for name in names]

    def _row(self, unit: CodifierUnit, city: City | None) -> PlaceRow:
        number = self._numbers.get(unit.code) or (city and city.geonameid)
        if not number:
            raise LookupError(unit.code)
        key = f"gn:{number}" if city and number == city.geonameid else f"ua:{unit.code}"
        row = PlaceRow(number, key, "", code=unit.code, kind=_KINDS[unit.category])
        row.country, row.oblast = _COUNTRY, _REGIONS[unit.code[:4]].name
        for area in (self._rows[code] for code in unit.above):
            if area.kind in {"raion", "hromada"}:
                setattr(row, area.kind, area.name)
                setattr(row, f"{area.kind}_id", area.id)
            elif area.kind in {"region", "city"} and row.oblast_id is None:
                row.oblast_id = area.id
        return row

    def _place_roughly(self, row: PlaceRow, unit: CodifierUnit) -> None:
        """Put a place into the middle of the smallest area round it that has one."""
        for code in (unit.code, *reversed(unit.above)):
            if point := self._points.get(code):
                row.latitude, row.longitude = point
                row.approximate = APPROXIMATE_KM.get(_KINDS[self._units[code].category], 0)
                return

    # Parts of cities

    def _find_districts(self) -> dict[str, City]:
        """Return the records of city districts, by code."""
        by_code: dict[str, City] = {}
        records = {c.geonameid: c for c in self._cities if c.is_district}
        names = {
            number: {name_key(tidy(name)) for name in (city.name, *city.alternatenames)}
            for number, city in records.items()
        }
        for unit in self._units.values():
            if unit.category == "B" and (around := self._own.get(unit.above[-1])):
                wanted = {name_key(unit.name), name_key(f"{unit.name} район")}
                for number, city in records.items():
                    if wanted & names[number] and _distance(around, city) <= _DISTRICT_KM:
                        by_code[unit.code] = records.pop(number)
                        break
        return by_code

    def _add_districts(self) -> None:
        for unit in self._units.values():
            if unit.category == "B":
                self._add_district(unit, self._districts.get(unit.code))
        settled = (*self._own.values(), *self._districts.values())
        numbers = {city.geonameid for city in settled}
        for city in self._cities:
            if city.geonameid not in numbers:
                self._add_quarter(city)

    def _add_district(self, unit: CodifierUnit, record: City | None) -> None:
        around = self._rows[unit.above[-1]]
        row = self._row(unit, record)
        row.local_name, row.name = f"{unit.name} район", f"{romanise(unit.name)} District"
        row.city_id, row.oblast_id = around.id, around.oblast_id
        others = self._set_record(row, record) if record else []
        if not record:
            row.latitude, row.longitude = around.latitude, around.longitude
            row.approximate = max(around.approximate, APPROXIMATE_KM["hromada"])
        former = [("renamed", f"{name} район") for name in self._former.get(unit.code, ())]
        latin = romanise(row.local_name).replace("raion", "Raion")
        plain = [("other", row.name), ("other", unit.name)]
        own = [("official", row.local_name), ("romanised", latin)]
        self._add(row, [*own, *former, *plain, *others])

    def _add_quarter(self, city: City) -> None:
        """Add what only GeoNames has: a quarter of a city, or a place that is no settlement now."""
        region = _REGIONS[_PREFIXES[city.admin1code][0]]
        around = next(row for code, row in self._rows.items() if code.startswith(region.prefix))
        row = PlaceRow(city.geonameid, f"gn:{city.geonameid}", tidy(city.name), country=_COUNTRY)
        row.kind, row.oblast = "locality", region.name
        row.oblast_id = around.id
        if town := self._city_around(city):
            row.kind, row.city_id = "district", town.id
            row.raion, row.raion_id = town.raion, town.raion_id
            row.hromada, row.hromada_id = town.hromada, town.hromada_id
        others = self._set_record(row, city)
        row.local_name = _ukrainian(row.name, [name for _, name in others])
        self._add(row, others)

    def _city_around(self, city: City) -> PlaceRow | None:
        """Return the city of which a record is a part: the one within whose radius it lies."""
        cities = (r for r in self._rows.values() if r.kind == "city" and r.population >= _BIG)
        near = ((_km(r, city), r) for r in cities)
        inside = [(km, r.id, r) for km, r in near if km <= _CITY_KM * r.population**0.5]
        return min(inside)[2] if inside else None

    # All

    def _add(self, row: PlaceRow, names: Iterable[tuple[str, str]]) -> None:
        self._rows[row.code or row.key] = row
        self._names += [NameRow(row.id, name, kind) for kind, name in names]

    def _find_middles(self, settlements: Iterable[CodifierUnit]) -> dict[str, Point]:
        points: dict[str, list[Point]] = defaultdict(list)
        for unit in settlements:
            if city := self._own.get(unit.code):
                for area in ("", *unit.above):
                    points[area].append((city.latitude, city.longitude))
        return {area: middle(here) for area, here in points.items()}


def _group_by_area(settlements: Iterable[CodifierUnit]) -> dict[str, list[CodifierUnit]]:
    below: dict[str, list[CodifierUnit]] = defaultdict(list)
    for unit in settlements:
        for area in unit.above:
            below[area].append(unit)
    return below


def _distance(city: City, other: City) -> float:
    return distance_km((city.latitude, city.longitude), (other.latitude, other.longitude))


def _km(row: PlaceRow, city: City) -> float:
    if row.latitude is None or row.longitude is None:
        return float("inf")
    return distance_km((row.latitude, row.longitude), (city.latitude, city.longitude))


def _ukrainian(name: str, others: Iterable[str]) -> str:
    """Return the Ukrainian one of a record's names: Cyrillic, with no letter of Russian alone."""
    ukrainian = [
        other
        for other in others
        if script_of(other) == "CYRILLIC" and not _RUSSIAN_LETTERS & set(other.lower())
    ]
    alike = (other for other in ukrainian if name_key(other) == name_key(name))
    return next(alike, ukrainian[0] if ukrainian else "")
