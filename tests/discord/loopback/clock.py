"""The server's time, which a test may set, its ids, and waiting for something to happen."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from tests.patience import PATIENCE_S

Json = dict[str, Any]
T = TypeVar("T")

EPOCH_MS = 1_420_070_400_000
"""Where Discord's ids begin to count: 2015."""
SHARD_BITS = 22
LOOK_S = 0.02
"""How often to look for what happens elsewhere, as in the bot."""


class ServerClock:
    """The real time, moved by as much as a test asks for."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._last = 0

    def now(self) -> float:
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds

    def stamp(self, at: float | None = None) -> str:
        """Return a time as the API writes it."""
        return datetime.fromtimestamp(self.now() if at is None else at, UTC).isoformat()

    def snowflake(self) -> int:
        """Return a new id: the time, and a count for what came in the same millisecond."""
        floor = (int(self.now() * 1000) - EPOCH_MS) << SHARD_BITS
        self._last = max(self._last + 1, floor)
        return self._last


class Pulse:
    """Tells whoever waits that something has changed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def until(
        self, find: Callable[[], T | None], what: str, seconds: float = PATIENCE_S
    ) -> T:
        """Return what `found` finds, as soon as it finds something."""
        try:
            async with asyncio.timeout(seconds):
                while not (it := find()):
                    # Not by wait_for: before Python 3.12 it swallows what ends it at that moment.
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_S):
                            await self._event.wait()
                return it
        except TimeoutError:
            raise AssertionError(f"Waited {seconds} s in vain for {what}") from None
