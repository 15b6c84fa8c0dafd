"""Whoever is killed, the bot or its homeserver: every command is answered, and none twice."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest
from aiohttp import web

from benchmarks.homeserver import MISSING, NAME, Homeserver
from tests.fakes import copy_store
from tests.matrix.between import Between, Hook, is_answer
from tests.matrix.desk import MatrixBot, fresh, hear_out
from tests.matrix.people import Somebody
from tests.matrix.program import MatrixProgram
from tests.patience import PATIENCE_S

QUESTIONS = ("!about", "!status Pokrovsk", "!claims Pokrovsk", "!status Lviv")


class CrashScene:
    """The program behind a proxy, and somebody in a room with it."""

    def __init__(
        self, program: MatrixProgram, between: Between, person: Somebody, room: str
    ) -> None:
        self.program, self.between, self.person, self.room = program, between, person, room

    async def ask(self, lines: Sequence[str]) -> list[str]:
        return [await self.person.say(self.room, line) for line in lines]

    async def each_once(self, asked: Sequence[str]) -> None:
        """Wait for an answer to each of these, and make sure that there is no other."""
        for question in asked:
            await self.person.answer(self.room, question)
        await self.person.quiet(self.room, "", 0.7)
        counts = {
            question: len(await self.person.answers(self.room, question)) for question in asked
        }
        assert counts == dict.fromkeys(asked, 1)

    def die(self, suits: Callable[[web.Request], bool]) -> Hook:
        """Return a hook that kills the program at the first request that suits.

        Before the homeserver has seen it, it never does.
        """

        def hook(request: web.Request) -> web.Response | None:
            process = self.program.process
            if suits(request) and process is not None and process.poll() is None:
                self.between.before = self.between.after = lambda _: None
                self.program.kill()
                return web.Response(status=502)
            return None

        return hook

    async def killed(self) -> None:
        """Wait until the program is dead, and start it again."""
        await asyncio.to_thread(self.program.ended)
        self.program.start()


@pytest.fixture
async def scene(
    server: Homeserver, seeds_file: Path, tmp_path: Path, anna: Somebody, boris: Somebody
) -> AsyncIterator[CrashScene]:
    name = fresh("sitrep")
    await server.register(name)
    copy_store(seeds_file, tmp_path / "own.db")
    async with Between(server.url) as between:
        program = MatrixProgram(tmp_path, between.url, f"@{name}:{NAME}")
        program.start()
        try:
            room = await anna.room(f"@{name}:{NAME}", boris.id)
            await anna.joined(room, f"@{name}:{NAME}")
            scene = CrashScene(program, between, anna, room)
            await scene.each_once(await scene.ask(["!about"]))
            yield scene
        finally:
            program.kill()


async def test_an_answer_that_was_kept_but_not_sent_is_sent_after_a_crash(
    scene: CrashScene,
) -> None:
    scene.between.before = scene.die(is_answer)
    asked = await scene.ask(QUESTIONS)
    await scene.killed()
    await scene.each_once(asked)


async def test_an_answer_that_was_sent_but_not_noted_is_not_sent_twice(scene: CrashScene) -> None:
    scene.between.after = scene.die(is_answer)
    asked = await scene.ask(QUESTIONS)
    await scene.killed()
    await scene.each_once(asked)


async def test_commands_in_flight_when_the_bot_dies_are_answered_when_it_is_back(
    scene: CrashScene,
) -> None:
    scene.between.after = scene.die(lambda request: request.path.endswith("/sync"))
    asked = await scene.ask(QUESTIONS)
    await scene.killed()
    await scene.each_once(asked)


async def test_commands_that_came_while_it_was_dead_are_answered(scene: CrashScene) -> None:
    scene.program.kill()  # the scene has begun with a start that knew no room
    asked = await scene.ask([*QUESTIONS, *["!about"] * 60])  # more than one sync brings
    scene.program.start()
    await scene.each_once(asked[-30:] + asked[:4])


async def test_told_to_stop_it_ends_well_and_goes_on_where_it_was(scene: CrashScene) -> None:
    asked = await scene.ask(QUESTIONS)
    await scene.each_once(asked[:1])
    assert scene.program.stop() == 0
    scene.program.start()
    await scene.each_once(asked)


def is_upload(request: web.Request) -> bool:
    return request.path.endswith("/media/v3/upload")


def is_file(request: web.Request) -> bool:
    return "/send/m.room.message/" in request.path and request.path.endswith("-f1")


@pytest.mark.parametrize("suits", [is_answer, is_upload, is_file])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_file_comes_once_and_after_its_answer_wherever_it_is_killed(
    scene: CrashScene, suits: Callable[[web.Request], bool], when: str
) -> None:
    setattr(scene.between, when, scene.die(suits))
    (asked,) = await scene.ask(["!export Pokrovsk"])
    await scene.killed()
    await scene.person.wait(lambda event: event["content"].get("msgtype") == "m.file")
    await scene.person.quiet(scene.room, "", 0.7)
    answers = await scene.person.answers(scene.room, asked)
    assert [answer["msgtype"] for answer in answers] == ["m.notice", "m.file"]
    assert await scene.person.fetch(answers[1]["url"])


@pytest.mark.soak
async def test_a_hundred_crashes_at_any_moment(scene: CrashScene) -> None:
    chance = random.Random(7)
    for number in range(100):
        asked = await scene.ask([QUESTIONS[number % 4], "!about"])
        await asyncio.sleep(chance.random() * 0.12)
        scene.program.kill()
        scene.program.start()
        await scene.each_once(asked)
    print("100 crashes, 200 commands, each answered once")  # noqa: T201


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Homeserver]:
    """A homeserver that a test may kill."""
    if MISSING:
        pytest.skip(MISSING)
    folder = tmp_path / "synapse"
    folder.mkdir()
    home_server = Homeserver(folder)
    try:
        await home_server.start()
        yield home_server
    finally:
        home_server.stop()


async def test_the_bot_comes_back_by_itself_after_its_homeserver_was_killed(
    own: Homeserver, bot: MatrixBot
) -> None:
    """Also when that fell between taking an answer and saying so."""
    await own.register(bot.name)
    async with Between(own.url) as between:
        bot.address = between.url
        fallen = asyncio.Event()

        def cut(request: web.Request) -> web.Response | None:
            if not is_answer(request):
                return None
            between.after = lambda _: None
            own.kill()
            fallen.set()
            return web.Response(status=502)

        async with Somebody(own, "anna") as anna, Somebody(own, "boris") as boris, bot.running():
            room = await anna.room(bot.id, boris.id)
            await anna.joined(room, bot.id)
            await anna.ask(room, "!about")
            between.after = cut
            asked = await anna.say(room, "!status Pokrovsk")
            await asyncio.wait_for(fallen.wait(), PATIENCE_S)
            await own.start()
            await anna.answer(room, asked)
            await anna.ask(room, "!about")
            await hear_out(anna, bot, room)
            assert len(await anna.answers(room, asked)) == 1
