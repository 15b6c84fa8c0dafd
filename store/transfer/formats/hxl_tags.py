"""The tags of the Humanitarian Exchange Language: a row such as `#date, #loc+name, #geo+lat`.

They stand under the headings and say what the columns are, whatever the headings say. Forty lines
serve: libhxl wants six libraries more, and reads 20251029 as a day of 1970.
"""

import re
from collections.abc import Sequence

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_CODES = frozenset({"code", "id", "v_pcode", "v_iso2", "v_iso3"})
_FIELDS: Sequence[tuple[str, frozenset[str], str]] = (
    ("date", frozenset({"reported"}), "published"),
    ("date", frozenset({"published"}), "published"),
    ("date", frozenset({"end"}), ""),  # a day of its own, of which the first is the one that counts
    ("date", frozenset(), "day"),
    ("geo", frozenset({"lat"}), "latitude"),
    ("geo", frozenset({"lon"}), "longitude"),
    ("geo", frozenset({"coord"}), "point"),
    ("adm1", frozenset(), "oblast"),
    ("adm2", frozenset(), "raion"),
    ("loc", frozenset(), "place"),
    ("event", frozenset({"type"}), "type"),
    ("description", frozenset(), "text"),
    ("meta", frozenset({"url"}), "url"),
    ("meta", frozenset({"source"}), "source"),
    ("meta", frozenset({"id"}), "key"),
    ("event", frozenset({"id"}), "key"),
)
"""A hashtag, the attributes that it must have, and our field; the first that fits counts."""


def is_tag_row(cells: Sequence[str]) -> bool:
    """Return whether a row is one of tags: each cell that is not empty is a tag."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and all(map(_TAG.fullmatch, filled))


def normalise_tag(cell: str) -> str:
    """Return a tag in one form: small letters without spaces."""
    return "".join(cell.casefold().split())


def field_of_tag(heading: str) -> str | None:
    """Return our field for a tag, "" for one that has none; None of what is no tag."""
    if not _TAG.fullmatch(heading.strip()):
        return None
    hashtag, *attributes = normalise_tag(heading)[1:].split("+")
    given = frozenset(attributes)
    for known, wanted, field in _FIELDS:
        if hashtag == known and wanted <= given and (field == "key" or not given & _CODES):
            return field
    return ""
