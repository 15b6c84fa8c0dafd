"""What can be done with a message from its menu: look it up, or file it with a form."""

from datetime import UTC, date, datetime

import pytest
import simcord

from commands import COMMANDS
from store import Store
from tests.discord.simulation import HOME, DiscordBot, answer_of, serving
from tests.discord.steps import inputs, moderator, warden
from tests.discord.trial_commands import FILE, note

LATE_EVENING_S = 23 * 60 * 60
"""Into the simulation's first day by UTC; in Kyiv the next has begun."""


def noting(store: Store) -> DiscordBot:
    return DiscordBot(store, commands=(*COMMANDS, note), now=datetime(2026, 1, 3, tzinfo=UTC))


async def test_anyone_can_look_a_message_up_and_gets_it_alone(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        message = await here.member("author").send(here.room, "Fighting near Покровськ, they say")
        card = answer_of(await here.reader.context_menu(here.room, "Check this", message))
        assert card.private
        assert card.first == "On record here about that message"
        assert "Heavy fighting has gone on in Pokrovsk" in card.text
        place = answer_of(await here.reader.click(card.message, label="Pokrovsk"))
        assert place.first.startswith("Pokrovsk: ◆ Contested")


async def test_a_message_with_nothing_on_record_says_so(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        message = await here.member("author").send(here.room, "lunch?")
        card = answer_of(await here.reader.context_menu(here.room, "Check this", message))
        assert card.plain == "Nothing in that message is on record here"


async def test_a_message_without_words_is_no_bug(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        message = await here.member("author").send(here.room, attachments=[("map.txt", b"map")])
        card = answer_of(await here.reader.context_menu(here.room, "Check this", message))
        assert card.private
        assert card.plain == "That message has no text."


async def test_a_form_holds_what_the_message_says_and_gives_it_to_the_command(
    store: Store,
) -> None:
    async with serving(noting(store), HOME) as here:
        who = moderator(here)
        await here.env.advance_time(LATE_EVENING_S)
        message = await here.member("author").send(here.room, "The bridge is *down*.")
        assert message.created_at.date() == date(2026, 1, 1)
        opened = await who.context_menu(here.room, FILE, message)
        assert inputs(opened) == {
            "text": "The bridge is *down*.",
            "day": "2026-01-02",
            "by": "author",
            "source": message.jump_url,
        }
        assert opened.modal is not None
        assert len(opened.modal["title"]) <= 45
        filed = answer_of(
            await who.submit_modal(opened, inputs(opened) | {"text": "It is down.", "by": ""})
        )
        assert filed.private
        assert "desk member filed: It is down., 2026-01-02, ," in filed.text


async def test_a_form_that_was_open_over_a_restart_is_still_taken(store: Store) -> None:
    async with serving(noting(store), HOME) as here:
        who = moderator(here)
        message = await here.member("author").send(here.room, "The bridge is down.")
        opened = await who.context_menu(here.room, FILE, message)
        await here.env.restart_bot(here.desk.client())
        filed = answer_of(await who.submit_modal(opened, inputs(opened)))
        assert "desk member filed: The bridge is down.," in filed.text


async def test_what_is_wrong_in_a_form_is_said_with_what_to_write(store: Store) -> None:
    async with serving(noting(store), HOME) as here:
        who = moderator(here)
        message = await here.member("author").send(here.room, "The bridge is down.")
        opened = await who.context_menu(here.room, FILE, message)
        refused = answer_of(await who.submit_modal(opened, inputs(opened) | {"day": "whenever"}))
        assert refused.private
        assert "whenever" in refused.first


async def test_who_is_no_moderator_of_the_desk_is_told_at_once_and_gets_no_form(
    store: Store,
) -> None:
    async with serving(noting(store), HOME) as here:
        message = await here.member("author").send(here.room, "The bridge is down.")
        with pytest.raises(simcord.SetupError):
            await here.reader.context_menu(here.room, FILE, message)
        refused = await warden(here).context_menu(here.room, FILE, message)
        assert refused.modal is None
        assert "Only moderators can use" in answer_of(refused).text
        assert answer_of(refused).private


async def test_a_form_kept_open_by_someone_who_is_no_moderator_any_more_is_refused(
    store: Store,
) -> None:
    async with serving(noting(store), HOME) as here:
        who = moderator(here)
        message = await here.member("author").send(here.room, "The bridge is down.")
        opened = await who.context_menu(here.room, FILE, message)
        here.desk.moderators.clear()
        refused = answer_of(await who.submit_modal(opened, inputs(opened)))
        assert "Only moderators can use" in refused.text
