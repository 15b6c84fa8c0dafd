"""Buttons: paging, other people's clicks, restarts, and what no longer can be followed."""

import gc

from discord.ui import LayoutView

from commands import COMMANDS
from store import Store
from tests.discord.simulation import DiscordBot, Server, Shown, answer_of, serving
from tests.discord.steps import make_public, post_here
from tests.discord.trial_commands import LONG, long

DAY_S = 24 * 60 * 60


async def pages(here: Server) -> Shown:
    return answer_of(await here.reader.slash(here.room, "claims", since="2025-10-29"))


async def test_more_turns_the_page_in_place_until_the_last(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        page, seen = await pages(here), []
        first = page.message.id
        while True:
            seen += [line for line in page.text.splitlines() if line.startswith("• ")]
            if "More" not in page.buttons:
                break
            page = answer_of(await here.reader.click(page.message, label="More"))
            assert page.message.id == first
            assert page.private
        assert here.room.last_message is None
        assert len(seen) == len(set(seen)) > 10


async def test_a_public_page_is_turned_in_place_by_its_asker_and_stays_public(
    store: Store,
) -> None:
    async with serving(DiscordBot(store)) as here:
        posted = answer_of(
            await here.reader.click((await pages(here)).message, label="Post here"),
        )
        turned = answer_of(await here.reader.click(posted.message, label="More"))
        assert turned.message.id == posted.message.id
        assert turned.text != posted.text
        assert not turned.private
        assert "Post here" not in turned.buttons


async def test_the_answer_to_a_mention_is_turned_in_place_by_who_wrote_it(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await here.reader.send(here.room, f"{here.mention} claims since:2025-10-29")
        message = here.last()
        turned = answer_of(await here.reader.click(message.message, label="More"))
        assert turned.message.id == message.message.id
        assert turned.text == here.last().text != message.text


async def test_another_persons_click_answers_that_person_alone(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        posted = answer_of(
            await here.reader.click((await pages(here)).message, label="Post here"),
        )
        other, third = here.member("other"), here.member("third")
        theirs = answer_of(await other.click(posted.message, label="More"))
        assert theirs.private
        assert theirs.message.id != posted.message.id
        assert answer_of(here.room.history(viewer=third)[-1]).text == posted.text
        again = await post_here(other, theirs)
        assert again.text == theirs.text
        assert not again.private


async def test_in_a_public_room_too_another_persons_click_is_their_own(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await make_public(here)
        page = await pages(here)
        theirs = answer_of(await here.member("other").click(page.message, label="More"))
        assert theirs.private
        mine = answer_of(await here.reader.click(page.message, label="More"))
        assert mine.text == theirs.text
        assert mine.message.id == page.message.id


async def test_what_is_wrong_with_a_click_is_said_apart_and_the_answer_stays(
    store: Store,
) -> None:
    async with serving(DiscordBot(store)) as here:
        await here.reader.send(here.room, f"{here.mention} about")
        about = here.last()
        await here.env.restart_bot(DiscordBot(store, commands=COMMANDS[:1]).client())
        refused = answer_of(await here.reader.click(about.message, label="What you can ask"))
        assert refused.private
        assert refused.first == "This button is too old. Ask again."
        assert here.last().text == about.text


async def test_buttons_work_after_a_restart(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        page = await pages(here)
        long_ = answer_of(await here.reader.slash(here.room, "claims", text=LONG))
        assert long_.buttons["More"].startswith("do:#")
        await here.env.restart_bot(here.desk.client())
        turned = answer_of(await here.reader.click(page.message, label="More"))
        assert turned.message.id == page.message.id
        turned = answer_of(await here.reader.click(long_.message, label="More"))
        assert turned.first.startswith("39 claims")
        assert turned.text != long_.text
        posted = answer_of(await here.reader.click(turned.message, label="Post here"))
        assert posted.text == turned.text


async def test_buttons_work_after_weeks_and_a_long_question_is_asked_again_after_that(
    store: Store,
) -> None:
    async with serving(DiscordBot(store)) as here:
        page = await pages(here)
        long_ = answer_of(await here.reader.slash(here.room, "claims", text=LONG))
        await here.env.advance_time(29 * DAY_S)
        assert answer_of(await here.reader.click(long_.message, label="More")).text != long_.text
        long_ = answer_of(await here.reader.slash(here.room, "claims", text=LONG))
        await here.env.advance_time(40 * DAY_S)
        await here.reader.slash(here.room, "claims", text=f"{LONG} city")
        expired = answer_of(await here.reader.click(long_.message, label="More"))
        assert expired.plain == "This button is too old. Ask again."
        assert expired.private
        assert answer_of(await here.reader.click(page.message, label="More")).text != page.text


async def test_a_long_answer_comes_in_parts_that_lose_nothing(store: Store) -> None:
    async with serving(DiscordBot(store, commands=(long,))) as here:
        part = answer_of(await here.reader.slash(here.room, "long"))
        first, text = part.message.id, part.text
        assert list(part.buttons) == ["The rest (2 of 3)", "Post here"]
        await here.env.restart_bot(here.desk.client())
        part = answer_of(await here.reader.click(part.message, label="The rest (2 of 3)"))
        text += f"\n{part.text}"
        part = answer_of(await here.reader.click(part.message, label="The rest (3 of 3)"))
        text += f"\n{part.text}"
        assert part.message.id == first
        assert list(part.buttons) == ["Post here"]
        lines = [f"• Line {n} of the answer to reader, and of some length" for n in range(160)]
        assert text.splitlines() == ["**A long answer**", *lines]


async def test_a_private_answer_leaves_nothing_in_memory(store: Store) -> None:
    """The library kept each for 15 minutes, waiting for clicks: some 10 KB an answer."""
    async with serving(DiscordBot(store)) as here:
        for _ in range(3):
            assert answer_of(await here.reader.slash(here.room, "status", place="Pokrovsk")).buttons
        gc.collect()
        assert not [item for item in gc.get_objects() if type(item) is LayoutView]
