"""The library's encrypting machine, with what happens apart from a transaction kept out of it."""

import asyncio
from contextvars import copy_context
from typing import TYPE_CHECKING

from mautrix.client import Client as Library
from mautrix.errors import (
    MatrixConnectionError,
    MatrixRequestError,
    MLimitExceeded,
)
from mautrix.types import IdentityKey, UserID

from bot.adapters.matrix.crypto.state_store import SealedRooms, state_store

if TYPE_CHECKING:
    from mautrix.crypto import OlmMachine, PgCryptoStore
    from mautrix.crypto.encrypt_olm import ClaimKeysList


_BROKEN = 500


def machine_of(library: Library, store: "PgCryptoStore", rooms: SealedRooms) -> "OlmMachine":
    """Return the machine of a device.

    The library shares a key with none of those whose one-time keys the homeserver did not give out,
    and says nothing; `rooms.missed` gets why, where it may give them out another time.
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
                rooms.missed.append(error)

        @override
        async def _unwedge_session(self, sender: UserID, sender_key: IdentityKey) -> None:
            """Agree on a new session with a device, in the library's own time.

            The transaction in which the old one failed stands in the task's context, and is over.
            """
            renewal = super()._unwedge_session(sender, sender_key)
            await asyncio.create_task(renewal, context=outside.copy())

    return Machine(library, store, state_store(rooms))


def _passes(error: MatrixConnectionError | MatrixRequestError) -> bool:
    """Tell whether the same may succeed another time."""
    if isinstance(error, MatrixConnectionError | MLimitExceeded):
        return True
    return bool(error.http_status >= _BROKEN)
