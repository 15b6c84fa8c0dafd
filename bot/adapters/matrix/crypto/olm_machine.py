"""The library's encrypting machine, with what happens apart from a transaction kept out of it."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any

from mautrix.client import Client as Library
from mautrix.errors import (
    MatrixConnectionError,
    MatrixError,
    MatrixRequestError,
    MLimitExceeded,
)
from mautrix.types import (
    DeviceID,
    DeviceIdentity,
    EventType,
    IdentityKey,
    RoomKeyEventContent,
    UserID,
)

from bot.adapters.matrix.crypto.state_store import SealedRooms, state_store

if TYPE_CHECKING:
    from mautrix.crypto import OlmMachine, PgCryptoStore
    from mautrix.crypto.encrypt_megolm import DeviceMap
    from mautrix.crypto.encrypt_olm import ClaimKeysList
    from mautrix.crypto.sessions import OutboundGroupSession


MISSED: ContextVar[list[MatrixError]] = ContextVar("MISSED")
"""Why a key that is being shared does not reach all; each share has a list of its own."""
SHARED_ROOM: ContextVar[str] = ContextVar("SHARED_ROOM", default="")
"""The room whose key this task is sharing."""
_SHARED_HISTORY = ("shared_history", "org.matrix.msc3061.shared_history")
"""The names of one field: the specification's (1.19), and the one that clients of today read.

Not `m.shared_history` beside them: to those clients it is the second one named twice, and they
drop the key.
"""
_BROKEN = 500


def machine_of(library: Library, store: "PgCryptoStore", rooms: SealedRooms) -> "OlmMachine":
    """Return the machine of a device.

    The library shares a key with none of those whose one-time keys the homeserver did not give out,
    and says nothing; MISSED gets why, where it may give them out another time.
    """
    from mautrix.crypto import OlmMachine
    from typing_extensions import override

    outside = copy_context()

    class Machine(OlmMachine):
        @override
        async def _create_outbound_sessions(
            self, users: "ClaimKeysList", _force_recreate_session: bool = False
        ) -> None:
            try:
                await super()._create_outbound_sessions(users, _force_recreate_session)
            except (MatrixConnectionError, MatrixRequestError) as error:
                if _force_recreate_session or not _passes(error):
                    raise
                MISSED.get().append(error)

        @override
        async def _encrypt_and_share_group_session(
            self, session: "OutboundGroupSession", olm_sessions: "DeviceMap"
        ) -> None:
            """Hand a key out; where all its ratchets stand is kept in one step before it goes."""
            content = _key_content(session, shared=rooms.shares_history(session.room_id))
            async with store.transaction():
                messages = await _seal_key(self, olm_sessions, content)
            await self.client.send_to_device(EventType.TO_DEVICE_ENCRYPTED, messages)

        @override
        async def _process_fetched_keys(self, user_id: UserID, *args: Any, **kwargs: Any) -> Any:
            before = await store.get_devices(user_id)
            now = await super()._process_fetched_keys(user_id, *args, **kwargs)
            _note_devices(rooms, user_id, before, now)
            return now

        @override
        async def _unwedge_session(self, sender: UserID, sender_key: IdentityKey) -> None:
            """Agree on a new session with a device, in the library's own time.

            The transaction in which the old one failed stands in the task's context, and is over.
            """
            renewal = super()._unwedge_session(sender, sender_key)
            await asyncio.create_task(renewal, context=outside.copy())

    return Machine(library, store, state_store(rooms))


async def _seal_key(
    machine: "OlmMachine", olm_sessions: "DeviceMap", content: RoomKeyEventContent
) -> dict[UserID, dict[DeviceID, Any]]:
    """Return the message that hands a key out, sealed for each device."""
    messages: dict[UserID, dict[DeviceID, Any]] = defaultdict(dict)  # as the library has it
    for user, devices in olm_sessions.items():
        for device, (olm_session, identity) in devices.items():
            messages[user][device] = await machine._encrypt_olm_event(  # noqa: SLF001
                olm_session, identity, EventType.ROOM_KEY, content
            )
    return messages


def _note_devices(
    rooms: SealedRooms,
    user: UserID,
    before: Mapping[DeviceID, DeviceIdentity] | None,
    now: Mapping[DeviceID, DeviceIdentity],
) -> None:
    """Note that keys on their way have to be others, as somebody has devices that were not known.

    The library ends only the keys that it has kept. The share in which this was found goes on with
    the devices as they are now.
    """
    if before is not None and now.keys() - before.keys():
        rooms.moves.update(set(rooms.shared_with(user)) - {SHARED_ROOM.get()})


def _key_content(session: "OutboundGroupSession", *, shared: bool) -> RoomKeyEventContent:
    """Return the message that hands a key out, and whether it may be passed on to newcomers.

    https://github.com/matrix-org/matrix-spec-proposals/pull/4268
    """
    content: Any = session.share_content.serialize()
    marked: Any = {**content, **dict.fromkeys(_SHARED_HISTORY, True)} if shared else content
    return RoomKeyEventContent.deserialize(marked)


def _passes(error: MatrixConnectionError | MatrixRequestError) -> bool:
    """Tell whether the same may succeed another time."""
    if isinstance(error, MatrixConnectionError | MLimitExceeded):
        return True
    return bool(error.http_status >= _BROKEN)
