"""Ten facts of one report through the form, one after another: twenty clicks."""

from dataclasses import dataclass
from typing import Any

import simcord

from store import Store
from tests.discord.simulation import HOME, DiscordBot, Server, Shown, answer_of, serving
from tests.discord.steps import inputs

MOST_CLICKS = 20
FACTS = (
    "Russian forces have taken the whole of Rodynske.",
    "Ukrainian units still hold a part of Rodynske.",
    "Rodynske is not surrounded.",
    "Rodynske has been without water for two weeks.",
    "Three people were killed in Rodynske on Monday.",
    "The road into Rodynske is under drone fire.",
    "The hospital of Rodynske was moved to the west.",
    "The school of Rodynske stays closed until spring.",
    "The brigade in Rodynske has a new commander.",
    "Forty families are still in Rodynske.",
)
REPORT = {
    "by": "Olha Vyhadana, head of Rodynske",
    "day": "2025-11-05",
    "place": "Rodynske",
    "source": "Made-up Radio",
}


@dataclass
class Hand:
    """Somebody who files, and how often they click: buttons, menus, and what sends a form."""

    who: simcord.MemberActor
    clicks: int = 0

    async def press(self, card: Shown, label: str) -> simcord.InteractionResult:
        self.clicks += 1
        return await self.who.click(card.message, label=label)

    async def send(self, form: simcord.InteractionResult, **typed: str) -> Shown:
        self.clicks += 1
        return answer_of(await self.who.submit_modal(form, {**inputs(form), **typed}))


async def whole_status(hand: Hand, here: Server, place: str) -> str:
    """Return all that /status says of a place: its screen, and what More shows."""
    screen = answer_of(await hand.who.slash(here.room, "status", place=place))
    return screen.plain + answer_of(await hand.who.click(screen.message, label="More")).plain


async def test_ten_facts_of_a_report_take_twenty_clicks_and_all_show(store: Store) -> None:
    """It took 35, and a claim that was filed through the form never showed."""
    async with serving(DiscordBot(store), HOME) as here:
        hand = Hand(here.moderator())
        form: Any = await hand.who.slash(here.room, "add claim")
        typed = REPORT
        for number, fact in enumerate(FACTS, 1):
            card = await hand.send(form, text=fact, **typed)
            assert fact in card.plain, card.plain
            last = number == len(FACTS)
            label = "Create, file and next" if typed else "File" if last else "File and next"
            form, typed = await hand.press(card, label), {}
        assert answer_of(form).first.startswith("Filed as")
        assert hand.clicks <= MOST_CLICKS
        status = await whole_status(hand, here, "Rodynske")
        assert [fact for fact in FACTS if fact not in status] == []


async def test_what_the_report_has_in_common_is_typed_once(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        hand = Hand(here.moderator())
        form: Any = await hand.who.slash(here.room, "add claim")
        card = await hand.send(form, text=FACTS[0], **REPORT)
        again = inputs(await hand.press(card, "Create, file and next"))
        assert again == {
            "text": "",
            "by": "Olha Vyhadana",
            "day": "2025-11-05",
            "place": "Rodynske",
            "source": "Made-up Radio",
        }
