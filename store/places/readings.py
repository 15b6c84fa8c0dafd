"""Every place that a name may be read as, each by its best reading."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache

from msgspec import Struct

from store.model.text import fold
from store.places.bearers import (
    AREA_KINDS,
    DESK_KINDS,
    FORMER_KINDS,
    Bearer,
    Names,
    is_official,
)
from store.places.declension import list_nominative_keys
from store.places.name_key import join_keys, name_key, spell_out
from store.places.phrase import LABELS, AreaKind
from store.places.recognition import ReadAs
from store.places.russian_forms import list_ukrainian_keys


class Tier(IntEnum):
    """How good a reading is: one of a lower number beats the others."""

    DESK = 0
    DESK_TO_THE_SOUND = 1
    TO_THE_LETTER = 2
    TO_THE_SOUND = 3
    OTHER = 4
    FORM_OF_DESK = 5
    FORM = 6
    FORM_OF_OTHER = 7
    SLIP = 8
    SLIP_OF_SOUND = 9


class NameReading(Struct, frozen=True):
    """A bearer of a name, and how it was come to; `verbatim` is whether to the letter.

    A name that is neither official nor the desk's is so in any letters: Moskva is Москва.
    """

    bearer: Bearer
    tier: Tier
    how: ReadAs
    verbatim: bool = False


_ADJECTIVE = "(ts|z|s)k(?:i|omu|im|om|oe|e|oho|a|oi|u|iim)$"
_TOWN_ENDINGS = ("", "i", "ka", "e", "a", "ha", "tsa", "la")
_TOWN_SHIFTS = (("iv", "ov"), ("pil", "pol"), ("ril", "rol"))
_VOWELS = str.maketrans("", "", "aeiou")


def read_exactly(name: str, names: Names) -> list[NameReading]:
    """Return who bears the name itself, in whatever letters."""
    folded = fold(name)
    return best_readings(read_found(bearer, folded) for bearer in names.find([name_key(name)]))


def read_forms(name: str, names: Names) -> list[NameReading]:
    """Return whose name it is a declined or a Russian form of."""
    own, *declined = list_nominative_keys(name)
    russian = {key for form in (own, *declined) for key in list_ukrainian_keys(form)} - {own}
    return best_readings(
        NameReading(
            bearer,
            tier_of_form(bearer),
            ReadAs.DECLINED if bearer.key in declined else ReadAs.OTHER,
        )
        for bearer in names.find({*declined, *russian})
    )


def tier_of_form(bearer: Bearer) -> Tier:
    """Return how good a reading is as a form of that bearer's name."""
    if bearer.by_desk:
        return Tier.FORM_OF_DESK
    return Tier.FORM if bearer.official else Tier.FORM_OF_OTHER


def read_slips(name: str, names: Names) -> list[NameReading]:
    """Return whose name of six letters or more is one slip away."""
    from store.places.typos import (  # noqa: PLC0415 -- of a line few names have slips
        SHORTEST,
        is_one_slip,
        list_slips,
        list_slips_of_sounds,
    )

    slips = list_slips(name)
    bearers = names.find(slips | list_slips_of_sounds(name))
    return best_readings(
        NameReading(bearer, Tier.SLIP if bearer.key in slips else Tier.SLIP_OF_SOUND, ReadAs.TYPED)
        for bearer in bearers
        if min(len(bearer.key), len(bearer.folded.replace(" ", ""))) >= SHORTEST
        if not bearer.is_area and _is_known_by(bearer) and is_one_slip(name, bearer.name)
        if _digits_of(name) == _digits_of(bearer.name)  # "Pokrovsk 2" is no slip
    )


