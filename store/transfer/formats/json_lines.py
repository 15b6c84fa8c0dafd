"""JSON Lines: each line is read as strictly as any JSON here, most of them by msgspec."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec

from store.transfer.formats.raw_row import Raw
from store.transfer.formats.strict_json import DEEPEST, read_json
from store.transfer.import_problems import Fault, Refused, RowProblem

_DECODER = msgspec.json.Decoder()
_NESTED = (dict, list)
_BEFORE_COLON = (" :", "\t:", "\r:")


def read_json_lines(lines: Iterable[str]) -> Iterator[Raw | RowProblem]:
    """Yield the object of each line, or why it is none; a blank line is no row."""
    for number, line in enumerate(lines, start=1):
        if not line or line.isspace():
            continue
        try:
            value = _read_plain(line) or read_json(line)
        except Refused as refused:
            yield refused.at(number, "row")
            continue
        if isinstance(value, dict):
            yield Raw(number, value)
        else:
            yield Refused(Fault.NOT_OBJECT, "row", line).at(number)


def _read_plain(line: str) -> object:
    """Return what a line holds if it plainly is right; None leaves it to `read_json`.

    msgspec refuses more than that, except a name that stands twice in an object. A name is a quote
    and a colon: if a line has as many of these as what was read has names, none was there twice.
    """
    is_deep = line.count("{") + line.count("[") > DEEPEST
    if is_deep or any(map(line.__contains__, _BEFORE_COLON)):
        return None
    with suppress(msgspec.DecodeError, UnicodeEncodeError):
        value = _DECODER.decode(line)
        if line.count('":') == _count_names(value):
            return value
    return None


def _count_names(value: object) -> int:
    if type(value) is dict:
        return len(value) + _count_within(value.values())
    return _count_within(value) if type(value) is list else 0


def _count_within(values: Iterable[object]) -> int:
    return sum([_count_names(value) for value in values if type(value) in _NESTED])
