"""What regions, raions and hromadas are called, in Ukrainian and in English.

In English a raion is called after its town, as people call it (Pokrovsk Raion), besides the
adjective's official romanisation (Pokrovskyi Raion).
"""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from store.places.build.codifier import CodifierUnit
from store.places.build.regions import REGIONS, Region
from store.places.romanise import romanise

Names = list[tuple[str, str]]
"""Kinds and names, the weightiest first."""

_NOUNS = {"P": ("район", "Raion"), "H": ("громада", "hromada")}
_REGIONS = {region.prefix: region for region in REGIONS}
# A town whose name the raion's adjective does not begin like.
_TOWN_OF_RAION = {"Криворізький": "Кривий Ріг", "Білоцерківський": "Біла Церква"}
_LEAST, _ENDING = 3, 3  # letters alike; letters of a town's name that an adjective may change
_RANKS = {"K": 0, "M": 0, "T": 1, "X": 1, "C": 2}


def area_names(
    unit: CodifierUnit, former: Sequence[str], settlements: Sequence[CodifierUnit]
) -> tuple[str, str, Names]:
    """Return the English name, the Ukrainian name, and all names of a region, raion or hromada.

    `settlements` are those that lie in it.
    """
    if unit.category == "O":
        region = _REGIONS[unit.code[:4]]
        return region.name, region.local, region_names(region)
    noun, english = _NOUNS[unit.category]
    find_town = town_of_raion if unit.category == "P" else town_of_hromada
    name = f"{romanise(find_town(unit.name, settlements) or unit.name)} {english}"
    local = f"{unit.name} {noun}"
    names = [("official", local), ("romanised", f"{romanise(unit.name)} {english}")]
    names += [("renamed", f"{old} {noun}") for old in former]
    return name, local, [*names, ("other", name)]


def region_names(region: Region) -> Names:
    """Return the names of a region."""
    short = [region.short, romanise(region.short)] if region.short else []
    other = [region.name, *short, region.russian]
    other += ["Crimea"] if region.short == "Крим" else []
    names = [("official", region.local), ("romanised", romanise(region.local))]
    return names + [("other", name) for name in other]


def town_of_raion(adjective: str, settlements: Iterable[CodifierUnit]) -> str:
    """Return the Ukrainian name of the town after which a raion is called, "" if none is."""
    if town := _TOWN_OF_RAION.get(adjective):
        return town
    alike = [unit for unit in settlements if _is_named_after(adjective, unit.name)]
    ranked = sorted(alike, key=lambda u: (_RANKS[u.category], -_common(adjective, u.name), u.code))
    return ranked[0].name if ranked else ""


def town_of_hromada(adjective: str, settlements: Iterable[CodifierUnit]) -> str:
    """Return the Ukrainian name of a hromada's centre, the first of its codes, if it bears it."""
    first = min(settlements, key=lambda unit: unit.code, default=None)
    return first.name if first and _common(adjective, first.name) >= _LEAST else ""


def _is_named_after(adjective: str, town: str) -> bool:
    return _common(adjective, town) >= max(_LEAST, len(town) - _ENDING)


def _common(name: str, other: str) -> int:
    """Return how many letters two names begin with alike."""
    pairs = zip(name, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
