"""The record of whoever holds the lease, followed while standing by, so that it is here at once.

Nobody reads the copy before it is put in the store's place. That it has all that was shipped is
seen by the number of the last transaction: the replica's, asked when nobody ships there any more.
"""

import asyncio
import shutil
from contextlib import suppress
from itertools import count

from bot.dispatch import Log
from bot.replica.shipper_process import state_folder
from bot.standby.litestream import Litestream, beside
from bot.standby.tied_process import stop
from store.maintenance.same_term import is_newer_in_same_term
from store.model.backoff import Backoff

_LOOK_S, _STOP_S, _PATIENCE_S = 0.1, 4.0, 60.0
_UNTIL_SHIPPED = Backoff(0.5, 2.0)
_PARTS = ("", "-wal", "-shm", "-txid", "-journal", ".tmp", ".tmp-wal", ".tmp-shm")


class WarmCopy:
    """A copy that follows one replica at a time, in a file beside the store."""

    def __init__(self, litestream: Litestream, log: Log) -> None:
        self._litestream, self._log = litestream, log
        self._file = beside(litestream.store, ".following")
        self._replica = ""
        self._following: asyncio.Task[None] | None = None

    async def follow(self, replica: str) -> None:
        """Follow this replica from now on, and no other; "" is none."""
        if replica == self._replica:
            return
        await self.aclose()
        self._replica = replica
        if replica:
            self._clear()
            self._following = asyncio.create_task(self._keep_following(replica))

    async def _keep_following(self, replica: str) -> None:
        """Follow it; begin anew where Litestream ended, as where nothing was shipped yet."""
        configuration = self._litestream.configure(replica, "following")
        output = ("-o", str(self._file), str(self._litestream.store))
        for ends in count():
            process = await self._litestream.start(
                "restore", configuration, "-f", "-follow-interval", self._litestream.pace, *output
            )
            try:
                await process.wait()
            finally:
                await stop(process, _STOP_S)
            self._clear()
            await asyncio.sleep(_UNTIL_SHIPPED.wait_s(ends))

    async def take(self, replica: str) -> None:
        """Put the whole record of a replica in the store's place; OSError while that cannot be.

        Nobody may ship to it any more. The store that was there is kept until the next time; it
        stays where it is if it is what was shipped, or that and more.
        """
        await self.follow(replica)
        configuration = self._litestream.configure(replica, "taking")
        newest = await self._litestream.find_newest(configuration)
        if not newest:
            raise OSError(f"The replica has nothing of {replica}.")
        await self._until_it_has(newest)
        await self.aclose()
        store = self._litestream.store
        if await asyncio.to_thread(is_newer_in_same_term, store, self._file):
            self._clear()
            self._log("record is here", replica=replica, transaction=newest)
        else:
            self._put_in_place()
            self._log("record taken over", replica=replica, transaction=newest)

    async def _until_it_has(self, transaction: int) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while True:
                    if self._transaction >= transaction:
                        return
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            reached = self._transaction
            raise OSError(f"The copy has transaction {reached}, of {transaction}.") from None

    @property
    def _transaction(self) -> int:
        """The last transaction that the copy has; 0 as long as there is none."""
        try:
            return int(beside(self._file, "-txid").read_text(encoding="ascii"), 16)
        except (OSError, ValueError):
            return 0

    def _put_in_place(self) -> None:
        store, kept = self._litestream.store, beside(self._litestream.store, ".replaced")
        for end in ("", "-wal", "-shm"):
            beside(kept, end).unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                beside(store, end).rename(beside(kept, end))
        shutil.rmtree(state_folder(store), ignore_errors=True)
        self._file.rename(store)
        self._clear()

    def _clear(self) -> None:
        for end in _PARTS:
            beside(self._file, end).unlink(missing_ok=True)

    async def aclose(self) -> None:
        """Follow nothing any more."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait({self._following})
        self._following, self._replica = None, ""
