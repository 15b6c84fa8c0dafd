"""Somebody with an encrypting client that trusts only verified devices, as clients do by now."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mautrix.client import Client, SyncStream
from mautrix.client.state_store import MemoryStateStore
from mautrix.crypto import OlmMachine, PgCryptoStore, StateStore
from mautrix.crypto.attachments import decrypt_attachment, encrypt_attachment
from mautrix.types import (
    EncryptedEvent,
    EventID,
    EventType,
    InReplyTo,
    MessageEvent,
    MessageType,
    RelatesTo,
    RoomID,
    StateEvent,
    TextMessageEventContent,
    ToDeviceEvent,
    TrustState,
    UserID,
)
from mautrix.util.async_db import Database
from typing_extensions import override

from benchmarks.homeserver import Homeserver
from tests.matrix.desk import fresh
from tests.matrix.people import ENCRYPTION
from tests.matrix.rooms import until
from tests.patience import PATIENCE_S


class MemoryRooms(MemoryStateStore, StateStore):  # type: ignore[misc]  # None is as good as False here
    @override
    async def find_shared_rooms(self, user_id: UserID) -> list[RoomID]:
        return [room for room in self.encryption if user_id in self.members.get(room, {})]


_SEALED = EventType.TO_DEVICE_ENCRYPTED
SEALED = {
    "algorithm": "m.megolm.v1.aes-sha2",
    "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg2yyOwAtHaZTwyNg37afzg8f3r9IsN",
    "sender_key": "x",
    "device_id": "ELSEWHERE",
    "session_id": "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
}
"""What somebody sends who has a key that nobody here has."""


class InOrder(Client):
    """Takes what a sync brings as clients do: keys first and one after another, then the rest.

    The library's own takes all of it at once, and never reads what was taken before its key.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._order = asyncio.Lock()

    @override
    def handle_sync(self, data: Any) -> list[asyncio.Task[Any]]:
        return [asyncio.create_task(self._take(data))]

    async def _take(self, data: Any) -> None:
        async with self._order:
            for raw in data.get("to_device", {}).get("events", []):
                event: Any = self._try_deserialize(ToDeviceEvent, raw)
                if isinstance(self.crypto, OlmMachine) and event.type == _SEALED:
                    event.source = SyncStream.TO_DEVICE
                    await self._catch_errors(self.crypto.handle_to_device_event, event)
                else:
                    self.dispatch_event(event, source=SyncStream.TO_DEVICE)
            rest: Any = {**data, "to_device": {}}
            await asyncio.gather(*super().handle_sync(rest))


