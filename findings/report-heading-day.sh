#!/usr/bin/env bash
# dateparser 1.5.0: the day in the heading of a daily report of a general staff, “as of 22:00
# 05.11.2025”, told that the text is Ukrainian. `parse` of the date alone has the day first, as the
# language does; `search_dates`, which is there for running text, has the month first, so that the
# report is of 11 May. From the 13th of a month on both agree, so a month's reports lie in twelve
# months. Russian and Polish are the same; with DATE_ORDER set to DMY both are right.
#
# Prints what each reads; exits 1 if that has changed. Needs Python 3.11 or later with pip.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" - <<'PY'
import sys

from dateparser import parse
from dateparser.search import search_dates

HEADING = "Станом на 22:00 {day} відбулося 105 бойових зіткнень."
SEEN = {
    "05.11.2025": ("2025-11-05", "2025-05-11", "2025-11-05"),
    "12.11.2025": ("2025-11-12", "2025-12-11", "2025-11-12"),
    "13.11.2025": ("2025-11-13", "2025-11-13", "2025-11-13"),
}
changed = False
for written, seen in SEEN.items():
    text = HEADING.format(day=written)
    ((_, found),) = search_dates(text, languages=["uk"])
    ((_, ordered),) = search_dates(text, languages=["uk"], settings={"DATE_ORDER": "DMY"})
    alone = parse(written, languages=["uk"])
    days = tuple(f"{moment:%Y-%m-%d}" for moment in (alone, found, ordered))
    print(f"{written}: alone {days[0]}, in the heading {days[1]}, with DATE_ORDER {days[2]}")
    changed |= days != seen
sys.exit(changed)
PY
