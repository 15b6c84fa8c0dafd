"""The library's encrypting machine, with what happens apart from a transaction kept out of it."""

import asyncio
from collections.abc import Mapping
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

from mautrix.client import Client as Library
from mautrix.types import DeviceID, DeviceIdentity, IdentityKey, UserID

from bot.adapters.matrix.crypto.state_store import SealedRooms, state_store

if TYPE_CHECKING:
    from mautrix.crypto import OlmMachine, PgCryptoStore

Devices = Mapping[DeviceID, DeviceIdentity]


def machine_of(library: Library, store: "PgCryptoStore", rooms: SealedRooms) -> "OlmMachine":
    """Return the machine of a device. It shares no room's key itself (room_keys.py)."""
    from mautrix.crypto import OlmMachine
    from typing_extensions import override

    outside = copy_context()

    class Machine(OlmMachine):
        @override
        async def _process_fetched_keys(self, user_id: UserID, *args: Any, **kwargs: Any) -> Any:
            before = await store.get_devices(user_id)
            now = await super()._process_fetched_keys(user_id, *args, **kwargs)
            if _keys_of(before or {}) != _keys_of(now):
                rooms.note_devices(user_id)
            return now

        @override
        async def _unwedge_session(self, sender: UserID, sender_key: IdentityKey) -> None:
            """Agree on a new session with a device, in the library's own time.

            The transaction in which the old one failed stands in the task's context, and is over.
            """
            renewal = super()._unwedge_session(sender, sender_key)
            await asyncio.create_task(renewal, context=outside.copy())

    machine = Machine(library, store, state_store(rooms))
    machine.disable_device_change_key_rotation = True
    return machine


def _keys_of(devices: Devices) -> set[tuple[DeviceID, IdentityKey]]:
    return {(name, device.identity_key) for name, device in devices.items()}
