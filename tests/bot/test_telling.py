"""Telling people what became of their submissions: until it is told, as only they may see it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.i18n.formatter import Voice
from bot.notify.notice_delivery import NoticeDelivery
from bot.platform import Notification, SentMessage, Undeliverable
from bot.runner import run_all
from commands.kit.invocation import Caller, Role
from commands.kit.parser import write_line
from store import Store, open_store
from store.workflow.notices import PendingNotice
from tests.commands import conftest
from tests.fakes import NOON, ZONE, Talk, copy_store

seeds_file = conftest.seeds_file
MEMBER = Caller("chat", "77", "Member One")
REVIEWER = Caller("chat", "88", "Reviewer One", Role.MODERATOR)


@dataclass
class Inbox:
    """Where people are told, or cannot be, as a test wants; it forgets a post's key at once."""

    trouble: Undeliverable | None = None
    lost: bool = False
    """Whether what is said arrives, and the receipt does not."""
    ready: bool = True
    told: list[tuple[str, str, str]] = field(default_factory=list)
    looked: list[datetime] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:
        self.looked.append(since)
        if self.trouble is not None:
            raise self.trouble
        return next((SentMessage("1") for _, _, again in self.told if again == _again(post)), None)

    async def post(self, post: Notification) -> SentMessage:
        if self.trouble is not None:
            raise self.trouble
        self.told.append((post.person, Voice(ZONE).plain(*post.reply.title), _again(post)))
        self.heard.set()
        if self.lost:
            raise Undeliverable("the line was cut", unsure=True)
        return SentMessage("1")

    async def publish(self, room: str, message: str) -> None:
        raise AssertionError(room, message)


def _again(post: Notification) -> str:
    return write_line(post.again.command, post.again.given)


@dataclass
class Running:
    """A platform that runs until it is closed."""

    name: str = "chat"
    ready: bool = True
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        await self.closed.wait()

    async def aclose(self) -> None:
        self.closed.set()


@dataclass
class NoticeScene:
    """A desk with a submission that was turned down, and who tells it."""

    desk: Talk
    store: Store
    chat: Inbox
    telling: NoticeDelivery
    log: list[tuple[str, BaseException | None]]

    def later(self, **time: float) -> None:
        self.desk.now += timedelta(**time)


@pytest.fixture
async def scene(seeds_file: Path, tmp_path: Path) -> AsyncIterator[NoticeScene]:
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        desk, chat, lines = Talk(store), Inbox(), list[tuple[str, BaseException | None]]()

        def log(event: str, /, *, error: BaseException | None = None, **_: object) -> None:
            lines.append((event, error))

        there = {"chat": chat, "elsewhere": Inbox()}
        telling = NoticeDelivery(store.notice_queue, desk.dispatch, there, lambda: desk.now, log)
        await desk.dispatch.line(MEMBER, "/submit A drone hit the station.")
        await desk.dispatch.line(REVIEWER, '/draft reject D-1 why:"No source."')
        yield NoticeScene(desk, store, chat, telling, lines)


TOLD = ("77", "D-1: was rejected: No source.", "/me ref:D-1")


async def test_what_became_of_it_is_told_once_to_the_member(scene: NoticeScene) -> None:
    await scene.telling.due("chat")
    await scene.telling.due("chat")
    assert scene.chat.told == [TOLD]
    assert scene.chat.looked == []


async def test_what_could_not_be_told_is_tried_again_later_and_not_looked_for(
    scene: NoticeScene,
) -> None:
    scene.chat.trouble = Undeliverable("they take no messages", gone=True)
    await scene.telling.due("chat")
    scene.chat.trouble = None
    await scene.telling.due("chat")
    assert scene.chat.told == []
    scene.later(minutes=2)
    await scene.telling.due("chat")
    assert scene.chat.told == [TOLD]
    assert scene.chat.looked == []


