"""Which cells of an Excel sheet show a month or a year, although a whole day is stored in them.

Excel keeps "Nov 2025" as the first day of that month with the format `mmm-yy`. The reader of
workbooks gives the day; the sheet does not say it. LibreOffice's own files are read without this.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import reduce
from posixpath import join, normpath
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# From the list of formats in ISO/IEC 29500-1, 18.8.30: the one date with no day in it.
_MONTH_AND_YEAR = {17: 7}
# What a format shows as it stands: quoted, escaped, as wide as a letter, in brackets.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')


def find_coarse_cells(data: bytes, sheet: str) -> dict[tuple[int, int], int]:
    """Return how many characters of its ISO day each such cell says: 7, a month; 4, a year.

    The keys are row and column, from 0. A workbook in another form than .xlsx has none. Raises
    KeyError, ValueError and SyntaxError where the file is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/styles.xml" not in archive.namelist():
            return {}
        lengths = _read_styles(_parse(archive, "xl/styles.xml"))
        if not lengths:
            return {}
        with archive.open(_find_part(archive, sheet)) as part:
            return dict(_read_cells(part, lengths))


def measure_format(code: str) -> int | None:
    """Return how many characters of an ISO day a number format shows; None where it shows a day."""
    letters = _LITERAL.sub("", code.partition(";")[0]).casefold()
    if "y" not in letters or any(letter in letters for letter in "dhs0#?"):
        return None
    return 7 if "m" in letters else 4


def _read_styles(styles: "Element") -> dict[str, int]:
    """Return the length for each style that shows no day, by its number as cells name it."""
    formats: dict[int, int | None] = dict(_MONTH_AND_YEAR)
    for own in styles.iterfind(".//{*}numFmt"):
        formats[int(own.get("numFmtId", ""))] = measure_format(own.get("formatCode", ""))
    of_cells = styles.iterfind("{*}cellXfs/{*}xf")
    lengths = (formats.get(int(style.get("numFmtId", "0"))) for style in of_cells)
    return {str(number): length for number, length in enumerate(lengths) if length}


def _find_part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the path of the part that holds a sheet."""
    sheets = _parse(archive, "xl/workbook.xml").iterfind(".//{*}sheet")
    own = next((each for each in sheets if each.get("name") == sheet), None)
    keys = dict(own.items()) if own is not None else {}
    key = next((value for name, value in keys.items() if name.endswith("relationships}id")), None)
    for relation in _parse(archive, "xl/_rels/workbook.xml.rels"):
        if key and relation.get("Id") == key:
            return normpath(join("/xl", relation.get("Target", ""))).lstrip("/")
    raise KeyError(sheet)


def _read_cells(part: IO[bytes], lengths: dict[str, int]) -> Iterator[tuple[tuple[int, int], int]]:
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415 -- an extra, as calamine is

    at = 0
    for _, row in iterparse(part):
        if not row.tag.endswith("}row"):
            continue
        at = int(row.get("r") or at + 1)
        column = 0
        for cell in row:
            column = _number_column(cell.get("r", "")) or column + 1
            if length := lengths.get(cell.get("s", "")):
                yield (at - 1, column - 1), length
        row.clear()


def _number_column(cell: str) -> int:
    """Return the number of a cell's column, from 1; 0 where the cell has no name."""
    letters = cell.rstrip("0123456789")
    return reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)


def _parse(archive: zipfile.ZipFile, path: str) -> "Element":
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 -- as above

    root: Element = fromstring(archive.read(path))
    return root