class Strict:
    """Reads and writes encrypted rooms, and shares keys with devices that were cross-signed."""

    def __init__(self, client: Client, recovery: str) -> None:
        self.client, self.recovery = client, recovery
        self.read: list[MessageEvent] = []
        self._sealed: list[EncryptedEvent] = []
        self.invites: asyncio.Queue[RoomID] = asyncio.Queue()
        client.add_event_handler(EventType.ROOM_MESSAGE, self._read)
        client.add_event_handler(EventType.ROOM_ENCRYPTED, self._came)
        client.add_event_handler(
            EventType.ROOM_MEMBER, self._member, sync_stream=SyncStream.INVITED_ROOM
        )

    async def _read(self, event: MessageEvent) -> None:
        self.read.append(event)

    async def _came(self, event: EncryptedEvent) -> None:
        self._sealed.append(event)

    def unread(self, sender: str) -> list[EncryptedEvent]:
        """Return what somebody wrote that could not be decrypted."""
        read = {event.event_id for event in self.read}
        return [
            event for event in self._sealed if event.sender == sender and event.event_id not in read
        ]

    async def _member(self, event: StateEvent) -> None:
        self.invites.put_nowait(event.room_id)

    async def invited(self) -> RoomID:
        """Return the next room into which one was invited, waiting for it."""
        return await asyncio.wait_for(self.invites.get(), PATIENCE_S)

    async def knows(self, room: str) -> None:
        """Wait until one knows that a room is encrypted."""
        rooms = self.client.state_store
        assert isinstance(rooms, MemoryRooms)
        async with asyncio.timeout(PATIENCE_S):
            while not await rooms.is_encrypted(RoomID(room)):  # noqa: ASYNC110 -- nothing tells it
                await asyncio.sleep(0.05)

    async def say(self, room: str, body: str, reply_to: str = "") -> str:
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body=body)
        if reply_to:
            content.relates_to = RelatesTo(in_reply_to=InReplyTo(event_id=EventID(reply_to)))
        return str(await self.client.send_message(RoomID(room), content))

    async def send_file(
        self, room: str, name: str, data: bytes, body: str = "", spoilt: Mapping[str, Any] = {}
    ) -> str:
        """Send a file as clients do; `spoilt` is written over what opens it."""
        sealed, file = encrypt_attachment(data)
        url = await self.client.upload_media(sealed, "application/octet-stream")
        content = {
            "msgtype": "m.file",
            "body": body or name,
            "filename": name,
            "info": {"size": len(data)},
            "file": {**file.serialize(), "url": str(url), **spoilt},
        }
        sent = await self.client.send_message_event(
            RoomID(room),
            EventType.ROOM_MESSAGE,
            content,  # type: ignore[arg-type]
        )
        return str(sent)

    async def answer(self, room: str, question: str) -> MessageEvent:
        """Return the answer to a message, decrypted."""
        return await self.wait(
            lambda event: event.room_id == room and event.content.get_reply_to() == question
        )

    async def wait(self, suits: Callable[[MessageEvent], bool]) -> MessageEvent:
        """Return the first message that suits, waiting for it."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for event in self.read:
                    if suits(event):
                        return event
                await asyncio.sleep(0.05)


async def make_encrypted_room(anna: Strict, *people: str) -> str:
    """Make an encrypted room and invite people into it."""
    room = await anna.client.create_room(
        invitees=[UserID(person) for person in people], initial_state=[ENCRYPTION]
    )
    return str(room)


async def make_room_with_bot(anna: Strict, bot: str, *people: str) -> str:
    """Make such a room with the bot, and wait until that has said hello."""
    room = await make_encrypted_room(anna, bot, *people)
    await anna.wait(lambda event: event.sender == bot)
    return room


async def knows_devices(anna: Strict, user: str, number: int) -> None:
    """Wait until somebody's client knows so many devices of a user, and trusts each."""
    machine = anna.client.crypto
    assert isinstance(machine, OlmMachine)

    async def known() -> bool:
        devices = (await machine.crypto_store.get_devices(UserID(user)) or {}).values()
        trusts = [await machine.resolve_trust(device) for device in devices]
        return len([each for each in trusts if each >= TrustState.CROSS_SIGNED_TOFU]) >= number

    await until(known)


def decrypt_file(sealed: bytes, file: Any) -> bytes:
    """Return the file that lies sealed at the homeserver."""
    return bytes(decrypt_attachment(sealed, file["key"]["k"], file["hashes"]["sha256"], file["iv"]))


@asynccontextmanager
async def strict(server: Homeserver, name: str, folder: Path) -> AsyncIterator[Strict]:
    """Run such a client until left, with its keys in a folder."""
    session = await server.register(name)
    table = PgCryptoStore.upgrade_table
    db = Database.create(f"sqlite:{folder}/{name}.db", upgrade_table=table)
    await db.start()
    rooms = MemoryRooms()
    client = InOrder(
        mxid=session["user_id"],
        device_id=session["device_id"],
        base_url=server.url,
        token=session["access_token"],
        state_store=rooms,
    )
    machine = OlmMachine(client, PgCryptoStore(session["device_id"], "test", db), rooms)
    machine.send_keys_min_trust = TrustState.CROSS_SIGNED_TOFU
    client.crypto = machine
    await machine.load()
    await machine.share_keys()
    recovery = await machine.generate_recovery_key()
    client.start(None)
    try:
        yield Strict(client, recovery)
    finally:
        client.stop()
        await client.api.session.close()
        await db.stop()


@pytest.fixture
async def anna(server: Homeserver, tmp_path: Path) -> AsyncIterator[Strict]:
    """Somebody with such a client."""
    async with strict(server, fresh("anna"), tmp_path) as person:
        yield person
