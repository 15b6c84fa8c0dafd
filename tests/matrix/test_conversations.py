"""What somebody asks in a room on a real homeserver, and what they and the room get to see."""

from functools import partial

import pytest

from bot.rate_limit import PERSON, RateLimiter
from commands import COMMANDS
from store import Store
from tests.matrix.desk import MatrixBot, Room, hear_out
from tests.matrix.people import Json, Somebody, relation
from tests.matrix.rooms import alone_with
from tests.matrix.trial_commands import broken, long, secret, whoami
from tests.store.conftest import addition, an_act, an_entry

HOSTILE = "loud <b>x</b> @room https://evil.example @anna:sitrep.test </li>"


@pytest.fixture
def bot(bot: MatrixBot) -> MatrixBot:
    bot.commands = (*COMMANDS, whoami, long, broken, secret)
    return bot


async def test_a_command_is_answered_by_a_notice_that_mentions_nobody(room: Room) -> None:
    answer = await room.ask("!status Pokrovsk")
    assert answer["msgtype"] == "m.notice"
    assert answer["m.mentions"] == {}
    assert answer["body"].startswith("Pokrovsk: ◆ Contested (gray zone) · Deep State")
    assert answer["format"] == "org.matrix.custom.html"
    assert answer["formatted_body"].startswith("<p><strong>Pokrovsk</strong>: ")
    assert "→ Who says what: !claims place:P-704422" in answer["body"]


async def test_a_line_to_copy_is_answered_when_it_is_pasted(room: Room) -> None:
    answer = await room.ask("!claims Pokrovsk")
    (line,) = [line for line in answer["body"].splitlines() if line.startswith("→ More: ")]
    again = await room.ask(line.removeprefix("→ More: "))
    assert again["body"].startswith("39 claims")
    assert again["body"] != answer["body"]


async def test_a_person_who_writes_to_the_bot_alone_needs_no_prefix(
    bot: MatrixBot, anna: Somebody
) -> None:
    async with bot.running():
        room = await alone_with(bot, anna)
        before = len(anna.seen)
        await anna.say(room, "status Pokrovsk")
        event = await anna.next_from(room, bot.id, before)
        assert event["body"].startswith("Pokrovsk: ")
        assert "m.relates_to" not in event


async def test_the_bot_says_hello_once_when_it_is_invited(room: Room) -> None:
    answer = await hear_out(room.owner, room.bot, room.id)
    assert [message["body"].replace("\u2060", "") for message in answer] == [
        "Ask, such as !status Pokrovsk; !help lists the commands."
    ]


async def test_a_mention_is_answered_and_a_mention_alone_gets_the_help(room: Room) -> None:
    mention = {"m.mentions": {"user_ids": [room.bot.id]}}
    answer = await room.ask(f"{room.bot.name}: status Pokrovsk", **mention)
    assert answer["body"].startswith("Pokrovsk: ")
    assert (await room.ask(room.bot.name, **mention))["body"].startswith("What you can ask")


async def test_a_question_in_a_thread_is_answered_in_it(room: Room) -> None:
    root = await room.owner.say(room.id, "About Pokrovsk")
    thread = {"rel_type": "m.thread", "event_id": root}
    answer = await room.ask("!status Pokrovsk", **{"m.relates_to": thread})
    assert relation({"content": answer})["rel_type"] == "m.thread"
    assert relation({"content": answer})["event_id"] == root


async def test_what_is_not_for_it_is_left_alone(room: Room, boris: Somebody) -> None:
    """Talk, notices, other bots' commands and edits of notices; one edit once looped two bots."""
    owner = room.owner
    await owner.say(room.id, "status Pokrovsk")
    await owner.say(room.id, "!roll 2d6")
    await owner.say(room.id, "!status Pokrovsk", msgtype="m.notice")
    replaced = {"rel_type": "m.replace", "event_id": await owner.say(room.id, "a slip")}
    new = {"msgtype": "m.notice", "body": "!status Pokrovsk"}
    await owner.say(
        room.id, "* !status Pokrovsk", **{"m.relates_to": replaced, "m.new_content": new}
    )
    assert (await boris.ask(room.id, "!about"))["body"]
    assert len(await hear_out(owner, room.bot, room.id)) == 2  # hello, and what boris asked


async def test_a_slip_in_a_command_is_told(room: Room) -> None:
    answer = await room.ask("!statsu Pokrovsk")
    assert answer["body"].startswith("There is no command “statsu”.")
    assert "!status" in answer["body"]


async def test_a_refusal_stays_where_it_was_asked(room: Room) -> None:
    answer = await room.ask("!entry nonsense")
    assert "is not a reference" in answer["body"]


