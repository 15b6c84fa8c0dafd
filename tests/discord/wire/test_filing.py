"""Filing over real sockets: forms, choices, and clicks that come at once or more than once."""

import asyncio

import pytest

from tests.discord.loopback import Form, Member, Message
from tests.discord.loopback.rules_components import SELECT, inside
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.discord.wire.stage import Stage, first_line, labels, plain

CLAIM = {
    "text": "The bridge at «Rodynske» is down.",
    "by": "Putin",
    "day": "2025-11-06",
    "place": "Pokrovsk",
    "source": "S-1",
}


@pytest.fixture
def who(stage: Stage) -> Member:
    """A moderator of the desk, at home."""
    role = stage.server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    return stage.server.member(stage.guild, "Moderator One", roles=[role])


async def open_form(stage: Stage, who: Member) -> Form:
    return await (await who.slash(stage.room, "add claim")).form()


async def file_claim(stage: Stage, who: Member, **other: str) -> Message:
    """Return the card of a draft."""
    return await (await who.submit(await open_form(stage, who), CLAIM | other)).answer()


def menu(card: Message, param: str) -> str:
    """Return the id of a card's menu."""
    menus = [
        component["custom_id"]
        for component in inside(card.components)
        if component["type"] == SELECT
    ]
    return next(str(menu) for menu in menus if f":{param}:" in menu)


async def entries(stage: Stage) -> int:
    """Return how many entries were filed here."""
    filed = [await stage.bot.store.entries.get(number) for number in (65, 66, 67)]
    return len([reference for reference in filed if reference])


async def test_a_claim_is_filed_by_form_choice_and_button(stage: Stage, who: Member) -> None:
    async with stage.running():
        card = await file_claim(stage, who)
        assert card.ephemeral
        chosen = await (await who.select(card, menu(card, "credibility"), ["=3"])).answer()
        assert chosen is card
        form = await (await who.click(card, labels(card)["Edit"])).form()
        assert {name: field["value"] for name, field in form.fields.items()} == CLAIM
        edited = await (
            await who.submit(form, CLAIM | {"text": "It is down.", "place": ""})
        ).answer()
        assert edited is card
        filed = await (await who.click(card, labels(card)["File"])).answer()
        assert first_line(filed) == "Filed as `E-65`"
        assert "It is down." in plain(filed)
        assert "F3" in plain(filed)


async def test_a_form_and_a_choice_work_over_a_restart(stage: Stage, who: Member) -> None:
    async with stage.running():
        form = await open_form(stage, who)
    async with stage.running():
        card = await (await who.submit(form, CLAIM | {"day": "whenever"})).answer()
        assert "“whenever” is not a day I can read" in plain(card)
    async with stage.running():
        form = await (await who.click(card, labels(card)["Fix"])).form()
        assert form.fields["day"]["value"] == "whenever"
    async with stage.running():
        card = await (await who.submit(form, CLAIM)).answer()
    async with stage.running():
        assert await (await who.select(card, menu(card, "type"), ["=supply"])).answer() is card


async def test_two_different_clicks_on_one_draft_at_once_are_one_entry(
    stage: Stage, who: Member
) -> None:
    async with stage.running():
        card = await file_claim(stage, who)
        same = await (await who.slash(stage.room, "draft show", {"ref": "D-1"})).answer()
        clicks = [who.click(message, labels(message)["File"]) for message in (card, same)]
        first, second = [await click.answer() for click in await asyncio.gather(*clicks)]
        assert first_line(first) == "Filed as `E-65`"
        assert plain(second) == plain(first)
        assert await entries(stage) == 1


async def test_one_click_that_is_delivered_ten_times_is_one_entry_and_one_answer(
    stage: Stage, who: Member
) -> None:
    async with stage.running():
        card = await file_claim(stage, who)
        asked = await who.click(card, labels(card)["File"])
        await who.again(asked, 9)
        await stage.logs("answered before", 9)
        assert first_line(await asked.answer()) == "Filed as `E-65`"
        assert await entries(stage) == 1
        assert [line["outcome"] for line in stage.log("invocation")[-10:]] == ["answered"] * 10


async def test_one_form_that_is_delivered_ten_times_is_one_draft(stage: Stage, who: Member) -> None:
    async with stage.running():
        asked = await who.submit(await open_form(stage, who), CLAIM)
        await who.again(asked, 9)
        await stage.logs("answered before", 9)
        assert first_line(await asked.answer()) == "D-1 · draft of a claim"
        assert await stage.bot.store.drafts.get(2) is None


async def test_a_half_typed_draft_is_its_owners_in_a_room_of_public_answers_too(
    stage: Stage, who: Member
) -> None:
    role = next(role for role in stage.guild.roles.values() if role.name == "desk")
    other = stage.server.member(stage.guild, "Moderator Two", roles=[role])
    async with stage.running():
        card = await file_claim(stage, who, day="whenever")
        assert "Rodynske" in plain(card)
        refused = await (await other.slash(stage.room, "draft show", {"ref": "D-1"})).answer()
        assert plain(refused).startswith("D-1 belongs to someone else")
        own = await (await other.slash(stage.room, "draft show")).answer()
        assert first_line(own).startswith("You have no drafts.")
        assert stage.room.messages == {}
