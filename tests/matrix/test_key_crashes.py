"""Whenever the bot is killed, its keys are as the homeserver and others know them."""

import asyncio
import base64
import json
import random
import signal
from collections.abc import AsyncIterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from aiohttp import web

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from mautrix.types import RoomID, UserID

from benchmarks.homeserver import NAME, Homeserver
from tests.fakes import copy_store
from tests.matrix.between import Between
from tests.matrix.desk import fresh
from tests.matrix.dying import WHERE, watch_statements
from tests.matrix.people import ENCRYPTION, Somebody
from tests.matrix.program import MatrixProgram
from tests.matrix.sealed import Strict, make_encrypted_room, strict
from tests.patience import PATIENCE_S

QUESTIONS = ("!about", "!status Pokrovsk", "!claims Pokrovsk", "!status Lviv")


class KeyCrashScene:
    """The program behind a proxy, and somebody who trusts only verified devices."""

    def __init__(self, program: MatrixProgram, between: Between, bot: str, anna: Strict) -> None:
        self.program, self.between, self.bot, self.anna = program, between, bot, anna
        self.died = asyncio.Event()
        self.kills = hands_out

    async def devices(self, person: Somebody) -> list[str]:
        """Return the devices of the bot."""
        answer = await person.call("POST", "keys", "query", device_keys={self.bot: []})
        return list(answer["device_keys"][self.bot])

    async def each_once(self, room: str, asked: Sequence[str]) -> None:
        """Make sure that each of these has one answer, that it could be read, and no other is."""
        answer = await self.anna.answer(room, await self.anna.say(room, "!status Lviv"))
        read = [
            event for event in self.anna.read if (event.room_id, event.sender) == (room, self.bot)
        ]
        assert all(event["mautrix"]["was_encrypted"] for event in read)
        assert answer in read
        answers = [event.content.get_reply_to() for event in read]
        assert {question: answers.count(question) for question in asked} == dict.fromkeys(asked, 1)
        assert not [event for event in read if "could not decrypt" in event.content["body"]]
        assert not self.anna.unread(self.bot)

    async def claim(self, person: Somebody) -> None:
        """Take a key, as whoever writes to the bot for the first time does."""
        (device,) = await self.devices(person)
        wanted = {self.bot: {device: "signed_curve25519"}}
        taken = await person.call("POST", "keys", "claim", one_time_keys=wanted)
        assert taken["one_time_keys"][self.bot][device]

    async def reads_on(self, person: Somebody) -> None:
        """Start the program again and have it answer in a new encrypted room."""
        self.program.start()
        room = await make_encrypted_room(self.anna, self.bot, person.id)
        await self.anna.wait(lambda event: (event.room_id, event.sender) == (room, self.bot))
        await self.anna.answer(room, await self.anna.say(room, "!about"))

    async def die(self, request: web.Request) -> web.Response | None:
        """Kill the program when it hands out one-time keys, or does what else is to kill it."""
        if not await self.kills(request):
            return None
        self.between.before = self.between.after = lambda _: None
        self.program.kill()
        self.died.set()
        return web.Response(status=502)


async def hands_out(request: web.Request) -> bool:
    is_upload = request.path.endswith("/keys/upload")
    return is_upload and "one_time_keys" in json.loads(await request.read())


@pytest.fixture
async def scene(
    server: Homeserver, seeds_file: Path, tmp_path: Path
) -> AsyncIterator[KeyCrashScene]:
    name = fresh("sitrep")
    await server.register(name)
    copy_store(seeds_file, tmp_path / "own.db")
    async with Between(server.url) as between, strict(server, fresh("anna"), tmp_path) as anna:
        program = MatrixProgram(tmp_path, between.url, f"@{name}:{NAME}")
        try:
            yield KeyCrashScene(program, between, f"@{name}:{NAME}", anna)
        finally:
            program.kill()


async def test_killed_when_it_had_handed_out_its_first_keys_it_starts_again(
    scene: KeyCrashScene, boris: Somebody
) -> None:
    """It made others under the same ids, which the homeserver refused at every later start."""
    scene.between.after = scene.die
    scene.program.start()
    await asyncio.wait_for(scene.died.wait(), PATIENCE_S)
    await scene.claim(boris)
    await scene.reads_on(boris)


