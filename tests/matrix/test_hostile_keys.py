"""What others encrypt is theirs: whatever stands in it, it is read or not, and that is all."""

import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from mautrix.api import ClientPath, Method
from mautrix.crypto import OlmMachine, PgCryptoStore
from mautrix.types import RoomID, UserID
from olm.group_session import OutboundGroupSession as GroupSession

from benchmarks.homeserver import Homeserver
from bot.adapters.matrix.crypto.encryption import Encryption
from tests.matrix.desk import MatrixBot, fresh
from tests.matrix.people import Somebody
from tests.matrix.sealed import Strict, make_encrypted_room, strict

_numbers = itertools.count(1)
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HUGE = "9" * 5000
DEEP = "[" * 3000 + "]" * 3000

WRONG: list[dict[str, Any]] = [
    {"room_id": "!elsewhere:sitrep.test"},
    {"room_id": 7},
    {"type": ["m.room.message"]},
    {"content": None},
    {"content": {"msgtype": "m.text", "body": "!status \ud800"}},
    {"content": {"msgtype": "m.text", "body": "!about", "n": float("inf")}},
]

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@dataclass
class Foe:
    """Somebody in a room with the bot, who has its trust, and writes to it by hand."""

    person: Strict
    room: str
    theirs: Encryption
    bot: MatrixBot
    group: Any = field(init=False)

    async def begin(self) -> None:
        session = await self.store.get_outbound_group_session(RoomID(self.room))
        assert session is not None
        self.group = session

    async def settle(self) -> None:
        """Let the library go on where writing by hand has left off."""
        session = await self.store.get_outbound_group_session(RoomID(self.room))
        if session is not None and session.message_index < self.group.message_index:
            await self.store.update_outbound_group_session(self.group)

    @property
    def machine(self) -> OlmMachine:
        machine = self.person.client.crypto
        assert isinstance(machine, OlmMachine)
        return machine

    @property
    def store(self) -> PgCryptoStore:
        store = self.machine.crypto_store
        assert isinstance(store, PgCryptoStore)
        return store

    def content(self, text: str, **more: Any) -> dict[str, Any]:
        """Return what carries this in an encrypted room."""
        sealed = GroupSession.encrypt(self.group, text)
        own = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": sealed}
        return {**own, "session_id": self.group.id, **more}

    def event(self, content: Any) -> dict[str, Any]:
        return {
            "type": "m.room.encrypted",
            "room_id": self.room,
            "event_id": f"${next(_numbers)}",
            "sender": str(self.person.client.mxid),
            "origin_server_ts": 1,
            "content": content,
        }

    async def read(self, text: str, **more: Any) -> Any:
        """Return what the bot makes of it."""
        return await self.theirs.decrypted(self.event(self.content(text, **more)))

    async def letter(self, text: str) -> dict[str, Any]:
        """Return what carries this from device to device."""
        user = UserID(self.bot.id)
        ((_, device),) = (await self.store.get_devices(user) or {}).items()
        session = await self.store.get_latest_session(device.identity_key)
        assert session is not None
        sealed = session.encrypt(text)
        await self.store.update_session(device.identity_key, session)
        account = self.machine.account
        assert account is not None
        return {
            "algorithm": "m.olm.v1.curve25519-aes-sha2",
            "sender_key": account.identity_key,
            "ciphertext": {device.identity_key: sealed.serialize()},
        }

    async def signed(self, **more: Any) -> str:
        """Return what the library believes to be said by this device to the bot's."""
        user = UserID(self.bot.id)
        ((_, device),) = (await self.store.get_devices(user) or {}).items()
        account = self.machine.account
        assert account is not None
        return json.dumps(
            {
                "sender": str(self.person.client.mxid),
                "sender_device": str(self.person.client.device_id),
                "keys": {"ed25519": account.signing_key},
                "recipient": self.bot.id,
                "recipient_keys": {"ed25519": device.signing_key},
                **more,
            }
        )

    async def send(self, content: Any) -> None:
        """Send it to the room."""
        at = ClientPath.v3.rooms[self.room].send["m.room.encrypted"][str(next(_numbers))]
        await self.person.client.api.request(Method.PUT, at, content)

    async def send_to_device(self, content: Any) -> None:
        """Send it to all devices of the bot, by way of the homeserver."""
        at = ClientPath.v3.sendToDevice["m.room.encrypted"][str(next(_numbers))]
        messages = {"messages": {self.bot.id: {"*": content}}}
        await self.person.client.api.request(Method.PUT, at, messages)

    async def take(self, content: Any) -> None:
        sender = str(self.person.client.mxid)
        event = {"type": "m.room.encrypted", "sender": sender, "content": content}
        await self.theirs.take({"to_device": {"events": [event]}})

    def asks(self, body: str = "!about") -> str:
        content = {"msgtype": "m.text", "body": body}
        return json.dumps({"room_id": self.room, "type": "m.room.message", "content": content})


@pytest.fixture
async def foe(
    server: Homeserver, bot: MatrixBot, boris: Somebody, tmp_path: Path
) -> AsyncIterator[Foe]:
    async with bot.running() as platform, strict(server, fresh("mallory"), tmp_path) as person:
        room = await make_encrypted_room(person, bot.id, boris.id)
        await person.wait(lambda event: event.sender == bot.id)
        await person.answer(room, await person.say(room, "!about"))
        assert platform._work is not None
        theirs = platform._work.context.client.encryption
        assert theirs is not None
        foe = Foe(person, room, theirs, bot)
        await foe.begin()
        yield foe
        await foe.settle()
        await person.answer(room, await person.say(room, "!status Lviv"))