def _digits_of(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _is_known_by(bearer: Bearer) -> bool:
    """Tell whether people write a name, slips and all: Столин is not Stalin, and so Donetsk."""
    return bearer.by_desk or bearer.official or bearer.former or is_spelling(bearer)


def read_unit(name: str, unit: AreaKind, names: Names) -> list[NameReading]:
    """Return the areas of that kind and name, which may be declined."""
    if unit is AreaKind.DIRECTION:
        return _read_direction(name, names)
    forms = set(list_nominative_keys(name))
    forms |= {key for form in forms for key in list_ukrainian_keys(form)}
    keys = {join_keys(form, name_key(label)) for form in forms for label in LABELS[unit]}
    return best_readings(
        NameReading(bearer, Tier.TO_THE_LETTER, ReadAs.AREA)
        for bearer in names.find(keys)
        if bearer.place.kind in _KINDS_OF[unit]
    )


def read_unit_or_raion(name: str, unit: AreaKind, names: Names) -> list[NameReading]:
    """Return such areas, or raions where no region is called so: "Pokrovsk region"."""
    areas = read_unit(name, unit, names)
    if not areas and unit is AreaKind.REGION:
        return read_unit(name, AreaKind.RAION, names)
    return areas


_KINDS_OF = {
    AreaKind.REGION: frozenset({"region", "country", "area"}),
    AreaKind.RAION: frozenset({"raion", "district"}),
    AreaKind.HROMADA: frozenset({"hromada"}),
}


def _read_direction(name: str, names: Names) -> list[NameReading]:
    """Return the town by which a direction is called: Покровський напрямок, Lyman direction."""
    key = name_key(name)
    adjective = None if name.isascii() else re.search(_ADJECTIVE, key)
    towns = _town_keys(key, adjective) if adjective else set(list_nominative_keys(name))
    keys = towns | {key for town in towns for key in list_ukrainian_keys(town)}
    return best_readings(
        NameReading(bearer, Tier.DESK if bearer.by_desk else Tier.TO_THE_LETTER, ReadAs.DIRECTION)
        for bearer in names.find(keys)
        if (bearer.by_desk or bearer.official) and not bearer.is_area
    )


def _town_keys(key: str, adjective: re.Match[str]) -> set[str]:
    stem, consonant = key[: adjective.start()], adjective.group(1)
    stems = {stem, stem + consonant[:-1] if consonant == "ts" else stem}
    stems |= {stem[: -len(old)] + new for old, new in _TOWN_SHIFTS if stem.endswith(old)}
    towns = {key + ending for key in stems for ending in _TOWN_ENDINGS}
    towns |= {stem + consonant + "k", stem + consonant + "ha", stem + "zha", stem + "ha"}
    return towns


def is_spelling(bearer: Bearer) -> bool:
    """Tell whether a name is but a spelling of the place's own: Харьков, Kharkov, Charkiw."""
    own = {_skeleton(bearer.place.name), _skeleton(bearer.place.local_name)}
    return _skeleton(bearer.name) in own


def _skeleton(name: str) -> str:
    return name_key(name).translate(_VOWELS)


def read_found(bearer: Bearer, folded: str) -> NameReading:
    """Return as what a bearer is read whose name has the key of what was written, `folded`."""
    to_the_letter, to_the_sound, how = _rate_kind(bearer.kind, bearer.place.kind)
    if how is ReadAs.OWN and not _is_own(bearer):
        how = ReadAs.OTHER
    verbatim = bearer.folded.replace(" ", "") == folded.replace(" ", "")  # Гуляй-Поле
    if to_the_letter is Tier.OTHER and not verbatim:
        verbatim = spell_out(bearer.name) == spell_out(folded)
    return NameReading(bearer, to_the_letter if verbatim else to_the_sound, how, verbatim)


@cache
def _rate_kind(kind: str, place_kind: str) -> tuple[Tier, Tier, ReadAs]:
    """Return how good a name of a kind is, to the letter and to the sound, and as what it is read.

    One of the desk's is its own name of the place, if it is that.
    """
    official, former = is_official(kind, place_kind), kind in FORMER_KINDS
    how = ReadAs.FORMER if former else ReadAs.OTHER
    if place_kind in AREA_KINDS:
        how = ReadAs.AREA
    elif official:
        how = ReadAs.OFFICIAL
    elif kind in DESK_KINDS and not former:
        how = ReadAs.OWN
    if kind in DESK_KINDS:
        return Tier.DESK, Tier.DESK_TO_THE_SOUND, how
    if official:
        return Tier.TO_THE_LETTER, Tier.TO_THE_SOUND, how
    return Tier.OTHER, Tier.OTHER, how


def _is_own(bearer: Bearer) -> bool:
    """Tell whether a name of the desk's is the one that a place goes by here, in any letters."""
    return bearer.key in {name_key(bearer.place.name), name_key(bearer.place.local_name)}


def best_readings(readings: Iterable[NameReading]) -> list[NameReading]:
    """Return one reading a place: the best."""
    best: dict[int, NameReading] = {}
    for reading in readings:
        number = reading.bearer.place.id
        other = best.setdefault(number, reading)
        if other is not reading and _rank(reading) < _rank(other):
            best[number] = reading
    return list(best.values())


def _rank(reading: NameReading) -> tuple[int, bool, bool, str]:
    official = reading.how is ReadAs.OFFICIAL
    return reading.tier, not reading.verbatim, not official, reading.bearer.name


def merge_readings(*groups: Sequence[NameReading]) -> list[NameReading]:
    """Return one reading a place of several groups: the best."""
    return best_readings(reading for group in groups for reading in group)
