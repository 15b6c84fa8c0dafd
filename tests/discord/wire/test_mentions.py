"""Messages to the bot by its name or in private, as people write them."""

import pytest

from tests.discord.loopback.shapes import event_json
from tests.discord.wire.stage import Stage, first_line, plain


@pytest.mark.parametrize(
    "written",
    [
        ", status Pokrovsk",
        ": status Pokrovsk",
        " – status Pokrovsk",
        " what is happening in Pokrovsk?",
        ", who holds Pokrovsk?",
        "\nstatus Pokrovsk",
    ],
)
async def test_what_stands_between_the_name_and_the_question_is_no_command(
    live: Stage, written: str
) -> None:
    """“There is no command “,””."""
    asked = await live.reader.say(live.room, f"<@{live.server.world.bot.id}>{written}")
    answer = await live.server.said(live.room, asked)
    assert first_line(answer).startswith("Pokrovsk: ")


async def test_a_bare_name_is_answered_in_private_and_thanks_is_not_refused_as_a_command(
    live: Stage,
) -> None:
    asked = await live.reader.dm("Pokrovsk")
    assert first_line(await live.server.said(live.reader.talk, asked)).startswith("Pokrovsk: ")
    asked = await live.reader.dm("thanks")
    answer = plain(await live.server.said(live.reader.talk, asked))
    assert "There is no command" not in answer


@pytest.mark.parametrize("line", ["status Pokrovsk\nthanks!", "status Pokrovsk\n\nThank you, all"])
async def test_a_second_line_is_not_part_of_a_place(live: Stage, line: str) -> None:
    asked = await live.reader.mention(live.room, line)
    answer = await live.server.said(live.room, asked)
    assert first_line(answer).startswith("Pokrovsk: ")


async def test_a_place_is_known_by_the_label_that_the_bot_writes(live: Stage) -> None:
    asked = await live.reader.mention(live.room, "status place:Pokrovsk, Donetsk Oblast")
    assert first_line(await live.server.said(live.room, asked)).startswith("Pokrovsk: ")


async def test_words_around_a_phrase_keep_their_quotes_in_what_is_offered(live: Stage) -> None:
    """Offers had half a pair of quotes."""
    given = {"text": 'flag "gray zone" banana'}
    answer = await (await live.reader.slash(live.room, "claims", given)).answer()
    for offer in [
        line for line in plain(answer).split("\n") if "/claims" in line or "text:" in line
    ]:
        assert offer.count('"') % 2 == 0, offer


async def test_a_mention_that_is_delivered_twice_is_answered_once(live: Stage) -> None:
    """Two replies came."""
    asked = await live.reader.mention(live.room, "status Pokrovsk")
    await live.server.said(live.room, asked)
    tell = live.server.hub.tell_message
    await tell("MESSAGE_CREATE", event_json(asked), live.room, seen=True)
    await live.logs("invocation", 2)
    again = await live.reader.mention(live.room, "about")
    await live.server.said(live.room, again)
    await live.logs("invocation", 3)
    own = [
        message
        for message in live.room.messages.values()
        if message.author is live.server.world.bot
    ]
    assert len(own) == 2
