"""The fields of a row of ours, flat as in a table or nested as in JSON."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct

from store.model.entry import TRANSLATIONS
from store.transfer.headings import nearest_fields
from store.transfer.import_problems import Fault, Refused

K = TypeVar("K")
V = TypeVar("V")

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
_TEXT = frozenset({str})
_KEPT = 8000
_GROUPED = re.compile(r"(place|source)(?:_([1-9][0-9]?))?(?:_([a-z]+))?")


class Inner(Struct, frozen=True, eq=False):
    """What a row says of one place or of one source; the same object where it is said again."""

    fields: Mapping[str, str]


class Fields(Struct, frozen=True):
    """A row's fields as text: its own, and those of each place and each source."""

    own: Mapping[str, str]
    places: tuple[Inner, ...]
    sources: tuple[Inner, ...]


class FieldReader:
    """Reads the fields of rows. What they say again of places and sources is read once."""

    def __init__(self) -> None:
        self._inners: dict[tuple[object, ...], Inner] = {}

    def read(self, data: Mapping[str, Any]) -> Fields:
        """Return a row's fields; Refused names one that is none of ours, or no text."""
        own: dict[str, str] = {}
        listed: dict[str, list[Inner]] = {"place": [], "source": []}
        flat: dict[str, dict[int, dict[str, str]]] = {"place": {}, "source": {}}
        is_sound = _are_sound([value for value in data.values() if type(value) is str])
        for name, value in data.items():
            if value is None or value == "":
                continue
            if name in _OWN:
                own[name] = value if is_sound and type(value) is str else _text(value, name)
            elif name not in SAID_ONLY:
                group, number, field = _sort(name)
                if group == "list":
                    listed[field] = self._read_list(value, name, field, flat[field])
                else:
                    flat[group].setdefault(number, {})[field] = _text(value, name)
        if "latitude" in own or "longitude" in own:
            spot = {field: own.pop(field, "") for field in ("latitude", "longitude")}
            if "places" not in data and not any("latitude" in at for at in flat["place"].values()):
                flat["place"].setdefault(1, {}).update(spot)
        places, sources = (self._join(group, listed[group], flat[group]) for group in listed)
        return Fields(own, places, sources)

    def _read_list(
        self, value: object, name: str, group: str, flat: Mapping[int, object]
    ) -> list[Inner]:
        """Return what a list says of each; those are the first, the second and so on."""
        if not isinstance(value, list):
            raise Refused(Fault.NOT_TEXT, name, str(value), "list")
        inners: list[Inner] = []
        for at, given in enumerate(value, start=1):
            if at in flat:
                raise Refused(Fault.GIVEN_TWICE, name, name, group)
            inners.append(self._read_inner(given, group, name))
        return inners

    def _read_inner(self, given: object, group: str, name: str) -> Inner:
        if type(given) is dict and _TEXT.issuperset(map(type, given.values())):
            key = (group, *given.items())
            known = self._inners.get(key)
            return known or keep(self._inners, key, Inner(_inner(given, group, name)))
        return self._intern(group, _inner(given, group, name))

    def _intern(self, group: str, fields: Mapping[str, str]) -> Inner:
        key = (group, *fields.items())
        return self._inners.get(key) or keep(self._inners, key, Inner(fields))

    def _join(
        self, group: str, listed: Sequence[Inner], flat: Mapping[int, Mapping[str, str]]
    ) -> tuple[Inner, ...]:
        """Return each place or source of a row, what its list says with what stands beside it."""
        if not flat:
            return tuple(listed)
        every = {at: inner.fields for at, inner in enumerate(listed, start=1)}
        for at, fields in flat.items():
            every[at] = {**every.get(at, {}), **fields}
        return tuple([self._intern(group, every[at]) for at in sorted(every)])


def keep(kept: dict[K, V], key: K, value: V) -> V:
    """Keep what was read for when the same is said again; return it."""
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value
    return value


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


def _are_sound(texts: Sequence[str]) -> bool:
    """Tell at once whether none of some texts is too long or cannot be stored."""
    whole = "".join(texts)
    return len(whole) <= CELL and "\0" not in whole and _encodes(whole)


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
