"""A workbook's cells as text, in the confined process: Excel's and LibreOffice's, by calamine."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from store.confined.child import TaskRefusal
from store.transfer.formats.coarse_cells import find_coarse_cells
from store.transfer.import_problems import Fault

_Spot = tuple[int, int]
_Range = tuple[_Spot, _Spot]
MOST_CELLS, MOST_MEMBERS, MOST_UNPACKED = 1_000_000, 1_000, 200_000_000


def read_sheet(data: bytes, given: Mapping[str, str]) -> Iterator[bytes]:
    """Yield each row of a sheet as a line of JSON: its number and its cells as text.

    The sheet is the one that `given` names, else the first that is not hidden.
    """
    from python_calamine import (  # noqa: PLC0415 -- an extra that only a workbook needs
        CalamineError,
        CalamineWorkbook,
        SheetVisibleEnum,
    )

    check_archive(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible or sheet.name == given.get("sheet")
        ]
        name = given.get("sheet") or next(iter(names), "")
        if name not in names:
            raise TaskRefusal(Fault.NO_SHEET, "sheet", name, ", ".join(names))
        sheet = book.get_sheet_by_name(name)
        height, width = (edge + 1 for edge in (sheet.end or (-1, -1)))
        if height * width > MOST_CELLS:
            raise TaskRefusal(
                Fault.TOO_MANY_CELLS, "file", f"{height * width:,}", f"{MOST_CELLS:,}"
            )
        rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
        coarse = find_coarse_cells(data, name) if data.startswith(b"PK") else {}
        merged = sheet.merged_cell_ranges or ()
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, SyntaxError) as error:
        raise TaskRefusal(Fault.DAMAGED, "file", type(error).__name__) from None
    coarse |= _fill_down(rows, merged, coarse)
    for number, cells in enumerate(rows):
        texts = [
            cell_text(cell)[: coarse.get((number, column)) if isinstance(cell, date) else None]
            for column, cell in enumerate(cells)
        ]
        yield json.dumps([number + 1, texts]).encode() + b"\n"


def _fill_down(
    rows: list[list[Any]], merged: Sequence[_Range], coarse: Mapping[_Spot, int]
) -> dict[_Spot, int]:
    """Give each row what a cell says that is merged over several: a day over all its events.

    Return how coarse the filled cells are. A cell that is also as wide as several is a title.
    """
    filled: dict[_Spot, int] = {}
    for (first, column), (last, last_column) in merged:
        if column != last_column:
            continue
        for row in range(first + 1, min(last + 1, len(rows))):
            rows[row][column] = rows[first][column]
            if (first, column) in coarse:
                filled[row, column] = coarse[first, column]
    return filled


def check_archive(data: bytes) -> None:
    """Refuse an archive that unpacks to too much, by what it says of itself."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        raise TaskRefusal(Fault.DAMAGED, "file", "zip") from None
    if len(members) > MOST_MEMBERS:
        raise TaskRefusal(Fault.TOO_MUCH, "file", f"{len(members):,}", f"{MOST_MEMBERS:,}")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise TaskRefusal(Fault.TOO_MUCH, "file", f"{unpacked:,}", f"{MOST_UNPACKED:,}")


def cell_text(cell: Any) -> str:  # noqa: ANN401 -- whatever calamine makes of it
    """Return a cell as a table would have it: days in ISO form, whole numbers without .0."""
    match cell:
        case datetime():
            day = cell.date().isoformat()
            return day if cell.time() == time() else f"{day} {cell.time().isoformat()}"
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return f"{cell}"
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 -- exact until there
            return f"{int(cell)}"
    return f"{cell}"
