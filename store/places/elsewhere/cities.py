"""Well-known cities that the gazetteer leaves out, by the keys of their names.

Who writes the name of one, or almost that name, need not mean a village that is called so here.
"""

from functools import cache
from pathlib import Path

from store.places.declension import list_nominative_keys
from store.places.name_key import name_key

FILE = Path(__file__).with_name("cities.txt")
"""A key a line, written by `scripts/make_gazetteer.py`."""


def is_city_elsewhere(name: str, *, governed: bool = False) -> bool:
    """Tell whether a city elsewhere is called so; `governed`: or declined so."""
    keys = list_nominative_keys(name) if governed else (name_key(name),)
    return not _read_keys().isdisjoint(keys)


@cache
def _read_keys() -> frozenset[str]:
    return frozenset(FILE.read_text(encoding="ascii").split())
