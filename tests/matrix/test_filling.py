"""A command in reply to somebody's message is filled from it, as a menu elsewhere does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.interactions.context_menus import values_of
from bot.adapters.discord.interactions.message_reading import SeenMessage
from bot.adapters.matrix.handlers.prefill import permalink, values_of_message
from bot.adapters.matrix.protocol.room import MatrixRoom
from commands import COMMANDS
from commands.kit.command import Command
from store import Store
from tests.fakes import ZONE
from tests.matrix.desk import MatrixBot
from tests.matrix.home import Home, replying
from tests.matrix.people import Somebody

WORDS = "Fighting near Pokrovsk, https://example.org/a"
MENUS = [command for command in COMMANDS if command.menu]
SENT = datetime(2025, 11, 6, 22, 30, tzinfo=UTC)  # the 7th in Kyiv


def event(**content: Any) -> dict[str, Any]:
    return {
        "type": "m.room.message",
        "sender": "@anna:example.org",
        "event_id": "$1",
        "origin_server_ts": int(SENT.timestamp() * 1000),
        "content": {"msgtype": "m.text", "body": WORDS, **content},
    }


@pytest.mark.parametrize("command", MENUS, ids=lambda command: command.path)
def test_it_fills_what_a_messages_menu_fills(command: Command) -> None:
    """Where a parameter is filled on one platform only, people are told of it by its absence."""
    day = SENT.astimezone(ZONE).date()
    there = values_of(command, SeenMessage(WORDS, "", day, "anna", "", "https://x.example"))
    here = values_of_message(event(), MatrixRoom("!1:example.org"), command, ZONE)
    assert there
    assert {**there, "source": ""} == {**here, "source": ""}


def test_a_message_has_an_address_that_every_client_opens() -> None:
    assert permalink("!a:x.example", "$1/2", "@b:y.example") == (
        "https://matrix.to/#/%21a%3Ax.example/%241%2F2?via=y.example"
    )


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(json, json, json, st.sampled_from(["m.room.message", "m.sticker", 7, None]))
def test_whatever_another_server_wrote_fills_no_more_than_text(
    body: Any, sent: Any, sender: Any, kind: Any
) -> None:
    event = {"type": kind, "sender": sender, "origin_server_ts": sent, "content": {"body": body}}
    for command in MENUS:
        values = values_of_message(event, MatrixRoom("!1:x"), command, ZONE)
        assert all(isinstance(value, str) and value for value in values.values())


async def fields(store: Store, number: int) -> dict[str, str]:
    draft = await store.drafts.get(number)
    assert draft is not None
    return dict(draft.fields)


async def test_a_claim_is_begun_from_the_message_that_it_replies_to(
    home: Home, store: Store
) -> None:
    quoted = f"> <@clara:x> Where?\n> Tell us.\n\n{WORDS}"
    message = await home.boris.say(home.id, quoted)
    await home.anna.say(home.id, "!add claim place:Pokrovsk", **replying(message))
    private = await home.anna.invited()
    await home.anna.join(private)
    await home.anna.next_from(private, home.bot.id)
    filled = await fields(store, 1)
    day = filled.pop("day")
    assert datetime.fromisoformat(day).date() <= datetime.now(ZONE).date()
    assert filled == {
        "text": WORDS,
        "by": home.boris.name,
        "place": "Pokrovsk",
        "source": permalink(home.id, message, home.boris.id),
    }


async def test_what_the_line_gives_goes_before_what_the_message_says(
    home: Home, store: Store
) -> None:
    message = await home.boris.say(home.id, WORDS)
    own = '!add event "Own words." day:2025-11-05 source:S-1'
    await home.anna.say(home.id, own, **replying(message))
    private = await home.anna.invited()
    await home.anna.join(private)
    await home.anna.next_from(private, home.bot.id)
    assert await fields(store, 1) == {
        "text": "Own words.",
        "day": "2025-11-05",
        "source": "S-1",
    }
    before = len(home.anna.seen)
    await home.anna.say(home.id, "!add event draft:D-1 place:Pokrovsk", **replying(message))
    await home.anna.next_from(private, home.bot.id, before)
    assert (await fields(store, 1))["text"] == "Own words."


async def test_the_bots_own_words_fill_nothing(home: Home, store: Store) -> None:
    await home.anna.ask(home.id, "!whom")
    own = await home.message(home.anna, "It is")
    await home.anna.say(home.id, '!add event "Own." day:2025-11-05', **replying(own))
    private = await home.anna.invited()
    await home.anna.join(private)
    await home.anna.next_from(private, home.bot.id)
    assert await fields(store, 1) == {"text": "Own.", "day": "2025-11-05"}


async def test_a_reader_begins_no_claim_but_looks_a_message_up(home: Home, store: Store) -> None:
    message = await home.anna.say(home.id, WORDS)
    refused = await home.boris.ask(home.id, "!add claim", **replying(message))
    assert "Only moderators can use" in refused["body"]
    await home.boris.say(home.id, "!lookup", **replying(message))
    private = await home.boris.invited()
    await home.boris.join(private)
    event = await home.boris.next_from(private, home.bot.id)
    assert event["body"].startswith("On record here about that message")
    assert await store.drafts.get(1) is None


async def test_a_message_that_cannot_be_read_fills_nothing(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """One of another room, which the bot is in too, is not fetched into this one."""
    async with bot.running():
        new_room = await anna.room(bot.id, boris.id)
        other = await anna.room(bot.id)
        for room in (new_room, other):
            await anna.joined(room, bot.id)
        message = await anna.say(other, WORDS)
        answer = await anna.ask(new_room, "!lookup", **replying(message))
        assert "!lookup needs text" in answer["body"]
