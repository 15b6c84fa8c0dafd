"""The cells of a table → rows by column: the header is looked for, what is empty passed over."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, zip_longest

from store.transfer.fields import CELL, EVERY, is_field
from store.transfer.formats.hxl_tags import is_tag_row, normalise_tag
from store.transfer.formats.raw_row import Raw, Remarks
from store.transfer.formats.safe_cells import read_cell
from store.transfer.headings import field_of, nearest_fields
from store.transfer.import_problems import Fault, Refused, RowProblem, excerpt

_DIVIDERS = ",;\t"
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_LOOKED_AT = 10  # rows, for the header
_NAMED = 12  # headings that are like none of ours
_HEADINGS = 2  # that are plainly some, in the second row of a header
_DATA = re.compile(
    r"\s*(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d))(?:[T ][\d:]+)?\s*|https?://\S+"
)
_DIGIT = re.compile(r"\d")

Cells = Sequence[str]


class Columns:
    """How a table's headings are read: as columns that somebody knows, whatever their case.

    `known` are those of a mapping, empty for our own fields; `order` those of a table that may
    come without a header. With `whatever` each stays as it is.
    """

    def __init__(
        self, known: Collection[str] = (), order: Sequence[str] = (), *, whatever: bool = False
    ) -> None:
        self._known = {_plain(name): name for name in known}
        self._order, self._whatever = order, whatever
        self._of_tags = not known or any(name.startswith("#") for name in known)

    def name(self, heading: str) -> str:
        """Return the column that a heading means, or the heading as it stands."""
        if self._whatever:
            return normalise_tag(heading) if heading.startswith("#") else heading
        if self._known:
            return self._known.get(_plain(heading), heading)
        plain = _plain(heading).replace(" ", "_")
        return plain if is_field(plain) else heading

    def find_header(self, lines: Sequence[Cells]) -> tuple[int, int, int]:
        """Return which line is the header, which names the columns, and which is the first row.

        The header names them, unless tags of HXL stand under it that a mapping does not pass over.
        """
        at = _header_at(lines)
        if at + 1 < len(lines) and is_tag_row(lines[at + 1]):
            return at, at + self._of_tags, at + 2
        return at, at, at + 1

    def problems(self, names: Sequence[str]) -> list[RowProblem]:
        """Return what is wrong with a header, each name once; those like none of ours together."""
        if self._known or self._whatever:
            return []
        unknown = [name for name in names if name and not is_field(name)]
        near = {name: nearest_fields(name, EVERY) for name in unknown}
        lost = [excerpt(name) for name in unknown if not near[name]]
        problems = [
            RowProblem(0, "header", Fault.UNKNOWN_COLUMN, name, ", ".join(near[name] or EVERY))
            for name in unknown
            if near[name] or len(lost) == 1
        ]
        if len(lost) > 1:
            read = ", ".join(f"“{name}”" for name in lost[:_NAMED]) + "…" * (len(lost) > _NAMED)
            every = ", ".join(EVERY)
            problems.append(RowProblem(0, "header", Fault.UNKNOWN_COLUMNS, read, every))
        return problems

    def stand_in(self, cells: Cells) -> list[str]:
        """Return the columns of a table whose first row is no header, or none."""
        headings = {self.name(cell.strip()) for cell in cells}
        fits = len(cells) == len(self._order) and not headings & {*self._order}
        return list(self._order) if fits else []

    def find_data(self, cells: Cells) -> str:
        """Return what no heading is, a day or an address, of cells that should be headings."""
        return "" if self._known else next(filter(_DATA.fullmatch, cells), "")

    def repeats(self, names: list[str]) -> list[str]:
        """Return headings that stand once each; a mapping knows the second as "Title (2)"."""
        seen: Counter[str] = Counter()
        once: list[str] = []
        for name in names:
            seen[name] += bool(name)
            if seen[name] > 1 and not (self._known or self._whatever):
                raise Refused(Fault.COLUMN_TWICE, "header", name)
            once.append(name if seen[name] < 2 else self.name(f"{name} ({seen[name]})"))  # noqa: PLR2004
        return once


def read_csv(text: str, columns: Columns, remarks: Remarks) -> Iterator[Raw | RowProblem]:
    """Yield a table's rows; a `sep=` line before it names the divider, as Excel writes it."""
    named = _SEP.match(text)
    body = text[named.end() :] if named else text
    divider = named[1] if named else _divider(body)
    lines = csv.reader(split_lines(body), delimiter=divider, strict=True)
    number = 0

    def cells() -> Iterator[tuple[int, Cells]]:
        nonlocal number
        for line in lines:
            number += 1
            yield number, line

    try:
        yield from read_table(cells(), columns, remarks)
    except csv.Error as error:
        if "larger than" in str(error):
            yield RowProblem(number + 1, "row", Fault.TOO_LONG, f"> {CELL:,}", f"{CELL:,}")
        else:
            yield RowProblem(number + 1, "row", Fault.NOT_CSV, "")


