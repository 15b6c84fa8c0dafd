"""The one-time keys of a device, by which others write to it first; they lie with the homeserver.

Each is kept here before it is there: a homeserver takes no second key of the same name, and after
a crash in between the next one made would have that name.
"""

from typing import TYPE_CHECKING

from mautrix.errors import MUnknown
from mautrix.types import EncryptionKeyAlgorithm

if TYPE_CHECKING:
    from mautrix.crypto import OlmAccount, OlmMachine, PgCryptoStore

_TRIES = 10
_REFUSED = 400


class OneTimeKeys:
    """Keeps half as many there as there can be."""

    def __init__(self, machine: "OlmMachine", store: "PgCryptoStore") -> None:
        self._machine, self._store = machine, store

    async def begin(self) -> None:
        """Bring the device's own keys, with the first of these, unless they are there."""
        if self._machine.account is not None and not self._machine.account.shared:
            there = await self._machine.client.upload_keys()
            await self.replenish(there.get(EncryptionKeyAlgorithm.SIGNED_CURVE25519, 0))

    async def replenish(self, count: int) -> None:
        """Bring more, where there are so many; and the device's own keys with the first.

        Where an older state was put back, there may be others of the same names: these are passed
        over until some are free.
        """
        account = self._machine.account
        if account is None:
            return
        missing = account.max_one_time_keys // 2 - count
        if account.shared and missing <= 0:
            return
        for tries_left in reversed(range(_TRIES)):
            await self._make(account, missing)
            try:
                # It makes none of its own where there are so many.
                await self._machine.share_keys(account.max_one_time_keys)
            except MUnknown as error:
                if error.http_status != _REFUSED or not tries_left:
                    raise
            else:
                return

    async def _make(self, account: "OlmAccount", missing: int) -> None:
        """Make as many as are missing, and keep them.

        Those brought before of which no answer came are not brought again: they may be with
        somebody by now, and each is for one alone. They can still be used from there.
        """
        account.mark_keys_as_published()
        if missing > 0:
            account.generate_one_time_keys(missing)
        await self._store.put_account(account)
