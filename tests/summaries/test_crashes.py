"""The bot is killed on the way to a room or a person, and starts again: one message, every time.

On the tests' own Discord, over real sockets. A restart comes within the minutes in which Discord
knows a message by its nonce, or after them, when the bot has to look for it.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from store import open_store
from store.model.digest import DeliveryState, DigestSettings
from store.model.revision import Act
from store.workflow.notices import PendingNotice
from tests.discord.loopback import Channel, Loopback, Member, Message
from tests.fakes import ZONE
from tests.forked import run_child
from tests.store.conftest import addition, an_entry
from tests.summaries.crash_child import UNPLACED, be_child
from tests.summaries.desk import MANAGER, copy_seeds

WITHIN_S, BEYOND_S = 60, 600
MOST_STEPS = 40


def due() -> datetime:
    """Return eight o'clock in Kyiv on the next day: the server's clock is only ever set ahead."""
    day = datetime.now(ZONE).date() + timedelta(days=1)
    return datetime.combine(day, time(8), ZONE).astimezone(UTC)


async def base(seeds_file: Path, folder: Path) -> Path:
    """Make a store with a summary and a notice that are due, and something to tell."""
    path = copy_seeds(seeds_file, folder / "base.db")
    now = datetime.now(UTC)
    act = Act("add", "digest", MANAGER, now, "To see what happens.")
    async with await open_store(path) as store:
        await store.digests.add(act, "discord", UNPLACED, DigestSettings(time(8), "Europe/Kyiv"))
        act = Act("file", "file", MANAGER, now, "To see what happens.")
        await store.history.write(act, addition(an_entry(text="Told once.")))
        await store.notice_queue.tell(
            PendingNotice("draft:1", "discord", UNPLACED, "/search Told"), now
        )
    return path


class Killing:
    """A server with a room, or a person, for each death, and the bot that dies."""

    def __init__(self, server: Loopback, seeds_file: Path, folder: Path) -> None:
        self.server, self.made, self.folder = server, seeds_file, folder
        self.home = server.guild("Home")
        self.now = due()
        server.clock.advance((self.now - datetime.now(UTC)).total_seconds())

    def rooms(self, count: int) -> list[Channel]:
        return [self.server.channel(self.home, f"room {n}") for n in range(count)]

    def people(self, count: int) -> list[Member]:
        return [self.server.member(self.home, f"Reader {n}") for n in range(count)]

    def ahead(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.server.clock.advance(seconds)

    async def bot(self, how: str, told: Sequence[Channel | Member]) -> None:
        """Run the bot for each of the rooms or people."""
        what = "room" if isinstance(told[0], Channel) else "person"
        ids = [str(delivery.id) for delivery in told]
        seeds_file, folder, api, token = self.made, self.folder, self.server.api, self.server.token
        words = (what, how, str(seeds_file), str(folder), api, token, self.now.isoformat())
        await asyncio.to_thread(run_child, be_child, *words, *ids)

    async def judge(self, rooms: list[Channel]) -> None:
        """Hold every room against its ledger."""
        for n, room in enumerate(rooms, start=1):
            message = self.only(room, n)
            async with await open_store(self.folder / f"{n}.db", writing=False) as store:
                told = await store.digest_deliveries.get(1, self.now.astimezone(ZONE).date())
            assert told is not None
            assert (told.state, told.message) == (DeliveryState.TOLD, str(message.id)), (
                f"killed at {n}"
            )
        assert self.server.violations == []

    async def judge_people(self, people: list[Member]) -> None:
        """Hold what everybody saw against what is still to be told them."""
        for n, person in enumerate(people, start=1):
            self.only(person.talk, n)
            async with await open_store(self.folder / f"{n}.db", writing=False) as store:
                assert await store.notice_queue.due("discord", self.now) == (), f"killed at {n}"
        assert self.server.violations == []

    def only(self, room: Channel, n: int) -> Message:
        """Return the one message that the bot said in a room."""
        seen = [
            message for message in room.messages.values() if message.author is self.server.world.bot
        ]
        assert len(seen) == 1, f"killed at {n}: {len(seen)} messages"
        assert "Told once." in seen[0].text
        return seen[0]


@pytest.mark.parametrize("later_s", [WITHIN_S, BEYOND_S])
async def test_killed_at_any_step_it_tells_a_room_once(
    seeds_file: Path, tmp_path: Path, later_s: float
) -> None:
    async with Loopback() as server:
        killing = Killing(server, await base(seeds_file, tmp_path), tmp_path)
        rooms = killing.rooms(MOST_STEPS)
        await killing.bot("steps", rooms)
        steps = int((tmp_path / "steps").read_text(encoding="utf-8"))
        early = [room for room in rooms[:steps] if room.messages]
        assert steps >= 10
        assert 2 <= len(early) < steps - 4, "it has to die both before and after it has told"
        killing.ahead(later_s)
        await killing.bot("again", rooms[:steps])
        await killing.judge(rooms[:steps])


@pytest.mark.parametrize("later_s", [WITHIN_S, BEYOND_S])
async def test_killed_at_any_step_it_tells_a_person_once(
    seeds_file: Path, tmp_path: Path, later_s: float
) -> None:
    """Beyond the minutes in which Discord knows a nonce, what was said was said again."""
    async with Loopback() as server:
        killing = Killing(server, await base(seeds_file, tmp_path), tmp_path)
        people = killing.people(MOST_STEPS)
        await killing.bot("steps", people)
        steps = int((tmp_path / "steps").read_text(encoding="utf-8"))
        early = [person for person in people[:steps] if person.talk.messages]
        assert steps >= 6
        assert 2 <= len(early) < steps - 2, "it has to die both before and after it has told"
        killing.ahead(later_s)
        await killing.bot("again", people[:steps])
        await killing.judge_people(people[:steps])


async def shot(seeds_file: Path, folder: Path, count: int, later_s: float) -> int:
    """Shoot the bot so many times; return how many rooms had been told by then."""
    async with Loopback() as server:
        killing = Killing(server, await base(seeds_file, folder), folder)
        rooms = killing.rooms(count)
        await killing.bot("shots", rooms)
        early = sum(bool(room.messages) for room in rooms)
        killing.ahead(later_s)
        await killing.bot("again", rooms)
        await killing.judge(rooms)
        return early


async def test_killed_at_any_time_it_tells_a_room_once(seeds_file: Path, tmp_path: Path) -> None:
    await shot(seeds_file, tmp_path, 6, BEYOND_S)


@pytest.mark.soak
@pytest.mark.parametrize("later_s", [WITHIN_S, BEYOND_S])
async def test_killed_a_hundred_times_it_tells_each_room_once(
    seeds_file: Path, tmp_path: Path, later_s: float
) -> None:
    early = await shot(seeds_file, tmp_path, 100, later_s)
    print(f"100 kills, a restart {later_s} s later: {early} rooms were told before it")  # noqa: T201
    assert 0 < early < 100
