"""The composition root: the only place that names both a platform and the store."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from bot.dispatch import Desk, Dispatch
from bot.log import make_log
from bot.settings import Settings
from bot.voice import Voice
from commands import COMMANDS
from commands.kit.context import Caller, Role
from store import Store, open_store
from store.errors import NoStore, OlderStore

_PATIENCE_S = 15
_DEMO_DAY = datetime(2025, 11, 7, 12, tzinfo=UTC)


class Session(Struct, frozen=True):
    """Who sits at the terminal, and at what time (None: now); `seeds` fill a new store."""

    role: Role = Role.READER
    now: datetime | None = None
    seeds: bool = True

    @property
    def caller(self) -> Caller:
        return Caller("console", "local", "You", self.role)


async def ask(settings: Settings, session: Session, line: str, *, as_json: bool) -> int:
    """Answer one line on standard output; return the exit code."""
    from bot.adapters.console.once import show

    async with _dispatching(settings, session) as dispatch:
        answer = await dispatch.line(session.caller, line)
    return show(answer, Voice(settings.tzinfo), as_json=as_json)


async def console(settings: Settings, session: Session) -> int:
    """Take commands in a terminal until it is left."""
    from bot.adapters.console.session import Terminal

    async with _dispatching(settings, session) as dispatch:
        return await Terminal(dispatch, session.caller, Voice(settings.tzinfo)).run()


async def demo(settings: Settings) -> int:
    """Show a short tour on a throw-away store, then take commands if there is a terminal."""
    from tempfile import TemporaryDirectory

    from bot.adapters.console.session import Terminal

    session = Session(now=_DEMO_DAY)
    with TemporaryDirectory(prefix="sitrep-demo-") as folder:
        own = replace(settings, store=Path(folder) / "demo.db")
        async with _dispatching(own, session) as dispatch:
            terminal = Terminal(dispatch, session.caller, Voice(own.tzinfo))
            await terminal.tour(("/status Pokrovsk", "/claims since:2025-10-29"), _DEMO_DAY)
            return await terminal.run() if sys.stdin.isatty() and sys.stdout.isatty() else 0


async def health(settings: Settings) -> int:
    """Return 0 when the store can be read."""
    async with await open_store(settings.store, writing=False) as store:
        await store.situation.now()
    return 0


@asynccontextmanager
async def _dispatching(settings: Settings, session: Session) -> AsyncIterator[Dispatch]:
    """Open the store for reading, made and filled first where there is none, and dispatch on it."""
    now = session.now
    if now is not None and now.tzinfo is None:
        now = now.replace(tzinfo=settings.tzinfo)
    clock: Callable[[], datetime] = (lambda: now) if now else (lambda: datetime.now(UTC))
    async with await _for_reading(settings.store, seeds=session.seeds) as store:
        desk = Desk(store, COMMANDS, clock, settings.tzinfo, settings.stale_days)
        yield Dispatch(desk, make_log(settings.log))


async def _for_reading(path: Path, *, seeds: bool) -> Store:
    try:
        store = await open_store(path, writing=False)
        if not seeds or (await store.history.head())[0]:
            return store
        await store.aclose()
    except (NoStore, OlderStore):
        pass
    async with await open_store(path, patience_s=_PATIENCE_S) as fresh:
        if seeds:
            await fresh.load_seeds(datetime.now(UTC))
    return await open_store(path, writing=False)
