"""How long to wait before what failed is tried again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

from msgspec import Struct

Result = TypeVar("Result")
Failure = TypeVar("Failure", bound=Exception)
_DOUBLINGS = 30


class Backoff(Struct, frozen=True):
    """Waits that double from `first_s` seconds up to `longest_s`.

    Each is cut by chance to between half and the whole, so that what failed together is not tried
    again together. `chance` returns a number from 0 to 1.
    """

    first_s: float
    longest_s: float
    chance: Callable[[], float] = random.random
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def wait_s(self, failures: int) -> float:
        """Return the seconds to wait when it has failed so often before, and once more now."""
        whole = min(self.first_s * 2.0 ** min(failures, _DOUBLINGS), self.longest_s)
        return whole * (1 + self.chance()) / 2

    async def retry(
        self,
        work: Callable[[], Awaitable[Result]],
        failure: type[Failure] | tuple[type[Failure], ...],
        is_useful: Callable[[int, Failure], bool] = lambda _failures, _error: True,
    ) -> Result:
        """Do the work until it does not fail so, or until another try is of no use.

        `is_useful` is asked after each failure, with how many there were; then the last is raised.
        """
        for failures in count():
            try:
                return await work()
            except failure as error:
                if not is_useful(failures + 1, error):
                    raise
            await self.sleep(self.wait_s(failures))
        raise AssertionError  # count() has no end
