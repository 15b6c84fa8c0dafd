"""A ✅ or a short reply asks what an answer offers, as whoever chose and as far as they may."""

import asyncio

import pytest
from aiohttp import web

from commands import COMMANDS
from store import Store
from tests.matrix.between import Between, is_answer
from tests.matrix.desk import MatrixBot, hear_out
from tests.matrix.home import DEEDS, Home, perform, propose, reply, replying, whom
from tests.matrix.people import Somebody, relation
from tests.matrix.rooms import until

SYNC = "GET /_matrix/client/v3/sync"


async def test_a_draft_is_filed_by_a_tap_on_the_sign_under_its_preview(
    home: Home, store: Store
) -> None:
    """Its line had to be copied into the home room: in private a moderator is a reader."""
    anna, bot = home.anna, home.bot
    private, message, body = await home.card()
    assert "→ 1 File ✅\n" in body
    assert "→ type: control\n" in body
    assert "!draft file" not in body
    assert body.endswith(" · as lines to copy: !lines draft show ref:D-1")
    offered = await anna.wait(lambda event: relation(event).get("key") == "✅")
    assert (offered["sender"], relation(offered)["event_id"]) == (bot.id, message)
    before = len(anna.seen)
    await anna.react(private, message, "✅")
    assert (await anna.next_from(private, bot.id, before))["body"].startswith("Filed as E-65")
    *_, filed = await store.history.of("E-65")
    assert filed.by == anna.name
    before = len(anna.seen)
    await anna.react(private, message, "✔️")
    answer = await reply(anna, private, message, "1")
    assert answer["body"].startswith("Filed as E-65")
    assert await store.entries.get(66) is None
    assert (
        len([event for event in await hear_out(anna, bot, private) if "Filed" in event["body"]])
        == 2
    )


async def test_a_preview_of_an_older_version_files_nothing_newer(home: Home, store: Store) -> None:
    private, message, _ = await home.card()
    changed = await reply(home.anna, private, message, "day:2025-11-04")
    assert "4 Nov 2025" in changed["body"]
    before = len(home.anna.seen)
    await home.anna.react(private, message, "✅")
    refused = await home.anna.next_from(private, home.bot.id, before)
    assert "D-1" in refused["body"]
    assert await store.entries.get(65) is None
    newer = next(
        event["event_id"]
        for event in home.anna.seen
        if "4 Nov 2025" in str(event["content"].get("body"))
    )
    before = len(home.anna.seen)
    await home.anna.react(private, newer, "✅")
    event = await home.anna.next_from(private, home.bot.id, before)
    assert event["body"].startswith("Filed as E-65")


@pytest.mark.parametrize("words", ["Drop", "drop.", "3"])
async def test_a_word_or_a_number_in_reply_to_a_preview_chooses(home: Home, words: str) -> None:
    private, message, body = await home.card()
    assert "Drop" in body
    number = next(line for line in body.splitlines() if line.endswith("Drop")).split()[1]
    answer = await reply(home.anna, private, message, number if words.isdigit() else words)
    assert answer["body"].startswith("Dropped D-1.")


async def test_a_command_in_reply_is_asked_where_the_answer_was_asked(home: Home) -> None:
    private, message, _ = await home.card()
    answer = await reply(home.anna, private, message, "draft show D-1")
    assert answer["body"].startswith("D-1 · draft of a claim")
    before = len(home.anna.seen)
    await home.anna.say(private, "draft show D-1")
    plain = await home.anna.next_from(private, home.bot.id, before)
    assert "Only moderators can use" in plain["body"]


async def test_all_lines_can_be_copied_still(home: Home) -> None:
    private, _, _ = await home.card()
    before = len(home.anna.seen)
    await home.anna.say(home.id, "!lines draft show ref:D-1")
    event = await home.anna.next_from(private, home.bot.id, before)
    assert "→ File: !draft file ref:D-1 seen:1" in event["body"]
    assert "type:control|encirclement" in event["body"]


