"""The one-time keys of a device, by which others write to it first; they lie with the homeserver.

Each is kept here before it is there: a homeserver takes no second key of the same name, and after
a crash in between the next one made would have that name.
"""

from typing import TYPE_CHECKING

from mautrix.errors import MUnknown

if TYPE_CHECKING:
    from mautrix.crypto import OlmAccount, OlmMachine, PgCryptoStore

_TRIES = 10
_REFUSED = 400


class OneTimeKeys:
    """Keeps half as many there as there can be."""

    def __init__(self, machine: "OlmMachine", store: "PgCryptoStore") -> None:
        self._machine, self._store = machine, store

    async def replenish(self, count: int) -> None:
        """Bring more, where there are so many; and the device's own keys with the first.

        Where an older state was put back, there may be others of the same names: these are passed
        over until some are free.
        """
        account = self._machine.account
        if account is None:
            return
        enough = account.max_one_time_keys // 2
        if account.shared and count >= enough:
            return
        for _ in range(_TRIES):
            await self._make(account, enough - count)
            try:
                await self._machine.share_keys(enough)  # it makes none of its own with so many
            except MUnknown as error:
                if error.http_status != _REFUSED:
                    raise
                account.mark_keys_as_published()
            else:
                return

    async def _make(self, account: "OlmAccount", wanted: int) -> None:
        """Make as many as are missing, and keep them."""
        made = len(account.one_time_keys.get("curve25519", {}))
        if made < wanted:
            account.generate_one_time_keys(wanted - made)
        await self._store.put_account(account)
