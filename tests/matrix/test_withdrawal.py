"""A command that is taken back takes its answer along; one that is corrected is answered anew."""

import asyncio
import json

import pytest
from aiohttp import web

from commands.kit.invocation import Role
from tests.fakes import Talk
from tests.matrix.between import Between, is_answer
from tests.matrix.desk import MatrixBot, Room
from tests.matrix.people import Json, Somebody
from tests.matrix.rooms import until
from tests.patience import PATIENCE_S


async def redact(person: Somebody, room: str, message: str) -> None:
    await person.call("PUT", "rooms", room, "redact", message, f"x{message[1:9]}")


async def content_of(person: Somebody, room: str, message: str) -> Json:
    event: Json = await person.call("GET", "rooms", room, "event", message)
    content: Json = event["content"]
    return content


def correct(body: str, message: str) -> Json:
    """Return the content by which a client edits a message."""
    return {
        "m.new_content": {"msgtype": "m.text", "body": body},
        "m.relates_to": {"rel_type": "m.replace", "event_id": message},
    }


async def answer_to(person: Somebody, room: str, question: str) -> Json:
    """Return the event that answers a message."""
    return await person.wait(
        lambda event: (
            event["room_id"] == room
            and event["content"].get("m.relates_to", {}).get("m.in_reply_to")
            == {"event_id": question}
        )
    )


async def edit_of(person: Somebody, message: str, after: int = 0) -> Json:
    """Return the new content of a message that was edited."""
    event = await person.wait(
        lambda event: (
            event["content"].get("m.relates_to", {}).get("rel_type") == "m.replace"
            and event["content"]["m.relates_to"]["event_id"] == message
            and person.seen.index(event) >= after
        )
    )
    new: Json = event["content"]["m.new_content"]
    return new


async def test_an_answer_goes_with_its_command(room: Room) -> None:
    """It stayed."""
    asked = await room.owner.say(room.id, "!status Pokrovsk")
    answer = (await answer_to(room.owner, room.id, asked))["event_id"]
    await redact(room.owner, room.id, asked)

    async def gone() -> bool:
        return not await content_of(room.owner, room.id, answer)

    await until(gone)


async def test_an_answer_in_private_goes_too(room: Room) -> None:
    asked = await room.owner.say(room.id, "!lookup Pokrovsk")
    private = await room.owner.invited()
    await room.owner.join(private)
    await room.owner.next_from(private, room.bot.id)
    answer = next(
        event["event_id"]
        for event in room.owner.seen
        if (event["room_id"], event["type"]) == (private, "m.room.message")
    )
    await redact(room.owner, room.id, asked)

    async def gone() -> bool:
        return not await content_of(room.owner, private, answer)

    await until(gone)


async def test_a_command_that_is_taken_back_before_its_answer_gets_none(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """It was answered all the same."""
    async with Between(bot.server.url) as between:
        bot.address = between.url
        async with bot.running():
            room = await anna.room(bot.id, boris.id)
            await anna.next_from(room, bot.id)
            asked = await _ask_unanswered(between, anna, room, "!about")
            await redact(anna, room, asked)
            await anna.wait(lambda event: event["type"] == "m.room.redaction")
            between.before = lambda _: None
            assert (await anna.ask(room, "!status Pokrovsk"))["body"]
            assert await anna.answers(room, asked) == []


async def _ask_unanswered(between: Between, person: Somebody, room: str, line: str) -> str:
    """Ask; the homeserver takes no answer until `between` lets it. Return the question."""
    tried = asyncio.Event()

    def put_off(request: web.Request) -> web.Response | None:
        if is_answer(request):
            tried.set()
            return web.json_response({"errcode": "M_UNKNOWN"}, status=502)
        return None

    between.before = put_off
    asked = await person.say(room, line)
    async with asyncio.timeout(PATIENCE_S):
        await tried.wait()
    return asked


async def test_an_answer_that_waited_for_the_homeserver_said_what_was_redacted_meanwhile(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with Between(bot.server.url) as between:
        bot.address = between.url
        async with bot.running():
            room = await anna.room(bot.id, boris.id)
            await anna.next_from(room, bot.id)
            asked = await _ask_unanswered(between, anna, room, "!search vehicles")
            await Talk(bot.store)("/redact E-43 why:Private. sure:yes", Role.ADMIN)
            between.before = lambda _: None
            assert "unmanned" not in (await anna.ask(room, "!search vehicles"))["body"]
            assert await anna.answers(room, asked) == []


@pytest.mark.parametrize("first", ["!statsu Pokrovsk", "!status Pokrvsk", "status Pokrovsk"])
async def test_a_command_that_is_corrected_within_a_minute_is_answered(
    room: Room, first: str
) -> None:
    """People waited for an answer that never came."""
    anna = room.owner
    asked = await anna.say(room.id, first)
    before = len(anna.seen)
    if first.startswith("!"):
        answer = (await answer_to(anna, room.id, asked))["event_id"]
    await anna.say(room.id, "* !status Pokrovsk", **correct("!status Pokrovsk", asked))
    if first.startswith("!"):
        assert (await edit_of(anna, answer, before))["body"].startswith("Pokrovsk: ")
    else:
        assert (await anna.answer(room.id, asked))["body"].startswith("Pokrovsk: ")
    before = len(anna.seen)
    first_answer = (await answer_to(anna, room.id, asked))["event_id"]
    await anna.say(room.id, "* !about", **correct("!about", asked))
    assert "Sitrep" in (await edit_of(anna, first_answer, before))["body"]
    assert len(await anna.answers(room.id, asked)) == 1
    await redact(anna, room.id, asked)

    async def gone() -> bool:
        return not await content_of(anna, room.id, first_answer)

    await until(gone)
    last = [e for e in anna.seen if e["content"].get("m.new_content") and e["sender"] != anna.id]
    for event in last:

        async def is_empty(message: str = event["event_id"]) -> bool:
            return not await content_of(anna, room.id, message)

        await until(is_empty)


async def test_a_correction_by_somebody_else_changes_nothing(room: Room, boris: Somebody) -> None:
    asked = await room.owner.say(room.id, "!status Pokrovsk")
    answer = (await answer_to(room.owner, room.id, asked))["event_id"]
    await boris.say(room.id, "* !about", **correct("!about", asked))
    assert (await boris.ask(room.id, "!about"))["body"]
    assert "Pokrovsk" in (await content_of(room.owner, room.id, answer))["body"]
    edits = [e for e in boris.seen if "m.new_content" in json.dumps(e) and e["sender"] != boris.id]
    assert edits == []


async def test_an_answer_that_a_moderator_took_away_is_edited_no_more(room: Room) -> None:
    """A page was turned on it, and its words stood there again."""
    anna = room.owner
    asked = await anna.say(room.id, "!claims")
    answer = (await answer_to(anna, room.id, asked))["event_id"]
    await anna.wait(lambda event: event["type"] == "m.reaction" and event["sender"] == room.bot.id)
    await redact(anna, room.id, answer)
    await anna.react(room.id, answer, "▶")
    assert (await anna.ask(room.id, "!about"))["body"]
    edits = [event for event in anna.seen if "m.new_content" in event["content"]]
    assert edits == []
