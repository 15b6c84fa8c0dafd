"""What answers under a lease: nobody hears anything unless the lease is held at the end."""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, ClassVar, Protocol

from msgspec import Struct
from typing_extensions import override

from bot.dispatch import Answer, Desk, Dispatch, Log
from bot.platform import Notification, Notifier, SentMessage, Undeliverable
from bot.rate_limit import RateLimiter
from bot.replica.acknowledge import Acknowledger, Durability
from bot.replica.confirmed_notifier import ConfirmedNotifier
from bot.replica.shipping import Replica
from bot.settings import Settings
from bot.standby.serve_term import serve_term
from bot.standby.tenure import Tenure
from commands.kit.command import Command
from commands.kit.invocation import Caller
from commands.kit.reply import Choice
from store import Store

_OPEN_S = 4.0
"""Seconds that an answer waits, at most, for the first shipment of a term."""
_LATER_S = 5.0


class EndCheck(Protocol):
    """Asked last, when all that an answer needs is done."""

    async def require(self) -> None:
        """Return if this process may still speak for the record; else it ends, here."""
        ...


class LeasedAcknowledger(Struct, frozen=True):
    """Confirms what was written once it is where who takes over finds it, and the lease is held."""

    inner: Acknowledger
    is_open: asyncio.Event
    check: EndCheck

    async def confirm(self) -> Durability:
        """Wait until what was written is safe, and this process may say so."""
        try:
            async with asyncio.timeout(_OPEN_S):
                await self.is_open.wait()
        except TimeoutError:
            durability = Durability.LATE
        else:
            durability = await self.inner.confirm()
        await self.check.require()
        return durability


class LeasedNotifier(ConfirmedNotifier, frozen=True):
    """Posts what was claimed if whoever takes over knows of the claim, and not before."""

    find_trouble: Callable[[], str]

    @property
    @override
    def ready(self) -> bool:
        """Whether the platform could post now, and a claim would be shipped."""
        return super().ready and not self.find_trouble()

    @override
    async def post(self, post: Notification) -> SentMessage:
        """Say something, after a wait that all who post at this time share."""
        if await self.acknowledger.confirm() is Durability.LATE:
            raise Undeliverable("its claim is not shipped yet", wait_s=_LATER_S)
        return await self.notifier.post(post)


class LeasedDispatch(Dispatch):
    """Answers, and suggests, as long as the lease is held: never from a record that may be old."""

    def __init__(self, desk: Desk, log: Log, paces: RateLimiter, check: EndCheck) -> None:
        super().__init__(desk, log, paces=paces)
        self._check = check

    @override
    async def _answer(self, *args: Any, **kwargs: Any) -> Answer:
        answer = await super()._answer(*args, **kwargs)
        await self._check.require()
        return answer

    @override
    async def suggest(
        self, caller: Caller, command: Command, name: str, text: str
    ) -> Sequence[Choice]:
        """Return values for a parameter as the dispatch does."""
        choices = await super().suggest(caller, command, name, text)
        await self._check.require()
        return choices


class Leased(Struct, frozen=True):
    """What a run under a lease uses in the place of what another run does."""

    tenure: Tenure
    check: EndCheck
    patience_s: ClassVar[float] = math.inf
    """How long it waits for the store: on one machine, its lock is the lease."""

    def serve(
        self, store: Store, settings: Settings, clock: Callable[[], datetime], log: Log
    ) -> AbstractAsyncContextManager[None]:
        """Open the term and ship it, as long as the block runs."""
        return serve_term(self.tenure, store, settings, clock(), log)

    def acknowledger(self, replica: Replica) -> Acknowledger | None:
        """Return who is asked before an answer says filed."""
        asked = replica.acknowledger
        return asked and LeasedAcknowledger(asked, self.tenure.is_open, self.check)

    def dispatch(self, desk: Desk, log: Log, paces: RateLimiter) -> Dispatch:
        """Return what answers."""
        return LeasedDispatch(desk, log, paces, self.check)

    def notifiers(
        self, notifiers: Mapping[str, Notifier], desk: Desk, replica: Replica
    ) -> Mapping[str, Notifier]:
        """Return what posts."""
        asked = desk.acknowledger
        if asked is None:
            return notifiers
        return {
            name: LeasedNotifier(each, asked, replica.trouble) for name, each in notifiers.items()
        }
