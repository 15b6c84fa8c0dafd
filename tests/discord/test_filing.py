"""Filing and submitting as people do it on Discord: a slash command, then buttons."""

from commands import COMMANDS
from store import Store
from tests.discord.simulation import HOME, DiscordBot, answer_of, serving
from tests.discord.steps import moderator


async def test_a_claim_is_filed_by_a_slash_command_and_one_click(store: Store) -> None:
    async with serving(DiscordBot(store, commands=COMMANDS), HOME) as here:
        desk = moderator(here)
        card = answer_of(
            await desk.slash(
                here.room,
                "add claim",
                text="The road is cut.",
                by="Putin",
                place="Pokrovsk",
                day="2025-11-05",
                source="S-1",
            )
        )
        assert card.private
        assert card.first == "D-1 · draft of a claim"
        filed = answer_of(await desk.click(card.message, label="File"))
        assert filed.first == "Filed as `E-65`"
        assert filed.private
        again = answer_of(await desk.click(card.message, label="Open E-65"))
        assert again.first.startswith("`E-65`, claim")


async def test_a_submission_is_approved_by_a_moderator_with_a_click(store: Store) -> None:
    async with serving(DiscordBot(store, commands=COMMANDS), HOME) as here:
        answer = answer_of(
            await here.reader.slash(
                here.room,
                "submit",
                text="A drone hit the station.",
                place="Pokrovsk",
                day="2025-11-06",
                source="S-1",
            )
        )
        assert answer.private
        assert answer.first == "Thank you. D-1 waits for a review."
        desk = moderator(here)
        card = answer_of(await desk.slash(here.room, "review"))
        assert card.first == "1 submission to review · D-1 · submitted as an event"
        filed = answer_of(await desk.click(card.message, label="Approve"))
        assert filed.first == "Filed as `E-65`"
        told = answer_of(await here.reader.slash(here.room, "me", ref="D-1"))
        assert told.first == "D-1: is on record as `E-65`"


async def test_the_rest_of_a_long_card_is_the_same_draft(store: Store) -> None:
    """To ask for the rest began a second draft."""
    async with serving(DiscordBot(store, commands=COMMANDS), HOME) as here:
        desk = moderator(here)
        card = answer_of(
            await desk.slash(
                here.room,
                "add event",
                text="_* " * 650,
                quote="_*" * 290,
                place="Shevchenko",
                also="Shevchenkove",
                source="Nowhere",
                day="7",
            )
        )
        rest = [label for label in card.buttons if label.startswith("The rest")]
        assert rest
        for label in rest:
            await desk.click(card.message, label=label)
        assert await store.drafts.get(2) is None
