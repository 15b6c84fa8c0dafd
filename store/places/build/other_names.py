"""Which other names a place may keep: none that would lead to a neighbour, none said twice.

GeoNames gives some places the name of the village next to them (Hrodivka to Myrnohrad). A name that
is the official name of another settlement goes, and so does one that is much like the official name
of a settlement near by, unless it is a spelling of a name that is the place's own. A great city
keeps a name that only far villages bear: who writes Rostov may mean Rostov-on-Don.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from store.model.text import fold
from store.places.build.rows import Gazetteer, NameRow, PlaceRow
from store.places.ground import distance_km
from store.places.name_key import name_key

_OWN = frozenset({"official", "romanised", "renamed"})
_ALIKE = 80  # of 100, as rapidfuzz scores keys
_NEAR_KM = 25.0
_DEGREE_KM = 110.0  # of latitude, at least
_CELL = 1.0  # degrees: wider than what is near
_CITY = 30_000  # people
_GREAT_CITY = 500_000
_VOWELS = re.compile("[aeiou]")
_WRITTEN = frozenset({"region", "country"})
"""Kinds whose names are not GeoNames' but our own list's (regions.py, countries.py)."""

Cell = tuple[int, int]
Point = tuple[float, float]


def keep_names(gazetteer: Gazetteer) -> Gazetteer:
    """Return the gazetteer with those names that lead to their own place alone.

    Of two names of one key a place keeps the first, but for its official and romanised one.
    """
    sieve = _Sieve(gazetteer)
    return Gazetteer(gazetteer.places, list(sieve.pick(gazetteer.names)))


class _Sieve:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = {place.id: place for place in gazetteer.places}
        self._own: dict[int, set[str]] = defaultdict(set)
        self._bearers: dict[str, set[int]] = defaultdict(set)
        self._keys: dict[int, list[str]] = {}
        self._near: dict[Cell, list[tuple[PlaceRow, Point, str]]] = defaultdict(list)
        for name in gazetteer.names:
            if name.kind in _OWN:
                self._own[name.place_id].add(name_key(name.name))
            if name.kind == "official":
                self._add_bearer(self._places[name.place_id], name_key(name.name))

    def _add_bearer(self, place: PlaceRow, key: str) -> None:
        self._bearers[key].add(place.id)
        if place.kind in {"city", "settlement", "village"}:
            self._near[_cell(place)].append((place, _point(place), key))

    def pick(self, names: Iterable[NameRow]) -> Iterable[NameRow]:
        keys: set[tuple[int, str]] = set()
        folded: set[tuple[int, str]] = set()
        for name in names:
            number, key, plain = name.place_id, name_key(name.name), fold(name.name)
            is_new = (number, key) not in keys or name.kind == "romanised"
            if not key or not plain or not is_new or (number, plain) in folded:
                continue
            if name.kind in _OWN or self._leads_home(self._places[number], key):
                keys.add((number, key))
                folded.add((number, plain))
                yield name

    def _leads_home(self, place: PlaceRow, key: str) -> bool:
        if place.kind in _WRITTEN:
            return True
        own = self._own[place.id]
        if key in own or key == name_key(place.name):
            return True
        if others := self._bearers.get(key, set()) - {place.id}:
            return place.population >= _GREAT_CITY and all(
                _are_apart(place, self._places[other]) for other in others
            )
        if place.population >= _CITY and _consonants(key) in map(_consonants, own):
            return True  # Запорожье is Zaporizhzhia, whatever village beside it is called
        likeness = max((ratio(key, mine) for mine in own), default=0.0)
        theirs = extractOne(key, self._keys_near(place), scorer=ratio, score_cutoff=_ALIKE)
        return theirs is None or theirs[1] <= likeness

    def _keys_near(self, place: PlaceRow) -> list[str]:
        """Return the keys of the official names of settlements near by."""
        if place.id not in self._keys:
            here, (row, column) = _point(place), _cell(place)
            cells = [(row + a, column + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
            around = (other for cell in cells for other in self._near.get(cell, ()))
            self._keys[place.id] = [
                key
                for other, there, key in around
                if other is not place
                and abs(here[0] - there[0]) * _DEGREE_KM <= (within := _near_km(place, other))
                and distance_km(here, there) <= within
            ]
        return self._keys[place.id]


def _are_apart(place: PlaceRow, other: PlaceRow) -> bool:
    return distance_km(_point(place), _point(other)) > _near_km(place, other)


def _near_km(place: PlaceRow, other: PlaceRow) -> float:
    return _NEAR_KM + place.approximate + other.approximate


def _consonants(key: str) -> str:
    return _VOWELS.sub("", key)


def _point(place: PlaceRow) -> Point:
    return place.latitude or 0.0, place.longitude or 0.0


def _cell(place: PlaceRow) -> Cell:
    latitude, longitude = _point(place)
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL)
