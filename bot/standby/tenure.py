"""The time in which this process holds the lease, and who may be answered in it.

Nobody is answered unless the lease is held after all that the answer took: a process that slept
meanwhile finds that out here. A lease that may have run out holds every answer back until it is
renewed; one that somebody else took ends the process at once, so that nothing more leaves it.
"""

import asyncio
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from bot.dispatch import Log
from bot.standby.lease import RENEWALS, Grant, Lease, LeaseLost, steady_clock
from store.model.backoff import Backoff

if TYPE_CHECKING:
    from collections.abc import Callable

_UNTIL_TOLD = Backoff(0.2, 2.0)
LOST = 1
"""The exit code of a process that has lost its lease."""


class Tenure:
    """A lease that is held. `on_loss` is called before the process ends."""

    def __init__(self, lease: Lease, grant: Grant, log: Log) -> None:
        self.lease, self.grant, self._log = lease, grant, log
        self._renewed = asyncio.Condition()
        self._sure_until = grant.taken_at + self._sure_s
        self._is_over = False
        self.on_loss: Callable[[], None] = _do_nothing
        self.is_open = asyncio.Event()
        """Set once whoever takes over next finds the record of this term."""

    @property
    def _sure_s(self) -> float:
        return self.lease.length_s * (1 - 1 / RENEWALS)

    @property
    def is_held(self) -> bool:
        """Whether nobody else can have the lease, as far as this clock tells."""
        return steady_clock() < self._sure_until

    async def require(self) -> None:
        """Return once the lease is held; a lost one ends the process instead."""
        async with self._renewed:
            while not self.is_held:
                await self._renewed.wait()

    async def open_at(self, replica: str) -> None:
        """Say where this term's record is, as soon as anybody can be told."""
        try:
            await _UNTIL_TOLD.retry(lambda: self.lease.ship_to(replica), OSError)
        except LeaseLost:
            self.end()
        self.is_open.set()

    async def keep(self) -> None:
        """Renew the lease again and again, until it is given back."""
        pause_s = self.lease.length_s / RENEWALS
        while not self._is_over:
            try:
                await self._renew()
            except LeaseLost:
                if not self._is_over:
                    self.end()
            except OSError as error:
                if not self.is_held:
                    self._log("lease not renewed", why=str(error))
            await asyncio.sleep(pause_s if self.is_held else pause_s / RENEWALS)

    async def give_back(self) -> None:
        """Let the next have the lease at once. Everything that was answered is shipped by now."""
        self._is_over = True
        await self.lease.release()

    async def _renew(self) -> None:
        sent_at = steady_clock()
        await self.lease.renew()
        async with self._renewed:
            self._sure_until = sent_at + self._sure_s
            self._renewed.notify_all()

    def end(self) -> NoReturn:
        """End here and now: what would still be sent on an orderly way out answers somebody."""
        self._log("lease lost", urgent=True, term=self.grant.term)
        self.on_loss()
        sys.stderr.flush()
        os._exit(LOST)


def _do_nothing() -> None:
    """Have nothing to do before the end."""
