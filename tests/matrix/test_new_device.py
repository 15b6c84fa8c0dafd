"""The folder of the session is gone, as on another machine: a new device goes on in silence."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from aiohttp import web

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from benchmarks.homeserver import NAME, Homeserver
from bot.adapters.matrix.client.check_up import check_up
from bot.adapters.matrix.crypto.cross_signing import FILE as RECOVERY_FILE
from bot.adapters.matrix.protocol.session import load_session
from store.maintenance.doctor import Finding, Level
from tests.fakes import copy_store
from tests.matrix.between import Between, is_answer
from tests.matrix.desk import MatrixBot, fresh, hear_out
from tests.matrix.morning import lose_receipt, running_room, states, summaries
from tests.matrix.people import Somebody
from tests.matrix.program import MatrixProgram
from tests.matrix.rooms import until
from tests.matrix.sealed import Strict, knows_devices, make_encrypted_room, strict
from tests.matrix.strict.client import (
    FOLDER,
    NEWEST,
    StrictClient,
    body,
    is_trusted,
    missing,
    missing_newest,
    strict_client,
)

WHY, WHY_NEWEST = missing(), missing_newest()
NEEDS_STRICT = pytest.mark.skipif(bool(WHY), reason=WHY)
NEEDS_NEWEST = pytest.mark.skipif(bool(WHY_NEWEST), reason=WHY_NEWEST)


@pytest.fixture
async def anna_strict(server: Homeserver) -> AsyncIterator[StrictClient]:
    """Somebody with a client that gives keys only to signed devices, and reads from no others."""
    if WHY:
        pytest.skip(WHY)
    async with strict_client(server, fresh("anna")) as person:
        yield person


@pytest.fixture
async def between(bot: MatrixBot) -> AsyncIterator[Between]:
    """A proxy through which the bot of this test reaches its homeserver."""
    async with Between(bot.server.url) as between:
        bot.address = between.url
        yield between


def lose_folder(bot: MatrixBot) -> None:
    """Leave the bot what another machine would have: the store, and the key that signs devices."""
    bot.recovery_key = (bot.state / RECOVERY_FILE).read_text()
    rmtree(bot.state)


async def look_at_takeover(bot: MatrixBot) -> Finding:
    findings = [each async for each in check_up(bot.setup(), set())]
    return next(each for each in findings if each.what == "matrix takeover")


async def test_with_its_folder_gone_it_answers_as_a_new_device_that_is_trusted_and_says_no_more(
    bot: MatrixBot, anna_strict: StrictClient, boris: Somebody
) -> None:
    """It told every encrypted room that it could not read what was written while it was away."""
    anna = anna_strict
    async with bot.running():
        room = await anna.room(bot.id, boris.id)
        hello = await anna.next_from(room, bot.id)
        before = await anna.ask(room, "!about")
    lose_folder(bot)
    missed = await anna.say(room, "!status Pokrovsk")
    bot.logged.clear()
    async with bot.running():
        await anna.sees_signed(bot.id, count=2)
        after = await anna.ask(room, "!status Pokrovsk")
        again = await anna.ask(room, "!claims Lviv")
    assert body(after).startswith("Pokrovsk: ◆ Contested")
    assert all(is_trusted(message) for message in (before, after, again))
    assert len({message["strict"]["session"] for message in (before, after)}) == 2
    wrote = [
        message["event_id"]
        for message in anna.seen
        if message["sender"] == bot.id and body(message)
    ]
    assert wrote == [message["event_id"] for message in (hello, before, after, again)]
    assert [message for message in anna.sealed if message["sender"] == bot.id] == []
    assert anna.answers(room, missed) == []
    events = [line["event"] for line in bot.logged]
    assert "not decrypted" in events
    assert not [event for event in events if event.startswith("device not signed")]


def hold_devices(between: Between, user: str) -> None:
    """Have the homeserver never answer which devices somebody has."""

    async def hold(request: web.Request) -> None:
        if request.path.endswith("/keys/query") and user in (await request.json())["device_keys"]:
            await asyncio.Event().wait()

    between.before = hold


@pytest.mark.parametrize(
    "library",
    [
        pytest.param(FOLDER, marks=NEEDS_STRICT, id="pinned"),
        pytest.param(NEWEST, marks=NEEDS_NEWEST, id="newest"),
    ],
)
async def test_a_new_device_is_read_before_the_homeserver_tells_of_it(
    bot: MatrixBot, boris: Somebody, library: Path
) -> None:
    """“The sender device is not known”, said such a client, and did not try again."""
    async with (
        Between(bot.server.url) as between,
        strict_client(bot.server, fresh("anna"), library, between.url) as anna,
    ):
        async with bot.running():
            room = await anna.room(bot.id, boris.id)
            assert is_trusted(await anna.next_from(room, bot.id))
        lose_folder(bot)
        hold_devices(between, bot.id)
        async with bot.running():
            other = await anna.room(bot.id, boris.id)
            hello = await anna.next_from(other, bot.id)
    assert hello["strict"]["encrypted"]
    assert hello["strict"]["warning"] == ""
    assert anna.sealed == []


async def test_what_was_asked_in_a_plain_room_while_it_moved_is_answered(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """A new device read from its first moment on, and whoever had asked before was not heard."""
    async with bot.running():
        room = await running_room(bot, anna, boris)
        await anna.ask(room.id, "!about")
    lose_folder(bot)
    asked = await anna.say(room.id, "!status Pokrovsk")
    async with bot.running():
        assert (await anna.answer(room.id, asked))["body"].startswith("Pokrovsk: ")
        await hear_out(anna, bot, room.id)
    assert len(await anna.answers(room.id, asked)) == 1


async def test_a_summary_that_the_other_device_posted_is_found_and_not_posted_again(
    bot: MatrixBot, anna: Somebody, boris: Somebody, between: Between
) -> None:
    """The homeserver knows a key again only from the device that used it: the room had it twice."""
    room = await lose_receipt(bot, anna, boris, between)
    lose_folder(bot)
    bot.now += timedelta(minutes=5)
    async with bot.running() as platform:
        await bot.schedule(platform).turn()
        assert len(await summaries(boris, bot, room.id)) == 1
        assert await states(bot.store) == [("told", False)]


async def test_an_answer_that_the_other_device_sent_is_found_and_not_sent_again(
    bot: MatrixBot, anna: Somebody, boris: Somebody, between: Between
) -> None:
    async with bot.running():
        room = await running_room(bot, anna, boris)
        await anna.next_from(room.id, bot.id)
        between.after = lambda request: web.Response(status=502) if is_answer(request) else None
        asked = await anna.say(room.id, "!status Pokrovsk")
        await anna.answer(room.id, asked)
    between.after = lambda _: None
    assert len(await bot.store.mailbox.to_send()) == 1
    lose_folder(bot)
    async with bot.running():

        async def sent() -> bool:
            return not await bot.store.mailbox.to_send()

        await until(sent)
        await hear_out(anna, bot, room.id)
    assert len(await anna.answers(room.id, asked)) == 1


async def test_a_folder_that_was_put_back_from_a_copy_is_not_used(
    bot: MatrixBot, anna: Somebody, tmp_path: Path
) -> None:
    """Its ratchets encrypted again what they had encrypted, and others read nothing of it."""
    async with bot.running():
        pass
    copytree(bot.state, tmp_path / "copy")
    async with bot.running():
        pass
    rmtree(bot.state)
    copytree(tmp_path / "copy", bot.state)
    old = load_session(bot.state)
    assert [each.level async for each in check_up(bot.setup(), set()) if "keys" in each.what] == [
        Level.FAIL
    ]
    password, bot.password = bot.password, ""
    for _ in range(2):
        bot.logged.clear()
        async with bot.running() as platform:
            assert platform._work is not None
            assert platform._work.context.client.encryption is None
            room = await anna.room(bot.id)
            assert await anna.next_from(room, bot.id)  # plain rooms are served
        (lost,) = [line["why"] for line in bot.logged if line["event"] == "keys lost"]
        assert lost.startswith("the folder was put back from a copy")
        assert "start once with run --new-device" in lost
    bot.password = password
    async with bot.running() as platform:
        assert platform._work is not None
        assert platform._work.context.client.encryption is not None
    new = load_session(bot.state)
    assert new is not None
    assert old is not None
    assert new.device != old.device


async def test_a_new_device_can_be_asked_for_and_leaves_no_keys_of_the_one_before(
    bot: MatrixBot, anna: Somebody, tmp_path: Path
) -> None:
    """A folder that was put back from a copy had ratchets that others have moved on from."""
    async with bot.running():
        pass
    before = load_session(bot.state)
    copytree(bot.state, tmp_path / "copy")
    async with bot.running():
        pass
    rmtree(bot.state)
    copytree(tmp_path / "copy", bot.state)
    bot.new_device = True
    async with bot.running():
        after = load_session(bot.state)
        assert after is not None
        assert before is not None
        assert after.device != before.device
        answer = await anna.call("POST", "keys", "query", device_keys={bot.id: []})
        signed = answer["device_keys"][bot.id][after.device]["signatures"][bot.id]
        assert len(signed) == 2  # its own and the account's
    names = {file.name for file in bot.state.glob("keys-*")}
    assert {name.partition(".")[0] for name in names} == {f"keys-{after.device}"}


async def test_the_program_is_a_new_device_where_its_folder_is_gone_and_where_it_is_told_to_be(
    server: Homeserver, seeds_file: Path, anna: Somebody, boris: Somebody, tmp_path: Path
) -> None:
    name = fresh("sitrep")
    await server.register(name)
    copy_store(seeds_file, tmp_path / "own.db")
    program, bot = MatrixProgram(tmp_path, server.url, f"@{name}:{NAME}"), f"@{name}:{NAME}"
    state, key = tmp_path / "state", tmp_path / "key"
    program.set("SITREP_MATRIX_RECOVERY_KEY_FILE", str(key))
    key.write_text("not made yet")
    devices = []
    room = ""
    try:
        for flags in ((), (), ("--new-device",)):
            program.start(*flags)
            room = room or await anna.room(bot, boris.id)
            await anna.joined(room, bot)
            await anna.ask(room, "!about")
            assert program.stop() == 0
            session = load_session(state)
            assert session is not None
            devices.append(session.device)
            if not flags and len(devices) == 1:
                key.write_text((state / RECOVERY_FILE).read_text())
                rmtree(state)
    finally:
        program.kill()
    assert len(set(devices)) == 3
    answer = await anna.call("POST", "keys", "query", device_keys={bot: []})
    known = answer["device_keys"][bot]
    assert [len(known[device]["signatures"][bot]) for device in devices] == [2, 2, 2]


async def move_again_and_again(
    program: MatrixProgram, anna: Strict, boris: Somebody, *, seed: int, times: int
) -> int:
    """Kill the program and take its folder away while it is asked; return how many questions."""
    folder = program.folder
    chance, bot, asked = random.Random(seed), program.user, list[str]()
    key = folder / "key"
    program.set("SITREP_MATRIX_RECOVERY_KEY_FILE", str(key))
    key.write_text("not made yet")
    program.start()
    room = await make_encrypted_room(anna, bot, boris.id)
    await anna.wait(lambda event: event.sender == bot)
    key.write_text((folder / "state" / RECOVERY_FILE).read_text())
    for moved in range(1, times + 1):
        new = [await anna.say(room, line) for line in ("!about", "!status Pokrovsk")]
        await asyncio.sleep(chance.random() * 0.3)
        program.kill()
        rmtree(folder / "state")
        program.start()
        await knows_devices(anna, bot, moved + 1)
        last = await anna.say(room, "!status Lviv")
        await anna.answer(room, last)
        asked += [*new, last]
    answer = await anna.answer(room, await anna.say(room, "!about"))
    read = [event for event in anna.read if (event.room_id, event.sender) == (room, bot)]
    answers = [event.content.get_reply_to() for event in read]
    assert answer in read
    assert all(answers.count(question) <= 1 for question in asked)
    assert all(answers.count(question) == 1 for question in asked[2::3])
    assert not [event for event in read if "decrypt" in event.content["body"]]
    assert not anna.unread(bot)
    return len(asked)


@asynccontextmanager
async def moving(
    server: Homeserver, filled: Path, tmp_path: Path
) -> AsyncIterator[tuple[MatrixProgram, Strict]]:
    """A program to be moved, and somebody who trusts only signed devices."""
    name = fresh("sitrep")
    await server.register(name)
    copy_store(filled, tmp_path / "own.db")
    async with strict(server, fresh("anna"), tmp_path) as anna:
        program = MatrixProgram(tmp_path, server.url, f"@{name}:{NAME}")
        try:
            yield program, anna
        finally:
            program.kill()


async def test_killed_and_moved_while_it_is_asked_it_answers_nothing_twice_and_tells_nothing(
    server: Homeserver, seeds_file: Path, boris: Somebody, tmp_path: Path
) -> None:
    async with moving(server, seeds_file, tmp_path) as (program, anna):
        await move_again_and_again(program, anna, boris, seed=3, times=1)


@pytest.mark.soak
async def test_moved_twenty_times_while_it_is_asked(
    server: Homeserver, seeds_file: Path, boris: Somebody, tmp_path: Path
) -> None:
    async with moving(server, seeds_file, tmp_path) as (program, anna):
        number = await move_again_and_again(program, anna, boris, seed=7, times=20)
    print(f"moved 20 times: {number} questions, none answered twice, nothing told")  # noqa: T201


async def test_doctor_says_whether_another_machine_could_go_on(bot: MatrixBot) -> None:
    async with bot.running():
        pass
    findings = await look_at_takeover(bot)
    assert (findings.level, findings.detail) == (
        Level.OK,
        "with the recovery key another machine goes on as a new device",
    )
    bot.password = ""
    assert (await look_at_takeover(bot)).detail.endswith("once it has SITREP_MATRIX_PASSWORD_FILE")
    key = bot.state / RECOVERY_FILE
    bot.recovery_key = key.read_text()
    key.unlink()
    assert (await look_at_takeover(bot)).level is Level.OK
    for wrong in ("EsTx 1111 2222", "no key at all"):
        bot.recovery_key = wrong
        findings = await look_at_takeover(bot)
        assert (findings.level, "opens nothing" in findings.detail) == (Level.WARN, True)
    bot.recovery_key = ""
    findings = await look_at_takeover(bot)
    assert (findings.level, "no recovery key" in findings.detail) == (Level.WARN, True)