@pytest.mark.parametrize(
    "step",
    [
        "/account_data/m.secret_storage.key.",
        "/account_data/m.cross_signing.master",
        "/keys/device_signing/upload",
        "/account_data/m.secret_storage.default_key",
    ],
)
async def test_killed_while_it_makes_the_keys_of_its_account_it_is_signed_all_the_same(
    scene: KeyCrashScene, boris: Somebody, step: str
) -> None:
    """The recovery key was kept last: killed before that, nobody had it, and nothing was signed."""

    async def reaches(request: web.Request) -> bool:
        return step in request.path and request.method in {"PUT", "POST"}

    scene.kills = reaches
    scene.between.after = scene.die
    scene.program.start()
    await asyncio.wait_for(scene.died.wait(), PATIENCE_S)
    await scene.reads_on(boris)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_it_hands_out_more_keys_it_starts_again(
    scene: KeyCrashScene, boris: Somebody, when: str
) -> None:
    scene.program.start()
    room = await make_encrypted_room(scene.anna, scene.bot, boris.id)
    await scene.anna.wait(lambda event: event.sender == scene.bot)
    setattr(scene.between, when, scene.die)
    await scene.claim(boris)
    await scene.anna.say(room, "!about")  # the sync that brings it says that a key is gone
    await asyncio.wait_for(scene.died.wait(), PATIENCE_S)
    await scene.claim(boris)
    await scene.reads_on(boris)


async def test_with_keys_put_back_unnoticed_it_passes_over_those_handed_out_since(
    scene: KeyCrashScene, boris: Somebody, tmp_path: Path
) -> None:
    """A copy that was made since the last start counts no fewer starts than the account."""

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
    starts = (tmp_path / "state" / "starts.json").read_bytes()
    rmtree(tmp_path / "state")
    copytree(tmp_path / "backup", tmp_path / "state")
    (tmp_path / "state" / "starts.json").write_bytes(starts)
    await scene.claim(boris)
    await run()
    assert "keys not handed out" not in scene.program.said
    await scene.reads_on(boris)


@pytest.mark.parametrize(
    "statement", ["INSERT INTO crypto_olm_session", "INSERT INTO crypto_megolm_inbound_session"]
)
async def test_killed_in_the_midst_of_taking_a_key_it_can_take_it_again(
    scene: KeyCrashScene, boris: Somebody, tmp_path: Path, statement: str
) -> None:
    """What had opened the key was gone by then, and the key itself not there yet."""
    dies = tmp_path / "dies"
    scene.program.prepare = watch_statements
    scene.program.set(WHERE, str(dies))
    scene.program.start()
    room = await boris.room(scene.bot, str(scene.anna.client.mxid))
    await boris.joined(room, scene.bot)
    await scene.anna.client.join_room(RoomID(room))
    await boris.put(room, ENCRYPTION["type"], ENCRYPTION["content"])
    await scene.anna.knows(room)
    dies.write_text(statement)
    asked = await scene.anna.say(room, "!about")
    assert await asyncio.to_thread(scene.program.ended) == -signal.SIGKILL
    scene.program.start()
    await scene.anna.answer(room, asked)
    assert not scene.anna.unread(scene.bot)


async def crashes(scene: KeyCrashScene, boris: Somebody, number: int, seed: int) -> None:
    """Kill the program so often while it is asked, each time where new keys are due."""
    chance = random.Random(seed)
    guest = UserID(f"@{fresh('guest')}:{NAME}")
    sent: dict[tuple[str, int], set[str]] = {}

    async def note(request: web.Request) -> None:
        if "/send/m.room.encrypted/" in request.path:
            content = json.loads(await request.read())
            index = content["session_id"], index_of(content["ciphertext"])
            sent.setdefault(index, set()).add(content["ciphertext"])

    scene.between.before = note
    scene.program.start()
    room = await make_encrypted_room(scene.anna, scene.bot, boris.id)
    await scene.anna.wait(lambda event: event.sender == scene.bot)
    asked: list[str] = []
    for turn in range(number):
        turns = scene.anna.client.kick_user if turn % 2 else scene.anna.client.invite_user
        await turns(RoomID(room), guest)
        new = [await scene.anna.say(room, line) for line in (QUESTIONS[turn % 4], "!about")]
        await asyncio.sleep(chance.random() * 0.15)
        scene.program.kill()
        scene.program.start()
        for event in new:
            await scene.anna.answer(room, event)
        asked += new
    await scene.each_once(room, asked)
    assert len(sent) > 2 * number
    assert all(len(texts) == 1 for texts in sent.values())  # else one could be told from the other
    (_,) = await scene.devices(boris)


def index_of(ciphertext: str) -> int:
    """Return where in its session an encrypted message stands: a varint behind two bytes."""
    raw = base64.b64decode(ciphertext + "=" * (-len(ciphertext) % 4))
    assert raw[:2] == b"\x03\x08"
    index = shift = 0
    for byte in raw[2:]:
        index |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
        shift += 7
    return index


async def test_killed_while_encrypted_messages_come_it_answers_each_once(
    scene: KeyCrashScene, boris: Somebody
) -> None:
    await crashes(scene, boris, 6, 11)


@pytest.mark.soak
async def test_sixty_crashes_in_an_encrypted_room(scene: KeyCrashScene, boris: Somebody) -> None:
    await crashes(scene, boris, 60, 7)
    print("60 crashes, 120 encrypted commands, each answered once")  # noqa: T201
