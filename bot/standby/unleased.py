"""A run that waits for nobody: what `Leased` does under a lease, done without one."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import ClassVar

from bot.dispatch import Desk, Dispatch, Log
from bot.platform import Notifier
from bot.rate_limit import RateLimiter
from bot.replica.acknowledge import Acknowledger
from bot.replica.confirmed_notifier import confirm_before_posts
from bot.replica.shipping import Replica
from bot.settings import Settings
from store import Store


class Alone:
    """`patience_s` is how long it waits for the store, which another process may have."""

    patience_s: ClassVar[float] = 0

    def serve(
        self, _store: Store, _settings: Settings, _clock: Callable[[], datetime], _log: Log
    ) -> AbstractAsyncContextManager[None]:
        """Open no term."""
        return nullcontext()

    def acknowledger(self, replica: Replica) -> Acknowledger | None:
        """Return who is asked before an answer says filed."""
        return replica.acknowledger

    def dispatch(self, desk: Desk, log: Log, paces: RateLimiter) -> Dispatch:
        """Return what answers."""
        return Dispatch(desk, log, paces=paces)

    def notifiers(
        self, notifiers: Mapping[str, Notifier], desk: Desk, _replica: Replica
    ) -> Mapping[str, Notifier]:
        """Return what posts."""
        return confirm_before_posts(notifiers, desk.acknowledger)
