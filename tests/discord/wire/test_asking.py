"""The ways to ask: slash command, suggestions, menus, a form, a mention, in private."""

import pytest

from bot.adapters.discord.invite import PERMISSIONS
from store.model.revision import Act, Person
from store.workflow.state import RoomSettings
from tests.discord.loopback.world import EVERY_PERMISSION, MANAGE_MESSAGES, PUBLIC_THREAD
from tests.discord.simulation import NOW
from tests.discord.trial_commands import FILE
from tests.discord.wire.stage import Stage, first_line, labels, noting


async def test_a_slash_command_is_answered_to_its_asker_alone(live: Stage) -> None:
    asked = await live.reader.slash(live.room, "status", {"place": "Pokrovsk"})
    answer = await asked.answer()
    assert first_line(answer).startswith("Pokrovsk: ◆ Contested (gray zone)")
    assert "Others say otherwise: Vitalii Deineha" in answer.text
    assert answer.ephemeral
    assert live.room.messages == {}
    assert [line["command"] for line in live.log("invocation")] == ["status"]


async def test_no_answer_asks_for_its_message_in_return(live: Stage) -> None:
    """Each was sent back whole, and the library made objects of it at which nobody looked."""
    answer = await (await live.reader.slash(live.room, "status", {"place": "Pokrovsk"})).answer()
    await (await live.reader.click(answer, labels(answer)["Events"])).answer()
    await (await live.reader.slash(live.room, "export", {"format": "csv"})).answer()
    calls = live.server.called("POST", "/interactions/")
    assert [(call.query, call.files) for call in calls] == [({}, 0), ({}, 0), ({}, 1)]


async def test_the_asker_is_answered_in_their_language_and_the_room_in_its_own(
    stage: Stage,
) -> None:
    async with stage.running():
        act = Act("uk", "room", Person("discord", "1", "A manager"), NOW, "To see.")
        to = RoomSettings(language="uk")
        await stage.bot.store.program_state.set_room(act, "discord", str(stage.room.id), to)
        guest = stage.server.member(stage.guild, "Reader Two", locale="uk")
        answer = await (await guest.slash(stage.room, "help")).answer()
        assert first_line(answer) == "Що можна запитати"
        answer = await (await stage.reader.slash(stage.room, "help")).answer()
        assert first_line(answer) == "What you can ask"
        await (await stage.reader.click(answer, labels(answer)["Post here"])).answer()
        (posted,) = stage.room.messages.values()
        assert first_line(posted) == "Що можна запитати"


async def test_suggestions_come_as_one_types_and_the_chosen_one_is_answered(live: Stage) -> None:
    choices = await live.reader.autocomplete(live.room, "status", {"place": "покровськ"}, "place")
    assert 1 < len(choices) <= 25
    asked = await live.reader.slash(live.room, "status", {"place": choices[0]["value"]})
    assert first_line(await asked.answer()).startswith("Pokrovsk: ")


async def test_a_mention_is_answered_in_the_room_with_a_reply(live: Stage) -> None:
    asked = await live.reader.mention(live.room, "status Pokrovsk")
    answer = await live.server.said(live.room, asked)
    assert answer.payload["message_reference"]["message_id"] == str(asked.id)
    assert first_line(answer).startswith("Pokrovsk: ")
    assert answer.payload["mentions"] == []


@pytest.mark.parametrize("name", ["general", "a thread"])
async def test_the_permissions_that_are_asked_for_are_enough(live: Stage, name: str) -> None:
    room, sending = live.room, PERMISSIONS["Send Messages"]
    if name == "a thread":
        room = live.server.world.thread(live.room, name, PUBLIC_THREAD)
        sending = PERMISSIONS["Send Messages in Threads"]
    own = PERMISSIONS["View Channels"] | sending | PERMISSIONS["Read Message History"]
    live.server.deny(live.room, EVERY_PERMISSION & ~own)
    asked = await live.reader.mention(room, "status Pokrovsk")
    answer = await live.server.said(room, asked)
    turned = await live.reader.click(answer, next(iter(labels(answer).values())))
    assert await turned.answer() is answer