async def test_who_has_no_say_any_more_confirms_nothing(home: Home, store: Store) -> None:
    private, message, _ = await home.card()
    levels = await home.anna.call("GET", "rooms", home.id, "state", "m.room.power_levels")
    users = {home.anna.id: 0, home.boris.id: 100}
    await home.anna.put(home.id, "m.room.power_levels", {**levels, "users": users})
    await home.anna.ask(home.id, "!whom")
    before = len(home.anna.seen)
    await home.anna.react(private, message, "✅")
    refused = await home.anna.next_from(private, home.bot.id, before)
    assert "Only moderators can use" in refused["body"]
    assert await store.entries.get(65) is None


async def test_who_left_the_room_where_it_was_asked_confirms_nothing(
    home: Home, store: Store
) -> None:
    private, message, _ = await home.card()
    await home.anna.call("POST", "rooms", home.id, "leave")
    before = len(home.anna.seen)
    await home.anna.react(private, message, "✅")
    refused = await home.anna.next_from(private, home.bot.id, before)
    assert "Only moderators can use" in refused["body"]
    assert await store.entries.get(65) is None


async def test_a_moderator_confirms_what_a_reader_asked_and_once(home: Home) -> None:
    message = await home.proposed()
    await home.anna.react(home.id, message, "✅")
    done = await home.anna.wait(
        lambda event: event["content"].get("body", "").startswith("Done by")
    )
    assert relation(done)["m.in_reply_to"] == {"event_id": message}
    await home.anna.react(home.id, message, "☑️")
    await home.anna.ask(home.id, "!whom")
    assert [who for who, _ in DEEDS.done] == [home.anna.name]


async def test_a_readers_yes_to_what_somebody_else_asked_gets_nothing(home: Home) -> None:
    await home.anna.ask(home.id, "!propose")
    message = await home.message(home.boris, "Do it?")
    await home.boris.react(home.id, message, "✅")
    await home.boris.say(home.id, "1", **replying(message))
    await home.boris.ask(home.id, "!whom")
    assert len(await hear_out(home.boris, home.bot, home.id)) == 3  # hello and two answers
    assert DEEDS.done == []


async def test_a_readers_yes_to_what_they_asked_is_refused_in_a_line(home: Home) -> None:
    message = await home.proposed()
    await home.boris.react(home.id, message, "✅")
    event = await home.boris.wait(
        lambda event: "Only moderators can use" in str(event["content"].get("body"))
    )
    assert relation(event)["m.in_reply_to"] == {"event_id": message}
    assert DEEDS.done == []


async def test_words_that_choose_nothing_or_too_much(home: Home) -> None:
    message = await home.proposed()
    which = await home.boris.ask(home.id, "do", **replying(message))
    assert which["body"].startswith("Which one? Reply with its number: 1, 2.")
    await home.boris.say(home.id, "well done", **replying(message))
    await home.boris.say(home.id, "9", **replying(message))
    thread = {"rel_type": "m.thread", "event_id": message, "is_falling_back": True}
    falls_back = {"m.relates_to": {**thread, **replying(message)["m.relates_to"]}}
    await home.boris.say(home.id, "do nothing", **falls_back)
    answer = await home.boris.ask(home.id, "do nothing", **replying(message))
    assert answer["body"] == f"It is {home.boris.name}"
    assert len(await hear_out(home.boris, home.bot, home.id)) == 4


async def test_an_entry_is_opened_by_a_reply_with_its_reference(home: Home) -> None:
    """Twenty-five numbers filled a phone's screen under a status; it names one reference."""
    await home.boris.say(home.id, "!status Pokrovsk")
    how = "\n→ To open an entry, reply with its reference, such as E-9\n"
    status = await home.boris.wait(lambda event: how in f"{event['content'].get('body')}\n")
    for words, first in (
        ("e9", "E-9, assessment"),
        ("Е-1", "E-1, "),
        ("E-999", "There is no entry E-999"),
    ):
        answer = await reply(home.boris, home.id, status["event_id"], words)
        assert answer["body"].startswith(first)


