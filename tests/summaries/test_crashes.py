"""The bot is killed on the way to a room, and starts again: one message, every time.

On the tests' own Discord, over real sockets. A restart comes within the minutes in which Discord
knows a message by its nonce, or after them, when the bot has to look for it.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from store import open_store
from store.digest import Telling, Wish
from store.history import Act
from tests.discord.loopback import Channel, Loopback
from tests.fakes import ROOT, ZONE
from tests.store.conftest import an_entry, filed
from tests.summaries.crash_child import UNPLACED
from tests.summaries.desk import MANAGER, copied

WITHIN_S, BEYOND_S = 60, 600
MOST_STEPS = 40


def due() -> datetime:
    """Return eight o'clock in Kyiv on the next day: the server's clock is only ever set ahead."""
    day = datetime.now(ZONE).date() + timedelta(days=1)
    return datetime.combine(day, time(8), ZONE).astimezone(UTC)


async def base(made: Path, folder: Path) -> Path:
    """Make a store with a summary that is due, and something to tell."""
    path = copied(made, folder / "base.db")
    now = datetime.now(UTC)
    act = Act("add", "digest", MANAGER, now, "To see what happens.")
    async with await open_store(path) as store:
        await store.digests.add(act, "discord", UNPLACED, Wish(time(8), "Europe/Kyiv"))
        act = Act("file", "file", MANAGER, now, "To see what happens.")
        await store.history.write(act, filed(an_entry(text="Told once.")))
    return path


class Killing:
    """A server with a room for each death, and the bot that dies."""

    def __init__(self, server: Loopback, made: Path, folder: Path) -> None:
        self.server, self.made, self.folder = server, made, folder
        self.home = server.guild("Home")
        self.now = due()
        server.clock.advance((self.now - datetime.now(UTC)).total_seconds())

    def rooms(self, count: int) -> list[Channel]:
        return [self.server.channel(self.home, f"room {n}") for n in range(count)]

    def ahead(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.server.clock.advance(seconds)

    async def bot(self, how: str, rooms: list[Channel]) -> None:
        """Run the bot for each of the rooms."""
        ids = [str(one.id) for one in rooms]
        child = str(ROOT / "tests/summaries/crash_child.py")
        running = await asyncio.create_subprocess_exec(
            sys.executable, child, how, str(self.made), str(self.folder), self.server.api,
            self.server.token, self.now.isoformat(), *ids, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, errors = await running.communicate()
        assert running.returncode == 0, errors.decode()

    async def judge(self, rooms: list[Channel]) -> None:
        """Hold every room against its ledger."""
        for n, room in enumerate(rooms, start=1):
            seen = [one for one in room.messages.values() if one.author is self.server.world.bot]
            assert len(seen) == 1, f"killed at {n}: {len(seen)} messages"
            assert "Told once." in seen[0].text
            async with await open_store(self.folder / f"{n}.db", writing=False) as store:
                told = await store.tellings.get(1, self.now.astimezone(ZONE).date())
            assert told is not None
            assert (told.state, told.message) == (Telling.TOLD, str(seen[0].id)), f"killed at {n}"
        assert self.server.violations == []


@pytest.mark.parametrize("later_s", [WITHIN_S, BEYOND_S])
async def test_killed_at_any_step_it_tells_a_room_once(
    made: Path, tmp_path: Path, later_s: float
) -> None:
    async with Loopback() as server:
        killing = Killing(server, await base(made, tmp_path), tmp_path)
        rooms = killing.rooms(MOST_STEPS)
        await killing.bot("steps", rooms)
        steps = int((tmp_path / "steps").read_text(encoding="utf-8"))
        early = [room for room in rooms[:steps] if room.messages]
        assert steps >= 10
        assert 2 <= len(early) < steps - 4, "it has to die both before and after it has told"
        killing.ahead(later_s)
        await killing.bot("again", rooms[:steps])
        await killing.judge(rooms[:steps])


async def shot(made: Path, folder: Path, count: int, later_s: float) -> int:
    """Shoot the bot so many times; return how many rooms had been told by then."""
    async with Loopback() as server:
        killing = Killing(server, await base(made, folder), folder)
        rooms = killing.rooms(count)
        await killing.bot("shots", rooms)
        early = sum(bool(room.messages) for room in rooms)
        killing.ahead(later_s)
        await killing.bot("again", rooms)
        await killing.judge(rooms)
        return early


async def test_killed_at_any_time_it_tells_a_room_once(made: Path, tmp_path: Path) -> None:
    await shot(made, tmp_path, 6, BEYOND_S)


@pytest.mark.soak
@pytest.mark.parametrize("later_s", [WITHIN_S, BEYOND_S])
async def test_killed_a_hundred_times_it_tells_each_room_once(
    made: Path, tmp_path: Path, later_s: float
) -> None:
    early = await shot(made, tmp_path, 100, later_s)
    print(f"100 kills, a restart {later_s} s later: {early} rooms were told before it")  # noqa: T201
    assert 0 < early < 100