async def test_what_may_have_gone_out_is_looked_for_and_not_said_again(scene: NoticeScene) -> None:
    """It was said again as soon as the platform no longer knew its key."""
    scene.chat.lost = True
    await scene.telling.due("chat")
    scene.chat.lost = False
    scene.later(minutes=20)
    await scene.telling.due("chat")
    scene.later(hours=1)
    await scene.telling.due("chat")
    assert scene.chat.told == [TOLD]
    assert scene.chat.looked == [NOON]
    assert await scene.store.notice_queue.due("chat", scene.desk.now) == ()


async def test_as_long_as_it_cannot_be_looked_for_it_is_not_said_again(scene: NoticeScene) -> None:
    scene.chat.lost = True
    await scene.telling.due("chat")
    scene.chat.trouble = Undeliverable("busy", unsure=True)
    for _ in range(3):
        scene.later(minutes=20)
        await scene.telling.due("chat")
    scene.chat.trouble = None
    scene.later(minutes=20)
    await scene.telling.due("chat")
    assert scene.chat.told == [TOLD]
    assert scene.chat.looked == [NOON] * 4


async def test_where_the_platform_asks_to_wait_it_is_waited(scene: NoticeScene) -> None:
    scene.chat.trouble = Undeliverable("too much is said", wait_s=1800)
    await scene.telling.due("chat")
    scene.chat.trouble = None
    scene.later(minutes=20)
    await scene.telling.due("chat")
    assert scene.chat.told == []
    scene.later(minutes=11)
    await scene.telling.due("chat")
    assert scene.chat.told == [TOLD]


async def test_who_never_can_be_told_is_given_up(scene: NoticeScene) -> None:
    scene.chat.trouble = Undeliverable("they take no messages", gone=True)
    for _ in range(12):
        await scene.telling.due("chat")
        scene.later(hours=1)
    assert [event for event, _ in scene.log] == ["notice put off"] * 5 + ["notice given up"]
    assert await scene.store.notice_queue.due("chat", scene.desk.now) == ()


async def test_who_was_forgotten_is_told_nothing(scene: NoticeScene) -> None:
    await scene.desk.dispatch.line(MEMBER, "/me forget:yes")
    await scene.telling.due("chat")
    assert scene.chat.told == []


async def test_who_is_forgotten_while_it_is_made_is_told_nothing(scene: NoticeScene) -> None:
    (notice,) = await scene.store.notice_queue.due("chat", scene.desk.now)
    await scene.desk.dispatch.line(MEMBER, "/me forget:yes")
    assert not await scene.store.notice_queue.begin(notice.key, scene.desk.now)
    assert await scene.store.notice_queue.put_off(notice.key, scene.desk.now)


async def test_another_platform_tells_nothing_of_it(scene: NoticeScene) -> None:
    await scene.telling.due("elsewhere")
    assert scene.chat.told == []


async def test_a_platform_that_is_not_ready_is_left_alone(scene: NoticeScene) -> None:
    scene.chat.ready = False
    await scene.telling.due("chat")
    assert scene.chat.told == []
    assert scene.log == []


async def test_while_the_bot_runs_it_is_told(scene: NoticeScene, tmp_path: Path) -> None:
    def log(_event: str, /, **_: object) -> None:
        raise AssertionError(_event)

    platforms, file = [Running(), Running("elsewhere")], tmp_path / "heartbeat"
    running = asyncio.create_task(run_all(platforms, file, log, [scene.telling.run(0.01)]))
    await scene.chat.heard.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    assert await running == 0


async def test_a_bug_in_telling_is_logged_and_it_goes_on(scene: NoticeScene) -> None:
    telling = replace(scene.telling, notices=Failing(scene.store))
    task = asyncio.create_task(telling.run(0.01))
    await scene.chat.heard.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert [event for event, _ in scene.log] == ["telling failed"]


class Failing:
    """The store's notices, of which the first look fails."""

    def __init__(self, store: Store) -> None:
        self._notices, self._failed = store.notice_queue, False
        self.begin, self.told = store.notice_queue.begin, store.notice_queue.mark_told
        self.failed = store.notice_queue.put_off

    async def due(self, platform: str, at: datetime, limit: int = 20) -> tuple[PendingNotice, ...]:
        if not self._failed:
            self._failed = True
            raise KeyError("the disk is gone")
        return await self._notices.due(platform, at, limit)
