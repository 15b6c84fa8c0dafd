"""Canonical JSON: one value, one text, so that a digest can be taken of it.

Keys sorted by code point, no white space, UTF-8 without escapes beyond JSON's own. Strings,
whole numbers, booleans, null, lists and objects; no fractions, whose text differs by program.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def canonical(value: Json) -> str:
    """Return the one text of `value`; TypeError for what it cannot hold."""
    _check(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(*parts: str) -> str:
    """Return the SHA-256 of the parts, each preceded by its length in bytes, as hex."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode()
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return sha.hexdigest()


def _check(value: Json) -> None:
    match value:
        case None | bool() | int() | str():
            return
        case Mapping():
            for key, inner in value.items():
                if not isinstance(key, str):
                    raise TypeError(f"canonical JSON has text as keys, not {key!r}")
                _check(inner)
        case list() | tuple():
            for inner in value:
                _check(inner)
        case _:
            raise TypeError(f"canonical JSON cannot hold {type(value).__name__}")
