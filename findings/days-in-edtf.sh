#!/usr/bin/env bash
# edtf 5.0.2, which writes dates in the Library of Congress's EDTF, as archives and this field's
# exports have them. Days of one month as reports write them, “5-7 November 2025”, become a single
# day of another year: the first day is read as the year's last two figures, 2005, whatever year
# stands there. Nothing is raised, and what comes out is plain EDTF without a mark of doubt.
# And a day that is only near, 2025-11-05~, reaches from 4 October 2024 to 6 December 2026, as a
# year, a month and a day are all added to each end: as far as a whole year that is only near, and
# a little further.
#
# Prints what each becomes; exits 1 if that has changed. Needs Python 3.11 or later with pip.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2
"$folder/venv/bin/python" - <<'PY'
import sys

from edtf import parse_edtf, text_to_edtf

WRITTEN = {
    "5-7 November 2025": "2005-11-07",
    "between 12 and 14 November 2025": "2012-11-14",
    "28-29 October 2025": "2028-10-29",
    "October 28-29, 2025": "2029-10-28",
    "7 November 2025": "2025-11-07",
}
REACH = {
    "2025-11-05~": ("2024-10-04", "2026-12-06"),
    "2025~": ("2024-01-01", "2026-12-31"),
}


def write(moment: tuple[int, ...]) -> str:
    year, month, day = moment[:3]
    return f"{year:04}-{month:02}-{day:02}"


changed = False
for text, seen in WRITTEN.items():
    read = text_to_edtf(text)
    print(f"{text}: {read}")
    changed |= read != seen
for text, ends in REACH.items():
    near = parse_edtf(text)
    first, last = write(near.lower_fuzzy()), write(near.upper_fuzzy())
    print(f"{text}: from {first} to {last}")
    changed |= (first, last) != ends
sys.exit(changed)
PY
