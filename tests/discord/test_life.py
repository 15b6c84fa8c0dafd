"""The life of a submission, as a member and two moderators click it: from /submit to /entry."""

import simcord

from store import Store
from tests.discord.simulation import HOME, DiscordBot, Server, Shown, answer_of, serving
from tests.discord.steps import (
    DRONE,
    approve_submission,
    ask,
    inputs,
    moderator,
    press,
    submit_form,
)


async def fill_form(who: simcord.MemberActor, card: Shown, label: str, **other: str) -> Shown:
    """Open a card's form, change some of it, and return what it comes to."""
    opened = await who.click(card.message, label=label)
    return answer_of(await submit_form(who, opened, inputs(opened) | other))


async def correct_entry(here: Server, who: simcord.MemberActor, **other: str) -> Shown:
    """Fill in the form of /edit E-65, and return the card of the correction."""
    opened = await who.slash(here.room, "edit", ref="E-65")
    return answer_of(await submit_form(who, opened, inputs(opened) | other))


async def test_submitted_mended_approved_once_and_told(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        first, two = moderator(here, "Moderator One"), moderator(here, "Moderator Two")
        sent = await ask(here, here.reader, "submit", **DRONE, day="yesterdayish")
        assert sent.first == "Thank you. D-1 waits for a review."
        queue, other = await ask(here, first, "review"), await ask(here, two, "review")
        assert "“yesterdayish” is not a day I can read" in queue.plain
        assert "Moderator One started reviewing it just now" in other.plain
        mended = await fill_form(first, queue, "Fix", day="2025-11-06")
        assert mended.message.id == queue.message.id
        filed = await press(first, mended, "Approve")
        assert filed.first == "Filed as `E-65`"
        for late in ("Fix", "Reject"):
            refused = await press(two, other, late)
            assert refused.plain == "That is filed already, as E-65.\nModerator One did that."
        told = await ask(here, here.reader, "me", ref="D-1")
        assert told.first == "D-1: is on record as `E-65`"
        assert all(card.private for card in (sent, queue, other, mended, told))


async def test_undo_names_the_act_that_it_stands_under(store: Store) -> None:
    """It took back whatever one had done last, and not what was shown above it."""
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        filed = await approve_submission(here, who)
        card = await correct_entry(here, who, day="2025-11-05", why="The source says the fifth.")
        after = await press(who, card, "File")
        own = [revision.seq for revision in await store.history.of("E-65")]
        undo = [card.buttons["Undo"] for card in (filed, after)]
        assert undo == [f"do:=/undo revision:{seq}" for seq in own]


async def test_turned_down_with_a_reason_in_a_form(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        await ask(here, here.reader, "submit", **DRONE)
        rejected = await fill_form(who, await ask(here, who, "review"), "Reject", why="No day.")
        assert rejected.first == "D-1 is rejected: No day."
        told = await ask(here, here.reader, "me", ref="D-1")
        assert told.first == "D-1: was rejected: No day."


async def test_corrected_by_one_while_another_was_at_it(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        first, two = moderator(here, "Moderator One"), moderator(here, "Moderator Two")
        await approve_submission(here, first)
        mine = await correct_entry(here, first, day="2025-11-05", why="The source says the fifth.")
        theirs = await correct_entry(here, two, text="Two drones hit it.", why="There were two.")
        assert (await press(first, mine, "File")).first == "Corrected `E-65`"
        late = await press(two, theirs, "File")
        assert "E-65 was changed meanwhile" in late.plain
        assert "The source says the fifth." in late.plain
        entry = await store.entries.get(65)
        assert entry is not None
        assert entry.text == DRONE["text"]
        onto = await press(two, late, "Apply to the new version")
        assert (await press(two, onto, "File")).first == "Corrected `E-65`"
        entry = await store.entries.get(65)
        assert entry is not None
        assert (entry.text, entry.day.edtf) == ("Two drones hit it.", "2025-11-05")


async def test_a_correction_with_a_bad_day_keeps_what_was_typed(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        await approve_submission(here, who)
        card = await correct_entry(here, who, day="whenever", why="The source says the fifth.")
        assert "“whenever” is not a day I can read" in card.plain
        card = await fill_form(who, card, "Edit", day="2025-11-05")
        assert (await press(who, card, "File")).first == "Corrected `E-65`"
        shown_ = await ask(here, here.reader, "entry", ref="E-65")
        assert "The source says the fifth." in shown_.plain
