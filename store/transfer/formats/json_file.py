"""A JSON document's rows, in the confined process: a list, one under a key, or a known form."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from store.confined.child import TaskRefusal
from store.transfer.formats import claim_review, telegram
from store.transfer.formats.strict_json import read_json, refuse_bytes
from store.transfer.import_problems import Fault, Refused

_DEEPEST = 64


def read_rows(data: bytes, given: Mapping[str, str]) -> Iterator[bytes]:
    """Yield each row as a line of JSON: its number and its fields.

    Rows are under the dotted name that `given` has as `rows`, or the list that there is. A result
    of Telegram's export and reviews of claims become rows of what they say; a post without words
    is its number alone.
    """
    try:
        whole = read_json(data.decode("utf-8-sig"), _DEEPEST)
    except UnicodeDecodeError as error:
        raise refuse_bytes(data, error) from None
    except Refused as refused:
        raise TaskRefusal(refused.fault, "file", refused.read, refused.more) from None
    under = given.get("rows", "")
    is_export = not under and telegram.is_export(whole)
    rows = telegram.list_posts(whole) if is_export else _rows(whole, under)
    for number, row in enumerate(rows, start=1):
        numbered = [number] if is_export and row is None else [number, row]
        yield json.dumps(numbered).encode("utf-8") + b"\n"


def _rows(whole: Any, under: str) -> Iterator[Any]:  # noqa: ANN401 -- whatever JSON has there
    if under:
        yield from _list_under(whole, under)
    elif claim_review.list_reviews(whole):
        yield from map(claim_review.read_review, claim_review.list_reviews(whole))
    elif isinstance(whole, list):
        yield from whole
    else:
        yield from _only_list(whole)


def _list_under(whole: Any, under: str) -> list[Any]:  # noqa: ANN401
    value = whole
    for name in under.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, list):
        raise TaskRefusal(Fault.NO_LIST, "rows", under, ", ".join(_lists(whole)))
    return value


def _only_list(whole: Any) -> list[Any]:  # noqa: ANN401
    names = _lists(whole)
    if len(names) != 1:
        raise TaskRefusal(Fault.NO_LIST, "rows", "", ", ".join(names))
    return _list_under(whole, names[0])


def _lists(whole: Any) -> list[str]:  # noqa: ANN401
    """Return the names under which lists of objects stand, also one level down."""
    if not isinstance(whole, dict):
        return []
    names: list[str] = []
    for name, value in whole.items():
        inner = {name: value}
        if isinstance(value, dict):
            inner = {f"{name}.{below}": other for below, other in value.items()}
        names += [
            path
            for path, rows in inner.items()
            if isinstance(rows, list) and rows and isinstance(rows[0], dict)
        ]
    return names
