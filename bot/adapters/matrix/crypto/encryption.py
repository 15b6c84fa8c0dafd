"""Encrypted rooms, as an extra (requirements-e2ee.txt): the library's machine, its keys in a file.

The device is signed by the account's own keys, so that clients that trust only verified devices
hand it theirs. The recovery key that signs the next device is kept beside it.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from mautrix.client import Client as Library
from mautrix.client import SyncStream
from mautrix.errors import (
    EncryptionError,
    MatrixConnectionError,
    MatrixError,
    SessionNotFound,
)
from mautrix.types import (
    DeviceID,
    DeviceLists,
    EncryptedEvent,
    EncryptionKeyAlgorithm,
    EventType,
    RoomID,
    SerializerError,
    ToDeviceEvent,
    TrustState,
    UserID,
)
from yarl import URL

from bot.adapters.matrix.crypto.cross_signing import FILE, Recovery, sign
from bot.adapters.matrix.crypto.lost_keys import require_keys, show_fingerprint
from bot.adapters.matrix.crypto.olm_machine import MISSED, SHARED_ROOM, machine_of
from bot.adapters.matrix.crypto.one_time_keys import OneTimeKeys
from bot.adapters.matrix.crypto.state_store import Rooms, SealedRooms
from bot.adapters.matrix.crypto.validation import faults, is_decryptable, is_readable
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.events import Event, text_at
from bot.adapters.matrix.protocol.room import events_of
from bot.adapters.matrix.protocol.session import DeviceSession, key_file
from bot.dispatch import Log
from bot.ops.secret_file import make_secret

if TYPE_CHECKING:
    from mautrix.api import HTTPAPI
    from mautrix.crypto import OlmMachine, PgCryptoStore
    from mautrix.util.async_db import Database

_TO_DEVICE = "m.room.encrypted"
_KEY_WAIT_S = 5.0
_SHARES = 3  # of keys for one message, at most
_FORGET_ROOM_KEYS = "DELETE FROM crypto_megolm_outbound_session"
"""At each start: what a key encrypted after a copy of the file was made it would encrypt again."""
_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")

People = Callable[[], Awaitable[list[str]]]


def is_there() -> bool:
    """Tell whether what encryption needs is installed."""
    return all(find_spec(name) for name in ("olm", "asyncpg", "unpaddedbase64", "Crypto"))


def explain_absence() -> str:
    """Return in one line that it is not installed, and what helps on this Python."""
    if sys.version_info[:2] in ((3, 11), (3, 12)):
        return "no encryption: install requirements-e2ee.txt for it"
    return "no encryption: python-olm is packaged for Python 3.11 and 3.12 alone; docs/matrix.md"


class Encryption:
    """Reads and writes what is encrypted for one device."""

    def __init__(
        self,
        machine: "OlmMachine",
        store: "PgCryptoStore",
        db: "Database",
        known: SealedRooms,
        log: Log,
    ) -> None:
        self._machine, self._store, self._db, self._known = machine, store, db, known
        self._one_time = OneTimeKeys(machine, store)
        self._log = log
        self._sharing = asyncio.Lock()  # one room at a time: two may share with the same device
        self._ahead: set[str] = set()

    @classmethod
    async def open(
        cls, api: "HTTPAPI", session: DeviceSession, recovery: Recovery, rooms: Rooms, log: Log
    ) -> "Encryption":
        """Take up the keys of a device, or make them; then have the account sign it."""
        from mautrix.crypto import PgCryptoStore
        from mautrix.util.async_db import Database

        file = key_file(recovery.folder, session)
        make_secret(file)
        db = Database.create(
            URL.build(scheme="sqlite", path=str(file)),
            upgrade_table=PgCryptoStore.upgrade_table,
            db_args={"init_commands": list(_PRAGMAS)},
        )
        store = PgCryptoStore(session.device, session.device, db)
        library = Library(api=api, mxid=UserID(session.user), device_id=DeviceID(session.device))
        known = SealedRooms(rooms)
        machine = machine_of(library, store, known)
        encryption = cls(machine, store, db, known, log)
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

    async def follow(self, batch: Mapping[str, Any]) -> None:
        """Do what a sync asks for: look at devices that changed, and hand out keys anew."""
        changed = batch.get("device_lists") or {}
        lists = DeviceLists(changed=changed.get("changed", []), left=changed.get("left", []))
        with suppress(*faults()):
            await self._machine.handle_device_lists(lists)
        left = batch.get("device_one_time_keys_count") or {}
        count = left.get(EncryptionKeyAlgorithm.SIGNED_CURVE25519.value, 0)
        try:
            await self._one_time.replenish(count)
        except MatrixError as error:  # the next sync says how many are there then
            self._log("keys not handed out", platform=PLATFORM, why=str(error))

    async def changed(self, room: str) -> None:
        """Use a new key for a room from now on, as somebody came or went."""
        self._known.moves[room] += 1
        await self._store.remove_outbound_group_session(RoomID(room))

    async def encrypted(
        self, room: str, kind: str, content: Mapping[str, Any], people: People
    ) -> dict[str, Any]:
        """Return content that only these people can read; they are asked for with a new key.

        Whoever comes, goes or takes another device the moment after a key was shared ends it, and
        the next one is shared.
        """
        async with self._sharing:  # a key that is being shared may not reach all yet
            for _ in range(_SHARES):
                with suppress(EncryptionError):
                    return await self._encrypted(room, kind, content)
                await self._share(room, people)
            return await self._encrypted(room, kind, content)

    async def prepare(self, room: str, people: People) -> None:
        """Share a new key ahead of what will be said in a room, if it has none."""
        if room in self._ahead:
            return
        self._ahead.add(room)
        try:
            async with self._sharing:
                known = await self._store.get_outbound_group_session(RoomID(room))
                if known is None or known.expired or not known.shared:
                    await self._share(room, people)
        finally:
            self._ahead.discard(room)

    def keep_private(self, is_desk: Callable[[str], bool]) -> None:
        """Say of which rooms the keys are never to be passed on."""
        self._known.is_desk = is_desk

    async def _encrypted(self, room: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        event_type = EventType.find(kind, t_class=EventType.Class.MESSAGE)
        sealed = await self._machine.encrypt_megolm_event(RoomID(room), event_type, content)
        serialized: dict[str, Any] = sealed.serialize()
        return serialized

    async def _share(self, room: str, people: People) -> None:
        """Give a new key to all who are in a room, again if somebody came or went meanwhile.

        So it is where another room's share, or a sync, finds that one of them has other devices:
        it ends the keys that it knows of, and this one is not there yet.
        """
        sharing = SHARED_ROOM.set(room)
        try:
            await self._share_until_nobody_moves(room, people)
        finally:
            SHARED_ROOM.reset(sharing)

    async def _share_until_nobody_moves(self, room: str, people: People) -> None:
        moves = -1
        while moves != self._known.moves[room]:
            moves = self._known.moves[room]
            await self._store.remove_outbound_group_session(RoomID(room))
            members = await people()
            self._known.shared[room] = set(members)
            missed: list[MatrixError] = []
            MISSED.set(missed)
            await self._machine.share_group_session(
                RoomID(room), [UserID(member) for member in members]
            )
            if missed:  # somebody would read nothing until the next key
                await self._store.remove_outbound_group_session(RoomID(room))
                raise missed[0]

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
        await self._db.stop()
