"""Whoever is in a room can read what is said in it, whatever happens while its key is shared."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from mautrix.errors import MatrixConnectionError, MNotFound
from olm.group_session import OlmGroupSessionError

from benchmarks.device import Device
from bot.adapters.matrix.crypto.cross_signing import Recovery
from bot.adapters.matrix.crypto.encryption import Encryption
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.protocol.session import DeviceSession
from tests.patience import PATIENCE_S

BOT, ANNA, BORIS = "@bot:x.test", "@anna:x.test", "@boris:x.test"
ONE, OTHER = "!one:x.test", "!other:x.test"
Data = dict[str, Any]


async def _at_once(_path: str) -> None:
    await asyncio.sleep(0)


class KeyServer:
    """What a homeserver does with keys; `before` may refuse it, and `after` hold the answer up."""

    def __init__(self, *devices: Device) -> None:
        self.devices = list(devices)
        self._numbers = count()
        self.log = logging.getLogger("mau.client")
        self.before: Callable[[str], None] = lambda _: None
        self.after: Callable[[str], Awaitable[None]] = _at_once

    async def request(self, _: object, path: object, content: Any = None, **_more: object) -> Data:
        asked = str(path)
        self.before(asked)
        answer = self._answer(asked, content)
        await self.after(asked)
        return answer

    def _answer(self, asked: str, content: Any) -> Data:
        match asked.partition("/keys/")[2] or asked.partition("/sendToDevice/")[1]:
            case "query":
                return {"device_keys": {user: self._of(user) for user in content["device_keys"]}}
            case "upload":
                return {"one_time_key_counts": {"signed_curve25519": 50}}
            case "claim":
                return {"one_time_keys": self._claim(content["one_time_keys"])}
            case "/sendToDevice/":
                for device in self.devices:
                    if sealed := content["messages"].get(device.user, {}).get(device.name):
                        device.take(sealed)
                return {}
        raise MNotFound(404, asked)

    def get_txn_id(self) -> str:
        return f"t{next(self._numbers)}"

    def _of(self, user: str) -> Data:
        return {device.name: device.keys for device in self.devices if device.user == user}

    def _claim(self, wanted: Data) -> Data:
        return {
            user: {
                device.name: device.hand_out()
                for device in self.devices
                if device.user == user and device.name in names
            }
            for user, names in wanted.items()
        }


class Sharing:
    """The bot's side: two encrypted rooms, and who is in each."""

    def __init__(self, encryption: Encryption) -> None:
        self._encryption = encryption
        self.people: dict[str, list[str]] = {ONE: [ANNA, BORIS], OTHER: [ANNA]}

    def move(self, room: str, *people: str) -> None:
        """Have a sync tell that these people are in a room now."""
        self.people[room] = [*people]
        self._encryption.changed(room)

    async def say(self, room: str, body: str = "Hello.") -> Data:
        """Return an encrypted message."""
        content = {"msgtype": "m.text", "body": body}
        return await self._encryption.encrypted(
            room, "m.room.message", content, lambda: self._who(room)
        )

    async def prepare(self, room: str) -> None:
        await self._encryption.prepare(room, lambda: self._who(room))

    async def _who(self, room: str) -> list[str]:
        return [BOT, *self.people[room]]

    async def follow(self, *changed: str) -> list[str]:
        """Have a sync tell whose devices changed; return the rooms that have to share their key."""
        return await self._encryption.follow({"device_lists": {"changed": [*changed]}})


class HeldUp:
    """The first answer from an address is `begun`, and on its way until it may `go_on`."""

    def __init__(self, server: KeyServer, part: str) -> None:
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self._part = part
        server.after = self._wait

    async def _wait(self, path: str) -> None:
        if self._part in path and not self.begun.is_set():
            self.begun.set()
            await self.go_on.wait()


@pytest.fixture
def anna() -> Device:
    return Device(ANNA, "PHONE")


@pytest.fixture
def boris() -> Device:
    return Device(BORIS, "LAPTOP")


@pytest.fixture
def server(anna: Device, boris: Device) -> KeyServer:
    return KeyServer(anna, boris)


