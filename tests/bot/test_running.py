"""All platforms in one process: what ends one, what ends all, and what is said of it."""

import asyncio
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.ops.heartbeat import find_trouble
from bot.runner import run_all


@dataclass
class Fake:
    """A platform that ends as a test wants: with an error, or when it is closed."""

    name: str
    fails: Exception | None = None
    ready: bool = True
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        self.ready = self.ready and self.fails is None
        if self.fails is not None:
            raise self.fails
        await self.closed.wait()

    async def aclose(self) -> None:
        self.closed.set()


@dataclass
class Log:
    lines: list[tuple[str, BaseException | None, dict[str, Any]]] = field(default_factory=list)

    def __call__(
        self, event: str, /, *, error: BaseException | None = None, **details: Any
    ) -> None:
        self.lines.append((event, error, details))


async def says(file: Path, what: str) -> None:
    """Wait until the heartbeat says so."""
    for _ in range(100):
        await asyncio.sleep(0.02)
        if find_trouble(file) == what:
            return
    raise AssertionError(find_trouble(file))


async def test_with_no_platform_left_it_ends_with_1_and_the_reason(tmp_path: Path) -> None:
    log, file = Log(), tmp_path / "heartbeat"
    assert await run_all([Fake("one", RuntimeError("It would not have us."))], file, log) == 1
    assert log.lines == [
        (
            "platform gave up",
            None,
            {"platform": "one", "why": "It would not have us.", "urgent": True},
        )
    ]
    assert not file.exists()


async def test_what_nobody_expected_is_logged_as_a_bug(tmp_path: Path) -> None:
    """It ended the program with 1 and without a word."""
    log, bug = Log(), KeyError("shards")
    assert await run_all([Fake("one", bug)], tmp_path / "heartbeat", log) == 1
    assert log.lines == [("platform failed", bug, {"platform": "one"})]


async def test_while_one_is_left_it_goes_on_and_says_at_once_which_is_not_there(
    tmp_path: Path,
) -> None:
    """The heartbeat was 15 s late in saying that a platform had come or gone."""
    log, file = Log(), tmp_path / "heartbeat"
    first, other = Fake("one"), Fake("other", ready=False)
    running = asyncio.create_task(
        run_all([first, other, Fake("third", OSError("gone"))], file, log)
    )
    await says(file, "Not connected: other, third.")
    other.ready = True
    await says(file, "Not connected: third.")
    first.ready = False
    await says(file, "Not connected: one, third.")
    assert not running.done()
    os.kill(os.getpid(), signal.SIGTERM)
    assert await running == 0
    assert [details["platform"] for _, _, details in log.lines] == ["third"]
    assert not file.exists()


async def test_what_runs_beside_the_platforms_stops_before_they_do(tmp_path: Path) -> None:
    platform, order = Fake("one"), []

    async def beside() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            order.append(platform.closed.is_set())

    asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGTERM)
    assert await run_all([platform], tmp_path / "heartbeat", Log(), [beside()]) == 0
    assert order == [False]
    assert platform.closed.is_set()
