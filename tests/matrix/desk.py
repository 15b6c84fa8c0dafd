"""The product's Matrix platform in the test's own process, on a store of the test's own."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.homeserver import MISSING, NAME, PASSWORD, Homeserver
from bot.adapters.matrix.client.login import Setup
from bot.adapters.matrix.handlers.sync import SYNC_FILTER
from bot.adapters.matrix.matrix_platform import MatrixPlatform
from bot.dispatch import Desk, Dispatch
from bot.gap_tally import GapTally
from bot.i18n.catalogues import language_of, translate_into
from bot.i18n.formatter import Voice
from bot.notify.scheduler import Schedule
from bot.permissions import MODERATES, Homes
from bot.platform import Port
from bot.rate_limit import RateLimiter
from commands import COMMANDS
from commands.kit.command import Command
from store import Store
from tests.fakes import NOON, ZONE
from tests.matrix.people import Json, Somebody
from tests.patience import PATIENCE_S

_numbers = itertools.count()


@contextmanager
def serving(folder: Path) -> Iterator[Homeserver]:
    """Run a homeserver until left; skip what needs it where there can be none."""
    if MISSING:
        pytest.skip(MISSING)
    home_server = Homeserver(folder)
    try:
        asyncio.run(home_server.start())
        yield home_server
    finally:
        home_server.stop()


@dataclass
class MatrixBot:
    """What a platform is made of, so that a restart can make another."""

    server: Homeserver
    store: Store
    state: Path
    name: str
    homes: set[str] = field(default_factory=set)
    invites: set[str] = field(default_factory=lambda: {NAME})
    commands: Sequence[Command] = COMMANDS
    recovery_key: str = ""
    new_device: bool = False
    prefix: str = "!"
    paces: RateLimiter | None = None
    token: str = ""
    password: str = PASSWORD
    now: datetime = NOON
    address: str = ""
    """Where the homeserver is to be reached, if not where it is."""
    logged: list[dict[str, Any]] = field(default_factory=list)
    tally: GapTally = field(default_factory=GapTally)
    live: MatrixPlatform | None = None
    """The platform while it runs."""

    @property
    def id(self) -> str:
        return f"@{self.name}:{NAME}"

    def desk(self) -> Desk:
        return Desk(self.store, self.commands, lambda: self.now, ZONE, 7, tally=self.tally)

    def schedule(self, platform: MatrixPlatform) -> Schedule:
        """Return what tells unasked."""
        dispatch = Dispatch(self.desk(), self._log)
        posting = {platform.name: platform.posting}
        return Schedule(self.store, dispatch, posting, lambda: self.now, self._log)

    def platform(self) -> MatrixPlatform:
        desk = self.desk()
        dispatch = Dispatch(desk, self._log, paces=self.paces)
        homes = Homes(self.homes, {MODERATES})
        port = Port(dispatch, self.store.program_state, homes, self._log, _speak, _presence)
        return MatrixPlatform(
            port, self.store.mailbox, self.store.program_state, self.store.digests, self.setup()
        )

    def setup(self) -> Setup:
        return Setup(
            self.address or self.server.url,
            self.id,
            self.token,
            "",
            self.password,
            self.state,
            self.prefix,
            self.invites,
            self.recovery_key,
            self.new_device,
        )

    def _log(self, event: str, /, *, error: BaseException | None = None, **fields: Any) -> None:
        self.logged.append({"event": event, "error": error, **fields})

    @property
    def failures(self) -> list[dict[str, Any]]:
        return [line for line in self.logged if line["error"] is not None]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[MatrixPlatform]:
        """Run until left; what fails unseen fails the test."""
        platform = self.platform()
        task = asyncio.create_task(platform.run())
        try:
            await until_ready(platform, task)
            self.live = platform
            yield platform
        finally:
            self.live = None
            await platform.aclose()
            await task
        assert not self.failures, self.failures


async def hear_out(reader: Somebody, bot: MatrixBot, room: str) -> list[Json]:
    """Return all that the bot wrote in a room, once it has nothing left to read or to do."""
    async with asyncio.timeout(PATIENCE_S):
        while bot.live is not None and await _is_busy(bot.live):  # noqa: ASYNC110 -- nothing tells it
            await asyncio.sleep(0.02)
    await reader.read()
    return reader.messages(room, bot.id)


async def _is_busy(platform: MatrixPlatform) -> bool:
    work, sync = platform._work, platform._sync
    assert work is not None
    assert sync is not None
    token = await work.context.port.memory.value(sync._place)
    if token is None:
        return True
    batch = await work.context.client.sync(token, SYNC_FILTER, 0)
    return bool(batch.get("rooms") or batch.get("to_device")) or bool(work._running)


async def until_ready(platform: MatrixPlatform, task: "asyncio.Task[None]") -> None:
    """Wait until the platform could answer."""
    async with asyncio.timeout(PATIENCE_S):
        while not platform.ready:
            assert not task.done(), task.result()
            await asyncio.sleep(0.02)


@dataclass
class Room:
    """A room with a bot and somebody who made it."""

    bot: MatrixBot
    owner: Somebody
    id: str

    async def ask(self, body: str, **more: Any) -> Any:
        return await self.owner.ask(self.id, body, **more)


def fresh(name: str) -> str:
    """Return a name that no account of this homeserver has."""
    return f"{name}{next(_numbers)}"


def _speak(tag: str) -> Voice:
    return Voice(ZONE, translate_into(language_of(tag, "en")))


async def _presence() -> str:
    return "Data as of 7 Nov 2025"
