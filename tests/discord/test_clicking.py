"""Filing on Discord as moderators and members click it, from a message to the record."""

import asyncio

import pytest
import simcord

from bot.adapters.discord.rendering.card import render
from bot.dispatch import Outcome
from commands.kit.invocation import Caller, Role, Room
from store import Store
from store.model.draft import DraftState
from tests.discord.markdown_reader import VOICE
from tests.discord.simulation import HOME, DiscordBot, Server, Shown, answer_of, serving
from tests.discord.steps import CLAIM, file_claim, inputs, make_public, moderator, press


async def test_a_message_is_filed_as_a_claim_from_its_menu(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        message = await here.member("witness").send(here.room, "The bridge is *down*.")
        opened = await who.context_menu(here.room, "File as claim", message)
        assert opened.modal is not None
        assert opened.modal["title"] == "File a claim"
        assert inputs(opened) == {
            "text": "The bridge is *down*.",
            "by": "witness",
            "day": message.created_at.date().isoformat(),
            "place": "",
            "source": message.jump_url,
        }
        card = answer_of(
            await who.submit_modal(
                opened, inputs(opened) | {"by": "Putin", "day": "2025-11-06", "place": "Pokrovsk"}
            )
        )
        assert card.private
        assert "No source of that address is on record." in card.plain
        card = await press(who, card, "Create it as a post")
        filed = await press(who, card, "File")
        assert filed.first == "Filed as `E-65`"
        entry = await store.entries.get(65)
        assert entry is not None
        assert entry.text == "The bridge is *down*."
        assert entry.sources[0].source.url == message.jump_url


async def test_a_message_is_filed_as_an_event_without_a_speaker(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        message = await here.member("witness").send(here.room, "The bridge is down.")
        opened = await moderator(here).context_menu(here.room, "File as event", message)
        assert list(inputs(opened)) == ["text", "place", "day", "type", "source"]


async def test_a_bad_day_keeps_all_that_was_typed_and_fix_opens_it_again(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        card = await file_claim(here, who, day="whenever")
        assert "day: “whenever” is not a day I can read" in card.plain
        await here.env.restart_bot(here.desk.client())
        opened = await who.click(card.message, label="Fix")
        assert inputs(opened) == CLAIM | {"day": "whenever"}
        fixed = answer_of(await who.submit_modal(opened, CLAIM))
        assert fixed.message.id == card.message.id
        assert "File" in fixed.buttons


async def test_a_cleared_field_is_empty_and_the_others_stay(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        card = await file_claim(here, who)
        opened = await who.click(card.message, label="Edit")
        card = answer_of(await who.submit_modal(opened, inputs(opened) | {"place": ""}))
        assert "Pokrovsk" not in card.plain
        draft = await store.drafts.get(1)
        assert draft is not None
        assert draft.fields == {k: v for k, v in CLAIM.items() if k != "place"}


async def test_a_form_of_a_dropped_draft_says_that_it_is_gone(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        card = await file_claim(here, who)
        opened = await who.click(card.message, label="Edit")
        assert (await press(who, card, "Drop")).first == "Dropped D-1."
        gone = answer_of(await who.submit_modal(opened, CLAIM | {"text": "Written at length."}))
        assert gone.first.startswith("Draft D-1 is gone")
        again = await who.click(gone.message, label="Fix")
        assert inputs(again)["text"] == "Written at length."


async def test_a_choice_changes_the_draft_and_the_old_card_files_nothing(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        card = await file_claim(here, who)
        stale = card.buttons["File"]
        (menu,) = (menu for menu in card.menus if ":credibility:" in menu)
        chosen = answer_of(await who.select(card.message, ["=3"], custom_id=menu))
        assert chosen.message.id == card.message.id
        assert "F3" in chosen.plain
        assert "Credibility: 3, possibly true" in chosen.menus[menu]
        refused = await press_forgery(here, who, chosen, stale)
        assert refused.plain.startswith("`D-1` was changed since you saw it.")
        assert await store.entries.get(65) is None


async def press_forgery(
    here: Server, who: simcord.MemberActor, card: Shown, custom_id: str
) -> Shown:
    """Press a button that the message does not have, as a client of one's own could."""
    stored = here.env.backend.get_message(here.room.id, card.message.id)
    kept = stored.components
    button = {"type": 2, "style": 2, "label": "Forged", "custom_id": custom_id, "id": 99}
    stored.components = [*kept, {"type": 1, "id": 98, "components": [button]}]
    try:
        return answer_of(await who.click(card.message, custom_id=custom_id))
    finally:
        stored.components = kept


@pytest.mark.parametrize(
    "line", ["do:=/draft file ref:D-1", "do:=/draft fill ref:D-1", "pick:kind:=/review ref:D-1"]
)
async def test_anothers_draft_cannot_be_seen_changed_or_filed(store: Store, line: str) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        card = await file_claim(here, moderator(here))
        other = moderator(here, "Moderator Two")
        theirs = await file_claim(here, other)
        assert "D-2" in theirs.first
        if line.startswith("do"):
            refused = await press_forgery(here, other, theirs, line)
            assert refused.plain.startswith("D-1 belongs to someone else")
        opened = await other.click(theirs.message, label="Edit")
        opened._interaction.modal["custom_id"] = "form:=/add claim draft:D-1"  # type: ignore[index]
        refused = answer_of(await other.submit_modal(opened, CLAIM))
        assert refused.plain.startswith("D-1 belongs to someone else")
        assert (await press(other, theirs, "Drop")).first == "Dropped D-2."
        draft = await store.drafts.get(1)
        assert draft is not None
        assert draft.state is DraftState.OPEN
        assert card.private


async def test_a_members_forged_button_of_a_moderator_is_refused(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        await file_claim(here, moderator(here))
        help_ = answer_of(await here.reader.slash(here.room, "help"))
        refused = await press_forgery(here, here.reader, help_, "do:=/draft file ref:D-1")
        assert refused.plain == "Only moderators can use `/draft file`."
        assert await store.entries.get(65) is None


@pytest.mark.parametrize(
    "line",
    ["/add claim text:Down. by:Putin day:2025-11-06 source:S-1", "/draft file ref:D-1 seen:1"],
)
async def test_one_delivery_ten_times_at_once_is_one_act_and_ten_equal_answers(
    store: Store, line: str
) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        await file_claim(here, who)
        caller = Caller("discord", f"{who.id}", who.name, Role.MODERATOR)
        desk, room = here.desk.port().dispatch, Room("discord", "1")
        told = [desk.line(caller, line, room, "discord:77") for _ in range(10)]
        outcomes = await asyncio.gather(*told)
        assert {outcome.outcome for outcome in outcomes} == {Outcome.ANSWERED}
        first, *others = (render(outcome.reply, VOICE, outcome.asked) for outcome in outcomes)
        assert others == [first] * 9
        assert await store.drafts.get(3) is None
        assert await store.entries.get(66) is None


async def test_filing_stays_with_who_files_in_a_room_with_public_answers_too(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        await make_public(here)
        who = moderator(here)
        card = await file_claim(here, who)
        assert card.private
        await who.send(here.room, f"{here.mention} draft show D-1")
        assert here.last().plain == "Only you may see that answer."
        shown_to = answer_of(await who.click(here.last().message, label="Show it to me"))
        assert shown_to.private
        assert "Rodynske" in shown_to.plain
        other = moderator(here, "Moderator Two")
        refused = answer_of(await other.click(here.last().message, label="Show it to me"))
        assert refused.private
        assert refused.plain == "Only the person who asked can use that."
        assert all("Rodynske" not in answer_of(message).text for message in here.room.history())
