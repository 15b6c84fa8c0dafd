"""Whoever is in a room can read what is said in it, whatever happens while its key is shared."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from mautrix.errors import MNotFound
from olm.account import Account
from olm.session import InboundSession, OlmPreKeyMessage

from bot.adapters.matrix.crypto.cross_signing import Recovery
from bot.adapters.matrix.crypto.encryption import Encryption
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.protocol.session import DeviceSession
from tests.patience import PATIENCE_S

BOT, ANNA, BORIS = "@bot:x.test", "@anna:x.test", "@boris:x.test"
ONE, OTHER = "!one:x.test", "!other:x.test"
Data = dict[str, Any]


class Device:
    """Somebody's device: its keys are with the homeserver, and it opens what comes to it."""

    def __init__(self, user: str, name: str) -> None:
        self.user, self.name = user, name
        self.account = Account()
        self.account.generate_one_time_keys(20)
        self.one_time = dict(self.account.one_time_keys["curve25519"])
        self._sessions: list[Any] = []
        self.rooms: list[str] = []
        """The rooms of which it got a key, as often as it did."""

    @property
    def curve(self) -> str:
        return str(self.account.identity_keys["curve25519"])

    @property
    def keys(self) -> Data:
        signing = self.account.identity_keys["ed25519"]
        return self._sign(
            {
                "user_id": self.user,
                "device_id": self.name,
                "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
                "keys": {f"curve25519:{self.name}": self.curve, f"ed25519:{self.name}": signing},
            }
        )

    def hand_out(self) -> Data:
        """Return a one-time key, which is gone then."""
        key, value = self.one_time.popitem()
        return {f"signed_curve25519:{key}": self._sign({"key": value})}

    def _sign(self, content: Data) -> Data:
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
        signed = {f"ed25519:{self.name}": self.account.sign(canonical)}
        return {**content, "signatures": {self.user: signed}}

    def take(self, content: Data) -> None:
        """Open a message to this device, in the order in which it came; OlmSessionError if not."""
        sealed = content["ciphertext"][self.curve]
        message = OlmPreKeyMessage(sealed["body"])
        session = next((each for each in self._sessions if each.matches(message)), None)
        if session is None:
            session = InboundSession(self.account, message, content["sender_key"])
            self._sessions.append(session)
        self.rooms.append(json.loads(session.decrypt(message))["content"]["room_id"])


class KeyServer:
    """What a homeserver does with keys, at once; `before` may hold up a request."""

    def __init__(self, *devices: Device) -> None:
        self.devices = list(devices)
        self._numbers = count()
        self.log = logging.getLogger("mau.client")
        self.before: Callable[[str], Any] = lambda _: None

    async def request(self, _: object, path: object, content: Any = None, **_more: object) -> Data:
        asked = str(path)
        if (held_up := self.before(asked)) is not None:
            await held_up
        await asyncio.sleep(0)
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

    def __init__(self, encryption: Encryption, store: Any) -> None:
        self._encryption, self.store = encryption, store

    async def renew(self, room: str) -> None:
        await self._encryption.changed(room)

    async def say(self, room: str, *people: str) -> None:
        async def who() -> list[str]:
            return [BOT, *people]

        content = {"msgtype": "m.text", "body": "Hello."}
        await self._encryption.encrypted(room, "m.room.message", content, who)

    async def follow(self, *changed: str) -> None:
        await self._encryption.follow({"device_lists": {"changed": [*changed]}})


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
    yield Sharing(encryption, encryption._store)
    await encryption.aclose()


async def test_two_rooms_share_with_the_same_device_at_once(
    bot: Sharing, anna: Device, boris: Device
) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(bot.say(ONE, ANNA, BORIS), bot.say(OTHER, ANNA))
    assert sorted(anna.rooms) == [ONE, OTHER]
    assert boris.rooms == [ONE]


async def test_a_device_that_comes_while_a_key_is_shared_gets_one(
    bot: Sharing, server: KeyServer
) -> None:
    """What a sync finds ends the keys that are kept; this one was kept a moment later."""
    await bot.say(ONE, ANNA, BORIS)
    await bot.say(OTHER, ANNA)
    sending, go_on = asyncio.Event(), asyncio.Event()

    async def hold_up() -> None:
        sending.set()
        await go_on.wait()

    await bot.follow()
    tablet = Device(ANNA, "TABLET")
    server.before = lambda path: hold_up() if "/sendToDevice/" in path else None
    await bot.renew(OTHER)
    share = asyncio.create_task(bot.say(OTHER, ANNA))
    async with asyncio.timeout(PATIENCE_S):
        await sending.wait()
        server.devices.append(tablet)
        await bot.follow(ANNA)
        go_on.set()
        await share
    assert OTHER in tablet.rooms


async def test_a_key_that_ends_as_soon_as_it_is_shared_is_followed_by_another(
    bot: Sharing, anna: Device
) -> None:
    """The answer was put off for seconds, and so was every other."""
    await bot.say(ONE, ANNA)
    await bot.renew(ONE)
    store = bot.store
    kept = store.add_outbound_group_session
    ended: list[str] = []

    async def keep(session: Any) -> None:
        await kept(session)
        if not ended:
            ended.append(session.id)
            await store.remove_outbound_group_session(session.room_id)

    store.add_outbound_group_session = keep
    async with asyncio.timeout(PATIENCE_S):
        await bot.say(ONE, ANNA)
    assert ended
    assert anna.rooms == [ONE, ONE, ONE]
