"""A file of places → the gazetteer: what is missing is added, what was a guess gets its point.

Names that the desk gave a place are never touched. A file is read twice, line by line: first its
regions, then its settlements.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, fields

from store.model.refusals import StoreError
from store.model.text import fold
from store.places.build.geonames import keep_written_names
from store.places.build.regions import REGIONS
from store.places.build.rows import APPROXIMATE_KM, NameRow, PlaceRow
from store.places.fit import SAME_KM, Fitting
from store.places.geonames_file import Record
from store.places.ground import distance_km
from store.places.local_scripts import find_local_name
from store.places.name_key import name_key

_LOWEST, _SHIFT = 100_000, 900_000_000
_CODED = "UA"  # the country whose settlements the codifier has
_GONE = frozenset({"P.PPLH", "P.PPLCH"})  # no longer there
_SEATS = frozenset({"P.PPLC", "P.PPLA", "P.PPLA2"})
_CITY, _BIG = 50_000, 20_000  # people: is a city; has quarters
_CITY_KM = 0.013  # times the root of its people: so far from its middle lie a city's quarters
_BATCH = 1000
_LONGEST = 200  # characters of a name
_OBLASTS = {(region.prefix[:2], region.admin1): region.name for region in REGIONS if region.admin1}


class AdditionReport(Struct):
    """How many settlements were read, and what became of them; `repeated`: they were before."""

    read: int = 0
    added: int = 0
    refined: int = 0
    known: int = 0
    unclear: int = 0
    repeated: bool = False


def place_number(geonameid: int) -> int:
    """Return the number of a GeoNames place: its own, but for the few that codes have taken."""
    return geonameid if geonameid >= _LOWEST else _SHIFT + geonameid


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece; StoreError where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from None


def import_records(
    db: sqlite3.Connection, read: Callable[[], Iterable[Record]], report: AdditionReport
) -> None:
    """Bring records in, which `read` yields anew each time; `report` is filled."""
    _Import(db, report).run(read)


class _Import:
    def __init__(self, db: sqlite3.Connection, report: AdditionReport) -> None:
        self._db, self._report = db, report
        self._fitting = Fitting(db)
        self._oblasts: dict[tuple[str, str], tuple[str, int | None]] = {}
        self._raions: dict[tuple[str, str, str], int | None] = {}
        self._waiting: list[tuple[PlaceRow, list[NameRow]]] = []

    def run(self, read: Callable[[], Iterable[Record]]) -> None:
        for record in read():
            self._note_area(record)
        for record in read():
            if record.feature.startswith("P.") and record.feature not in _GONE:
                self._report.read += 1
                self._take(record)
        self._insert()
        self._refine()
        self._drop_misleading_names()
        self._find_cities_of_districts()

    # Areas

    def _note_area(self, record: Record) -> None:
        match record.feature:
            case "A.ADM1":
                self._note_region(record)
            case "A.ADM2" if record.country == _CODED:
                at = record.country, record.admin1, record.admin2
                self._raions[at] = self._area("raion", record)
            case "A.PCLI":
                self._note_country(record)

    def _note_country(self, record: Record) -> None:
        sql = "SELECT id FROM places WHERE kind = 'country' AND country = ?"
        if not self._one(sql, record.country):
            self._add_area(record, "country")

    def _note_region(self, record: Record) -> None:
        at = record.country, record.admin1
        name = _OBLASTS.get(at, record.name)
        known = self._one(
            "SELECT id FROM places WHERE country = ? AND oblast = ?"
            " AND (kind = 'region' OR id = oblast_id) LIMIT 1",
            record.country,
            name,
        )
        self._oblasts[at] = name, known or self._add_area(record, "region")

    def _add_area(self, record: Record, kind: str) -> int:
        row = self._row(record, kind, record.name if kind == "region" else "")
        row.approximate, row.population = APPROXIMATE_KM[kind], 0
        if not self._one("SELECT id FROM places WHERE id = ?", row.id):
            self._put(row, _names(row, record))
        return row.id

    def _area(self, kind: str, record: Record) -> int | None:
        oblast = _OBLASTS.get((record.country, record.admin1), "")
        return self._one(
            "SELECT p.id FROM place_names n CROSS JOIN places p ON p.id = n.place_id"
            " WHERE n.key = ? AND p.kind = ? AND p.oblast = ? LIMIT 1",
            name_key(record.name),
            kind,
            oblast,
        )

    # Settlements

    def _take(self, record: Record) -> None:
        at = record.country, record.admin1
        oblast, region = self._oblasts.get(at, (record.region or _OBLASTS.get(at, ""), None))
        number = self._find_known(record)
        if number is None and self._is_coded(record):
            raion = self._raions.get((*at, record.admin2))
            if self._fitting.add(record, oblast, raion):
                return
        if number is None and not record.number:
            number = self._find_namesake(record, oblast)
        if number is not None:
            self._meet(number, record)
            return
        row = self._row(record, _kind(record), oblast)
        row.oblast_id = region
        self._waiting.append((row, _names(row, record)))
        self._report.added += 1
        if len(self._waiting) >= _BATCH or not record.number:
            self._insert()

    def _find_known(self, record: Record) -> int | None:
        """Return the place of a record's number or code."""
        if record.number:
            return self._one("SELECT id FROM places WHERE id = ?", place_number(record.number))
        if record.code:
            return self._one("SELECT id FROM places WHERE code = ? AND code <> ''", record.code)
        return None

    def _is_coded(self, record: Record) -> bool:
        return record.country == _CODED or (not record.country and not record.number)

    def _meet(self, number: int, record: Record) -> None:
        """Give a place that is on record its point, where it has none of its own."""
        lacks = "SELECT id FROM places WHERE id = ? AND (latitude IS NULL OR approximate > 0)"
        if record.latitude is not None and self._one(lacks, number):
            self._set_point(number, record.latitude, record.longitude, record.population)
            self._report.refined += 1
        else:
            self._report.known += 1

    def _find_namesake(self, record: Record, oblast: str) -> int | None:
        """Return the place of a table's row that an earlier reading has added."""
        rows = self._db.execute(
            "SELECT p.id, p.latitude, p.longitude FROM place_names n"
            " CROSS JOIN places p ON p.id = n.place_id WHERE n.key = ? AND p.oblast = ?",
            (name_key(record.name), oblast),
        )
        for number, latitude, longitude in rows:
            if latitude is None or record.latitude is None or record.longitude is None:
                return int(number)
            if distance_km((latitude, longitude), (record.latitude, record.longitude)) <= SAME_KM:
                return int(number)
        return None

    def _row(self, record: Record, kind: str, oblast: str) -> PlaceRow:
        number = place_number(record.number) if record.number else self._next_number()
        key = f"gn:{record.number}" if record.number else f"file:{number}"
        row = PlaceRow(number, key, record.name, record.local_name, oblast)
        row.latitude, row.longitude = record.latitude, record.longitude
        row.population, row.country, row.kind = record.population, record.country, kind
        return row

    def _next_number(self) -> int:
        from store.editing.registry import OWN_PLACES  # noqa: PLC0415 -- it needs the gazetteer

        (highest,) = self._db.execute("SELECT max(id) FROM places").fetchone()
        return max(highest or 0, OWN_PLACES) + 1

    # Writing

    def _insert(self) -> None:
        for row, names in self._waiting:
            self._put(row, names)
        self._waiting.clear()

    def _put(self, row: PlaceRow, names: Iterable[NameRow]) -> None:
        self._db.execute(_INSERT_PLACE, astuple(row))
        self._db.executemany(
            "INSERT OR IGNORE INTO place_names (place_id, folded, name, kind, key)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (name.place_id, folded, name.name, name.kind, name_key(name.name))
                for name in names
                if (folded := fold(name.name))
            ],
        )

    def _refine(self) -> None:
        fit = self._fitting.settle()
        for number, spot in fit.refined.items():
            self._set_point(number, spot.latitude, spot.longitude, spot.population)
        self._report.refined += len(fit.refined)
        self._report.known += fit.known
        self._report.unclear += fit.unclear

    def _set_point(
        self, number: int, latitude: float, longitude: float | None, population: int
    ) -> None:
        self._db.execute(
            "UPDATE places SET latitude = ?, longitude = ?, approximate = 0,"
            " population = iif(population = 0, ?, population) WHERE id = ?",
            (latitude, longitude, population, number),
        )

    def _drop_misleading_names(self) -> None:
        """Take away other names of a file that are the official name of another place."""
        self._db.execute(
            "DELETE FROM place_names WHERE kind = 'gazetteer' AND EXISTS (SELECT 1"
            " FROM place_names o WHERE o.key = place_names.key"
            " AND o.place_id <> place_names.place_id"
            " AND o.kind IN ('official', 'romanised', 'preferred', 'local'))"
        )

    def _find_cities_of_districts(self) -> None:
        """Give each section of a city the city that it is near enough to be a part of."""
        cities = self._db.execute(
            "SELECT id, latitude, longitude, population FROM places"
            " WHERE kind = 'city' AND population >= ? AND latitude IS NOT NULL",
            (_BIG,),
        ).fetchall()
        districts = self._db.execute(
            "SELECT id, latitude, longitude FROM places WHERE kind = 'district'"
            " AND city_id IS NULL AND latitude IS NOT NULL"
        ).fetchall()
        for number, *here in districts:
            around = [
                (km, city)
                for city, lat, lon, people in cities
                if abs(lat - here[0]) < 1
                and (km := distance_km((lat, lon), (here[0], here[1]))) <= _CITY_KM * people**0.5
            ]
            if around:
                sql = "UPDATE places SET city_id = ? WHERE id = ?"
                self._db.execute(sql, (min(around)[1], number))

    def _one(self, sql: str, *values: str | int) -> int | None:
        row = self._db.execute(sql, values).fetchone()
        return int(row[0]) if row else None


_COLUMNS = [field.name for field in fields(PlaceRow)]
_INSERT_PLACE = (
    f"INSERT INTO places ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
)


def _kind(record: Record) -> str:
    if record.feature == "P.PPLX":
        return "district"
    is_city = record.feature in _SEATS or record.population >= _CITY
    return "city" if is_city else "locality"


def _names(row: PlaceRow, record: Record) -> list[NameRow]:
    """Return a record's names, one of each key; set the local one.

    Where the codifier has the official names, a record's own is but another one; so is a region's,
    which many share with their capital.
    """
    is_other = record.country == _CODED or row.kind == "region"
    own, local = ("other", "other") if is_other else ("romanised", "official")
    others = [name for name in keep_written_names(record.names, None) if len(name) <= _LONGEST]
    row.local_name = row.local_name or find_local_name(record.country, record.name, others)
    names = [(own, row.name), *([(local, row.local_name)] if row.local_name else [])]
    keys = {name_key(name) for _, name in names}
    for name in others:
        if (key := name_key(name)) and key not in keys:
            keys.add(key)
            names.append(("gazetteer", name))
    return [NameRow(row.id, name, kind) for kind, name in names]
