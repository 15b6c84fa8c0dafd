"""Canonical JSON: one value, one text, so that a hash can be taken of it.

Keys sorted by code point, no white space, UTF-8 without escapes beyond JSON's own. Strings,
whole numbers, booleans, null, lists and objects; no fractions, whose text differs by program.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import hashlib

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def canonical(value: Json) -> str:
    """Return the one text of `value`; TypeError for what it cannot hold."""
    return encode_canonical(value).decode()


def encode_canonical(value: Json) -> bytes:
    """Return the same in UTF-8."""
    _check(value)
    try:
        return encode_known(value)
    except OverflowError:  # a number beyond 64 bits
        return _encode_slowly(value)


encode_known = msgspec.json.Encoder(order="sorted").encode
"""Return the same of what is known to hold nothing else, and no number beyond 64 bits."""


def _encode_slowly(value: Json) -> bytes:
    import json  # noqa: PLC0415 -- nothing else that a question asks for needs it

    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def hash_of(*parts: str) -> str:
    """Return the SHA-256 of the parts, each preceded by its length in bytes, as hex."""
    return digest_of(*map(str.encode, parts)).hex()


def digest_of(*parts: bytes) -> bytes:
    """Return the same of parts in UTF-8, as 32 bytes."""
    return _sha256()(b"".join([b"%d:%b" % (len(part), part) for part in parts])).digest()


@cache
def _sha256() -> "Callable[[bytes], hashlib._Hash]":
    from hashlib import sha256  # noqa: PLC0415 -- loads OpenSSL, and reading alone takes no hash

    return sha256


_PLAIN: set[type] = {str, int, bool, type(None)}
"""What needs no second look; text and numbers of other classes join it as they are seen."""
_TEXT: frozenset[type] = frozenset({str})


def _check(value: Json) -> None:
    # Every write asks this, so plain values are not looked at one by one.
    if isinstance(value, dict) or isinstance(value, Mapping):  # noqa: SIM101 -- a dict at once
        if not _TEXT.issuperset(map(type, value)):
            for key in value:
                if not isinstance(key, str):
                    raise TypeError(f"canonical JSON has text as keys, not {key!r}")
        _check_each(value.values())
    elif isinstance(value, list | tuple):
        _check_each(value)
    elif not (value is None or isinstance(value, str | int)):
        raise TypeError(f"canonical JSON cannot hold {type(value).__name__}")


def _check_each(values: Collection[Json]) -> None:
    for value in [value for value in values if type(value) not in _PLAIN]:
        if type(value) is list:
            _check_each(value)
            continue
        _check(value)
        if isinstance(value, str | int):
            _PLAIN.add(type(value))
