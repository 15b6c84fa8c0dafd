"""The fields of a row of ours, flat as in a table or nested as in JSON."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from store.model.entry import TRANSLATIONS
from store.transfer.headings import nearest_fields
from store.transfer.import_problems import Fault, Refused

CELL = 20_000
"""Characters of one value, whatever it is."""
SCALARS = (
    "key",
    "kind",
    "type",
    "text",
    *TRANSLATIONS,
    "quote",
    "by",
    "by_name",
    "by_role",
    "by_kind",
    "attribution",
    "day",
    "basis",
    "happened",
    "happened_basis",
    "published",
    "control",
    "share",
    "label",
    "encirclement",
    "credibility",
    "origin",
    "version",
)
EVERY = (*SCALARS, "places", "sources")
"""What a row may have at its top."""
PLACE_FIELDS = ("place", "role", "precision", "detail", "latitude", "longitude")
PLACE_HELP = ("oblast", "raion", "point")
"""What else says which place is meant: in what it lies, and both coordinates in one cell."""
SOURCE_FIELDS = (
    "source",
    "name",
    "url",
    "kind",
    "published",
    "reliability",
    "stance",
    "relayed",
)
SAID_ONLY = frozenset(
    {
        "ref",
        "verdict",
        "verdict_source",
        "links",
        "filed_at",
        "changed_at",
        "place_name",
        "time_precision",
        "geo_precision",
        "date_prec",
        "where_prec",
        "date_start",
        "date_end",
        "problem",
    }
)
"""What an export says besides; reading passes over it."""

_OWN = frozenset({*SCALARS, "latitude", "longitude"})
_GROUPS = {"place": (*PLACE_FIELDS, *PLACE_HELP), "source": SOURCE_FIELDS}
_INNER = {group: frozenset({*fields, "name"}) for group, fields in _GROUPS.items()}
_GROUPED = re.compile(r"(place|source)(?:_([1-9][0-9]?))?(?:_([a-z]+))?")


class Fields(Struct, frozen=True):
    """A row's fields as text: its own, and those of each place and each source."""

    own: Mapping[str, str]
    places: tuple[Mapping[str, str], ...]
    sources: tuple[Mapping[str, str], ...]


def fields_of(data: Mapping[str, Any]) -> Fields:
    """Return a row's fields; Refused names one that is none of ours, or no text."""
    own: dict[str, str] = {}
    groups: dict[str, dict[int, dict[str, str]]] = {"place": {}, "source": {}}
    for name, value in data.items():
        if value is None or value == "":
            continue
        if name in _OWN:
            own[name] = _text(value, name)
            continue
        if name in SAID_ONLY:
            continue
        group, number, field = _sort(name)
        if group == "list":
            for at, inner in enumerate(_list(value, name), start=1):
                if at in groups[field]:
                    raise Refused(Fault.GIVEN_TWICE, name, name, field)
                groups[field][at] = _inner(inner, field, name)
        else:
            groups[group].setdefault(number, {})[field] = _text(value, name)
    if "latitude" in own or "longitude" in own:
        spot = {field: own.pop(field, "") for field in ("latitude", "longitude")}
        if "places" not in data and not any(
            "latitude" in place for place in groups["place"].values()
        ):
            groups["place"].setdefault(1, {}).update(spot)
    places, sources = groups.values()
    return Fields(
        own,
        tuple([places[at] for at in sorted(places)]),
        tuple([sources[at] for at in sorted(sources)]),
    )


@lru_cache(maxsize=1000)
def _sort(name: str) -> tuple[str, int, str]:
    """Return where a field that is not the row's own belongs: its group, which of it, its name."""
    if name in {"places", "sources"}:
        return "list", 0, name[:-1]
    match = _GROUPED.fullmatch(name)
    if match:
        group, field = match[1], match[3] or match[1]
        if field in {*_GROUPS[group], "name"}:
            return group, int(match[2] or 1), field
    raise Refused(Fault.UNKNOWN_FIELD, name, name, list_near(name))


def is_field(name: str) -> bool:
    """Tell whether a column of that name is one of ours, or one that an export adds."""
    if name in _OWN or name in SAID_ONLY:
        return True
    try:
        _sort(name)
    except Refused:
        return False
    return True


def list_near(name: str) -> str:
    """Return the fields that an unknown name may mean, or else all there are, with commas."""
    return ", ".join(nearest_fields(name, EVERY) or EVERY)


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(Fault.NOT_TEXT, name, str(value), "list")
    return value


def _inner(inner: object, group: str, name: str) -> dict[str, str]:
    if isinstance(inner, str):
        return {group: _text(inner, name)}
    if not isinstance(inner, dict):
        raise Refused(Fault.NOT_TEXT, name, str(inner), "object")
    if not inner.keys() <= _INNER[group]:
        field = next(field for field in inner if field not in _INNER[group])
        raise Refused(Fault.UNKNOWN_FIELD, f"{name}.{field}", field, ", ".join(_GROUPS[group]))
    return {
        field: _text(value, name, field)
        for field, value in inner.items()
        if value is not None and value != ""
    }


def _text(value: object, name: str, field: str = "") -> str:
    if type(value) is str and len(value) <= CELL and value.isascii() and "\0" not in value:
        return value
    name = f"{name}.{field}" if field else name
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, int | float):
        text = f"{value}"
    else:
        raise Refused(Fault.NOT_TEXT, name, str(value), "text")
    if len(text) > CELL:
        raise Refused(Fault.TOO_LONG, name, f"{len(text):,}", f"{CELL:,}")
    if "\0" in text or not _encodes(text):
        raise Refused(Fault.NOT_STORABLE, name, text.encode("unicode_escape").decode())
    return text


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
