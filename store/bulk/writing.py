"""Rows → JSONL, CSV or GeoJSON, as text in pieces; what `decoding` reads back as it was."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from store.bulk.decoding import Format

_RUNS = re.compile(r"'*[-=+@＝＋－＠\t\r\n]")
"""How a cell starts that a spreadsheet might run, or that an apostrophe was put before."""

Row = Mapping[str, Any]


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before what could, or had one."""
    return f"'{text}" if _RUNS.match(text) else text


def jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line a row."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def table(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """Yield a table, its header first; CSV by RFC 4180."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    write([safe_cell(name) for name in columns])
    for row in rows:
        yield _taken(out)
        write([safe_cell(_text(row.get(name))) for name in columns])
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def features(rows: Iterable[tuple[Row, Sequence[tuple[float, float]]]]) -> Iterator[str]:
    """Yield a FeatureCollection (RFC 7946): properties, and the points (north, east) of each."""
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for row, points in rows:
        feature = {"type": "Feature", "geometry": _geometry(points), "properties": row}
        yield f"{comma}\n{json.dumps(feature, ensure_ascii=False, separators=(',', ':'))}"
        comma = ","
    yield "\n]}\n"


def _geometry(points: Sequence[tuple[float, float]]) -> dict[str, Any] | None:
    spots = [[east, north] for north, east in points]
    match spots:
        case []:
            return None
        case [spot]:
            return {"type": "Point", "coordinates": spot}
        case _:
            return {"type": "MultiPoint", "coordinates": spots}


def rejects(rows: Sequence[tuple[Row, str]], format_: Format) -> str:
    """Return rows that were not filed, each with its problem, to be mended and read again."""
    told = [{**row, "problem": problem} for row, problem in rows]
    match format_:
        case Format.CSV:
            names = dict.fromkeys(name for row in told for name in row if name != "problem")
            return "".join(table(told, [*names, "problem"]))
        case Format.GEOJSON:
            return "".join(features((row, ()) for row in told))
        case Format.JSONL:
            return "".join(jsonl(told))
