"""A file's bytes → rows as they stand in it: JSONL, CSV, GeoJSON, each read strictly."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from store.transfer.import_problems import Fault, Refused, RowProblem
from store.transfer.strict_json import read_json

CELL = 20_000
"""Characters of one value, whatever it is."""
_PACKED = {
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z",
    b"(\xb5/\xfd": "zstd",
    b"\xd0\xcf\x11\xe0": "Excel",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DIVIDERS = ",;\t"
_RUNS = re.compile(r"\s*[=＝]|[-+@＋－＠].*[(|!]", re.DOTALL)
_MADE_SAFE = re.compile(r"'+[-=+@＝＋－＠\t\r\n]")
_FEATURE = {"type", "geometry", "properties", "id", "bbox"}


class Format(StrEnum):
    """What a file is written in."""

    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


class Limits(Struct, frozen=True):
    """How much is read, and how many rows at a time are checked and filed.

    In chat others wait for the writer meanwhile, some tenths of a second at most; the process of a
    shell has it for itself, and a longer step writes each page of an index less often.
    """

    size: int
    rows: int
    step: int = 1000


CHAT = Limits(5_000_000, 10_000)
SHELL = Limits(1_000_000_000, 2_000_000, step=8000)
_ENDINGS = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".geojson": Format.GEOJSON,
}


class Raw(Struct, frozen=True):
    """One row of a file: its number there, and its fields."""

    row: int
    data: Mapping[str, Any]


def format_of(name: str, given: str = "") -> Format:
    """Return the format that was given, or that the name's ending tells."""
    ending = next((end for end in _ENDINGS if name.casefold().endswith(end)), "")
    if not given and not ending:
        raise Refused(Fault.NO_FORMAT, "format", name, ", ".join(Format))
    return Format(given) if given else _ENDINGS[ending]


def text_of(data: bytes, limits: Limits) -> str:
    """Return a file's text; Refused when it is too large, packed, or not UTF-8 text."""
    if len(data) > limits.size:
        raise Refused(Fault.TOO_LARGE, "file", f"{len(data):,}", f"{limits.size:,}")
    for start, name in _PACKED.items():
        if data.startswith(start):
            raise Refused(Fault.PACKED, "file", name)
    if data.startswith(_UTF16):
        raise Refused(Fault.NOT_UTF8, "file", "UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = data[error.start : error.start + 4].hex(" ")
        raise Refused(Fault.NOT_UTF8, "file", bad, f"{_line(data, error.start)}") from None
    if "\0" in text:
        raise Refused(Fault.NUL, "file", "", f"{_line(data, data.index(0))}")
    if not text.strip():
        raise Refused(Fault.EMPTY, "file")
    return text


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def rows(text: str, format_: Format, limits: Limits) -> Iterator[Raw | RowProblem]:
    """Yield a file's rows, and a problem for each that cannot be read; Refused ends it all."""
    read: Callable[[str], Iterator[Raw | RowProblem]] = {
        Format.JSONL: _jsonl,
        Format.CSV: _csv,
        Format.GEOJSON: _geojson,
    }[format_]
    none = True
    for number, row in enumerate(read(text), start=1):
        if number > limits.rows:
            raise Refused(Fault.TOO_MANY_ROWS, "file", f"{limits.rows:,}")
        none = False
        yield row
    if none:
        raise Refused(Fault.EMPTY, "file")


def _jsonl(text: str) -> Iterator[Raw | RowProblem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = read_json(line)
        except Refused as refused:
            yield refused.at(number, "row")
            continue
        if isinstance(value, dict):
            yield Raw(number, value)
        else:
            yield Refused(Fault.NOT_OBJECT, "row", line).at(number)


def _csv(text: str) -> Iterator[Raw | RowProblem]:
    head = text.partition("\n")[0]
    divider = max(_DIVIDERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    number = 1
    try:
        columns = [name.strip() for name in next(lines)]
        for name in columns:
            if not name or columns.count(name) > 1:
                raise Refused(Fault.COLUMN_TWICE, "header", name)
        for number, cells in enumerate(lines, start=2):
            if any(cell.strip() for cell in cells):  # a spreadsheet leaves rows of empty cells
                yield _record(number, columns, cells)
    except csv.Error as error:
        fault = Fault.TOO_LONG if "larger than" in str(error) else Fault.NOT_CSV
        yield RowProblem(
            number + 1, "row", fault, "", f"{CELL:,}" if fault == Fault.TOO_LONG else ""
        )


def _record(number: int, columns: list[str], cells: list[str]) -> Raw | RowProblem:
    if len(cells) != len(columns):
        return RowProblem(number, "row", Fault.CELLS, f"{len(cells)}", f"{len(columns)}")
    data = {}
    for name, cell in zip(columns, cells, strict=True):
        if _RUNS.match(cell):
            return Refused(Fault.FORMULA, name, cell).at(number)
        data[name] = cell[1:] if _MADE_SAFE.match(cell) else cell
    return Raw(number, data)


def _geojson(text: str) -> Iterator[Raw | RowProblem]:
    whole = read_json(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        raise Refused(Fault.NOT_GEOJSON, "file", text[:200])
    for number, feature in enumerate(whole["features"], start=1):
        try:
            yield Raw(number, _properties(feature))
        except Refused as refused:
            yield refused.at(number, "feature")


def _properties(feature: object) -> dict[str, Any]:
    """Return a feature's properties; its point stands in for a place where they name none."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise Refused(Fault.NOT_OBJECT, "feature", str(feature)[:200])
    data = dict(feature.get("properties") or {})
    if "key" not in data and isinstance(feature.get("id"), str | int):
        data["key"] = str(feature["id"])
    match feature.get("geometry"):
        case {"type": "Point", "coordinates": [east, north, *_]}:
            data.setdefault("longitude", east)
            data.setdefault("latitude", north)
        case None | {"type": "MultiPoint"}:
            pass
        case other if not any(name.startswith("place") for name in data):
            raise Refused(Fault.NOT_COORDINATES, "geometry", str(other)[:200])
    return data