async def test_what_was_said_before_it_came_is_not_answered(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with bot.running():
        room = await anna.room(boris.id)
        early = await anna.say(room, "!status Pokrovsk")
        await anna.invite(room, bot.id)
        await anna.joined(room, bot.id)
        assert (await anna.ask(room, "!about"))["body"]
        await hear_out(anna, bot, room)
        assert await anna.answers(room, early) == []


async def test_what_is_for_the_asker_alone_comes_in_private(room: Room, boris: Somebody) -> None:
    asked = await boris.say(room.id, "!lookup Fighting near Pokrovsk")
    private = await boris.invited()
    await boris.join(private)
    event = await boris.next_from(private, room.bot.id)
    assert event["body"].startswith("On record here about that message")
    told = await boris.wait(lambda event: event["type"] == "m.reaction")
    assert relation(told)["event_id"] == asked
    assert await boris.answers(room.id, asked) == []
    await boris.say(room.id, "!lookup Fighting near Kupiansk")
    before = len(boris.seen)
    assert (await boris.next_from(private, room.bot.id, before))["body"]
    assert boris.invites == {private}


async def test_who_manages_a_room_can_have_its_answers_in_private(
    room: Room, boris: Somebody
) -> None:
    refused = (await boris.ask(room.id, "!room answers:private"))["body"]
    assert refused.startswith("Only managers can change that here.")
    await room.owner.say(room.id, "!room answers:private")
    own = await room.owner.invited()
    await room.owner.join(own)
    shown = (await room.owner.next_from(own, room.bot.id))["body"]
    assert "Set by: managers here, you included" in shown
    assert "server" not in shown  # it has no say on Matrix
    await boris.say(room.id, "!about")
    private = await boris.invited()
    await boris.join(private)
    assert (await boris.next_from(private, room.bot.id))["body"].startswith("Pokrovsk and")


async def test_a_long_answer_is_turned_by_reactions_and_only_by_who_asked(
    room: Room, boris: Somebody
) -> None:
    owner = room.owner
    asked = await owner.say(room.id, "!long")
    first = await owner.answer(room.id, asked)
    assert "→ The rest (2 of 2): !page 2 long" in first["body"]
    (message,) = [event["event_id"] for event in owner.seen if event["content"] == first]
    offered = await owner.wait(
        lambda event: event["type"] == "m.reaction" and relation(event)["key"] == "▶"
    )
    assert relation(offered)["event_id"] == message
    await boris.react(room.id, message, "▶")
    await owner.react(room.id, message, "▶")
    edited = await owner.wait(lambda event: relation(event).get("rel_type") == "m.replace")
    assert relation(edited)["event_id"] == message
    assert edited["content"]["m.new_content"]["body"].startswith("3 word")
    await boris.react(room.id, message, "◀")
    await owner.react(room.id, message, "◀️")
    back = await owner.wait(
        lambda event: relation(event).get("rel_type") == "m.replace" and event is not edited
    )
    assert back["content"]["m.new_content"]["body"] == first["body"]
    assert len(await hear_out(owner, room.bot, room.id)) == 4  # hello, the answer, two edits


def is_edit_after(reader: Somebody, before: int, event: Json) -> bool:
    replaces = relation(event).get("rel_type") == "m.replace"
    return replaces and reader.seen.index(event) >= before


async def test_each_tap_on_an_arrow_turns_once(room: Room, boris: Somebody) -> None:
    """A second tap takes the sign back, and did nothing: the third page took three taps."""
    owner = room.owner
    asked = await owner.say(room.id, "!search Pokrovsk")
    first = await owner.answer(room.id, asked)
    (message,) = [event["event_id"] for event in owner.seen if event["content"] == first]
    bodies = [first["body"]]
    tap = ""
    for _ in range(4):
        before = len(owner.seen)
        if tap:
            await owner.call("PUT", "rooms", room.id, "redact", tap, f"t{before}")
            tap = ""
        else:
            tap = await owner.react(room.id, message, "▶")
        edited = await owner.wait(partial(is_edit_after, owner, before))
        bodies.append(edited["content"]["m.new_content"]["body"])
    assert len(set(bodies)) == 5
    before = len(owner.seen)
    tap = await owner.react(room.id, message, "◀")  # and back, in a hurry: what it did is awaited
    await owner.call("PUT", "rooms", room.id, "redact", tap, "t-hurry")
    for _ in range(2):
        edited = await owner.wait(partial(is_edit_after, owner, before))
        before = owner.seen.index(edited) + 1
    assert edited["content"]["m.new_content"]["body"] == bodies[2]
    other = await boris.react(room.id, message, "▶")
    await boris.call("PUT", "rooms", room.id, "redact", other, "t")
    tap = await owner.react(room.id, message, "👍")
    await owner.call("PUT", "rooms", room.id, "redact", tap, "t-other")
    assert len(await hear_out(owner, room.bot, room.id)) == 8  # hello, the answer, six edits


async def test_the_rest_comes_by_its_line(room: Room) -> None:
    assert (await room.ask("!page 2 long"))["body"].startswith("3 word")


async def test_the_words_of_an_entry_are_only_words(room: Room, store: Store) -> None:
    await store.history.write(an_act("hostile"), addition(an_entry(text=HOSTILE)))
    answer = await room.ask("!search loud")
    assert "&lt;b&gt;x&lt;/b&gt;" in answer["formatted_body"]
    for text in (answer["body"], answer["formatted_body"]):
        assert "@room" not in text
        assert "https://" not in text
        assert "@anna" not in text


async def test_who_asks_too_fast_is_told_when_to_ask_again(bot: MatrixBot, anna: Somebody) -> None:
    bot.paces = RateLimiter(lambda: 0.0)
    async with bot.running():
        room = await anna.room(bot.id)
        await anna.joined(room, bot.id)
        await anna.next_from(room, bot.id)
        for _ in range(PERSON.most + 1):
            await anna.say(room, "!about")
        await anna.wait(lambda event: event["content"].get("body", "").startswith("Too fast."))


async def test_a_bug_is_an_id_for_the_asker_and_the_rest_for_the_log(room: Room) -> None:
    answer = await room.ask("!broken")
    fault = room.bot.logged[-1]
    assert answer["body"] == f"Something went wrong. The log has it as {fault['bug']}.\u2060"
    room.bot.logged.clear()


async def test_another_prefix_can_be_chosen(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    bot.prefix = "sr?"
    async with bot.running():
        room = await anna.room(boris.id, bot.id)
        await anna.joined(room, bot.id)
        answer = await anna.ask(room, "sr?status Pokrovsk")
        assert "→ Who says what: sr?claims place:P-704422" in answer["body"]
