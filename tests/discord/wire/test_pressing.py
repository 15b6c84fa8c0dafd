"""Buttons: in place for whoever asked, apart for anyone else, and after a restart."""

from tests.discord.loopback import Member, Message
from tests.discord.loopback.world import MANAGE_SERVER
from tests.discord.trial_commands import LONG, long
from tests.discord.wire.stage import Stage, first_line, labels


async def pages(stage: Stage, **given: str) -> Message:
    asked = await stage.reader.slash(stage.room, "claims", given or {"since": "2025-10-29"})
    return await asked.answer()


async def post_page(stage: Stage) -> Message:
    """Return an answer that its asker has shown to the room."""
    page = await pages(stage)
    shown = await (await stage.reader.click(page, labels(page)["Post here"])).answer()
    assert stage.room.messages == {shown.id: shown}
    return shown


async def test_a_button_changes_the_answer_in_place_for_its_asker(live: Stage) -> None:
    page = await pages(live)
    before, turned = page.text, await live.reader.click(page, labels(page)["More"])
    assert await turned.answer() is page
    assert page.text != before
    assert page.ephemeral


async def test_another_persons_click_is_answered_to_them_and_the_answer_stays(
    live: Stage,
) -> None:
    shown = await post_page(live)
    before, guest = shown.text, live.server.member(live.guild, "Reader Two")
    theirs = await (await guest.click(shown, labels(shown)["More"])).answer()
    assert theirs.ephemeral
    assert (shown.text, shown.edits) == (before, 0)
    mine = await (await live.reader.click(shown, labels(shown)["More"])).answer()
    assert mine is shown
    assert mine.text == theirs.text.replace("Post here", "")


async def test_the_answer_to_a_mention_is_turned_by_who_wrote_it(live: Stage) -> None:
    asked = await live.reader.mention(live.room, "claims since:2025-10-29")
    answer = await live.server.said(live.room, asked)
    guest = live.server.member(live.guild, "Reader Two")
    theirs = await (await guest.click(answer, labels(answer)["More"])).answer()
    assert theirs.ephemeral
    assert await (await live.reader.click(answer, labels(answer)["More"])).answer() is answer


async def test_a_posted_answer_is_public_and_cannot_be_posted_again(live: Stage) -> None:
    page = await pages(live)
    shown = await post_page(live)
    assert shown.text == page.text
    assert "Post here" in labels(page)
    assert "Post here" not in labels(shown)


async def test_buttons_work_after_a_restart_of_the_client(stage: Stage) -> None:
    async with stage.running():
        page, long_ = await pages(stage), await pages(stage, text=LONG)
        assert labels(long_)["More"].startswith("do:#")
    async with stage.running():
        for card in (page, long_):
            before = card.text
            assert await (await stage.reader.click(card, labels(card)["More"])).answer() is card
            assert card.text != before


async def test_a_long_answer_comes_in_parts_that_lose_nothing(stage: Stage) -> None:
    stage.bot.commands = (long,)
    async with stage.running():
        part = await (await stage.reader.slash(stage.room, "long")).answer()
        text = part.text
        for label in ("The rest (2 of 3)", "The rest (3 of 3)"):
            assert await (await stage.reader.click(part, labels(part)[label])).answer() is part
            text += f"\n{part.text}"
    lines = [f"• Line {n} of the answer to Reader One, and of some length" for n in range(160)]
    assert text.splitlines() == ["**A long answer**", *lines]


async def test_a_room_with_public_answers_shows_them_and_still_refuses_in_private(
    live: Stage,
) -> None:
    chief = live.server.member(live.guild, "Manager One", permissions=MANAGE_SERVER)
    set_ = await (await chief.slash(live.room, "room", {"answers": "public"})).answer()
    assert set_.ephemeral
    shown = await (await live.reader.slash(live.room, "about")).answer()
    assert live.room.messages == {shown.id: shown}
    refused = await (await live.reader.slash(live.room, "status", {"place": "Pokrovske"})).answer()
    assert first_line(refused) == "Which Pokrovske? There are 22."
    assert refused.ephemeral
    elsewhere = live.server.channel(live.guild, "elsewhere")
    assert (await (await live.reader.slash(elsewhere, "about")).answer()).ephemeral


async def waiting(stage: Stage, who: Member, line: str) -> tuple[Message, str]:
    """Mention the bot; return what it says, and the button behind which the answer is."""
    answer = await stage.server.said(stage.room, await who.mention(stage.room, line))
    return answer, labels(answer)["Show it to me"]


async def test_what_a_mention_did_is_shown_to_its_asker_and_not_done_once_more(
    stage: Stage,
) -> None:
    """Behind the button the line was asked anew: it took one more act back, or was refused."""
    stage.bot.homes.add(str(stage.guild.id))
    chief = stage.server.member(stage.guild, "Chief", permissions=MANAGE_SERVER)
    async with stage.running():
        for line, first in (
            ("retract E-36 It repeats E-35.", "`E-36` retracted: It repeats `E-35`."),
            ("retract E-35 It repeats E-34.", "`E-35` retracted: It repeats `E-34`."),
            ("undo", "Undone: `E-35` retracted"),
        ):
            answer = await (await chief.click(*await waiting(stage, chief, line))).answer()
            assert first_line(answer).replace("`", "") == first.replace("`", "")
            assert answer.ephemeral
        history = stage.bot.store.history
        assert [revision.act for revision in await history.of("E-36")][-1:] == ["retract"]
        assert [revision.act for revision in await history.of("E-35")][-2:] == ["retract", "undo"]


async def test_nobody_elses_click_does_what_a_mention_did(live: Stage) -> None:
    """Whoever pressed the button under another's wish to be forgotten was forgotten as well."""
    message, button = await waiting(live, live.reader, "watch add Pokrovsk")
    guest = live.server.member(live.guild, "Reader Two")
    theirs = await (await guest.click(message, button)).answer()
    assert first_line(theirs) == "Only the person who asked can use that."
    assert theirs.ephemeral
    watched = await (await guest.slash(live.room, "watch list")).answer()
    assert first_line(watched) == "No watched places yet, yours or here"
