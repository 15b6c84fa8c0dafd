"""Ships the store to a replica of this term's own, by a Litestream that ends with this process."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

from bot.dispatch import Log
from bot.replica.configuration import socket_path
from bot.replica.control_socket import ControlSocket, ShippingFailed
from bot.replica.shipper_process import is_shipping, state_folder
from bot.settings import Settings
from bot.standby.litestream import Litestream
from bot.standby.tied_process import stop
from store.model.backoff import Backoff

_LOOK_S, _STOP_S, _SHIP_S = 0.02, 4.0, 30
_BACKOFF = Backoff(0.5, 2.0)


def name_replica(term: int) -> str:
    """Return a name that no other term has, should the servers of the lease lose what they know."""
    return f"term-{term:06d}-{os.urandom(4).hex()}"


class TermShipper:
    """One term's shipper; `replica` is its name."""

    def __init__(self, settings: Settings, term: int, log: Log) -> None:
        self.replica, self._log = name_replica(term), log
        self._litestream = Litestream(settings)
        self._store, self._path = settings.store, socket_path(settings)
        self._socket = ControlSocket(settings)
        self._process: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run Litestream for as long as the block does, from when it listens; all is shipped.

        It begins with the store as it is now: from what it kept of the term before it would ship
        words that were taken away since.
        """
        self._path.unlink(missing_ok=True)
        shutil.rmtree(state_folder(self._store), ignore_errors=True)
        task = asyncio.create_task(self._keep_running())
        try:
            await self._until_it_listens()
            yield
        finally:
            await self._socket.aclose()
            task.cancel()
            await asyncio.wait({task})

    async def _until_it_listens(self) -> None:
        while True:
            if is_shipping(self._path):
                return
            await asyncio.sleep(_LOOK_S)

    async def _keep_running(self) -> None:
        configuration = self._litestream.configure(self.replica, "shipping")
        for ends in count():
            self._process = await self._litestream.start("replicate", configuration)
            try:
                code = await self._process.wait()
            finally:
                await stop(self._process, _STOP_S)
            self._log("shipper ended", urgent=True, code=code)
            await asyncio.sleep(_BACKOFF.wait_s(ends))

    async def ship(self) -> None:
        """Return once everything that is written by now is at the replica."""

        def is_useful(_failures: int, problem: ShippingFailed) -> bool:
            self._log("shipping goes on", why=str(problem))
            return True

        await _BACKOFF.retry(lambda: self._socket.ship(_SHIP_S), ShippingFailed, is_useful)

    def kill(self) -> None:
        """End it at once, together with a process that may not ship any more."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
