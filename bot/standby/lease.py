"""What a lease is: one process at a time holds it, for a term that no other ever has.

Whoever holds it renews it. Who has not seen it renewed for its whole length may take it, with the
next term, in one step that fails where somebody was faster. A holder goes by its own monotonic
clock, and less a margin by the length: it knows that the lease may have run out before anybody
else can take it. Run out is not lost: as long as nobody took it, it can be renewed.
"""

import os
import socket
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from msgspec import Struct

RENEWALS = 4
"""Renewals in the length of a lease; a margin is as long as the time between two."""


class LeaseLost(Exception):
    """Somebody else has taken the lease."""


class Grant(Struct, frozen=True):
    """A lease that was taken: its term (0: the record knows), by whom, and when by `steady_clock`.

    `replica` names where the record is of the newest term that shipped it whole; "" before that.
    """

    term: int
    holder: str
    taken_at: float
    replica: str = ""


Follow = Callable[[str], Awaitable[None]]
"""Hears the name of the newest replica that is whole, whenever somebody looked."""


class Lease(Protocol):
    """Where it stands who holds the lease."""

    @property
    def length_s(self) -> float: ...

    async def acquire(self, follow: Follow) -> Grant:
        """Wait until the lease can be taken, and take it; `follow` hears where the record is."""
        ...

    async def find_replica(self) -> str:
        """Return where the record is of the newest term that shipped it whole; "" if none did.

        OSError if nobody can tell.
        """
        ...

    async def renew(self) -> None:
        """Renew it once. LeaseLost if somebody else has it; OSError if nobody can tell."""
        ...

    async def ship_to(self, replica: str) -> None:
        """Say under which name this term's record is, whole, for whoever takes over. As `renew`."""
        ...

    async def release(self) -> None:
        """Give it back: the next may take it at once."""
        ...

    async def aclose(self) -> None: ...


def steady_clock() -> float:
    """Return seconds of a clock that nobody sets; where the system has one that counts its sleep.

    A machine that slept for an hour, and whose clock says a second, would think it holds the lease.
    """
    return _CLOCK()


_CLOCK: Callable[[], float] = (
    partial(time.clock_gettime, time.CLOCK_BOOTTIME)
    if hasattr(time, "CLOCK_BOOTTIME")
    else time.monotonic
)


def name_holder() -> str:
    """Return a name for this process that no other has: the machine's, and eight digits."""
    return f"{socket.gethostname()}-{os.urandom(4).hex()}"
