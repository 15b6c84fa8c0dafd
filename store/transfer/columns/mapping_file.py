"""A mapping file → a ColumnMap; whatever is wrong with it is said as a problem of the mapping."""

import re
import tomllib
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from store.transfer.columns.column_map import ColumnMap, GroupTemplates
from store.transfer.columns.template import parse_template
from store.transfer.columns.value_table import ValueTable
from store.transfer.days.desk_days import PATTERNS
from store.transfer.fields import PLACE_FIELDS, PLACE_HELP, SCALARS, SOURCE_FIELDS
from store.transfer.formats.foreign import Within
from store.transfer.formats.table import Columns
from store.transfer.import_problems import Fault, Refused
from store.transfer.resolver import Near

FOLDER = Path(__file__).parent.parent.parent / "mappings"
_WRITTEN = re.compile(r" - at `\$\.?(.*)`$")
_PLAINLY = {
    "array": "a list",
    "object": "a table",
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
}
_KINDS = re.compile(rf"`({'|'.join(_PLAINLY)})`")


class _Words(Struct, forbid_unknown_fields=True):
    same: dict[str, str] = {}
    endings: tuple[str, ...] = ()
    otherwise: str | None = None
    date: str | tuple[str, ...] = ()
    empty: str | None = None


class _NearTable(Struct, forbid_unknown_fields=True):
    namesake_km: float = 25
    nearest_km: float = 5
    beyond: str = "refuse"


class _MappingFile(Struct, forbid_unknown_fields=True):
    name: str = ""
    about: str = ""
    fields: dict[str, str] = {}
    place: tuple[dict[str, Any], ...] = ()
    source: tuple[dict[str, Any], ...] = ()
    words: dict[str, _Words] = {}
    near: _NearTable = msgspec.field(default_factory=_NearTable)
    drop: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    encoding: str = ""
    sheet: str = ""
    rows: str = ""


class _Listing(Struct):
    unless: dict[str, tuple[str, ...]] = {}
    each: str = ""
    divider: str = ";"


def list_mappings() -> list[str]:
    """Return the names of the mappings that ship with the program."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


@lru_cache(maxsize=64)
def find_mapping(headings: tuple[str, ...]) -> str:
    """Return the mapping that ships with the program and is of a table so headed; "" if none is."""
    for name in list_mappings():
        column_map = load(name, files=False)
        known = Columns(column_map.named)
        with suppress(Refused):
            column_map.check({known.name(heading) for heading in headings}, whole=True)
            return name
    return ""


def load(name: str, *, files: bool) -> ColumnMap:
    """Return a mapping by name or, if `files`, by path; Refused says what is wrong with it."""
    if name in list_mappings():
        return parse(name, (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    path = Path(name)
    if not files or not path.is_file():
        raise Refused(Fault.NO_MAPPING, "mapping", name, ", ".join(list_mappings()))
    try:
        return parse(path.name, decode(path.name, path.read_bytes()))
    except OSError as error:
        raise Refused(Fault.BAD_MAPPING, "mapping", path.name, str(error)) from None


def decode(name: str, data: bytes) -> str:
    """Return the text of a mapping file; Refused where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(Fault.BAD_MAPPING, "mapping", name, str(error)) from None


def parse(name: str, text: str) -> ColumnMap:
    """Read a mapping; Refused says what is wrong with it."""
    try:
        return _mapping(name, tomllib.loads(text))
    except RecursionError:
        raise Refused(Fault.BAD_MAPPING, "mapping", name, "it is nested too deep") from None
    except ValueError as error:
        why = _KINDS.sub(lambda kind: _PLAINLY[kind[1]], _WRITTEN.sub(r", in \1", str(error)))
        raise Refused(Fault.BAD_MAPPING, "mapping", name, why) from None


def _mapping(name: str, whole: dict[str, Any]) -> ColumnMap:
    _only(whole, _MappingFile.__struct_fields__)
    file = msgspec.convert(whole, _MappingFile)
    _only(file.fields, SCALARS)
    if file.near.beyond not in {"refuse", "none"}:
        raise ValueError(f'beyond is "{file.near.beyond}"; write "refuse" or "none"')
    column_map = ColumnMap(
        file.name or name,
        {field: parse_template(template) for field, template in file.fields.items()},
        tuple(_part("place", table, (*PLACE_FIELDS, *PLACE_HELP)) for table in file.place),
        tuple(_part("source", table, SOURCE_FIELDS) for table in file.source),
        {key: _value_table(key, table) for key, table in file.words.items()},
        Near(file.near.namesake_km, file.near.nearest_km, file.near.beyond),
        file.drop,
        file.maybe,
        file.columns,
        file.encoding,
        Within(file.sheet, file.rows),
    )
    for slot in column_map.slots():
        if slot.words and slot.words not in file.words:
            raise ValueError(f"there are no [words.{slot.words}]")
    return column_map


def _part(kind: str, table: dict[str, Any], known: tuple[str, ...]) -> GroupTemplates:
    own = {"unless", "each", "divider"}
    _only(table, (*known, *own))
    fields = {name: value for name, value in table.items() if name in known}
    for name, template in fields.items():
        if not isinstance(template, str):
            raise ValueError(f"Expected `str`, in {kind}.{name}")  # noqa: TRY004 -- the file's, not a caller's
    besides = {name: value for name, value in table.items() if name in own}
    listing = msgspec.convert(besides, _Listing)
    templates = {name: parse_template(template) for name, template in fields.items()}
    return GroupTemplates(templates, listing.unless, listing.each, listing.divider)


def _value_table(key: str, table: _Words) -> ValueTable:
    patterns = (table.date,) if isinstance(table.date, str) else table.date
    for pattern in patterns:
        _check_pattern(key, pattern)
    folded = {value.casefold(): becomes for value, becomes in reversed(table.same.items())}
    return ValueTable(table.same, table.endings, table.otherwise, patterns, table.empty, folded)


def _check_pattern(key: str, pattern: str) -> None:
    """Refuse a pattern that strptime cannot use at all."""
    if pattern in PATTERNS:
        return
    try:
        datetime.strptime("", pattern)  # noqa: DTZ007 -- only tried
    except re.error:
        raise ValueError(f'"{pattern}" names one part twice, in words.{key}.date') from None
    except ValueError as error:
        if "does not match" in str(error) and "%" in pattern:
            return
        raise ValueError(f'"{pattern}" is no pattern, in words.{key}.date') from None


def _only(table: dict[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise ValueError(f"no such field: {key}; there are {', '.join(sorted(known))}")
