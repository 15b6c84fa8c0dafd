"""The codifier of administrative units of Ukraine, as the ministry's workbook has it."""

import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_CODE = re.compile(r"UA\d{17}")
_LEVELS = 5
_CATEGORIES = frozenset("OKPHMTCXB")
_LOOK_ALIKE = {
    "С": "C",
    "Т": "T",
    "О": "O",
    "К": "K",
    "Р": "P",
    "Н": "H",
    "М": "M",
    "Х": "X",
    "В": "B",
}
_APOSTROPHES = str.maketrans(dict.fromkeys("'`´ʼ‘", "’"))


class CodifierUnit(Struct, frozen=True):
    """One unit: O a region, K a city of its own, P a raion, H a hromada, M T X C settlements.

    B is a city's district. `above` are the codes of the units that it lies in, the largest first.
    """

    code: str
    category: str
    name: str
    above: tuple[str, ...]


def read_units(workbook: BinaryIO) -> dict[str, CodifierUnit]:
    """Return the units of an edition (an .xlsx file) by code, in its order."""
    units = (unit for row in _rows(workbook) if (unit := _unit(row)))
    return {unit.code: unit for unit in units}


def _unit(row: list[str]) -> CodifierUnit | None:
    if len(row) < _LEVELS + 2:
        return None
    levels = tuple(dict.fromkeys(cell for cell in row[:_LEVELS] if _CODE.fullmatch(cell)))
    category = _LOOK_ALIKE.get(row[_LEVELS], row[_LEVELS])
    if not levels or category not in _CATEGORIES:
        return None
    return CodifierUnit(levels[-1], category, tidy(row[_LEVELS + 1]), levels[:-1])


def tidy(name: str) -> str:
    """Return a name in one form: NFC, one kind of apostrophe, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).translate(_APOSTROPHES).split())


def _rows(workbook: BinaryIO) -> Iterator[list[str]]:
    with zipfile.ZipFile(workbook) as parts:
        # The workbook is one of a named release, not anybody's.
        strings = ET.fromstring(parts.read(_STRINGS))  # noqa: S314
        sheet = ET.fromstring(parts.read(_SHEET))  # noqa: S314
    shared = [_text(item) for item in strings]
    for row in sheet.iter(f"{_NS}row"):
        yield [_cell(cell, shared) for cell in row]


def _cell(cell: ET.Element, shared: list[str]) -> str:
    text = cell.findtext(f"{_NS}v") or ""
    return shared[int(text)] if cell.get("t") == "s" else text


def _text(item: ET.Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{_NS}t"))
