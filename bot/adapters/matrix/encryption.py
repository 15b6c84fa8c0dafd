"""Encrypted rooms, as an extra (requirements-e2ee.txt): the library's machine, its keys in a file.

The device is signed by the account's own keys, so that clients that trust only verified devices
hand it theirs. The recovery key that signs the next device is kept beside it.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mautrix.client import Client as Library
from mautrix.client import SyncStream
from mautrix.errors import (
    CryptoError,
    EncryptionError,
    MatrixConnectionError,
    MatrixError,
    SessionNotFound,
)
from mautrix.types import (
    DeviceID,
    DeviceLists,
    EncryptedEvent,
    EventType,
    RoomEncryptionStateEventContent,
    RoomID,
    SerializerError,
    ToDeviceEvent,
    TrustState,
    UserID,
)
from yarl import URL

from bot.adapters.matrix.events import Event, text_at
from bot.adapters.matrix.keeping import PLATFORM
from bot.adapters.matrix.onetime import OneTimeKeys
from bot.adapters.matrix.rooms import Known, events_of
from bot.adapters.matrix.session import Session, write_secret
from bot.dispatch import Log

if TYPE_CHECKING:
    from mautrix.api import HTTPAPI
    from mautrix.crypto import OlmMachine, PgCryptoStore
    from mautrix.util.async_db import Database

RECOVERY = "recovery-key"
_KEY_WAIT_S = 5.0
_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")

Rooms = Mapping[str, Known]
People = Callable[[], Awaitable[list[str]]]


def is_there() -> bool:
    """Tell whether what encryption needs is installed."""
    return all(find_spec(name) for name in ("olm", "asyncpg", "unpaddedbase64", "Crypto"))


class Encryption:
    """Reads and writes what is encrypted for one device."""

    def __init__(
        self, machine: "OlmMachine", store: "PgCryptoStore", db: "Database", known: "_Known"
    ) -> None:
        self._machine, self._store, self._db, self._known = machine, store, db, known
        self._one_time = OneTimeKeys(machine, store)
        self._sharing = asyncio.Lock()
        self._moves: Counter[str] = Counter()

    @classmethod
    async def open(
        cls, api: "HTTPAPI", session: Session, folder: Path, rooms: Rooms, log: Log
    ) -> "Encryption":
        """Take up the keys of a device, or make them; then have the account sign it."""
        from mautrix.crypto import OlmMachine, PgCryptoStore
        from mautrix.util.async_db import Database

        db = Database.create(
            URL.build(scheme="sqlite", path=f"{folder}/keys-{session.device}.db"),
            upgrade_table=PgCryptoStore.upgrade_table,
            db_args={"init_commands": list(_PRAGMAS)},
        )
        store = PgCryptoStore(session.device, session.device, db)
        library = Library(api=api, mxid=UserID(session.user), device_id=DeviceID(session.device))
        known = _Known(rooms)
        machine = OlmMachine(library, store, _state_store(known))
        made = cls(machine, store, db, known)
        async with AsyncExitStack() as undo:
            await db.start()
            undo.push_async_callback(db.stop)
            await machine.load()
            if machine.account is None or not machine.account.shared:
                await made._one_time.replenish(0)
            await made._sign(_Recovery(folder / RECOVERY), log)
            undo.pop_all()
        return made

    async def _sign(self, recovery: "_Recovery", log: Log) -> None:
        """Have the account's own keys sign the device, unless they did."""
        trust = await self._machine.resolve_trust(self._machine.own_identity)
        if trust >= TrustState.CROSS_SIGNED_UNTRUSTED:
            return
        try:
            why = await self._unsigned(recovery)
        except MatrixConnectionError:
            raise
        except (MatrixError, SerializerError, ValueError) as error:
            why = str(error)
        if why:
            log("device not signed: write the account's recovery key", platform=PLATFORM,
                file=RECOVERY, why=why)  # fmt: skip

    async def _unsigned(self, recovery: "_Recovery") -> str:
        """Sign the device; return why it cannot be signed.

        Keys that the account has already are left alone: to make others would write over those
        that are stored with it, before the homeserver says no.
        """
        user = self._machine.client.mxid
        if key := recovery.kept():
            await self._machine.verify_with_recovery_key(key)
        elif (await self._machine.client.query_keys([user])).master_keys.get(user):
            return "the account has keys of its own"
        else:
            recovery.keep(await self._machine.generate_recovery_key())
        return ""

    async def take(self, said: Mapping[str, Any]) -> None:
        """Take the keys that a sync brings, before what they open."""
        for raw in events_of(said, "to_device"):
            copy: Any = dict(raw)
            event = ToDeviceEvent.deserialize(copy)
            if event.get("type") == EventType.TO_DEVICE_ENCRYPTED:
                event["source"] = SyncStream.TO_DEVICE
                await _unless_broken(self._machine.handle_to_device_event(event))
        changed = said.get("device_lists") or {}
        await _unless_broken(
            self._machine.handle_device_lists(
                DeviceLists(changed=changed.get("changed", []), left=changed.get("left", []))
            )
        )
        if "device_one_time_keys_count" in said:
            count = said["device_one_time_keys_count"].get("signed_curve25519", 0)
            await _unless_broken(self._one_time.replenish(count))

    async def changed(self, room: str) -> None:
        """Use a new key for a room from now on, as somebody came or went."""
        self._moves[room] += 1
        await self._store.remove_outbound_group_session(RoomID(room))

    async def encrypted(
        self, room: str, kind: str, content: Mapping[str, Any], people: People
    ) -> dict[str, Any]:
        """Return content that only these people can read; they are asked for with a new key."""
        try:
            return await self._encrypted(room, kind, content)
        except EncryptionError:
            async with self._sharing:
                try:  # another message may have seen to it meanwhile
                    return await self._encrypted(room, kind, content)
                except EncryptionError:
                    await self._share(room, people)
                return await self._encrypted(room, kind, content)

    async def _encrypted(self, room: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        event_type = EventType.find(kind, t_class=EventType.Class.MESSAGE)
        made = await self._machine.encrypt_megolm_event(RoomID(room), event_type, content)
        found: dict[str, Any] = made.serialize()
        return found

    async def _share(self, room: str, people: People) -> None:
        """Give a new key to all who are in a room, again if somebody came or went meanwhile."""
        moves = -1
        while moves != self._moves[room]:
            moves = self._moves[room]
            await self._store.remove_outbound_group_session(RoomID(room))
            members = await people()
            self._known.shared[room] = set(members)
            await self._machine.share_group_session(RoomID(room), [UserID(one) for one in members])

    async def decrypted(self, event: Event) -> Event | None:
        """Return what an event says, waiting a little for its key; None without it."""
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
        except (CryptoError, SerializerError):
            return None
        plain = opened.serialize()
        return {**event, "type": text_at(plain, "type"), "content": plain.get("content")}

    async def aclose(self) -> None:
        await self._db.stop()


class _Recovery:
    """The file of the key by which the account signs another device."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def kept(self) -> str:
        return self._file.read_text("utf-8").strip() if self._file.exists() else ""

    def keep(self, key: str) -> None:
        write_secret(self._file, key.encode())


class _Known:
    """What the machine asks of rooms. `shared` is with whom a room's key was shared lately."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.shared: dict[str, set[str]] = {}

    def encryption_of(self, room: str) -> RoomEncryptionStateEventContent | None:
        known = self._rooms.get(room)
        if known is None or not known.encrypted:
            return None
        content: Any = known.state["m.room.encryption"].get("content")
        try:
            return RoomEncryptionStateEventContent.deserialize(content)
        except SerializerError:
            return None

    def shared_with(self, user: str) -> list[str]:
        """Return the rooms whose key somebody may have."""
        sealed = [room for room, known in self._rooms.items() if known.encrypted]
        return [room for room in sealed if user in self.shared.get(room, {user})]


def _state_store(known: _Known) -> Any:  # noqa: ANN401 -- a class of a library that is an extra
    from mautrix.crypto import StateStore
    from typing_extensions import override

    class Rooms(StateStore):
        @override
        async def is_encrypted(self, room_id: RoomID) -> bool:
            return known.encryption_of(room_id) is not None

        @override
        async def get_encryption_info(
            self, room_id: RoomID
        ) -> RoomEncryptionStateEventContent | None:
            return known.encryption_of(room_id)

        @override
        async def find_shared_rooms(self, user_id: UserID) -> list[RoomID]:
            return [RoomID(room) for room in known.shared_with(user_id)]

    return Rooms()


async def _unless_broken(work: Any) -> None:  # noqa: ANN401 -- a coroutine of the library
    """Await what one device sent or one request brings; a fault of it concerns nothing else."""
    try:
        await work
    except (CryptoError, SerializerError, KeyError, ValueError):
        return
