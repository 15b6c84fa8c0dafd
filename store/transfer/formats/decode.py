"""A file's bytes → rows as they stand in it: JSONL, CSV, GeoJSON, each read strictly."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from store.transfer.formats.json_lines import read_json_lines
from store.transfer.formats.raw_row import Raw, Remarks
from store.transfer.formats.strict_json import read_json
from store.transfer.formats.table import Columns, read_csv
from store.transfer.import_problems import Fault, Refused, RowProblem

_PACKED = {
    b"PK\x03\x04": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z",
    b"(\xb5/\xfd": "zstd",
    b"\xd0\xcf\x11\xe0": "Excel",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ENCODINGS = ("utf-8", "utf-16", "windows-1251", "windows-1252", "koi8-u")
"""What a file may be said to be encoded in, where no mark at its start says it."""
_PART = 1_000_000  # bytes of a file of lines that are decoded at once


class Format(StrEnum):
    """What a file is written in."""

    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


KEPT_OUTLINE = "outline_of"
"""The property of an area that an export adds, whose places stand beside it."""


class ForeignFormat(StrEnum):
    """What else is read, in a process of its own: other programs' files."""

    SHEET = "xlsx"
    JSON = "json"
    KML = "kml"
    PAGE = "html"


class Limits(Struct, frozen=True):
    """How much is read, and how many rows at a time are checked and filed.

    In chat others wait for the writer meanwhile, some tenths of a second at most; the process of a
    shell has it for itself, and a longer step writes each page of an index less often.
    """

    size: int
    rows: int
    step: int = 1000
    unpacked: int = 20_000_000


CHAT = Limits(5_000_000, 10_000)
SHELL = Limits(1_000_000_000, 2_000_000, step=3000, unpacked=1_000_000_000)
_ENDINGS: dict[str, Format | ForeignFormat] = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".geojson": Format.GEOJSON,
    ".json": ForeignFormat.JSON,
    ".jsonld": ForeignFormat.JSON,
    ".kml": ForeignFormat.KML,
    ".kmz": ForeignFormat.KML,
    ".html": ForeignFormat.PAGE,
    ".htm": ForeignFormat.PAGE,
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), ForeignFormat.SHEET),
}


def format_of(name: str, given: str = "") -> Format | ForeignFormat:
    """Return the format that was given, or that the name's ending tells, packed by gzip or not."""
    bare = name.casefold().removesuffix(".gz")
    ending = next((end for end in _ENDINGS if bare.endswith(end)), "")
    every: tuple[Format | ForeignFormat, ...] = (*Format, *ForeignFormat)
    if not given and not ending:
        raise Refused(Fault.NO_FORMAT, "format", name, ", ".join(every))
    return next((known for known in every if known == given), None) or _ENDINGS[ending]


def unpack(data: bytes, most: int) -> bytes:
    """Return what gzip packed, `most` bytes of it; what is not packed by it as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise Refused(Fault.DAMAGED, "file", "gzip") from None
    if len(unpacked) > most:
        raise Refused(Fault.TOO_MUCH, "file", f"> {most:,}", f"{most:,}")
    return unpacked


def text_of(data: bytes, encoding: str = "") -> str:
    """Return a file's text; Refused when it is packed, or not text.

    A mark at its start says how it is encoded, else `encoding`, else it is UTF-8.
    """
    text = _decode(data, _encoding_of(data, encoding), data, 0)
    if not text.strip():
        raise Refused(Fault.EMPTY, "file")
    return text


def _encoding_of(data: bytes, encoding: str) -> str:
    for start, name in _PACKED.items():
        if data.startswith(start):
            raise Refused(Fault.PACKED, "file", name)
    if encoding and encoding not in ENCODINGS:
        raise Refused(Fault.NOT_ONE_OF, "encoding", encoding, ", ".join(ENCODINGS))
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    return marked or encoding or "utf-8"


def _decode(part: bytes, encoding: str, whole: bytes, start: int) -> str:
    """Return the text of a part of a file that begins at a byte of the whole."""
    try:
        text = part.decode(encoding)
    except UnicodeDecodeError as error:
        bad = part[error.start : error.start + 4].hex(" ")
        line = _line(whole, start + error.start)
        raise Refused(Fault.NOT_UTF8, "file", bad, f"{line}") from None
    if "\0" in text:
        line = _line(whole, start) + text.count("\n", 0, text.index("\0"))
        raise Refused(Fault.NUL, "file", "", f"{line}")
    return text


def lines_of(data: bytes, encoding: str = "") -> Iterator[str]:
    """Yield a file's lines, as `text_of` its text: a large file is never there as a whole."""
    name = _encoding_of(data, encoding)
    if name.startswith("utf-16"):  # a line's end is no byte of its own there
        yield from text_of(data, encoding).split("\n")
        return
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _PART) + 1 or len(data)
        yield from _decode(data[start:end], name, data, start).removesuffix("\n").split("\n")
        start, name = end, "utf-8" if name == "utf-8-sig" else name


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def rows(
    data: bytes, encoding: str, format_: Format, columns: Columns, remarks: Remarks
) -> Iterator[Raw | RowProblem]:
    """Return a file's rows, and a problem for each that cannot be read."""
    match format_:
        case Format.JSONL:
            return read_json_lines(lines_of(data, encoding))
        case Format.CSV:
            return read_csv(text_of(data, encoding), columns, remarks)
        case Format.GEOJSON:
            return _geojson(text_of(data, encoding), remarks)


def count_rows(read: Iterator[Raw | RowProblem], limits: Limits) -> Iterator[Raw | RowProblem]:
    """Yield rows as long as they are not too many; Refused where there is none."""
    none = True
    for number, row in enumerate(read, start=1):
        if number > limits.rows:
            raise Refused(Fault.TOO_MANY_ROWS, "file", f"{limits.rows:,}")
        none = False
        yield row
    if none:
        raise Refused(Fault.EMPTY, "file")


def _geojson(text: str, remarks: Remarks) -> Iterator[Raw | RowProblem]:
    whole = read_json(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        raise Refused(Fault.NOT_GEOJSON, "file", text[:200])
    for number, feature in enumerate(whole["features"], start=1):
        try:
            row = _read_feature(number, feature, remarks)
        except Refused as refused:
            yield refused.at(number, "feature")
            continue
        if row is None:
            remarks.passed += 1
        elif KEPT_OUTLINE in row.data:
            remarks.areas += 1
        else:
            yield row


def _read_feature(number: int, feature: object, remarks: Remarks) -> Raw | None:
    """Return a feature's properties; its point stands in for a place where they name none.

    A line that names no place is none: it has no place of its own.
    """
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise Refused(Fault.NOT_OBJECT, "feature", str(feature)[:200])
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise Refused(Fault.NOT_OBJECT, "properties", str(properties)[:200])
    data = dict(properties)
    if "key" not in data and isinstance(feature.get("id"), str | int):
        data["key"] = str(feature["id"])
    match feature.get("geometry"):
        case {"type": "Point", "coordinates": [east, north, *_]}:
            data.setdefault("longitude", east)
            data.setdefault("latitude", north)
        case None | {"type": "MultiPoint"}:
            pass
        case {"type": "Polygon" | "MultiPolygon"} as outline:
            return Raw(number, data, outline)
        case {"type": "LineString" | "MultiLineString"}:
            if not any(name.startswith("place") for name in data):
                return None
            remarks.areas += 1
        case other:
            raise Refused(Fault.NOT_COORDINATES, "geometry", str(other)[:200])
    return Raw(number, data)