async def test_what_is_encrypted_well_is_read(foe: Foe) -> None:
    assert (await foe.read(foe.asks()))["content"]["body"] == "!about"


async def test_what_is_no_message_once_decrypted_is_not_read(foe: Foe) -> None:
    good = json.loads(foe.asks())
    for payload in ("", "x", "[]", "7", '"a"', "null", "{}", HUGE, DEEP, "\ufffd"):
        assert await foe.read(payload) is None, payload[:9]
    for wrong in WRONG:
        assert await foe.read(json.dumps({**good, **wrong})) is None, wrong
    for name in good:
        less = {key: value for key, value in good.items() if key != name}
        assert await foe.read(json.dumps(less)) is None, name


async def test_what_is_not_text_around_a_message_is_not_looked_up(foe: Foe) -> None:
    for name in ("sender_key", "session_id", "ciphertext", "algorithm"):
        for wrong in (7, 2**70, [], {}, ["a"], {"a": 1}, True):
            assert await foe.read(foe.asks(), **{name: wrong}) is None, (name, wrong)


@FEW
@given(payload=values | st.dictionaries(st.sampled_from(["room_id", "type", "content"]), values))
async def test_no_decrypted_payload_is_a_fault(foe: Foe, payload: Any) -> None:
    event = await foe.read(json.dumps(payload))
    assert event is None or isinstance(event["content"], dict)


@FEW
@given(body=values, relation=values, more=st.dictionaries(st.text(), values, max_size=3))
async def test_no_decrypted_content_is_a_fault(
    foe: Foe, body: Any, relation: Any, more: dict[str, Any]
) -> None:
    content = {"msgtype": "m.text", **more, "body": body, "m.relates_to": relation}
    payload = {"room_id": foe.room, "type": "m.room.message", "content": content}
    event = await foe.read(json.dumps(payload))
    assert event is None or isinstance(event["content"], dict)


@FEW
@given(ciphertext=st.text() | values, more=st.dictionaries(st.text(), values, max_size=3))
async def test_no_envelope_is_a_fault(foe: Foe, ciphertext: Any, more: dict[str, Any]) -> None:
    content = {**foe.content(""), **more, "ciphertext": ciphertext}
    assert await foe.theirs.decrypted(foe.event(content)) is None


@FEW
@given(content=values, ciphertext=values, body=values, kind=values)
async def test_nothing_sent_to_the_device_is_a_fault(
    foe: Foe, content: Any, ciphertext: Any, body: Any, kind: Any
) -> None:
    """Anybody on any server can send these, and the homeserver keeps them until they are taken."""
    await foe.take(content)
    good = await foe.letter("{}")
    await foe.take({**good, "ciphertext": ciphertext})
    for key in good["ciphertext"]:
        await foe.take({**good, "ciphertext": {key: {"type": kind, "body": body}}})
        await foe.take({**good, "ciphertext": {key: {"type": 0, "body": "AwogAAAA"}}})


@FEW
@given(content=values, room=values, key=values)
async def test_no_key_sent_to_the_device_is_a_fault(
    foe: Foe, content: Any, room: Any, key: Any
) -> None:
    await foe.take(await foe.letter(json.dumps(content)))
    for kind in ("m.room_key", "m.forwarded_room_key", "m.room_key_request", "m.dummy"):
        await foe.take(await foe.letter(await foe.signed(type=kind, content=content)))
    fields = {"algorithm": "m.megolm.v1.aes-sha2", "room_id": room, "session_id": key}
    sent = {**fields, "session_key": key}
    await foe.take(await foe.letter(await foe.signed(type="m.room_key", content=sent)))


async def test_what_is_no_key_once_decrypted_is_passed_over(foe: Foe) -> None:
    for payload in ("", HUGE, DEEP, "[]"):
        await foe.take(await foe.letter(payload))


async def test_a_key_for_a_room_that_is_none_is_taken_without_asking_the_homeserver(
    foe: Foe,
) -> None:
    """It asked how such a room is encrypted, and what was answered ended the run."""
    session = GroupSession()
    content = {"algorithm": "m.megolm.v1.aes-sha2", "room_id": "a/../b", "session_id": session.id}
    sent = {**content, "session_key": session.session_key}
    answer = await foe.signed(type="m.room_key", content=sent)
    await foe.send_to_device(await foe.letter(answer))


async def test_hostile_messages_get_one_line_a_day_together(foe: Foe) -> None:
    for payload in ("[]", HUGE, "{}"):
        await foe.send(foe.content(payload))
    await foe.send({**foe.content("{}"), "sender_key": 7})
    await foe.send({**foe.content("{}"), "ciphertext": 2**40})
    await foe.settle()
    await foe.person.answer(foe.room, await foe.person.say(foe.room, "!about"))
    await foe.person.wait(lambda event: "could not decrypt" in event.content["body"])
    told = [event for event in foe.person.read if "could not decrypt" in event.content["body"]]
    assert len(told) == 1
    # Their own client reads in the same process, and fails at what the bot passed over.
    own = [line for line in foe.bot.logged if not str(line.get("where")).startswith("syncer:")]
    foe.bot.logged[:] = own
