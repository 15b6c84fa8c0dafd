"""Telling people what became of their submissions: until it is told, as only they may see it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.platform import Platform
from bot.running import run_all
from bot.telling import Telling
from bot.voice import Voice
from commands.kit.context import Caller, Role
from commands.kit.reply import Reply
from store import Store, open_store
from store.notices import Notice
from tests.commands import conftest
from tests.fakes import NOON, ZONE, Talk, copy_store

made = conftest.made
MEMBER = Caller("chat", "77", "Member One")
REVIEWER = Caller("chat", "88", "Reviewer One", Role.MODERATOR)


@dataclass
class Chat:
    """A platform that tells, or does not, as a test wants."""

    works: bool = True
    ready: bool = True
    name: str = "chat"
    told: list[tuple[str, str, str]] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        await self.closed.wait()

    async def tell(self, person: str, reply: Reply, key: str) -> bool:
        if self.works:
            self.told.append((person, Voice(ZONE).plain(*reply.title), key))
            self.heard.set()
        return self.works

    async def aclose(self) -> None:
        self.closed.set()


@dataclass
class Scene:
    """A desk with a submission that was turned down, and who tells it."""

    desk: Talk
    store: Store
    telling: Telling
    log: list[tuple[str, BaseException | None]]


@pytest.fixture
async def scene(made: Path, tmp_path: Path) -> AsyncIterator[Scene]:
    async with await open_store(copy_store(made, tmp_path / "own.db")) as store:
        desk, lines = Talk(store), list[tuple[str, BaseException | None]]()

        def log(event: str, /, *, error: BaseException | None = None, **_: object) -> None:
            lines.append((event, error))

        telling = Telling(store.notices, desk.dispatch, lambda: desk.now, log)
        await desk.dispatch.line(MEMBER, "/submit A drone hit the station.")
        await desk.dispatch.line(REVIEWER, '/draft reject D-1 why:"No source."')
        yield Scene(desk, store, telling, lines)


async def test_what_became_of_it_is_told_once_to_the_member(scene: Scene) -> None:
    chat = Chat()
    await scene.telling.due(chat)
    await scene.telling.due(chat)
    assert chat.told == [("77", "D-1: was turned down: No source.", "draft:1")]


async def test_what_could_not_be_told_is_tried_again_later_and_given_up_in_the_end(
    scene: Scene,
) -> None:
    chat = Chat(works=False)
    await scene.telling.due(chat)
    chat.works = True
    await scene.telling.due(chat)
    assert chat.told == []
    scene.desk.now = NOON + timedelta(minutes=2)
    await scene.telling.due(chat)
    assert len(chat.told) == 1


async def test_who_never_can_be_told_is_given_up_with_one_line(scene: Scene) -> None:
    chat = Chat(works=False)
    for hours in range(12):
        scene.desk.now = NOON + timedelta(hours=hours)
        await scene.telling.due(chat)
    assert [event for event, _ in scene.log] == ["notice given up"]
    assert await scene.store.notices.due("chat", scene.desk.now) == ()


async def test_who_was_forgotten_is_told_nothing(scene: Scene) -> None:
    await scene.desk.dispatch.line(MEMBER, "/me forget:yes")
    chat = Chat()
    await scene.telling.due(chat)
    assert chat.told == []


async def test_another_platform_tells_nothing_of_it(scene: Scene) -> None:
    chat = Chat(name="elsewhere")
    await scene.telling.due(chat)
    assert chat.told == []


async def test_while_the_bot_runs_it_is_told_and_a_platform_that_is_not_ready_is_left_alone(
    scene: Scene, tmp_path: Path
) -> None:
    here, away = Chat(), Chat(name="elsewhere", ready=False)

    async def tell(platform: Platform) -> None:
        await scene.telling.run(platform, 0.01)

    def log(_event: str, /, **_: object) -> None:
        raise AssertionError(_event)

    running = asyncio.create_task(run_all([here, away], tmp_path / "heartbeat", log, tell))
    await here.heard.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    assert await running == 0
    assert away.told == []


async def test_a_bug_in_telling_is_logged_and_it_goes_on(scene: Scene) -> None:
    chat = Chat()
    failing = Failing(scene.store)
    telling = Telling(failing, scene.desk.dispatch, lambda: NOON, scene.telling._log)
    task = asyncio.create_task(telling.run(chat, 0.01))
    await chat.heard.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert [event for event, _ in scene.log] == ["telling failed"]


class Failing:
    """The store's notices, of which the first look fails."""

    def __init__(self, store: Store) -> None:
        self._notices, self._failed = store.notices, False
        self.told, self.failed = store.notices.told, store.notices.failed

    async def due(self, platform: str, at: datetime, limit: int = 20) -> tuple[Notice, ...]:
        if not self._failed:
            self._failed = True
            raise KeyError("the disk is gone")
        return await self._notices.due(platform, at, limit)
