"""Other programs' files → rows: parsed in a confined process, whose lines are read here."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import IO

from msgspec import Struct

from store.confined import Confinement, Failed, Failure, run_confined
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


def read_foreign(
    data: bytes, format_: ForeignFormat, within: Within, columns: Columns, remarks: Remarks
) -> Iterator[Raw | RowProblem]:
    """Return a file's rows once it is parsed; Refused says why it could not be. It blocks."""
    if len(data) > MOST_BYTES:
        raise Refused(Fault.TOO_LARGE, "file", f"{len(data):,}", f"{MOST_BYTES:,}")
    module, what = _NEEDS.get(format_, ("json", ""))
    if find_spec(module) is None:
        raise Refused(Fault.NEEDS_EXTRA, "file", what)
    given = {"sheet": within.sheet, "rows": within.rows}
    try:
        output = run_confined(_TASKS[format_], data, given)
    except Failed as failed:
        raise _explain(failed) from None
    if format_ is ForeignFormat.SHEET:
        return read_table(_lines(output), columns, remarks)
    return _objects(output, remarks)


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
            number, fields = json.loads(line)
            if not isinstance(fields, dict):
                yield Refused(Fault.NOT_OBJECT, "row", str(fields)[:200]).at(number)
                continue
            shape, outline = fields.pop("shape", ""), fields.pop("outline", None)
            if outline:
                yield Raw(number, fields, {"type": "MultiPolygon", "coordinates": outline})
                continue
            if shape and "latitude" not in fields and "place" not in fields:
                yield Refused(Fault.AREA, "shape", str(shape)).at(number)
                continue
            remarks.areas += bool(shape)
            yield Raw(number, fields)