@pytest.fixture
async def bot(server: KeyServer, tmp_path: Path) -> AsyncIterator[Sharing]:
    rooms = {name: MatrixRoom(name) for name in (ONE, OTHER)}
    for room in rooms.values():
        room.state["m.room.encryption"] = {"content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    session = DeviceSession(BOT, "BOT", "token")
    encryption = await Encryption.open(
        cast("Any", server), session, Recovery(tmp_path), rooms, lambda *_, **__: None
    )
    yield Sharing(encryption)
    await encryption.aclose()


def words(device: Device, sealed: Data) -> str:
    """Return what a message says to a device; LookupError where it has not its key."""
    text: str = device.read(sealed)["content"]["body"]
    return text


def devices(user: str, number: int) -> list[Device]:
    return [Device(user, f"D{each}", 2) for each in range(number)]


async def test_an_answer_after_somebody_came_is_read_by_every_device_of_a_big_room(
    bot: Sharing, server: KeyServer
) -> None:
    """More than are written to at once."""
    server.devices += devices(BORIS, 120)
    await bot.say(ONE)
    clara = Device("@clara:x.test", "TABLET")
    server.devices.append(clara)
    bot.move(ONE, ANNA, BORIS, clara.user)
    answer = await bot.say(ONE, "After.")
    assert {words(each, answer) for each in server.devices} == {"After."}
    assert [len(each.room_keys) for each in server.devices] == [1] * 123


async def test_who_comes_reads_nothing_of_what_was_said_before(
    bot: Sharing, server: KeyServer
) -> None:
    before = await bot.say(ONE, "Before.")
    clara = Device("@clara:x.test", "TABLET")
    server.devices.append(clara)
    bot.move(ONE, ANNA, BORIS, clara.user)
    after = await bot.say(ONE, "After.")
    assert words(clara, after) == "After."
    with pytest.raises(OlmGroupSessionError, match="UNKNOWN_MESSAGE_INDEX"):
        clara.read(before)


async def test_who_left_does_not_get_the_next_key(
    bot: Sharing, anna: Device, boris: Device
) -> None:
    await bot.say(ONE)
    bot.move(ONE, ANNA)
    after = await bot.say(ONE, "After.")
    assert words(anna, after) == "After."
    with pytest.raises(LookupError):
        boris.read(after)


async def test_a_device_that_was_signed_out_does_not_get_the_next_key(
    bot: Sharing, server: KeyServer, anna: Device, boris: Device
) -> None:
    tablet = Device(ANNA, "TABLET")
    server.devices.append(tablet)
    await bot.say(ONE)
    server.devices.remove(tablet)
    assert await bot.follow(ANNA) == [ONE]
    after = await bot.say(ONE, "After.")
    assert [words(each, after) for each in (anna, boris)] == ["After.", "After."]
    with pytest.raises(LookupError):
        tablet.read(after)


async def test_two_rooms_share_with_the_same_device_at_once(
    bot: Sharing, anna: Device, boris: Device
) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(bot.say(ONE), bot.say(OTHER))
    assert sorted(anna.rooms) == [ONE, OTHER]
    assert boris.rooms == [ONE]


@pytest.mark.parametrize("step", ["/keys/query", "/keys/claim", "/sendToDevice/"])
async def test_a_room_is_answered_while_the_key_of_another_is_on_its_way(
    bot: Sharing, server: KeyServer, anna: Device, boris: Device, step: str
) -> None:
    """The lock of what all rooms share was held until the homeserver had answered a big room.

    So each room that needed a key as well waited for that, for minutes where the homeserver was
    busy: a request has a minute, and is made again.
    """
    held_up = HeldUp(server, step)
    share = asyncio.create_task(bot.say(ONE))
    async with asyncio.timeout(PATIENCE_S):
        await held_up.begun.wait()
        answer = await bot.say(OTHER, "Here.")
        assert not share.done()
        held_up.go_on.set()
        await share
    assert words(anna, answer) == "Here."
    assert sorted(anna.rooms) == [ONE, OTHER]
    assert boris.rooms == [ONE]


async def test_a_sync_does_not_wait_for_a_key_that_is_on_its_way(
    bot: Sharing, server: KeyServer
) -> None:
    await bot.say(OTHER)
    held_up = HeldUp(server, "/keys/query")
    share = asyncio.create_task(bot.say(ONE))
    async with asyncio.timeout(PATIENCE_S):
        await held_up.begun.wait()
        await bot.follow(ANNA)
        assert not share.done()
        held_up.go_on.set()
        await share


async def test_no_device_gets_a_key_twice_and_no_two_messages_are_encrypted_alike(
    bot: Sharing, server: KeyServer
) -> None:
    """Answers, and keys prepared ahead of them, all at once, while somebody comes."""
    clara = Device("@clara:x.test", "TABLET")
    server.devices.append(clara)
    async with asyncio.timeout(PATIENCE_S):
        sending = [asyncio.create_task(bot.say(ONE, f"{number}")) for number in range(20)]
        await asyncio.gather(bot.prepare(ONE), bot.prepare(ONE))
        bot.move(ONE, ANNA, BORIS, clara.user)
        await asyncio.gather(bot.prepare(ONE), bot.say(ONE), bot.say(OTHER))
        answers = await asyncio.gather(*sending)
    for device in server.devices:
        got = [key["session_id"] for key in device.room_keys]
        assert len(got) == len(set(got))
    anna = server.devices[0]
    assert [words(anna, answer) for answer in answers] == [f"{number}" for number in range(20)]
    assert len({(each["session_id"], anna.index_of(each)) for each in answers}) == 20


async def test_a_device_that_comes_while_a_key_is_shared_gets_one(
    bot: Sharing, server: KeyServer
) -> None:
    """What a sync finds ends the keys that are kept; this one was kept a moment later."""
    await bot.say(ONE)
    await bot.say(OTHER)
    tablet = Device(ANNA, "TABLET")
    bot.move(OTHER, ANNA, BORIS)
    held_up = HeldUp(server, "/sendToDevice/")
    share = asyncio.create_task(bot.say(OTHER, "Here."))
    async with asyncio.timeout(PATIENCE_S):
        await held_up.begun.wait()
        server.devices.append(tablet)
        assert await bot.follow(ANNA) == [ONE]  # the other is being shared
        held_up.go_on.set()
        answer = await share
    assert words(tablet, answer) == "Here."


async def test_somebody_who_comes_while_a_key_is_shared_gets_one(
    bot: Sharing, server: KeyServer
) -> None:
    clara = Device("@clara:x.test", "TABLET")
    server.devices.append(clara)
    held_up = HeldUp(server, "/sendToDevice/")
    share = asyncio.create_task(bot.say(ONE, "Here."))
    async with asyncio.timeout(PATIENCE_S):
        await held_up.begun.wait()
        bot.move(ONE, ANNA, BORIS, clara.user)
        held_up.go_on.set()
        answer = await share
    assert [words(each, answer) for each in server.devices] == ["Here."] * 3


async def test_a_device_that_comes_while_its_owner_is_met_gets_a_key(
    bot: Sharing, server: KeyServer
) -> None:
    """A sync tells nothing of the devices of people who are not known yet."""
    tablet = Device(ANNA, "TABLET")
    held_up = HeldUp(server, "/keys/query")
    share = asyncio.create_task(bot.say(OTHER, "Here."))
    async with asyncio.timeout(PATIENCE_S):
        await held_up.begun.wait()
        server.devices.append(tablet)
        await bot.follow(ANNA)
        held_up.go_on.set()
        answer = await share
    assert words(tablet, answer) == "Here."


async def test_a_key_whose_sending_failed_goes_to_those_who_lack_it(
    bot: Sharing, server: KeyServer
) -> None:
    server.devices += devices(BORIS, 60)
    sent: list[str] = []

    def fail_second(path: str) -> None:
        if "/sendToDevice/" in path:
            sent.append(path)
            if len(sent) == 2:
                raise MatrixConnectionError

    server.before = fail_second
    with pytest.raises(MatrixConnectionError):
        await bot.say(ONE)
    answer = await bot.say(ONE, "Here.")
    assert {words(each, answer) for each in server.devices} == {"Here."}
    assert [len(each.room_keys) for each in server.devices] == [1] * 62
