"""The bot, standing by, that takes three seconds to renew after a sleep; with or without the end
check.

So whoever wakes has that long to say what it likes before it learns that the lease is lost.
"""

import asyncio
import sys

from bot import serving
from bot.dispatch import Log
from bot.setting_values import load
from bot.settings import Settings
from bot.standby.lease import Follow, Grant, Lease, steady_clock
from bot.standby.leased import EndCheck
from bot.standby.stand_by import Standby, open_lease
from bot.standby.tenure import Tenure

DELAY_S = 3.0


class SlowRenewal:
    """A lease of which whoever slept hears late."""

    def __init__(self, lease: Lease) -> None:
        self._lease, self._renewed_at = lease, steady_clock()

    @property
    def length_s(self) -> float:
        return self._lease.length_s

    async def acquire(self, follow: Follow) -> Grant:
        grant = await self._lease.acquire(follow)
        self._renewed_at = steady_clock()
        return grant

    async def find_replica(self) -> str:
        return await self._lease.find_replica()

    async def renew(self) -> None:
        slept_s, self._renewed_at = steady_clock() - self._renewed_at, steady_clock()
        if slept_s > self.length_s:
            await asyncio.sleep(DELAY_S)
        await self._lease.renew()

    async def ship_to(self, replica: str) -> None:
        await self._lease.ship_to(replica)

    async def release(self) -> None:
        await self._lease.release()

    async def aclose(self) -> None:
        await self._lease.aclose()


class NoEndCheck:
    """What takes the end check out."""

    async def require(self) -> None:
        """Let everything pass."""


async def open_slowly(settings: Settings, log: Log) -> Lease:
    return SlowRenewal(await open_lease(settings, log))


def check_nothing(_tenure: Tenure) -> EndCheck:
    return NoEndCheck()


def be_slow() -> None:
    """Be the bot that is slow, until it ends."""
    _be(Standby(open_slowly))


def be_unchecked() -> None:
    """Be that bot without the end check."""
    _be(Standby(open_slowly, check_nothing))


def _be(standby: Standby) -> None:
    options = serving.RunOptions(seeds=False, standby=standby)
    sys.exit(asyncio.run(serving.run(load(), options)))
