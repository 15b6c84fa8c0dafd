"""What others encrypted may be anything: the library is handed what it can take, and may fail."""

import json
from collections.abc import Mapping

from mautrix.errors import CryptoError
from mautrix.types import SerializerError

from bot.adapters.matrix.protocol.events import Event, text_at

_NEEDED = ("algorithm", "ciphertext", "session_id")
_ELSE = ("sender_key", "device_id")


def faults() -> tuple[type[Exception], ...]:
    """Return what the library raises at what somebody wrote wrong, by mistake or to stop the bot.

    It looks at few types before it uses a value; a fault of one message concerns nothing else.
    """
    from olm.account import OlmAccountError
    from olm.group_session import OlmGroupSessionError
    from olm.session import OlmSessionError

    own = (OlmAccountError, OlmGroupSessionError, OlmSessionError, CryptoError, SerializerError)
    wrong = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError)
    return (*own, *wrong, TypeError, ValueError)


def is_decryptable(event: Event) -> bool:
    """Tell whether an event has what decrypting it looks up, as text."""
    content = event.get("content")
    if not isinstance(content, Mapping):
        return False
    has = all(text_at(content, name) for name in _NEEDED)
    named = all(text_at(event, name) for name in ("room_id", "event_id", "sender"))
    at = isinstance(event.get("origin_server_ts"), int)
    return has and named and at and all(isinstance(content.get(name, ""), str) for name in _ELSE)


def is_readable(content: object) -> bool:
    """Tell whether a decrypted content is one that a homeserver would take unencrypted."""
    if not isinstance(content, Mapping):
        return False
    try:
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    except (RecursionError, TypeError, ValueError):
        return False
    return True