def read_table(
    cells: Iterator[tuple[int, Cells]], columns: Columns, remarks: Remarks
) -> Iterator[Raw | RowProblem]:
    """Yield numbered cells as rows by column; rows of empty cells are passed over."""
    filled = ((number, line) for number, line in cells if any(cell.strip() for cell in line))
    first = list(islice(filled, _LOOKED_AT))
    if not first:
        return
    at, named, start = columns.find_header([line for _, line in first])
    if names := columns.stand_in(first[at][1]):
        start = at
    elif told := columns.find_data(first[named][1]):
        raise Refused(Fault.NO_HEADER, "header", told)
    else:
        top, below = first[named][1], first[start][1] if start < len(first) else ()
        headings = join_header(top, below) if named == at else top
        start += headings is not top
        names = columns.repeats([columns.name(cell.strip()) for cell in headings])
    remarks.above += [" ".join(filter(None, line)).strip() for _, line in first[:at]]
    if problems := columns.problems(names):
        yield from problems
        return
    for number, line in first[start:]:
        yield _record(number, names, line)
    for number, line in filled:
        yield _record(number, names, line)


def _header_at(lines: Sequence[Cells]) -> int:
    """Return which line is the header: a title above it fills a single cell."""
    widths = [sum(bool(cell.strip()) for cell in line) for line in lines]
    wide = next((at for at, width in enumerate(widths) if width > 1), 0)
    return wide if max((len(lines[at]) for at in range(wide)), default=1) <= len(lines[wide]) else 0


def join_header(top: Cells, below: Cells) -> Cells:
    """Return the headings of a header in two rows, "Where" over "Town" and "Raion"; else `top`.

    The second row names what the first leaves open, or says the same where cells are merged; most
    of its cells are plainly headings: a row of data has a number, or words of its own.
    """
    cells = [cell for cell in below if cell.strip()]
    known = sum(field_of(cell) is not None for cell in cells)
    pairs = list(zip_longest(top, below, fillvalue=""))
    opens = any(cell.strip() and not over.strip() for over, cell in pairs)
    is_header = opens or all(cell in {"", over} for over, cell in pairs)
    plain = known >= max(_HEADINGS, len(cells) / 2) and not _DIGIT.search("".join(cells))
    if not (is_header and plain):
        return top
    return [over if _says_more(over, cell) else cell for over, cell in pairs]


def _says_more(over: str, cell: str) -> bool:
    """Tell whether the first row of a header names a column that the second does not."""
    return not cell.strip() or (field_of(over) is not None and field_of(cell) is None)


def split_lines(text: str) -> Iterator[str]:
    """Yield a text's lines with their ends; StringIO would take four times its memory."""
    end = "\n" if "\n" in text else "\r"
    start = 0
    while start < len(text):
        stop = text.find(end, start) + 1 or len(text)
        yield text[start:stop]
        start = stop


def _divider(text: str) -> str:
    """Return what divides the first line that anything divides, outside of quotes."""
    for line in islice(split_lines(text), _LOOKED_AT):
        bare = _QUOTED.sub("", line)
        divider = max(_DIVIDERS, key=bare.count)
        if divider in bare:
            return divider
    return _DIVIDERS[0]


def _record(number: int, names: list[str], line: Cells) -> Raw | RowProblem:
    if len(line) == len(names) and "" not in names:
        return Raw(number, dict(zip(names, map(read_cell, line), strict=True)))
    beyond = [cell for cell in line[len(names) :] if cell.strip()]
    if beyond:
        return RowProblem(number, "row", Fault.CELLS, f"{len(line)}", f"{len(names)}")
    short = [*line, *[""] * (len(names) - len(line))]
    data: dict[str, str] = {}
    for name, cell in zip(names, short, strict=False):
        if name:
            data[name] = read_cell(cell)
        elif cell.strip():
            return Refused(Fault.NO_NAME, "header", cell).at(number)
    return Raw(number, data)


def _plain(heading: str) -> str:
    plain = " ".join(heading.casefold().split())
    return normalise_tag(plain) if plain.startswith("#") else plain
