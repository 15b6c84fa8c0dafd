"""Which settlement without a point of its own a record is: by name, area and nearness."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from store.places.build.geonames import script_of, tidy
from store.places.geonames_file import Record
from store.places.ground import distance_km
from store.places.name_key import name_key

SAME_KM = 5.0
"""So near is a record to a settlement of its name that has its point already."""
_BEYOND_KM = 15.0  # so much farther than its area's middle may a settlement lie
_CLEAR_KM, _CLEAR_TIMES = 3.0, 1.5  # what is that much farther is no rival


class Settlement(Struct, frozen=True):
    """A settlement of the codifier; `approximate` 0 says that its point is its own."""

    id: int
    raion_id: int | None
    latitude: float
    longitude: float
    approximate: int


class Spot(Struct, frozen=True):
    """Where a record is, and how many people live there (0: unknown)."""

    latitude: float
    longitude: float
    population: int


class Fit(Struct):
    """What came of the records of one country."""

    refined: dict[int, Spot]
    known: int = 0
    unclear: int = 0


class Fitting:
    """Holds records against the codifier's settlements."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._bearers: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
        rows = db.execute(
            "SELECT p.oblast, n.key, p.id, p.raion_id, p.latitude, p.longitude, p.approximate"
            " FROM places p CROSS JOIN place_names n ON n.place_id = p.id"
            " WHERE p.code <> '' AND p.kind IN ('city', 'settlement', 'village')"
            " AND p.latitude IS NOT NULL AND n.kind IN ('official', 'renamed')"
        )
        for oblast, key, *settlement in rows:
            self._bearers[oblast, key].append(Settlement(*settlement))
        self._spots: list[Spot] = []
        self._pairs: list[tuple[float, Settlement, int]] = []
        self._result = Fit({})

    def add(self, record: Record, oblast: str, raion_id: int | None) -> bool:
        """Hold a record against the settlements of an oblast; False if none bears its name."""
        if record.latitude is None or record.longitude is None:
            return False
        here = record.latitude, record.longitude
        by_key = (self._bearers.get((oblast, key)) for key in _keys(record))
        bearers = next(filter(None, by_key), None)
        if not bearers:
            return False
        if raion_id is not None:
            bearers = [bearer for bearer in bearers if bearer.raion_id == raion_id]
        distances = [(distance_km(here, (b.latitude, b.longitude)), b) for b in bearers]
        if any(not b.approximate and km <= SAME_KM for km, b in distances):
            self._result.known += 1
            return True
        near = [
            (km, b) for km, b in distances if b.approximate and km <= b.approximate + _BEYOND_KM
        ]
        if near:
            self._pairs += [(km, b, len(self._spots)) for km, b in near]
            self._spots.append(Spot(*here, record.population))
        else:
            self._result.unclear += 1
        return True

    def settle(self) -> Fit:
        """Give each settlement the nearest record, where no other could as well be meant."""
        taken: set[int] = set()
        of_spot: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for km, settlement, spot in self._pairs:
            of_spot[spot].append((km, settlement.id))
        self._pairs.sort(key=lambda pair: (pair[0], pair[1].id, pair[2]))
        for km, settlement, spot in self._pairs:
            if spot in taken or settlement.id in self._result.refined:
                continue
            rivals = [number for other, number in of_spot[spot] if _is_rival(km, other)]
            if self._is_clear(rivals, settlement.id):
                self._result.refined[settlement.id] = self._spots[spot]
            else:
                self._result.unclear += 1
            taken.add(spot)
        self._result.unclear += len(self._spots) - len(taken)
        return self._result

    def _is_clear(self, rivals: Sequence[int], settlement: int) -> bool:
        return all(n == settlement or n in self._result.refined for n in rivals)


def _is_rival(km: float, other: float) -> bool:
    return other <= km * _CLEAR_TIMES + _CLEAR_KM


def _keys(record: Record) -> Iterable[str]:
    yield name_key(record.name)
    for name in (record.local_name, *record.names):
        if script_of(tidy(name)) == "CYRILLIC":
            yield name_key(tidy(name))
