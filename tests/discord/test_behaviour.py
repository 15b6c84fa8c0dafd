"""What a member asks, and what they and the room get to see."""

import re
from typing import Any

import pytest

from bot.rate_limit import PERSON, RateLimiter
from commands import COMMANDS
from commands.kit.invocation import Role
from store import Store
from tests.discord.simulation import DiscordBot, answer_of, serving
from tests.discord.steps import post_here
from tests.discord.trial_commands import broken, slow, slow_refusal
from tests.store.conftest import addition, an_act, an_entry

HOSTILE = "@everyone <@1> <@&2> <#3> **loud** [a](https://evil.example) <t:0:R> `x`"
ALIVE = re.compile(r"(?<!\\)(<[@#]|<t:0|\*\*loud|\[a|`x|@everyone)")


@pytest.mark.parametrize(
    ("asked", "given", "first"),
    [
        ("status", {"place": "Pokrovsk"}, "Pokrovsk: ◆ Contested (gray zone) · Deep State"),
        ("status", {"place": "P-704422", "at": "2025-10-30"}, "Pokrovsk: "),
        ("status", {"place": "Lviv"}, "Lviv: NO ASSESSMENT ON RECORD"),
        ("claims", {"by": "A-6", "since": "2025-10-29"}, "1 claim · by Vladimir Putin"),
        ("claims", {"place": "Покровськ", "verdict": "refuted"}, "No claims · about Pokrovsk"),
        ("events", {"place": "Pokrovsk", "order": "oldest"}, "8 events · about Pokrovsk"),
        ("events", {"kind": "visit"}, "3 events"),
        ("search", {"text": "flag"}, "5 entries · with the words flag"),
        ("entry", {"ref": "E-28"}, "`E-28`, claim: Vladimir Putin claimed"),
        ("sources", {"name": "Putin"}, "1 on record as “Putin”"),
        ("lookup", {"text": "Fighting near Pokrovsk"}, "On record here about that message"),
        ("room", {}, "Answers here"),
        ("help", {}, "What you can ask"),
        ("help", {"command": "status"}, "`/status`: Show the situation"),
        ("about", {}, "Pokrovsk and Myrnohrad, November 2025"),
    ],
)
async def test_each_command_answers_in_its_first_line_and_the_asker_alone(
    store: Store, asked: str, given: dict[str, str], first: str
) -> None:
    async with serving(DiscordBot(store)) as here:
        answer = answer_of(await here.reader.slash(here.room, asked, **given))
        assert answer.first.startswith(first)
        assert answer.private
        assert here.room.last_message is None


