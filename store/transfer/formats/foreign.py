"""Other programs' files → rows: parsed in a confined process, whose lines are read here."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import IO

from msgspec import Struct

from store.confined import Confinement, Failed, Failure, RunProcess, run_confined
from store.transfer.formats.decode import ForeignFormat
from store.transfer.formats.raw_row import Raw, Remarks
from store.transfer.formats.table import Columns, read_table
from store.transfer.import_problems import Fault, Refused, RowProblem

MOST_BYTES = 20_000_000
_TASKS = {
    ForeignFormat.SHEET: "store.transfer.formats.sheet:read_sheet",
    ForeignFormat.JSON: "store.transfer.formats.json_file:read_rows",
    ForeignFormat.KML: "store.transfer.formats.kml:read_kml",
    ForeignFormat.PAGE: "store.transfer.formats.page:read_page",
}
_NEEDS = {
    ForeignFormat.SHEET: ("python_calamine", "a workbook"),
    ForeignFormat.KML: ("defusedxml", "KML"),
}


class Within(Struct, frozen=True):
    """Which part of a file has the rows: a sheet of a workbook, or a list of JSON by its name."""

    sheet: str = ""
    rows: str = ""


def parse_foreign(
    data: bytes, format_: ForeignFormat, within: Within, run: RunProcess
) -> IO[bytes]:
    """Return what `read_parsed` reads, to close; Refused says why there is none. It blocks."""
    if len(data) > MOST_BYTES:
        raise Refused(Fault.TOO_LARGE, "file", f"{len(data):,}", f"{MOST_BYTES:,}")
    module, what = _NEEDS.get(format_, ("json", ""))
    if find_spec(module) is None:
        raise Refused(Fault.NEEDS_EXTRA, "file", what)
    given = {"sheet": within.sheet, "rows": within.rows}
    try:
        return run_confined(_TASKS[format_], data, given, run=run)
    except Failed as failed:
        raise _explain(failed) from None


def read_parsed(
    output: IO[bytes], format_: ForeignFormat, columns: Columns, remarks: Remarks
) -> Iterator[Raw | RowProblem]:
    """Return the rows of a file that is parsed."""
    if format_ is ForeignFormat.SHEET:
        return read_table(_lines(output), columns, remarks)
    return (
        _placemarks(output, remarks) if format_ is ForeignFormat.KML else _objects(output, remarks)
    )


def _explain(failed: Failed) -> Refused:
    match failed.failure:
        case Failure.REFUSED:
            fault, *rest = failed.words
            return Refused(Fault(fault), *rest)
        case Failure.TOO_SLOW:
            return Refused(Fault.TOO_SLOW, "file", f"{Confinement().seconds}")
        case Failure.TOO_MUCH:
            most = f"{Confinement().memory:,}"
            return Refused(Fault.TOO_MUCH, "file", f"> {most}", most)
    return Refused(Fault.DAMAGED, "file", "?")


def _lines(output: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    with output:
        for line in output:
            number, cells = json.loads(line)
            yield number, cells


def _objects(output: IO[bytes], remarks: Remarks) -> Iterator[Raw | RowProblem]:
    with output:
        for line in output:
            number, *row = json.loads(line)
            if not row:
                remarks.wordless += 1
            elif isinstance(row[0], dict):
                yield Raw(number, row[0])
            else:
                yield Refused(Fault.NOT_OBJECT, "row", str(row[0])[:200]).at(number)


def _placemarks(output: IO[bytes], remarks: Remarks) -> Iterator[Raw | RowProblem]:
    with output:
        for line in output:
            number, fields = json.loads(line)
            shape, outline = fields.pop("shape", ""), fields.pop("outline", None)
            if outline:
                yield Raw(number, fields, {"type": "MultiPolygon", "coordinates": outline})
            elif not shape or "latitude" in fields or "place" in fields:
                remarks.areas += bool(shape)
                yield Raw(number, fields)
            else:  # a line, which has no place of its own
                remarks.passed += 1
