"""The keys that the bot encrypts with: one a room, and who has it.

Whoever comes gets the key as it stands, with which nothing before can be read. A new one is made
when somebody or a device is gone, when it is used up, or when others may read what was before them.

What belongs to a room (its key, how far it was used, who has it) is under the room's own lock. What
belongs to the account, the ratchets of its sessions with devices, is turned for some devices at a
time, and kept in one step before anything goes out; rooms take turns. Nothing that all share is
held while the homeserver is asked or a key is on its way: that may take minutes.

Needs the extra (requirements-e2ee.txt).
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

from mautrix.crypto import OlmAccount, OlmMachine, OutboundGroupSession, Session
from mautrix.crypto.signature import canonical_json
from mautrix.errors import MatrixRequestError, MLimitExceeded
from mautrix.types import (
    ClaimKeysResponse,
    DeviceID,
    DeviceIdentity,
    EncryptionAlgorithm,
    EncryptionKeyAlgorithm,
    EventType,
    IdentityKey,
    RoomID,
    UserID,
)
from msgspec import Struct
from olm.utility import ed25519_verify

from bot.adapters.matrix.crypto.key_store import KeyStore
from bot.adapters.matrix.crypto.state_store import SealedRooms
from bot.adapters.matrix.crypto.validation import faults

T = TypeVar("T")
_BATCH = 50  # devices, or people
_BROKEN = 500
_UNSIGNED = {"signatures", "unsigned"}
_SHARED_HISTORY = ("shared_history", "org.matrix.msc3061.shared_history")
"""The names of one field: the specification's (1.19), and the one that clients of today read.

