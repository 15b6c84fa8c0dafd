"""Canonical JSON: one value, one text, so that a digest can be taken of it.

Keys sorted by code point, no white space, UTF-8 without escapes beyond JSON's own. Strings,
whole numbers, booleans, null, lists and objects; no fractions, whose text differs by program.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

import msgspec

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def canonical(value: Json) -> str:
    """Return the one text of `value`; TypeError for what it cannot hold."""
    _check(value)
    try:
        return _FAST.encode(value).decode()
    except OverflowError:  # a number beyond 64 bits
        return _ENCODER.encode(value)


_FAST = msgspec.json.Encoder(order="sorted")
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(*parts: str) -> str:
    """Return the SHA-256 of the parts, each preceded by its length in bytes, as hex."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode()
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return sha.hexdigest()


_PLAIN = frozenset({str, int, bool, type(None)})


def _check(value: Json) -> None:
    if value.__class__ in _PLAIN or isinstance(value, str | int):
        return
    if isinstance(value, list | tuple):
        for inner in value:
            if inner.__class__ not in _PLAIN and not isinstance(inner, str):
                _check(inner)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"canonical JSON has text as keys, not {key!r}")
            # asked of every write, so asked quickly
            if inner.__class__ not in _PLAIN and not isinstance(inner, str):
                _check(inner)
    else:
        raise TypeError(f"canonical JSON cannot hold {type(value).__name__}")
