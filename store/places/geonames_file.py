"""A file of places → records: a country's file as GeoNames packs it, or a table of one's own.

GeoNames: UTF-8, no heading, nineteen columns parted by tabs (download.geonames.org/export/dump,
readme.txt). One's own: UTF-8, columns parted by tabs, named in the first line; `name` has to be
there, the others may be: local_name, names (parted by "|"), latitude, longitude, region, country,
population, code. Either may be packed, as .zip or .gz. A file is read line by line, never whole.
"""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from msgspec import Struct

from store.model.refusals import StoreError
from store.places.build.geonames import tidy

_GEONAMES_COLUMNS = 19
_OWN_COLUMNS = frozenset(
    "name local_name names latitude longitude region country population code".split()  # noqa: SIM905
)
_LONGEST_NAME, _LONGEST_LINE, _MOST_DIGITS = 200, 100_000, 15


class PlaceFileFault(StoreError):
    """A file of places cannot be read: where, what was read, what to write."""

    def __init__(self, line: int, field: str, read: str, write: str) -> None:
        at = f"line {line}, " if line else ""
        super().__init__(f"{at}{field}: “{read[:60]}” was read; write {write}.")


class Record(Struct, frozen=True):
    """A place of a file. Degrees are WGS 84; what a file does not say is empty, 0 or None.

    `feature` is GeoNames' (P.PPL is a settlement, A.ADM1 a region); `admin1` and `admin2` are its
    codes of region and district. A table of one's own has P.PPL, no number, and a region's name.
    """

    name: str
    names: tuple[str, ...] = ()
    number: int = 0
    latitude: float | None = None
    longitude: float | None = None
    feature: str = "P.PPL"
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    region: str = ""
    local_name: str = ""
    code: str = ""


def read_records(path: Path) -> Iterator[Record]:
    """Yield the records of a file, as they stand; PlaceFileFault says where it cannot be read."""
    with ExitStack() as stack:
        text = _open_text(path, stack)
        first = _next_line(text, 1)
        columns = first.split("\t")
        if len(columns) == _GEONAMES_COLUMNS and columns[0].isdecimal():
            read: Callable[[int, Sequence[str]], Record] = _read_geonames
            yield read(1, columns)
        else:
            read = _Own(columns)
        number = 1
        while line := _next_line(text, number := number + 1):
            if line.strip():
                yield read(number, line.rstrip("\r\n").split("\t"))


def _open_text(path: Path, stack: ExitStack) -> TextIO:
    try:
        file = stack.enter_context(_open_packed(path, stack))
    except FileNotFoundError:
        raise StoreError(f"There is no file {path}.") from None
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise StoreError(f"{path} cannot be opened: {error}.") from None
    return io.TextIOWrapper(file, encoding="utf-8-sig", newline="\n")


def _open_packed(path: Path, stack: ExitStack) -> BinaryIO:
    if path.suffix == ".gz":
        return cast("BinaryIO", gzip.open(path))
    if path.suffix != ".zip":
        return path.open("rb")
    packed = stack.enter_context(zipfile.ZipFile(path))
    names = [n for n in packed.namelist() if n.endswith((".txt", ".tsv")) and "readme" not in n]
    if len(names) != 1:
        raise KeyError("it has to hold one .txt or .tsv besides readme.txt")
    return cast("BinaryIO", packed.open(names[0]))


def _next_line(text: TextIO, number: int) -> str:
    try:
        line = text.readline(_LONGEST_LINE)
    except UnicodeDecodeError as error:
        raise PlaceFileFault(number, "text", repr(error.object[error.start :]), "UTF-8") from None
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise PlaceFileFault(number, "file", str(error), "a file that unpacks whole") from None
    if len(line) == _LONGEST_LINE:
        raise PlaceFileFault(number, "line", line, f"{_LONGEST_LINE:,} characters at most")
    return line


def _read_geonames(line: int, cells: Sequence[str]) -> Record:
    if len(cells) != _GEONAMES_COLUMNS:
        was = f"{len(cells)} columns"
        raise PlaceFileFault(line, "columns", was, "nineteen, as GeoNames has them")
    return Record(
        name=_name(line, "name", cells[1]),
        names=tuple(name for name in cells[3].split(",") if name),
        number=_whole(line, "geonameid", cells[0]),
        latitude=_degrees(line, "latitude", cells[4], 90),
        longitude=_degrees(line, "longitude", cells[5], 180),
        feature=f"{cells[6]}.{cells[7]}",
        country=cells[8],
        admin1=cells[10],
        admin2=cells[11],
        population=_whole(line, "population", cells[14] or "0"),
    )


class _Own:
    """Reads the lines of a table of one's own."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = [column.strip().casefold() for column in columns]
        unknown = [column for column in self._columns if column not in _OWN_COLUMNS]
        if "name" not in self._columns or unknown:
            expected = "columns of GeoNames, or a heading such as name, latitude, longitude, region"
            raise PlaceFileFault(1, "heading", unknown[0] if unknown else columns[0], expected)

    def __call__(self, line: int, cells: Sequence[str]) -> Record:
        if len(cells) != len(self._columns):
            was = f"{len(cells)} columns"
            raise PlaceFileFault(line, "columns", was, f"{len(self._columns)}, as the heading has")
        given = {c: cell.strip() for c, cell in zip(self._columns, cells, strict=True)}
        latitude, longitude = self._point(line, given)
        local = given.get("local_name", "")
        return Record(
            name=_name(line, "name", given["name"]),
            names=tuple(name for name in given.get("names", "").split("|") if name),
            latitude=latitude,
            longitude=longitude,
            country=given.get("country", ""),
            population=_whole(line, "population", given.get("population") or "0"),
            region=given.get("region", ""),
            local_name=_name(line, "local_name", local) if local else "",
            code=given.get("code", ""),
        )

    def _point(self, line: int, given: Mapping[str, str]) -> tuple[float | None, float | None]:
        latitude, longitude = given.get("latitude", ""), given.get("longitude", "")
        if not latitude and not longitude:
            return None, None
        return (
            _degrees(line, "latitude", latitude, 90),
            _degrees(line, "longitude", longitude, 180),
        )


def _name(line: int, field: str, text: str) -> str:
    if not 0 < len(name := tidy(text)) <= _LONGEST_NAME:
        raise PlaceFileFault(line, field, text, f"a name of {_LONGEST_NAME} characters at most")
    return name


def _whole(line: int, field: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise PlaceFileFault(line, field, text, "a whole number")
    return int(text)


def _degrees(line: int, field: str, text: str, most: int) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = float("nan")
    if not -most <= degrees <= most:
        raise PlaceFileFault(line, field, text, f"degrees from -{most} to {most}, such as 48.28")
    return degrees
