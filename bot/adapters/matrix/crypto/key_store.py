"""The library's keys in their file, asked about many devices at once: each question is a hop.

Needs the extra (requirements-e2ee.txt).
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mautrix.crypto import PgCryptoStore, Session
from mautrix.types import (
    DeviceID,
    DeviceIdentity,
    IdentityKey,
    SessionID,
    SigningKey,
    TrustState,
    UserID,
)

_DEVICES = """
SELECT user_id, device_id, identity_key, signing_key, trust, deleted, name FROM crypto_device
WHERE user_id IN (SELECT value FROM json_each($1))
"""
_LATEST = """
SELECT sender_key, session_id, session, created_at, last_encrypted, last_decrypted,
    MAX(last_decrypted)
FROM crypto_olm_session
WHERE account_id=$2 AND sender_key IN (SELECT value FROM json_each($1)) GROUP BY sender_key
"""
_UPDATE = """
UPDATE crypto_olm_session SET session=$1, last_encrypted=$2, last_decrypted=$3
WHERE session_id=$4 AND account_id=$5
"""
_OWNER_SIGNATURE = """
SELECT signer_key, signature FROM crypto_cross_signing_signatures
JOIN crypto_cross_signing_keys ON user_id=signer_user_id AND key=signer_key
WHERE usage='self_signing' AND signed_user_id=$1 AND signer_user_id=$1 AND signed_key=$2
"""


class KeyStore(PgCryptoStore):
    """The store of one device."""

    async def devices_of(self, users: Collection[str]) -> list[DeviceIdentity]:
        """Return all known devices of people."""
        return [_read_device(row) for row in await self.db.fetch(_DEVICES, json.dumps([*users]))]

    async def owner_signature(self, user: UserID, device: SigningKey) -> dict[str, str]:
        """Return the signature of the owner on a device, by the name of its key; empty without."""
        rows = await self.db.fetch(_OWNER_SIGNATURE, user, device)
        return {f"ed25519:{row['signer_key']}": row["signature"] for row in rows}

    async def untracked(self, users: Collection[UserID]) -> list[UserID]:
        """Return those people of whose devices nothing is known."""
        tracked = set(await self.filter_tracked_users([*users]))
        return [user for user in users if user not in tracked]

    async def latest_sessions(self, keys: Iterable[IdentityKey]) -> dict[IdentityKey, Session]:
        """Return the session in which to write to each device, by its key, where there is one."""
        rows = await self.db.fetch(_LATEST, json.dumps([*keys]), self.account_id)
        return {row["sender_key"]: self._session(row) for row in rows}

    def _session(self, row: Mapping[str, Any]) -> Session:
        """Return the one object of a session, whose ratchet alone is right."""
        there = self._olm_cache[row["sender_key"]]
        session = there.get(row["session_id"])
        if session is None:
            session = Session.from_pickle(
                row["session"],
                self.pickle_key,
                row["created_at"],
                row["last_encrypted"],
                row["last_decrypted"],
            )
            there[SessionID(session.id)] = session
        return session

    async def add_sessions(self, sessions: Iterable[tuple[IdentityKey, Session]]) -> None:
        """Keep new sessions, each with a device's key, in one step."""
        async with self.transaction():
            for key, session in sessions:
                await self.add_session(key, session)

    async def update_sessions(self, sessions: Iterable[Session]) -> None:
        """Keep where the ratchets of sessions stand."""
        rows = [
            (
                session.pickle(self.pickle_key),
                session.last_encrypted,
                session.last_decrypted,
                session.id,
                self.account_id,
            )
            for session in sessions
        ]
        await self.db.executemany(_UPDATE, rows)


def _read_device(row: Mapping[str, Any]) -> DeviceIdentity:
    return DeviceIdentity(
        user_id=UserID(row["user_id"]),
        device_id=DeviceID(row["device_id"]),
        identity_key=row["identity_key"],
        signing_key=row["signing_key"],
        trust=TrustState(row["trust"]),
        deleted=row["deleted"],
        name=row["name"],
    )
