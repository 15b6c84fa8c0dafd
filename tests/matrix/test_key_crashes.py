"""Whenever the bot is killed, its keys are as the homeserver and others know them."""

import asyncio
import json
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from aiohttp import web

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from bot.bench.homeserver import NAME, Homeserver
from tests.fakes import copy_store
from tests.matrix.between import Between
from tests.matrix.desk import fresh
from tests.matrix.people import Somebody
from tests.matrix.program import Program
from tests.matrix.sealed import Strict, sealed_room, strict


class Scene:
    """The program behind a proxy, and somebody who trusts only verified devices."""

    def __init__(self, program: Program, between: Between, bot: str, anna: Strict) -> None:
        self.program, self.between, self.bot, self.anna = program, between, bot, anna
        self.died = asyncio.Event()

    async def claim(self, person: Somebody) -> None:
        """Take a key, as whoever writes to the bot for the first time does."""
        devices = await person.call("POST", "keys", "query", device_keys={self.bot: []})
        (device,) = devices["device_keys"][self.bot]
        wanted = {self.bot: {device: "signed_curve25519"}}
        taken = await person.call("POST", "keys", "claim", one_time_keys=wanted)
        assert taken["one_time_keys"][self.bot][device]

    async def reads_on(self, person: Somebody) -> None:
        """Start the program again and have it answer in a new encrypted room."""
        self.program.start()
        room = await sealed_room(self.anna, self.bot, person.id)
        await self.anna.wait(lambda one: (one.room_id, one.sender) == (room, self.bot))
        await self.anna.answer(room, await self.anna.say(room, "!about"))

    async def die(self, request: web.Request) -> web.Response | None:
        """Kill the program when it hands out one-time keys."""
        if not await hands_out(request):
            return None
        self.between.before = self.between.after = lambda _: None
        self.program.kill()
        self.died.set()
        return web.Response(status=502)


async def hands_out(request: web.Request) -> bool:
    is_upload = request.path.endswith("/keys/upload")
    return is_upload and "one_time_keys" in json.loads(await request.read())


@pytest.fixture
async def scene(server: Homeserver, filled: Path, tmp_path: Path) -> AsyncIterator[Scene]:
    name = fresh("sitrep")
    await server.register(name)
    copy_store(filled, tmp_path / "own.db")
    async with Between(server.url) as between, strict(server, fresh("anna"), tmp_path) as anna:
        program = Program(tmp_path, between.url, f"@{name}:{NAME}")
        try:
            yield Scene(program, between, f"@{name}:{NAME}", anna)
        finally:
            program.kill()


async def test_killed_when_it_had_handed_out_its_first_keys_it_starts_again(
    scene: Scene, boris: Somebody
) -> None:
    """It made others under the same ids, which the homeserver refused at every later start."""
    scene.between.after = scene.die
    scene.program.start()
    await asyncio.wait_for(scene.died.wait(), 20)
    await scene.claim(boris)
    await scene.reads_on(boris)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_it_hands_out_more_keys_it_starts_again(
    scene: Scene, boris: Somebody, when: str
) -> None:
    scene.program.start()
    room = await sealed_room(scene.anna, scene.bot, boris.id)
    await scene.anna.wait(lambda one: one.sender == scene.bot)
    setattr(scene.between, when, scene.die)
    await scene.claim(boris)
    await scene.anna.say(room, "!about")  # the sync that brings it says that a key is gone
    await asyncio.wait_for(scene.died.wait(), 20)
    await scene.claim(boris)
    await scene.reads_on(boris)


async def test_with_keys_put_back_from_a_backup_it_passes_over_those_handed_out_since(
    scene: Scene, boris: Somebody, tmp_path: Path
) -> None:
    async def run() -> None:
        scene.program.start()
        await boris.ask(room, "!about")
        assert scene.program.stop() == 0

    scene.program.start()
    room = await boris.room(scene.bot, str(scene.anna.client.mxid))
    await boris.joined(room, scene.bot)
    await boris.ask(room, "!about")
    assert scene.program.stop() == 0
    copytree(tmp_path / "state", tmp_path / "backup")
    for _ in range(3):
        await scene.claim(boris)
    await run()
    rmtree(tmp_path / "state")
    copytree(tmp_path / "backup", tmp_path / "state")
    await scene.claim(boris)
    await run()
    assert "keys not handed out" not in scene.program.said
    await scene.reads_on(boris)
