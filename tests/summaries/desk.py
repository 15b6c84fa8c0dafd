"""What the tests of summaries share: a schedule on a store, a clock to set, a room that keeps all.

`Wall` stands for a platform: it shows what was posted, refuses what it is told to refuse, and loses
receipts, as networks do.
"""

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.adapters.console.layout import layout
from bot.dispatch import Desk, Dispatch
from bot.i18n.formatter import Voice
from bot.notify.scheduler import Schedule
from bot.platform import Notification, SentMessage, Undeliverable
from commands import COMMANDS
from commands.kit.invocation import Caller
from commands.kit.reply import Reply
from store import Store
from store.model.digest import DigestSettings
from store.model.revision import Act, Person
from tests.fakes import ZONE, Clock

NOW = datetime(2025, 11, 7, 12, tzinfo=UTC)
MORNING = datetime(2025, 11, 8, 6, tzinfo=UTC)
"""08:00 in Kyiv, the day after NOW."""
DAY = MORNING.date()
MANAGER = Person("wall", "7", "Manager")
NONCE = timedelta(minutes=5)
Refusing = Callable[[Notification], Undeliverable | None]


class Wall:
    """A platform of the tests' own.

    What is raised `before` and `after` a message is out, in looking for it and in publishing it, is
    for a test to say.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock, self.ready = clock, True
        self.seen: list[tuple[Notification, datetime]] = []
        self.published: list[str] = []
        self.looked_for: list[str] = []
        self.before: Refusing = lambda _: None
        self.after: Refusing = lambda _: None
        self.finding: Refusing = lambda _: None
        self.publishing: Refusing = lambda _: None
        self.together = asyncio.Barrier(1)
        """Where so many posts to rooms wait for each other."""

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:
        self.looked_for.append(post.key)
        _raise(self.finding(post))
        return next(
            (
                SentMessage(posted.key)
                for posted, at in self.seen
                if posted.key == post.key and at >= since - timedelta(minutes=1)
            ),
            None,
        )

    async def post(self, post: Notification) -> SentMessage:
        if post.room:
            await self.together.wait()
        _raise(self.before(post))
        fresh = [post.key for post, at in self.seen if self.clock() - at < NONCE]
        if post.key not in fresh:
            self.seen.append((post, self.clock()))
        _raise(self.after(post))
        return SentMessage(post.key, post.room.startswith("news"))

    async def publish(self, room: str, message: str) -> None:
        post = next(post for post, _ in self.seen if (post.room, post.key) == (room, message))
        _raise(self.publishing(post))
        if message not in self.published:
            self.published.append(message)

    def keys(self, room: str = "") -> list[str]:
        """Return the keys of what a room has seen, in order."""
        return [post.key for post, _ in self.seen if room in {"", post.room, post.person}]

    def texts(self, room: str = "") -> list[str]:
        """Return what a room has seen, as a terminal shows it."""
        return [
            terminal_text(post.reply)
            for post, _ in self.seen
            if room in {"", post.room, post.person}
        ]


def terminal_text(reply: Reply) -> str:
    """Return a reply as a wide terminal shows it."""
    return "\n".join("".join(text for _, text in row) for row in layout(reply, Voice(ZONE), 200))


def _raise(error: Undeliverable | None) -> None:
    if error is not None:
        raise error


class Bench:
    """A store, its schedule, a wall and a clock."""

    def __init__(self, store: Store, clock: Clock, wall: Wall, catch_up: timedelta) -> None:
        self.store, self.clock, self.wall = store, clock, wall
        self.logged: list[dict[str, Any]] = []
        self.dispatch = Dispatch(Desk(store, COMMANDS, clock, ZONE, 7), self._log)
        self.schedule = Schedule(store, self.dispatch, {"wall": wall}, clock, self._log, catch_up)

    async def turn(self, **by: float) -> None:
        """Let so much time pass, then let the schedule do what is due."""
        self.clock.ahead(**by)
        await self.schedule.turn()

    async def add(self, room: str = "r", at: str = "08:00", **wish: Any) -> int:
        """Let a room be told daily; return the summary's number."""
        wanted = DigestSettings(time.fromisoformat(at), wish.pop("zone", "Europe/Kyiv"), **wish)
        act = self.act(f"add:{room}:{at}:{self.clock()}", "digest")
        done = await self.store.digests.add(act, "wall", room, wanted)
        assert isinstance(done.after, dict)
        return int(str(done.after["digest"])[2:])

    def act(self, key: str, name: str = "file", by: Person = MANAGER) -> Act:
        return Act(key, name, by, self.clock(), "To see what happens.")

    async def ask(self, line: str) -> str:
        """Return what the desk answers to somebody."""
        return terminal_text(
            (await self.dispatch.line(Caller("wall", "9", "Somebody"), line)).reply
        )

    def faults(self) -> list[dict[str, Any]]:
        """Return what was logged as a bug of ours."""
        return [line for line in self.logged if line["error"] is not None]

    def _log(self, event: str, /, *, error: BaseException | None = None, **fields: Any) -> None:
        self.logged.append({"event": event, "error": error, **fields})


def bench(store: Store, *, now: datetime = NOW, catch_up_h: float = 12) -> Bench:
    clock = Clock(now)
    return Bench(store, clock, Wall(clock), timedelta(hours=catch_up_h))


def copy_seeds(seeds_file: Path, to: Path) -> Path:
    return Path(shutil.copyfile(seeds_file, to))
