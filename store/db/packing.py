"""Bodies of revisions as the file keeps them: packed, without what most of them say alike.

Bytes and hex of digests and salts too, for statements: SQLite can read hex only from 3.41 on.
"""

import sqlite3
import zlib
from collections.abc import Callable
from typing import Any

DICTIONARY = (
    b'"retracted":"restored":"redacted":"undoes":"verdict":"source":"unlink":"link":"to":"E-'
    b'{"after":null,"before":null,"why":"","translations":{"uk":"","encirclement":"'
    b'["relative"],["as-of"],["publication"],"in","near","part","exact","area","document","footage"'
    b'"narrator","hearsay","anonymous","unnamed_group","kind":"assessment","movement","other"'
    b'{"after":{"actor_id":null,"attribution":"named","control":null,"credibility":6,"day":["2025-'
    b'","explicit"],"encirclement":null,"happened":null,"key":null,"kind":"claim","event"'
    b',"label":"","places":[[,"at","town",""]],"published":"","quote":"","share":"unspecified"'
    b',"sources":[[,"reports",false]],"text":"","type":"statement","fighting"}'
    b',"before":null,"why":"'
)
"""What bodies are packed against: names of fields and their usual values, no word of any entry.

Every store keeps it as it was packed with (`meta`), so a new one takes a step of the schema.
"""
_WINDOW = -13  # raw, and wide enough for what was and what is
_LEVEL = 3  # with fixed codes a body is read in half the time, and takes a fifteenth more


def pack(body: str) -> bytes:
    """Return a body as the file keeps it."""
    return pack_encoded(body.encode())


def pack_encoded(body: bytes) -> bytes:
    """Return the same of a body in UTF-8."""
    packing = zlib.compressobj(
        _LEVEL, wbits=_WINDOW, memLevel=5, strategy=zlib.Z_FIXED, zdict=DICTIONARY
    )
    return packing.compress(body) + packing.flush()


def unpack(packed: bytes) -> str | None:
    """Return a body as it was written; None where somebody has broken it."""
    unpacking = zlib.decompressobj(_WINDOW, DICTIONARY)
    try:
        text = unpacking.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError):
        return None
    return text if unpacking.eof else None


def _read_hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:  # somebody has changed it: no digest is that, so the chain breaks there
        return b""


_FUNCTIONS: dict[str, Callable[[Any], str | bytes | None]] = {
    "pack": pack,
    "unpack": unpack,
    "from_hex": _read_hex,
    "to_hex": bytes.hex,
}


def teach(db: sqlite3.Connection) -> None:
    """Let the statements of a connection pack and unpack; what is not there stays so."""

    def whole(function: Callable[[Any], str | bytes | None]) -> Callable[[Any], Any]:
        return lambda value: None if value is None else function(value)

    for name, function in _FUNCTIONS.items():
        db.create_function(name, 1, whole(function), deterministic=True)
    db.create_function("body_dictionary", 0, DICTIONARY.decode, deterministic=True)
