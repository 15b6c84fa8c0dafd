"""Rows → JSONL, CSV or GeoJSON; what `decoding` reads back as it was."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.transfer.formats.decode import Format
from store.transfer.formats.safe_cells import safe_cell

Row = Mapping[str, Any]
Spots = Sequence[tuple[float, float]]


class ExportFile:
    """One file being written: its head, rows as they come, its end."""

    def __init__(self, format_: Format, columns: Sequence[str] = ()) -> None:
        self._format, self._columns = format_, columns
        self._comma = ""

    def head(self) -> str:
        """Return what stands before the rows."""
        match self._format:
            case Format.JSONL:
                return ""
            case Format.CSV:
                return _lines([self._columns])
            case Format.GEOJSON:
                return '{"type":"FeatureCollection","features":['

    def rows(self, rows: Iterable[tuple[Row, Spots]]) -> str:
        """Return some rows as text; points (north, east) are for GeoJSON (RFC 7946)."""
        match self._format:
            case Format.JSONL:
                return "".join(f"{_json(row)}\n" for row, _ in rows)
            case Format.CSV:
                return _lines([_text(row.get(name)) for name in self._columns] for row, _ in rows)
            case Format.GEOJSON:
                return "".join(self._feature(row, spots) for row, spots in rows)

    def features(self, features: Iterable[Row]) -> str:
        """Return features of GeoJSON that are no rows, such as outlines."""
        return "".join(self._write(feature) for feature in features)

    def tail(self) -> str:
        """Return what stands after the rows."""
        return "\n]}\n" if self._format is Format.GEOJSON else ""

    def _feature(self, row: Row, spots: Spots) -> str:
        return self._write({"type": "Feature", "geometry": _geometry(spots), "properties": row})

    def _write(self, feature: Row) -> str:
        comma, self._comma = self._comma, ","
        return f"{comma}\n{_json(feature)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _lines(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV (RFC 4180) of which no spreadsheet runs a cell, nor hides what it says."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict() | list():
            return _json(value)
        case _:
            return str(value)


def _geometry(points: Spots) -> dict[str, Any] | None:
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
    told: list[tuple[Row, Spots]] = [({**row, "problem": problem}, ()) for row, problem in rows]
    names = dict.fromkeys(name for row, _ in told for name in row if name != "problem")
    sheet = ExportFile(format_, [*names, "problem"])
    return sheet.head() + sheet.rows(told) + sheet.tail()
