"""Somebody's device in encrypted rooms, by itself: libolm and nothing of any client."""

import json
from collections.abc import Mapping
from typing import Any

from olm.account import Account
from olm.group_session import InboundGroupSession
from olm.session import InboundSession, OlmPreKeyMessage

ALGORITHMS = ("m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2")
Data = dict[str, Any]


class Device:
    """Its keys are with the homeserver, and it opens what comes to it."""

    def __init__(self, user: str, name: str, one_time_keys: int = 20) -> None:
        self.user, self.name = user, name
        self.account = Account()
        self.account.generate_one_time_keys(one_time_keys)
        self.one_time = dict(self.account.one_time_keys["curve25519"])
        self._sessions: list[Any] = []
        self.room_keys: list[Data] = []
        """The room keys that it got, as often as it did."""

    @property
    def curve(self) -> str:
        return str(self.account.identity_keys["curve25519"])

    @property
    def keys(self) -> Data:
        """Return its own keys, as they are published."""
        signing = self.account.identity_keys["ed25519"]
        return self._sign(
            {
                "user_id": self.user,
                "device_id": self.name,
                "algorithms": [*ALGORITHMS],
                "keys": {f"curve25519:{self.name}": self.curve, f"ed25519:{self.name}": signing},
            }
        )

    def hand_out(self) -> Data:
        """Return a one-time key, which is gone then."""
        key, value = self.one_time.popitem()
        return {f"signed_curve25519:{key}": self._sign({"key": value})}

    def _sign(self, content: Data) -> Data:
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
        signed = {f"ed25519:{self.name}": self.account.sign(canonical)}
        return {**content, "signatures": {self.user: signed}}

    def take(self, content: Mapping[str, Any]) -> None:
        """Open a message to this device and keep its key; OlmSessionError if it cannot be."""
        sealed = content["ciphertext"][self.curve]
        message = OlmPreKeyMessage(sealed["body"])
        session = next((each for each in self._sessions if each.matches(message)), None)
        if session is None:
            session = InboundSession(self.account, message, content["sender_key"])
            self._sessions.append(session)
        self.room_keys.append(json.loads(session.decrypt(message))["content"])

    @property
    def rooms(self) -> list[str]:
        """Return the rooms of which it got a key, as often as it did."""
        return [key["room_id"] for key in self.room_keys]

    def read(self, sealed: Mapping[str, Any]) -> Data:
        """Return what the content of an encrypted event says; LookupError without its key."""
        event: Data = json.loads(self._open(sealed)[0])
        return event

    def index_of(self, sealed: Mapping[str, Any]) -> int:
        """Return how many messages were encrypted with the same key before."""
        return self._open(sealed)[1]

    def _open(self, sealed: Mapping[str, Any]) -> tuple[str, int]:
        keys = [key for key in self.room_keys if key["session_id"] == sealed["session_id"]]
        if not keys:
            raise LookupError(sealed["session_id"])
        plain, index = InboundGroupSession(keys[0]["session_key"]).decrypt(sealed["ciphertext"])
        return str(plain), int(index)
