"""Which GeoNames record is which settlement of the codifier: by name, region and nearest centre."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import NamedTuple

from store.places.build.codifier import CodifierUnit
from store.places.build.geonames import City, script_of, tidy
from store.places.ground import distance_km
from store.places.name_key import name_key

Point = tuple[float, float]

Pair = tuple[str, City]

_TOWN, _CITY = 2_000, 10_000  # people
_HROMADA_KM = 35.0  # its settlements lie nearer to its middle than this
_RAION_KM = 100.0


class Matching:
    """Settlements and the records found for them so far."""

    def __init__(
        self, units: Mapping[str, CodifierUnit], former: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._units, self._former = units, former
        self.by_code: dict[str, City] = {}
        self._taken: set[int] = set()
        self._points: dict[str, list[Point]] = defaultdict(list)

    def run(
        self, cities: Iterable[City], prefixes_of: Mapping[str, tuple[str, ...]]
    ) -> dict[str, City]:
        """Return the record of each settlement that has one; `prefixes_of` an admin1 code."""
        pool = list(cities)
        for as_former, names in _TIERS:
            index = self._index(as_former=as_former)
            pairs = (
                (code, city)
                for city in pool
                for key in names(city)
                for prefix in prefixes_of[city.admin1code]
                for code in index.get((prefix, key), ())
            )
            self._settle([pair for pair in dict.fromkeys(pairs) if self._is_open(*pair)])
        return self.by_code

    def _index(self, *, as_former: bool) -> dict[tuple[str, str], list[str]]:
        index: dict[tuple[str, str], list[str]] = defaultdict(list)
        for unit in self._units.values():
            for name in self._former.get(unit.code, ()) if as_former else (unit.name,):
                index[unit.code[:4], name_key(name)].append(unit.code)
        return index

    def _settle(self, pairs: list[Pair]) -> None:
        """Take the pairs that leave no choice, then towns of people, then the nearest."""
        for choose in (self._only_ones, self._towns, self._nearest):
            while chosen := choose(pairs):
                for code, city in chosen:
                    self._take(code, city)
                pairs = [pair for pair in pairs if self._is_open(*pair)]

    def _is_open(self, code: str, city: City) -> bool:
        return code not in self.by_code and city.geonameid not in self._taken

    def _only_ones(self, pairs: list[Pair]) -> list[Pair]:
        codes, ids = Counter(code for code, _ in pairs), Counter(c.geonameid for _, c in pairs)
        return [
            (code, city)
            for code, city in pairs
            if codes[code] == ids[city.geonameid] == 1 and self._distance(code, city).is_near
        ]

    def _towns(self, pairs: list[Pair]) -> list[Pair]:
        """Return the pairs of the one town among namesakes with the one record of many people."""
        return self._only_ones(
            [
                (code, city)
                for code, city in pairs
                if self._units[code].category in "KMTX" and city.population >= _TOWN
            ]
        )

    def _nearest(self, pairs: list[Pair]) -> list[Pair]:
        """Return the pairs in which each is the nearest that the other has.

        A record of very many people is a city's, if one bears the name, and no village's.
        """
        cities = {
            city.geonameid
            for code, city in pairs
            if self._units[code].category in "KM" and city.population >= _CITY
        }
        pairs = [
            (code, city)
            for code, city in pairs
            if city.geonameid not in cities or self._units[code].category in "KM"
        ]
        near = sorted(
            ((distance, *pair) for pair in pairs if (distance := self._distance(*pair)).is_near),
            key=lambda candidate: (candidate[0], candidate[1], candidate[2].geonameid),
        )
        codes, ids, chosen = set[str](), set[int](), list[Pair]()
        for _, code, city in near:
            if code not in codes and city.geonameid not in ids:
                chosen.append((code, city))
            codes.add(code)
            ids.add(city.geonameid)
        return chosen

    def _take(self, code: str, city: City) -> None:
        self.by_code[code] = city
        self._taken.add(city.geonameid)
        for area in self._units[code].above:
            self._points[area].append((city.latitude, city.longitude))

    def _distance(self, code: str, city: City) -> "Distance":
        """Return how far a record is from the middle of the smallest area that has one."""
        above = self._units[code].above[1:]
        for area in reversed(above):
            if points := self._points[area]:
                km = distance_km(middle(points), (city.latitude, city.longitude))
                return Distance(above.index(area) == 0, km)
        return Distance(by_raion=True, km=0.0)


class Distance(NamedTuple):
    """Kilometres from the middle of a hromada or, where none is known yet, of a raion."""

    by_raion: bool
    km: float

    @property
    def is_near(self) -> bool:
        """Whether a settlement of that area can lie there."""
        return self.km <= (_RAION_KM if self.by_raion else _HROMADA_KM)


def middle(points: list[Point]) -> Point:
    """Return the median of latitudes and of longitudes."""
    return median(lat for lat, _ in points), median(lon for _, lon in points)


def _main_name(city: City) -> Iterator[str]:
    yield name_key(tidy(city.name))


def _cyrillic_names(city: City) -> Iterator[str]:
    for name in city.alternatenames:
        if script_of(tidy(name)) == "CYRILLIC":
            yield name_key(tidy(name))


_TIERS = (
    (False, _main_name),
    (False, _cyrillic_names),
    (True, _main_name),
    (True, _cyrillic_names),
)