Not `m.shared_history` beside them: to those clients it is the second one named twice, and they
drop the key. https://github.com/matrix-org/matrix-spec-proposals/pull/4268
"""

People = Callable[[], Awaitable[list[str]]]
"""Who is in a room."""


class _Recipient(NamedTuple):
    """A device, as whoever has a key."""

    user: UserID
    device: DeviceID
    key: IdentityKey


Recipients = Mapping[_Recipient, DeviceIdentity]


class _Handed(Struct):
    """A key, whether it may be passed on to people who come later, and who has it."""

    session: str
    shares_history: bool
    holders: set[_Recipient]


class RoomKeys:
    """Encrypts for rooms."""

    def __init__(self, machine: OlmMachine, store: KeyStore, rooms: SealedRooms) -> None:
        self._machine, self._store, self._rooms = machine, store, rooms
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._handed: dict[str, _Handed] = {}
        self._settled: dict[str, int] = {}
        self._one_ahead = asyncio.Lock()
        self._waiting: set[str] = set()

    async def encrypt(
        self, room: str, kind: str, content: Mapping[str, Any], people: People
    ) -> dict[str, Any]:
        """Return content that only these people can read; they are asked for when some changed."""
        event_type = EventType.find(kind, t_class=EventType.Class.MESSAGE)
        async with self._locks[room]:
            await self._settle(room, people)
            sealed = await self._machine.encrypt_megolm_event(RoomID(room), event_type, content)
        serialized: dict[str, Any] = sealed.serialize()
        return serialized

    async def prepare(self, room: str, people: People) -> None:
        """Share the key ahead of what will be said in a room; one room after another."""
        if room in self._waiting:
            return
        self._waiting.add(room)
        try:
            async with self._one_ahead, self._locks[room]:
                self._waiting.discard(room)
                await self._settle(room, people)
        finally:
            self._waiting.discard(room)

    def unsettled(self) -> list[str]:
        """Return the rooms whose key has to be shared with others, or to be another."""
        return [room for room, at in self._settled.items() if at != self._rooms.moves[room]]

    async def _settle(self, room: str, people: People) -> None:
        """Give the key of a room to all who are in it, again if somebody came or went meanwhile."""
        session = await self._store.get_outbound_group_session(RoomID(room))
        while not _is_usable(session) or self._settled.get(room) != self._rooms.moves[room]:
            moves = self._rooms.moves[room]
            session = await self._share(room, session, await people())
            self._settled[room] = moves

    async def _share(
        self, room: str, session: OutboundGroupSession | None, members: list[str]
    ) -> OutboundGroupSession:
        """Give a key to those who lack it: the one that there is, or a new one."""
        self._rooms.shared[room] = set(members)
        recipients = await self._recipients(room, members)
        handed = self._handed.get(room)
        if session is None or handed is None or self._is_spent(room, session, handed, recipients):
            session = await self._machine._new_outbound_group_session(RoomID(room))  # noqa: SLF001
            await self._store.add_outbound_group_session(session)
            handed = _Handed(session.id, self._rooms.shares_history(room), set())
            self._handed[room] = handed
        content = _key_content(session, shared=handed.shares_history)
        lacking = [to for to in recipients if to not in handed.holders]
        for some in _batches(lacking):
            batch = {to: recipients[to] for to in some}
            handed.holders |= await self._hand_out(batch, content)
        if not session.shared:
            session.shared = True
            await self._store.add_outbound_group_session(session)
        return session

    def _is_spent(
        self, room: str, session: OutboundGroupSession, handed: _Handed, recipients: Recipients
    ) -> bool:
        """Tell whether another key is due: this one is used up, or somebody has it who may not."""
        if session.expired or session.id != handed.session:
            return True
        if handed.shares_history != self._rooms.shares_history(room):
            return True
        return not handed.holders <= recipients.keys()

    @property
    def _account(self) -> OlmAccount:
        if self._machine.account is None:
            raise RuntimeError("the keys of the device are not loaded")
        return self._machine.account

    async def _recipients(self, room: str, members: list[str]) -> Recipients:
        """Return the devices of people, but for this one."""
        for some in _batches([*map(UserID, members)]):
            with self._rooms.sharing(room):
                await self._meet(some)
        own = self._machine.client.mxid, self._machine.client.device_id
        return {
            _Recipient(device.user_id, device.device_id, device.identity_key): device
            for device in await self._store.devices_of(members)
            if (device.user_id, device.device_id) != own
        }

    async def _meet(self, people: list[UserID]) -> None:
        """Ask for the devices of those who were not met before; syncs tell what changes later.

        What changes while the homeserver is asked may be missing in what it says, and the sync that
        tells passes over people who are not known yet: these are asked for again.
        """
        strangers = await self._store.untracked(people)
        while strangers:
            changes = {user: self._rooms.device_changes[user] for user in strangers}
            await self._machine._fetch_keys(strangers, include_untracked=True)  # noqa: SLF001
            strangers = [
                user for user in changes if self._rooms.device_changes[user] != changes[user]
            ]

    async def _hand_out(self, batch: Recipients, content: Mapping[str, Any]) -> set[_Recipient]:
        """Send a key to some devices; return to which it went."""
        await self._agree(batch)
        sealing = asyncio.create_task(self._seal(batch, content))
        sealed = await asyncio.shield(sealing)  # half of a transaction would be lost at the end
        if sealed:
            messages: dict[UserID, dict[DeviceID, Any]] = defaultdict(dict)
            for to, message in sealed.items():
                messages[to.user][to.device] = message
            await self._machine.client.send_to_device(EventType.TO_DEVICE_ENCRYPTED, messages)
        return set(sealed)

    async def _agree(self, batch: Recipients) -> None:
        """Agree on sessions with those devices with which there are none.

        Some may have no keys left for that, or say nonsense: they go without, until the next time.
        """
        lacking = await self._without_session(batch)
        if not lacking:
            return
        claimed = (await self._claim(lacking)).one_time_keys
        begun: list[tuple[IdentityKey, Session]] = []
        for device in (await self._without_session(lacking)).values():  # but for another room's
            with suppress(*faults()):
                key = claimed[device.user_id][device.device_id].popitem()[1]
                begun.append((device.identity_key, self._begin(device, key)))
            await asyncio.sleep(0)  # each is work of its own, in which nothing else is done
        await self._store.add_sessions(begun)

    async def _without_session(self, batch: Recipients) -> Recipients:
        there = await self._store.latest_sessions(to.key for to in batch)
        return {to: device for to, device in batch.items() if to.key not in there}

    async def _claim(self, lacking: Recipients) -> ClaimKeysResponse:
        wanted: dict[UserID, dict[DeviceID, EncryptionKeyAlgorithm]] = defaultdict(dict)
        for to in lacking:
            wanted[to.user][to.device] = EncryptionKeyAlgorithm.SIGNED_CURVE25519
        try:
            return await self._machine.client.claim_keys(wanted)
        except MatrixRequestError as error:
            if isinstance(error, MLimitExceeded) or error.http_status >= _BROKEN:
                raise  # another time it may succeed, and until then somebody would read nothing
            return ClaimKeysResponse({})

    def _begin(self, device: DeviceIdentity, one_time_key: Mapping[str, Any]) -> Session:
        """Return a new session with a device; one of `faults` if the key is not that device's."""
        signed = {name: one_time_key[name] for name in one_time_key.keys() - _UNSIGNED}
        signature = one_time_key["signatures"][device.user_id][f"ed25519:{device.device_id}"]
        ed25519_verify(device.signing_key, canonical_json(signed), signature)
        return self._account.new_outbound_session(device.identity_key, one_time_key["key"])

    async def _seal(
        self, batch: Recipients, content: Mapping[str, Any]
    ) -> dict[_Recipient, dict[str, Any]]:
        """Return the messages that hand a key out, once it is kept where their ratchets stand."""
        async with self._machine._olm_lock, self._store.transaction():  # noqa: SLF001
            sessions = await self._store.latest_sessions(to.key for to in batch)
            shared = {"type": EventType.ROOM_KEY.t, "content": content, **await self._sender()}
            sealed = {
                to: self._envelope(to, sessions[device.identity_key], _letter(device, shared))
                for to, device in batch.items()
                if device.identity_key in sessions
            }
            await self._store.update_sessions(sessions.values())
        return sealed

    def _envelope(
        self, to: _Recipient, session: Session, letter: Mapping[str, Any]
    ) -> dict[str, Any]:
        return {
            "algorithm": EncryptionAlgorithm.OLM_V1.value,
            "sender_key": self._account.identity_key,
            "ciphertext": {to.key: session.encrypt(json.dumps(letter)).serialize()},
        }

    async def _sender(self) -> dict[str, Any]:
        """Return what a message says of the device that it is from.

        Whoever knows its owner's keys trusts it by that alone, before the homeserver tells of it.
        Not as `org.matrix.msc4147.device_keys` beside it, the name that clients read before: to
        those of today it is the same field twice, and they drop the message.
        """
        user, device = self._machine.client.mxid, self._machine.client.device_id
        signing_key = self._account.signing_key
        keys: dict[str, Any] = self._account.get_device_keys(user, device).serialize()
        keys.pop("unsigned", None)  # the homeserver's to fill in
        keys["signatures"][user] |= await self._store.owner_signature(user, signing_key)
        return {
            "sender": user,
            "sender_device": device,
            "keys": {"ed25519": signing_key},
            "sender_device_keys": keys,
        }


def _letter(device: DeviceIdentity, shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is encrypted for a device; both ends are named, so nobody passes it on."""
    recipient_keys = {"ed25519": device.signing_key}
    return {**shared, "recipient": device.user_id, "recipient_keys": recipient_keys}


def _is_usable(session: OutboundGroupSession | None) -> bool:
    return session is not None and session.shared and not session.expired


def _key_content(session: OutboundGroupSession, *, shared: bool) -> dict[str, Any]:
    """Return the message that hands a key out, and whether it may be passed on to newcomers."""
    content: dict[str, Any] = session.share_content.serialize()
    return {**content, **dict.fromkeys(_SHARED_HISTORY, True)} if shared else content


def _batches(every: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(every), _BATCH):
        yield every[start : start + _BATCH]