async def test_every_command_of_a_reader_is_in_the_picker(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        assert set(here.reader.available_commands(here.room)) == {
            command.path for command in COMMANDS if command.role is Role.READER
        }


async def test_post_here_shows_the_answer_to_all(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        answer = answer_of(await here.reader.slash(here.room, "status", place="Kupiansk"))
        assert len(answer.buttons) == 4
        posted = await post_here(here.reader, answer)
        assert not posted.private
        assert posted.text == answer.text == here.last().text
        assert "Post here" not in posted.buttons


async def test_a_direction_that_is_posted_is_still_the_direction(store: Store) -> None:
    """It was posted as the status of the town after which it is called."""
    async with serving(DiscordBot(store)) as here:
        answer = answer_of(await here.reader.slash(here.room, "status", place="Pokrovsk direction"))
        assert answer.first.startswith("Pokrovsk: 2 places on record")
        posted = await post_here(here.reader, answer)
        assert posted.first == answer.first
        assert posted.text == answer.text


@pytest.mark.parametrize(("asked", "given"), [("room", {}), ("lookup", {"text": "Pokrovsk"})])
async def test_what_is_for_the_asker_alone_cannot_be_posted(
    store: Store, asked: str, given: dict[str, str]
) -> None:
    async with serving(DiscordBot(store)) as here:
        answer = answer_of(await here.reader.slash(here.room, asked, **given))
        assert "Post here" not in answer.buttons


async def test_a_mention_is_answered_in_the_room(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await here.reader.send(here.room, f"{here.mention} status Pokrovsk")
        assert here.last().first.startswith("Pokrovsk: ◆ Contested (gray zone)")
        assert here.last().buttons["Who says what"] == "do:=/claims place:P-704422"


async def test_a_mention_alone_gets_the_help(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await here.reader.send(here.room, here.mention)
        assert here.last().first == "What you can ask"


async def test_a_message_that_does_not_start_with_its_name_is_left_alone(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await here.reader.send(here.room, "status Kupiansk")
        assert here.last().text == "status Kupiansk"
        await here.reader.send(here.room, f"as {here.mention} says")
        assert here.last().text.startswith("as ")


async def test_a_bot_is_never_answered_and_neither_is_its_own_message(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        other = here.guild.add_member(here.env.create_user("relay", bot=True))
        await other.send(here.room, f"{here.mention} status Pokrovsk")
        hook = here.guild.create_webhook(here.room)
        await hook.send(f"{here.mention} status Pokrovsk")
        assert len(here.room.history()) == 2
        await here.reader.send(here.room, f"{here.mention} status Pokrovsk")
        assert len(here.room.history()) == 4


async def test_a_private_message_needs_no_mention(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await here.reader.send_dm("status Pokrovsk")
        answer = answer_of(here.reader.user.dm_channel.last_message)
        assert answer.first.startswith("Pokrovsk: ◆ Contested (gray zone)")
        assert "Post here" not in answer.buttons
        followed = await here.reader.user.click(answer.message, label="Who says what")
        assert answer_of(followed).first.startswith("39 claims")


async def test_the_words_of_an_entry_never_ping_or_format(store: Store) -> None:
    await store.history.write(an_act("hostile"), addition(an_entry(text=HOSTILE)))
    async with serving(DiscordBot(store)) as here:
        answer = answer_of(await here.reader.slash(here.room, "search", text="loud"))
        await here.reader.click(answer.message, label="Post here")
        await here.reader.send(here.room, f"{here.mention} search loud")
        for message in here.room.history()[::2]:
            assert "loud" in answer_of(message).text
            assert [message.mention_everyone, *message.mentions, *message.role_mentions] == [False]
            assert not ALIVE.search(answer_of(message).text)
        sent = [
            request.json
            for request in here.env.http_requests
            if request.method == "POST" and request.json
        ]
        assert all(_mutes(body) for body in sent)


def _mutes(body: Any) -> bool:
    mentions = (body.get("data") or body).get("allowed_mentions", {"parse": []})
    return bool(mentions.get("parse") == [])


async def test_who_asks_too_fast_is_told_when_to_ask_again(store: Store) -> None:
    async with serving(DiscordBot(store, paces=RateLimiter(lambda: 0.0))) as here:
        for _ in range(PERSON.most):
            assert answer_of(await here.reader.slash(here.room, "help")).first.startswith("What")
        refused = answer_of(await here.reader.slash(here.room, "help"))
        assert refused.plain == "Too fast. Ask again in 5 seconds."
        assert refused.private
        other = here.member("other")
        assert answer_of(await other.slash(here.room, "help")).first.startswith("What")


async def test_a_bug_is_an_id_for_the_asker_and_the_rest_for_the_log(store: Store) -> None:
    async with serving(DiscordBot(store, commands=(*COMMANDS, broken))) as here:
        answer = answer_of(await here.reader.slash(here.room, "broken"))
        fault = here.desk.logged[-1]
        assert answer.plain == f"Something went wrong. The log has it as {fault['bug']}."
        assert answer.private
        assert isinstance(fault["error"], ZeroDivisionError)


async def test_a_refusal_says_what_to_choose_and_a_choice_answers_in_its_place(
    store: Store,
) -> None:
    async with serving(DiscordBot(store)) as here:
        answer = answer_of(await here.reader.slash(here.room, "status", place="Pokrovske"))
        assert answer.plain == "Which Pokrovske? There are 22.\nThe 8 nearest:"
        assert "Post here" not in answer.buttons
        choice = "Pokrovske, Bakhmut Raion, Donetsk Oblast, 11 km from Bakhmut"
        chosen = answer_of(await here.reader.click(answer.message, label=choice))
        assert chosen.first.startswith("Pokrovske: NO ASSESSMENT ON RECORD")
        assert "Bakhmut Raion" in chosen.text
        assert chosen.message.id == answer.message.id


async def test_a_slow_answer_is_promised_in_time_and_given_when_it_is_there(store: Store) -> None:
    async with serving(DiscordBot(store, commands=(slow, slow_refusal))) as here:
        answer = answer_of(await here.reader.slash(here.room, "slow"))
        first = next(
            request for request in here.env.http_requests if request.path.endswith("/callback")
        )
        assert first.json == {"type": 5, "data": {"flags": 64}}
        assert answer.plain == "At last, reader"
        assert answer.private
