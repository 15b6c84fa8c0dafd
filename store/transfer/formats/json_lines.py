"""JSON Lines: each line is read as strictly as any JSON here, most of them by msgspec."""

from collections.abc import Iterable, Iterator

import msgspec

from store.transfer.formats.raw_row import Raw
from store.transfer.formats.strict_json import DEEPEST, read_json
from store.transfer.import_problems import Fault, Refused, RowProblem

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_COLON = "\\u003"  # the beginning of a colon that is written as a number


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

    msgspec refuses more than that, except a name that stands twice in an object. Each name has a
    colon: if a line has as many as what was read has when it is written again, no name was lost.
    """
    if line.count("{") + line.count("[") > DEEPEST or _COLON in line:
        return None
    try:
        value = _decode(line)
        is_whole = line.count(":") == _encode(value).count(b":")
    except (msgspec.DecodeError, UnicodeEncodeError, OverflowError):
        return None
    return value if is_whole else None