async def test_what_is_not_for_the_bot_is_not_answered(live: Stage) -> None:
    await live.reader.say(live.room, "status Pokrovsk")
    asked = await live.reader.mention(live.room, "about")
    await live.server.said(live.room, asked)
    assert [line["command"] for line in live.log("invocation")] == ["about"]


async def test_in_private_neither_a_mention_nor_a_slash_is_needed(live: Stage) -> None:
    for line in ("status Pokrovsk", "/status Pokrovsk"):
        asked = await live.reader.dm(line)
        answer = await live.server.said(live.reader.talk, asked)
        assert first_line(answer).startswith("Pokrovsk: ")
    asked = await live.reader.dm("nonsense")
    answer = await live.server.said(live.reader.talk, asked)
    assert first_line(answer).startswith("I did not understand that.")


async def test_who_has_the_bot_on_their_own_account_asks_where_it_is_no_member(
    live: Stage,
) -> None:
    elsewhere = live.server.guild("Elsewhere", installed=False)
    room = live.server.channel(elsewhere, "general")
    guest = live.server.member(elsewhere, "Reader Two", installed=True)
    answer = await (await guest.slash(room, "status", {"place": "Pokrovsk"})).answer()
    turned = await (await guest.click(answer, next(iter(labels(answer).values())))).answer()
    assert turned is answer
    refused = await (await guest.slash(room, "room", {"answers": "public"})).answer()
    assert "Only managers of this server" in refused.text


@pytest.mark.parametrize("others", [1, 2])
async def test_who_has_the_bot_on_their_own_account_asks_it_among_friends(
    live: Stage, others: int
) -> None:
    """In direct messages with somebody else, and in a group."""
    guest = live.server.member(None, "Reader Two", installed=True)
    friends = [live.server.member(None, f"Friend {number}") for number in range(others)]
    room = live.server.private(guest, *friends)
    answer = await (await guest.slash(room, "status", {"place": "Pokrovsk"})).answer()
    assert first_line(answer).startswith("Pokrovsk: ")
    turned = await (await guest.click(answer, next(iter(labels(answer).values())))).answer()
    assert turned is answer


async def test_a_message_is_looked_up_from_its_menu(live: Stage) -> None:
    message = await live.reader.say(live.room, "Fighting near Покровськ, they say")
    card = await (await live.reader.menu(message, "Check this")).answer()
    assert first_line(card) == "On record here about that message"
    assert card.ephemeral
    place = await (await live.reader.click(card, labels(card)["Pokrovsk"])).answer()
    assert first_line(place).startswith("Pokrovsk: ")


async def test_a_form_opened_from_a_messages_menu_gives_the_command_what_it_holds(
    stage: Stage,
) -> None:
    who, answer = await noting(stage)
    async with stage.running():
        form = await (await who.menu(answer, FILE)).form()
        assert list(form.fields) == ["text", "day", "by", "source"]
        assert form.fields["text"]["value"] == "The bridge is *down*."
        filed = await (await who.submit(form, {"day": "2025-11-07"})).answer()
        assert "Moderator One filed: The bridge is \\*down\\*., 2025-11-07" in filed.text
        assert filed.ephemeral


async def test_a_form_that_was_open_over_a_restart_is_still_taken(stage: Stage) -> None:
    who, answer = await noting(stage)
    async with stage.running():
        form = await (await who.menu(answer, FILE)).form()
    async with stage.running():
        filed = await (await who.submit(form, {"day": "2025-11-07", "by": ""})).answer()
        assert "Moderator One filed: The bridge is \\*down\\*., 2025-11-07" in filed.text


async def test_who_is_no_moderator_of_the_desk_is_told_that_a_form_is_not_for_them(
    stage: Stage,
) -> None:
    _, answer = await noting(stage)
    warden = stage.server.member(stage.guild, "Warden One", permissions=MANAGE_MESSAGES)
    async with stage.running():
        refused = await (await warden.menu(answer, FILE)).answer()
        assert "Only moderators can use" in refused.text
        assert refused.ephemeral
