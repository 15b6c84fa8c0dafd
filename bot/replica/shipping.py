"""How far the replica is: asked before an answer that waits for it, and again and again beside.

Who asks at one time shares one wait. Once it was in vain nobody waits any more, until a look in the
background finds that the replica has caught up.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Protocol

from msgspec import Struct

from bot.dispatch import Log
from bot.replica.acknowledge import Acknowledger, Durability
from bot.replica.control_socket import ControlSocket, Shipment, ShippingFailed
from bot.settings import Settings, SettingsError
from store import Store

LIMIT_S = 4
"""Seconds that an answer waits for the replica."""
_LOOK_S, _SOON_S = 10.0, 0.5
_SHORT_S = 2
"""Seconds for a look at a replica that is late: the shipper goes on between two looks anyway."""


class Shipper(Protocol):
    """What has everything shipped that is committed, or raises ShippingFailed."""

    async def ship(self, limit_s: int) -> Shipment: ...

    async def is_replica_there(self) -> bool: ...

    async def try_at_once(self) -> None: ...


class Shipping:
    """Knows whether the replica is late, and is the acknowledger of who waits for it."""

    def __init__(
        self,
        shipper: Shipper,
        clock: Callable[[], datetime],
        log: Log,
        limit_s: int = LIMIT_S,
        meanwhile: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._shipper, self._clock, self._log, self._limit_s = shipper, clock, log, limit_s
        self._meanwhile = meanwhile
        self._turn = asyncio.Lock()
        self._next: asyncio.Task[bool] | None = None
        self._shipped_at: datetime | None = None
        self._late = ""

    @property
    def trouble(self) -> str:
        """Why the replica is late, in one sentence; empty if it is not."""
        if not self._late:
            return ""
        until = f"{self._shipped_at:%Y-%m-%d %H:%M:%S}Z" if self._shipped_at else "never yet"
        return f"The replica is late: {self._late}. Last shipped: {until}."

    @property
    def shipped_at(self) -> datetime | None:
        """The last moment at which everything was at the replica, as far as this process knows."""
        return self._shipped_at

    async def confirm(self) -> Durability:
        """Wait until everything that is written is at the replica; LATE after its limit."""
        if self._late or not await self._ship():
            return Durability.LATE
        return Durability.SHIPPED

    async def watch(self, look_s: float = _LOOK_S, soon_s: float = _SOON_S) -> None:
        """Look how far the replica is, again and again, until cancelled.

        What there is to do while nothing is shipped is done after a look that found it there. If
        the replica was away and is back, the shipper is not left to wait for its next try; a long
        try at a replica that was there all the time is left alone.
        """
        was_away = False
        while True:
            if not await self._ship():
                is_there = await self._shipper.is_replica_there()
                if is_there and was_away:
                    async with self._turn:
                        await self._shipper.try_at_once()
                was_away = not is_there
            elif self._meanwhile is not None:
                async with self._turn:
                    await self._meanwhile()
            await asyncio.sleep(soon_s if self._late else look_s)

    async def _ship(self) -> bool:
        """Join the next shipment: one under way may have begun before what is to be shipped."""
        if self._next is None:
            self._next = asyncio.create_task(self._ship_in_turn(bool(self._late)))
        return await asyncio.shield(self._next)

    async def _ship_in_turn(self, was_late: bool) -> bool:  # noqa: FBT001 -- of its own
        async with self._turn:
            self._next = None
            if self._late and not was_late:
                return False  # who had the turn before has just waited in vain
            started = self._clock()
            try:
                await self._shipper.ship(_SHORT_S if was_late else self._limit_s)
            except ShippingFailed as problem:
                self._note(str(problem))
                return False
            self._shipped_at = started
            self._note("")
            return True

    def _note(self, late: str) -> None:
        """Keep how it stands; log where that changes."""
        if late and not self._late:
            self._log("replica late", urgent=True, why=late)
        elif self._late and not late:
            self._log("replica caught up")
        self._late = late


class Replica(Struct, frozen=True):
    """The copy elsewhere: who is asked before an answer says filed (None: nobody), and its trouble.

    The trouble is one sentence, empty where there is none. What was written before `shipped_at` is
    surely there.
    """

    acknowledger: Acknowledger | None = None
    trouble: Callable[[], str] = str
    shipped_at: Callable[[], datetime | None] = lambda: None


@asynccontextmanager
async def ship_beside(
    settings: Settings,
    clock: Callable[[], datetime],
    log: Log,
    store: Store | None = None,
    limit_s: int = LIMIT_S,
) -> AsyncIterator[Replica]:
    """Talk to the shipper as long as the block runs.

    With a `store` it is looked meanwhile how far the replica is, and the store's log is emptied
    where that is asked for.
    """
    waits = settings.durable == "shipped"
    if not settings.replica:
        if waits:
            raise SettingsError(
                "SITREP_DURABLE: shipped needs a replica; write SITREP_REPLICA as well, or local."
            )
        yield Replica()
        return
    async with AsyncExitStack() as undo:
        socket = ControlSocket(settings)
        undo.push_async_callback(socket.aclose)
        if store is None:
            shipping = Shipping(socket, clock, log, limit_s)
        else:
            shipping = Shipping(socket, clock, log, limit_s, partial(_empty_log, store, socket))
            undo.callback(asyncio.create_task(shipping.watch()).cancel)
        yield Replica(
            *(shipping if waits else None, lambda: shipping.trouble, lambda: shipping.shipped_at)
        )


async def _empty_log(store: Store, socket: ControlSocket) -> None:
    """Empty the store's log if words were taken away that are still in it."""
    if await store.redaction.unfinished():
        with suppress(ShippingFailed):  # tried again after the next look
            async with socket.let_go():
                await store.redaction.empty_log()
