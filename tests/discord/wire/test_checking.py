"""A check, what follows from it, and what is told later, on a Discord with real sockets."""

import pytest

from bot.notify.notice_delivery import NoticeDelivery
from store.model.filing import FiledPlace
from tests.discord.loopback import Interaction, Member, Message
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.discord.wire.office import Office
from tests.discord.wire.stage import Stage, first_line, labels, plain
from tests.store.conftest import addition, an_entry

CLAIM = "Путін каже, що Покровськ оточений"
KHARKIV = 706483


async def tell(office: Office) -> None:
    """Say what is to be said by now."""
    bot = office.stage.bot
    dispatch, posting = bot.port().dispatch, {"discord": office.poster}
    await NoticeDelivery(office.store.notice_queue, dispatch, posting, office.now, bot.log).due(
        "discord"
    )


async def answer(asked: Interaction) -> Message:
    message = await asked.answer()
    assert message.ephemeral
    return message


async def test_what_was_checked_by_its_menu_is_shown_in_the_room_by_the_bot_itself(
    office: Office,
) -> None:
    stage, reader = office.stage, office.stage.reader
    message = await reader.say(stage.room, CLAIM)
    checked = await answer(await reader.menu(message, "Check this"))
    assert "Says the same" in plain(checked)
    confirmed = await answer(await reader.click(checked, labels(checked)["This is it"]))
    assert first_line(confirmed) == "On record: `E-28`"
    assert office.own(stage.room) == []
    waits = await answer(await reader.click(confirmed, labels(confirmed)["Show in the room"]))
    assert "it does not name you" in plain(waits)
    await tell(office)
    await tell(office)
    (shown,) = office.own(stage.room)
    assert first_line(shown) == "On record: `E-28`"
    assert not {"Reader One", CLAIM} & {*plain(shown).split("\n")}
    assert str(reader.id) not in repr(shown.payload)


@pytest.fixture
def moderator(stage: Stage) -> Member:
    """A moderator of the desk, at home."""
    role = stage.server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    return stage.server.member(stage.guild, "Moderator One", roles=[role])


async def test_what_nobody_could_answer_is_counted_and_told_once_when_it_is_there(
    moderator: Member, office: Office
) -> None:
    stage, server = office.stage, office.server
    people = [stage.reader, *(server.member(stage.guild, f"Reader {n}") for n in "23")]
    for person in people:
        asked = await answer(await person.slash(stage.room, "status", {"place": "Kharkiv"}))
    await answer(await people[-1].click(asked, labels(asked)["Tell me when there is"]))
    await office.turn()
    gaps = await answer(await moderator.slash(stage.room, "gaps", {}))
    assert "Kharkiv" in plain(gaps)
    assert "on 1 day · 3 people" in plain(gaps)
    assert "1 waits to be told" in plain(gaps)
    entry = an_entry(text="A drone hit a depot.", places=(FiledPlace(KHARKIV),))
    await office.store.history.write(office.act("filed"), addition(entry))
    await office.turn()
    await tell(office)
    await office.turn(minutes=5)
    await tell(office)
    (told,) = people[-1].talk.messages.values()
    assert first_line(told) == "Kharkiv: there is something on record now, as you asked"
    assert "A drone hit a depot." in plain(told)
