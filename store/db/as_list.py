"""A list as SQLite takes it: one value, of which `json_each(?)` makes rows."""

from collections.abc import Collection

import msgspec

_ENCODER = msgspec.json.Encoder()


def as_list(values: Collection[int | str | tuple[int | str, ...]]) -> str:
    """Return numbers, texts, or lists of both as the JSON text that `json_each` takes apart."""
    return _ENCODER.encode(values).decode()
