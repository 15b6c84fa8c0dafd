"""Encrypted rooms, between the bot and a strict client of another make: matrix-js-sdk in Node."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.homeserver import Homeserver
from store import Store
from tests.matrix.desk import MatrixBot, fresh
from tests.matrix.people import Somebody, relation
from tests.matrix.strict.client import (
    FOLDER,
    NEWEST,
    Event,
    StrictClient,
    body,
    is_trusted,
    missing,
    missing_newest,
    strict_client,
)

WHY, WHY_NEWEST = missing(), missing_newest()
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)
NEEDS_NEWEST = pytest.mark.skipif(bool(WHY_NEWEST), reason=WHY_NEWEST)

CLAIM = "The road is cut. by:Putin place:Pokrovsk day:5 Nov source:S-1"
COMMANDS = (
    "!status Pokrovsk",
    "!claims Pokrovsk",
    "!events Pokrovsk",
    "!search flag",
    "!entry E-9",
    "!sources",
    "!digest",
    "!export",
    "!statsu Pokrovsk",
    "!about",
)


@pytest.fixture(params=[FOLDER, pytest.param(NEWEST, marks=NEEDS_NEWEST)], ids=["pinned", "newest"])
async def anna(request: pytest.FixtureRequest, server: Homeserver) -> AsyncIterator[StrictClient]:
    """Somebody with such a client."""
    async with strict_client(server, fresh("anna"), request.param) as person:
        yield person


async def room_of(anna: StrictClient, bot: MatrixBot, *people: str) -> str:
    """Make an encrypted room and wait until the bot has said hello."""
    room = await anna.room(bot.id, *people)
    hello = await anna.next_from(room, bot.id)
    assert body(hello).startswith("Ask, such as")
    assert is_trusted(hello)
    return room


async def test_what_is_asked_in_an_encrypted_room_is_answered_so_that_a_strict_client_reads_it(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
        answer = await anna.ask(room, "!status Pokrovsk")
    assert body(answer).startswith("Pokrovsk: ◆ Contested")
    assert is_trusted(answer)


async def test_a_long_answer_is_turned_by_a_reaction_and_the_edit_is_read(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
        answer = await anna.ask(room, "!claims Pokrovsk")
        await anna.wait(lambda event: relation(event).get("key") == "▶")
        await anna.react(room, answer["event_id"], "▶")
        edit = await anna.wait(lambda event: relation(event).get("rel_type") == "m.replace")
    assert is_trusted(edit)
    assert relation(edit)["event_id"] == answer["event_id"]
    assert edit["content"]["m.new_content"]["body"].startswith("39 claims")
    assert edit["content"]["m.new_content"]["body"] != body(answer)


async def test_what_is_for_the_asker_alone_comes_in_an_encrypted_room(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
        await anna.say(room, "!lookup Fighting near Pokrovsk")
        private = await anna.invited()
        await anna.join(private)
        event = await anna.next_from(private, bot.id)
        assert body(event).startswith("On record here about that message")
        assert is_trusted(event)
        assert is_trusted(await anna.ask(room, "!about"))


async def test_a_question_in_a_thread_is_answered_in_it(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
        root = await anna.say(room, "What do we know?")
        thread = {"rel_type": "m.thread", "event_id": root}
        answer = await anna.ask(room, "!status Pokrovsk", **{"m.relates_to": thread})
    assert is_trusted(answer)
    assert (relation(answer)["rel_type"], relation(answer)["event_id"]) == ("m.thread", root)


async def test_a_moderator_files_a_claim_in_an_encrypted_home_room(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
    bot.homes = {room}
    async with bot.running():
        await anna.say(room, f"!add claim {CLAIM}")
        private = await anna.invited()
        await anna.join(private)
        draft = await anna.next_from(private, bot.id)
        filed = await anna.ask(room, "!draft file D-1")
        answer = await anna.ask(room, "!search road is cut")
    assert body(draft).startswith("D-1 · draft of a claim")
    assert body(filed).startswith("Filed as E-65")
    assert body(answer).startswith("1 entry")
    assert all(is_trusted(message) for message in (draft, filed, answer))


async def test_a_bot_that_starts_again_reads_on_and_is_read(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
        before = await anna.ask(room, "!about")
    asked = await anna.say(room, "!status Pokrovsk")
    async with bot.running():
        answer = await anna.answer(room, asked)
        again = await anna.ask(room, "!status Pokrovsk")
    assert is_trusted(before)
    assert is_trusted(answer)
    assert is_trusted(again)
    assert body(answer).startswith("Pokrovsk: ")


async def test_who_comes_gets_the_key_and_when_somebody_left_a_new_one_is_used(
    bot: MatrixBot, anna: StrictClient, boris: Somebody, server: Homeserver
) -> None:
    async with bot.running(), strict_client(server, fresh("clara")) as clara:
        room = await room_of(anna, bot, boris.id)
        alone = await anna.ask(room, "!about")
        await anna.invite(room, clara.id)
        await clara.join(room)
        asked = await clara.say(room, "!status Pokrovsk")
        to_both = await anna.answer(room, asked)
        assert is_trusted(await clara.answer(room, asked))
        await clara.leave(room)
        await anna.wait(
            lambda event: (
                event.get("state_key") == clara.id and event["content"]["membership"] == "leave"
            )
        )
        after = await anna.ask(room, "!about")
    assert is_trusted(alone)
    assert is_trusted(to_both)
    assert is_trusted(after)
    keys = [message["strict"]["session"] for message in (alone, to_both, after)]
    assert keys[0] == keys[1] != keys[2]


def kinds(answers: list[Event]) -> list[str]:
    return sorted(answer["content"]["msgtype"] for answer in answers)


async def test_fifty_commands_in_a_row_are_answered_once_each_and_all_are_read(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
        await boris.join(room)  # so that before the first it is looked who has the key
        lines = [COMMANDS[number % len(COMMANDS)] for number in range(50)]
        asked = await asyncio.gather(*(anna.say(room, line) for line in lines))
        answer = [await anna.answer(room, question) for question in asked]
        await anna.ask(room, "!about")
    assert [message for message in answer if not is_trusted(message)] == []
    files = {"!export": ["m.file"], "!digest": ["m.image"]}  # the latter a map, where it changed
    assert [kinds(anna.answers(room, question)) for question in asked] == [
        [*files.get(line, []), "m.notice"] for line in lines
    ]


async def test_a_bot_whose_device_is_not_signed_is_neither_told_nor_read_until_it_is(
    server: Homeserver, store: Store, anna: StrictClient, boris: Somebody, tmp_path: Path
) -> None:
    name = fresh("sitrep")
    async with strict_client(server, name) as owner:
        bot = MatrixBot(server, store, tmp_path / "state", name)
    async with bot.running():
        assert any(line["event"].startswith("device not signed") for line in bot.logged)
        room = await anna.room(bot.id, boris.id)
        hello = await anna.wait_sealed(lambda event: event["sender"] == bot.id)
        await anna.say(room, "!about")
        told = await anna.wait_sealed(
            lambda event: event["sender"] == bot.id and event is not hello
        )
    failures = [message["strict"]["failure"] for message in (hello, told)]
    assert failures == ["UNSIGNED_SENDER_DEVICE", "UNSIGNED_SENDER_DEVICE"]
    assert [line for line in bot.logged if line.get("command")] == []
    (bot.state / "recovery-key").write_text(owner.recovery)
    async with bot.running():
        await anna.sees_signed(bot.id)
        answer = await anna.ask(room, "!about")
    assert is_trusted(answer)


async def keys_passed_on(
    anna: StrictClient, boris: Somebody, bot: MatrixBot, room: str
) -> list[bool]:
    """Return of each key of the bot's in a room whether anna's client would pass it on."""
    known = await boris.call("POST", "keys", "query", device_keys={bot.id: []})
    ((device, keys),) = known["device_keys"][bot.id].items()
    own = keys["keys"][f"curve25519:{device}"]
    passed = json.loads(await anna.do("passed", room=room))
    return [is_passed for key, is_passed in passed if key == own]


async def test_people_who_come_later_get_the_keys_where_the_room_shows_its_history(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    """What the bot wrote stayed unreadable for them, beside what all others wrote."""
    async with bot.running():
        room = await room_of(anna, bot, boris.id)
        await boris.join(room)
        assert is_trusted(await anna.ask(room, "!about"))
        before = await keys_passed_on(anna, boris, bot, room)
        assert any(before)
        visibility = {"history_visibility": "joined"}
        await anna.do("state", room=room, kind="m.room.history_visibility", content=visibility)
        assert is_trusted(await anna.ask(room, "!about"))
        after = await keys_passed_on(anna, boris, bot, room)
    assert sum(after) == sum(before)
    assert len(after) > len(before)


async def test_the_keys_of_a_home_room_are_never_passed_on(
    bot: MatrixBot, anna: StrictClient, boris: Somebody
) -> None:
    """Drafts may be previewed there."""
    home = await anna.room(boris.id)
    bot.homes = {home}
    async with bot.running():
        await anna.invite(home, bot.id)
        await anna.next_from(home, bot.id)
        assert is_trusted(await anna.ask(home, "!about"))
        keys = await keys_passed_on(anna, boris, bot, home)
    assert keys
    assert not any(keys)
