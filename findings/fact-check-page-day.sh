#!/usr/bin/env bash
# trafilatura 2.3.1 with htmldate 1.11.0: the day of a fact check (schema.org's ClaimReview, the form
# in which fact checkers publish) depends on the order of the keys in its JSON, which means nothing.
# Where the claim stands before the check's own `datePublished`, the page is given the day on which
# the claim was made, nine days early. A live page (LiveBlogPosting) is given the day of the post
# that stands first in it, which is neither its `datePublished` nor its `dateModified`.
#
# Prints the day for each; exits 1 if that has changed. Needs Python 3.11 or later with pip.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    trafilatura==2.3.1 htmldate==1.11.0 lxml_html_clean==0.4.5
"$folder/venv/bin/python" - <<'PY'
import json
import sys

from trafilatura import extract_metadata

WORDS = "The defence holds the northern part of the town, its spokesman said. " * 8
CLAIM = {"itemReviewed": {"@type": "Claim", "datePublished": "2025-10-29"}}
OWN = {"datePublished": "2025-11-07"}
POSTS = [{"@type": "BlogPosting", "datePublished": day} for day in ("2025-11-03", "2025-11-08")]
CASES = (
    ("fact check, its own day first", {"@type": "ClaimReview"} | OWN | CLAIM, "2025-11-07"),
    ("fact check, the claim first", {"@type": "ClaimReview"} | CLAIM | OWN, "2025-10-29"),
    (
        "live page of 1 November, changed on 8 November",
        {"@type": "LiveBlogPosting", "liveBlogUpdate": POSTS}
        | {"datePublished": "2025-11-01", "dateModified": "2025-11-08"},
        "2025-11-03",
    ),
)
changed = False
for name, thing, seen in CASES:
    text = json.dumps({"@context": "https://schema.org"} | thing)
    page = (
        f"<html><head><title>A page</title><script type='application/ld+json'>{text}</script>"
        f"</head><body><article><h1>A page</h1><p>{WORDS}</p></article></body></html>"
    )
    day = extract_metadata(page.encode()).date
    print(f"{name}: {day}")
    changed |= day != seen
sys.exit(changed)
PY
