"""Files in encrypted rooms: what lies at the homeserver nobody reads who has not the message.

Needs the extra (requirements-e2ee.txt).
"""

from collections.abc import Mapping
from typing import Any

from mautrix.errors import CryptoError

from bot.adapters.matrix.protocol.events import text_at

_VERSION, _ALGORITHM = "v2", "A256CTR"


def encrypt_file(data: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return a file as it may lie anywhere, and what opens it."""
    from mautrix.crypto.attachments import encrypt_attachment

    sealed, key = encrypt_attachment(data)
    return sealed, key.serialize()


def decrypt_file(sealed: bytes, key: Mapping[str, Any]) -> bytes:
    """Return the file that was sealed; ValueError when it is another, or the key none."""
    from mautrix.crypto.attachments import decrypt_attachment

    if text_at(key, "v") != _VERSION or text_at(key, "key", "alg") != _ALGORITHM:
        raise ValueError("no key of a file that could be read")
    parts = text_at(key, "key", "k"), text_at(key, "hashes", "sha256"), text_at(key, "iv")
    try:
        return bytes(decrypt_attachment(sealed, *parts))
    except CryptoError as error:
        raise ValueError(str(error)) from None
