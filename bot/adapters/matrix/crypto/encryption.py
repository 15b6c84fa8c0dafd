"""Encrypted rooms, as an extra (requirements-e2ee.txt): the library's machine, its keys in a file.

The device is signed by the account's own keys, so that clients that trust only verified devices
hand it theirs. The recovery key that signs the next device is kept beside it.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from mautrix.client import Client as Library
from mautrix.client import SyncStream
from mautrix.errors import MatrixConnectionError, MatrixError, SessionNotFound
from mautrix.types import (
    DeviceID,
    DeviceLists,
    EncryptedEvent,
    EncryptionKeyAlgorithm,
    SerializerError,
    ToDeviceEvent,
    TrustState,
    UserID,
)
from yarl import URL

from bot.adapters.matrix.crypto.cross_signing import FILE, Recovery, sign
from bot.adapters.matrix.crypto.lost_keys import require_keys, show_fingerprint
from bot.adapters.matrix.crypto.olm_machine import machine_of
from bot.adapters.matrix.crypto.one_time_keys import OneTimeKeys
from bot.adapters.matrix.crypto.state_store import Rooms, SealedRooms
from bot.adapters.matrix.crypto.validation import faults, is_decryptable, is_readable
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.events import Event, text_at
from bot.adapters.matrix.protocol.room import events_of
from bot.adapters.matrix.protocol.session import DeviceSession, key_file
from bot.dispatch import Log
from bot.ops.secret_file import make_secret
from store.model.installation import name_install_line

if TYPE_CHECKING:
    from mautrix.api import HTTPAPI
    from mautrix.crypto import OlmMachine

    from bot.adapters.matrix.crypto.key_store import KeyStore
    from bot.adapters.matrix.crypto.room_keys import People, RoomKeys

_TO_DEVICE = "m.room.encrypted"
_KEY_WAIT_S = 5.0
_FORGET_ROOM_KEYS = "DELETE FROM crypto_megolm_outbound_session"
"""At each start: what a key encrypted after a copy of the file was made it would encrypt again."""
_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")


def is_there() -> bool:
    """Tell whether what encryption needs is installed."""
    return all(find_spec(name) for name in ("olm", "asyncpg", "unpaddedbase64", "Crypto"))


def explain_absence() -> str:
    """Return in one line that it is not installed, and what helps on this Python."""
    if sys.version_info[:2] in ((3, 11), (3, 12)):
        return f"no encryption: it needs the extra “e2ee”: {name_install_line('e2ee')}"
    return "no encryption: python-olm is packaged for Python 3.11 and 3.12 alone; docs/matrix.md"


class Encryption:
    """Reads and writes what is encrypted for one device."""

    def __init__(
        self,
        machine: "OlmMachine",
        store: "KeyStore",
        known: SealedRooms,
        keys: "RoomKeys",
        log: Log,
    ) -> None:
        self._machine, self._store, self._known = machine, store, known
        self._one_time, self._log, self._keys = OneTimeKeys(machine, store), log, keys

    @classmethod
    async def open(
        cls, api: "HTTPAPI", session: DeviceSession, recovery: Recovery, rooms: Rooms, log: Log
    ) -> "Encryption":
        """Take up the keys of a device, or make them; then have the account sign it."""
        from mautrix.util.async_db import Database

        from bot.adapters.matrix.crypto.key_store import KeyStore
        from bot.adapters.matrix.crypto.room_keys import RoomKeys

        file = key_file(recovery.folder, session)
        make_secret(file)
        db = Database.create(
            URL.build(scheme="sqlite", path=str(file)),
            upgrade_table=KeyStore.upgrade_table,
            db_args={"init_commands": list(_PRAGMAS)},
        )
        store = KeyStore(session.device, session.device, db)
        library = Library(api=api, mxid=UserID(session.user), device_id=DeviceID(session.device))
        known = SealedRooms(rooms)
        machine = machine_of(library, store, known)
        encryption = cls(machine, store, known, RoomKeys(machine, store, known), log)
        async with AsyncExitStack() as undo:
            await db.start()
            undo.push_async_callback(db.stop)
            await machine.load()
            await require_keys(machine)
            await db.execute(_FORGET_ROOM_KEYS)
            await encryption._one_time.begin()
            await encryption._sign(recovery, log)
            key = show_fingerprint(machine.account.signing_key) if machine.account else ""
            log("device", platform=PLATFORM, device=session.device, fingerprint=key)
            undo.pop_all()
        return encryption

    async def _sign(self, recovery: Recovery, log: Log) -> None:
        """Have the account's own keys sign the device, unless they did."""
        trust = await self._machine.resolve_trust(self._machine.own_identity)
        if trust >= TrustState.CROSS_SIGNED_UNTRUSTED:
            return
        try:
            why = await sign(self._machine, recovery)
        except MatrixConnectionError:
            raise
        except (MatrixError, SerializerError, ValueError) as error:
            why = str(error)
        if why:
            log(
                "device not signed: write the account's recovery key",
                platform=PLATFORM,
                file=FILE,
                why=why,
            )

    async def take(self, batch: Mapping[str, Any]) -> None:
        """Take the keys that a sync brings, before what they open. Asks nobody."""
        for raw in events_of(batch, "to_device"):
            if raw.get("type") == _TO_DEVICE:  # half of a transaction would be lost at the end
                await asyncio.shield(asyncio.create_task(self._take_one(raw)))

    async def _take_one(self, raw: Event) -> None:
        """Take a key whole or not at all: what opens it opens nothing twice."""
        copy: Any = dict(raw)
        async with self._store.transaction():
            with suppress(*faults()):
                event = ToDeviceEvent.deserialize(copy)
                event["source"] = SyncStream.TO_DEVICE
                await self._machine.handle_to_device_event(event)

    async def follow(self, batch: Mapping[str, Any]) -> list[str]:
        """Do what a sync asks for: look at devices that changed, and hand out keys anew.

        Returns the rooms whose key has to be shared with others now.
        """
        unsettled = set(self._keys.unsettled())
        changed = batch.get("device_lists") or {}
        lists = DeviceLists(changed=changed.get("changed", []), left=changed.get("left", []))
        with suppress(*faults()):
            self._known.device_changes.update(lists.changed)
            await self._machine.handle_device_lists(lists)
        left = batch.get("device_one_time_keys_count") or {}
        count = left.get(EncryptionKeyAlgorithm.SIGNED_CURVE25519.value, 0)
        try:
            await self._one_time.replenish(count)
        except MatrixError as error:  # the next sync says how many are there then
            self._log("keys not handed out", platform=PLATFORM, why=str(error))
        return [room for room in self._keys.unsettled() if room not in unsettled]

    def changed(self, room: str) -> None:
        """Look again at who has the key of a room, as somebody came or went."""
        self._known.moves[room] += 1

    async def encrypted(
        self, room: str, kind: str, content: Mapping[str, Any], people: "People"
    ) -> dict[str, Any]:
        """Return content that only these people can read."""
        return await self._keys.encrypt(room, kind, content, people)

    async def prepare(self, room: str, people: "People") -> None:
        """Share a room's key ahead of what will be said there."""
        await self._keys.prepare(room, people)

    def keep_private(self, is_desk: Callable[[str], bool]) -> None:
        """Say of which rooms the keys are never to be passed on."""
        self._known.is_desk = is_desk

    async def decrypted(self, event: Event) -> Event | None:
        """Return what an event says, waiting a little for its key; None if it cannot be read."""
        if not is_decryptable(event):
            return None
        copy: Any = dict(event)
        try:
            sealed = EncryptedEvent.deserialize(copy)
            try:
                opened = await self._machine.decrypt_megolm_event(sealed)
            except SessionNotFound as error:
                room, session = sealed.room_id, error.session_id
                if not await self._machine.wait_for_session(room, session, _KEY_WAIT_S):
                    return None
                opened = await self._machine.decrypt_megolm_event(sealed)
            plain = opened.serialize()
        except faults():
            return None
        kind, content = text_at(plain, "type"), plain.get("content")
        return {**event, "type": kind, "content": content} if is_readable(content) else None

    async def aclose(self) -> None:
        await self._store.db.stop()