async def test_what_was_offered_is_known_after_a_restart(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    DEEDS.done.clear()
    bot.commands = (*COMMANDS, propose, perform, whom)
    room = await anna.room(bot.id, boris.id, room_version="11")
    await boris.join(room)
    bot.homes = {room}
    async with bot.running():
        await anna.joined(room, bot.id)
        await anna.ask(room, "!propose")
        await anna.wait(lambda event: relation(event).get("key") == "✅")
    message = await Home(bot, anna, boris, room).message(anna, "Do it?")
    await anna.react(room, message, "✅")
    async with bot.running():
        await anna.wait(lambda event: event["content"].get("body", "").startswith("Done by"))


async def test_a_yes_to_a_message_whose_receipt_is_not_there_yet_counts(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """The bot did not know the message by its id, and passed over what was said to it."""
    DEEDS.done.clear()
    bot.commands = (*COMMANDS, propose, perform, whom)
    reacted = asyncio.Event()

    def lose(request: web.Request) -> web.Response | None:
        lost = is_answer(request) and not reacted.is_set()
        return web.Response(status=502) if lost else None

    async with Between(bot.server.url) as between:
        bot.address = between.url
        room = await anna.room(bot.id, boris.id, room_version="11")
        await boris.join(room)
        bot.homes = {room}
        async with bot.running():
            await anna.joined(room, bot.id)
            between.after = lose
            await anna.ask(room, "!propose")
            message = await Home(bot, anna, boris, room).message(anna, "Do it?")
            syncs = between.asked.count(SYNC)

            async def has_read() -> bool:
                return between.asked.count(SYNC) > syncs

            await anna.react(room, message, "✅")
            await until(has_read)
            reacted.set()
            await anna.wait(lambda event: event["content"].get("body", "").startswith("Done by"))
            assert len(DEEDS.done) == 1


async def test_two_who_say_yes_at_once_do_it_once(home: Home) -> None:
    message = await home.proposed()
    levels = await home.anna.call("GET", "rooms", home.id, "state", "m.room.power_levels")
    users = {**levels["users"], home.boris.id: 50}
    await home.anna.put(home.id, "m.room.power_levels", {**levels, "users": users})
    await home.boris.ask(home.id, "!whom")
    await asyncio.gather(
        home.anna.react(home.id, message, "✅"), home.boris.react(home.id, message, "✅")
    )
    await home.anna.wait(lambda event: event["content"].get("body", "").startswith("Done by"))
    await hear_out(home.anna, home.bot, home.id)
    assert len({key for _, key in DEEDS.done}) == 1  # by its key an act is done once


async def test_a_sign_and_a_number_at_once_do_it_once(home: Home) -> None:
    message = await home.proposed()
    await asyncio.gather(
        home.anna.react(home.id, message, "✅"), home.anna.say(home.id, "1", **replying(message))
    )
    await home.anna.wait(lambda event: event["content"].get("body", "").startswith("Done by"))
    await hear_out(home.anna, home.bot, home.id)
    assert len({key for _, key in DEEDS.done}) == 1


async def test_a_summary_is_started_from_its_preview_in_private(home: Home) -> None:
    await home.anna.say(home.id, "!digests add")
    private = await home.anna.invited()
    await home.anna.join(private)
    await home.anna.next_from(private, home.bot.id)
    message = await home.message(home.anna, "Nothing is set up yet")
    before = len(home.anna.seen)
    await home.anna.react(private, message, "✅")
    event = await home.anna.next_from(private, home.bot.id, before)
    assert event["body"].startswith("Daily summary set up here")
    assert len(await home.bot.store.digests.of("matrix", home.id)) == 1


async def test_a_word_with_its_reason_in_one_reply_turns_a_submission_down(
    home: Home, store: Store
) -> None:
    """It was “There is no command “reject””."""
    await home.boris.say(home.id, "!submit The road is cut.")

    async def waits() -> bool:
        return await store.drafts.get(1) is not None

    await until(waits)
    await home.anna.say(home.id, "!review")
    private = await home.anna.invited()
    await home.anna.join(private)
    await home.anna.next_from(private, home.bot.id)
    card = next(
        event["event_id"]
        for event in home.anna.seen
        if (event["room_id"], event["sender"]) == (private, home.bot.id)
        and event["type"] == "m.room.message"
    )
    answer = await reply(home.anna, private, card, "reject why:not a source that we know")
    assert "rejected: not a source that we know" in answer["body"].replace("\u2060", "")
    draft = await store.drafts.get(1)
    assert draft is not None
    assert draft.state.value == "rejected"
