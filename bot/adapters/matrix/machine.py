"""The library's encrypting machine, with what happens apart from a transaction kept out of it."""

import asyncio
from contextvars import copy_context
from typing import TYPE_CHECKING

from mautrix.client import Client as Library
from mautrix.types import IdentityKey, UserID

from bot.adapters.matrix.sealed_rooms import SealedRooms, state_store

if TYPE_CHECKING:
    from mautrix.crypto import OlmMachine, PgCryptoStore


def machine_of(library: Library, store: "PgCryptoStore", rooms: SealedRooms) -> "OlmMachine":
    """Return the machine of a device."""
    from mautrix.crypto import OlmMachine
    from typing_extensions import override

    outside = copy_context()

    class Machine(OlmMachine):
        @override
        async def _unwedge_session(self, sender: UserID, sender_key: IdentityKey) -> None:
            """Agree on a new session with a device, in the library's own time.

            The transaction in which the old one failed stands in the task's context, and is over.
            """
            renewal = super()._unwedge_session(sender, sender_key)
            await asyncio.create_task(renewal, context=outside.copy())

    return Machine(library, store, state_store(rooms))
