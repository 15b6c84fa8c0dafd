"""JSON, strictly: no name twice in an object, no NaN, no lone surrogate, not nested deep."""

import json
from typing import Any, NoReturn

from store.confined.child import TaskRefusal
from store.transfer.import_problems import Fault, Refused

DEEPEST = 12
"""Objects and lists within each other."""


def read_json(text: str, deepest: int = DEEPEST) -> Any:  # noqa: ANN401 -- whatever it holds
    """Return what a text holds; Refused when it is not JSON, or more than that allows."""
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        around = text[max(error.pos - 10, 0) : error.pos + 20]
        raise Refused(Fault.NOT_JSON, "row", around, error.msg) from None
    except RecursionError:
        raise Refused(Fault.TOO_DEEP, "row", text[:200], f"{deepest}") from None
    except ValueError:  # a whole number of thousands of digits
        raise Refused(Fault.NO_SUCH_NUMBER, "row", text[:200]) from None
    if text.count("{") + text.count("[") > deepest:
        _not_deep(value, text, deepest, deepest)
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    by_name = dict(pairs)
    if len(by_name) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(Fault.KEY_IN_OBJECT_TWICE, twice, twice)
    return by_name


def _no_number(text: str) -> NoReturn:
    raise Refused(Fault.NO_SUCH_NUMBER, "row", text)


def _not_deep(value: object, text: str, left: int, deepest: int) -> None:
    if left < 0:
        raise Refused(Fault.TOO_DEEP, "row", text[:200], f"{deepest}")
    if isinstance(value, dict):
        for inner in value.values():
            if isinstance(inner, dict | list):
                _not_deep(inner, text, left - 1, deepest)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                _not_deep(inner, text, left - 1, deepest)


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_no_number)


def refuse_bytes(data: bytes, error: UnicodeDecodeError) -> TaskRefusal:
    """Return the refusal of a file that is no such text: its first wrong bytes, and their line."""
    bad = data[error.start : error.start + 4].hex(" ")
    line = data.count(b"\n", 0, error.start) + 1
    return TaskRefusal(Fault.NOT_UTF8, "file", bad, f"{line}")
