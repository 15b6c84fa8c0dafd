"""The names of well-known cities that the gazetteer leaves out, for `store/places/elsewhere`."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable

from store.places.build.geonames import City, keep_written_names
from store.places.build.rows import Gazetteer
from store.places.name_key import name_key, spell_out

_NEIGHBOURS = frozenset({"BY", "HU", "MD", "PL", "RO", "RU", "SK"})
_TOWN, _CITY = 20_000, 200_000
"""People from which a place is well known: of the neighbouring countries, and of all others."""
_SCRIPTS = frozenset({"LATIN", "CYRILLIC"})
_KEY = re.compile("[a-z]{3,20}")


def list_names_elsewhere(cities: Iterable[City], gazetteer: Gazetteer) -> list[str]:
    """Return the keys of the names of cities that are not in a gazetteer, sorted.

    A key that a settlement there bears counts only if the city is spelt as the settlement is:
    Nada in China takes nothing from Надія.
    """
    numbers = {place.id for place in gazetteer.places}
    official: dict[str, set[str]] = defaultdict(set)
    for name in gazetteer.names:
        if name.kind in {"official", "romanised"}:
            official[name_key(name.name)].add(spell_out(name.name))
    keys = {
        key
        for city in cities
        if _is_well_known(city, numbers)
        for name in (city.name, *keep_written_names(city.alternatenames, _SCRIPTS))
        if _KEY.fullmatch(key := name_key(name))
        if key not in official or spell_out(name) in official[key]
    }
    return sorted(keys)


def _is_well_known(city: City, numbers: Container[int]) -> bool:
    if city.countrycode == "UA" or city.geonameid in numbers:
        return False
    return city.population >= (_TOWN if city.countrycode in _NEIGHBOURS else _CITY)
