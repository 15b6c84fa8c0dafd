"""The lease on one machine: the lock of the store's file, which whoever opens that waits for."""

import math
from typing import ClassVar

from bot.standby.lease import Follow, Grant, name_holder, steady_clock


class StoreLockLease:
    """Nothing to renew: the system lets go of the lock when its process ends, and not before."""

    length_s: ClassVar[float] = math.inf

    async def acquire(self, _follow: Follow) -> Grant:
        """Leave the term to the record, which knows the last."""
        return Grant(0, name_holder(), steady_clock())

    async def find_replica(self) -> str:
        """Return none: the record is the store's file."""
        return ""

    async def renew(self) -> None:
        """Have nothing to do."""

    async def ship_to(self, replica: str) -> None:
        """Have nobody to tell: who opens the store next opens this one."""

    async def release(self) -> None:
        """Leave that to the store, which is closed after this."""

    async def aclose(self) -> None:
        """Have nothing to close."""
