"""`/check`: a few plain words, denials and who is said to hold a town, in three languages."""

import pytest

from store.likeness.glossary import find_meanings
from tests.fakes import Talk

RINGED = "Vladimir Putin claimed that Pokrovsk and Kupiansk were already surrounded."
LOST = "Vitalii Deineha says that Ukraine has “practically lost” Pokrovsk."
SAME = "Says the same"


@pytest.mark.parametrize(
    "message",
    [
        "Pokrovsk has fallen",
        "Pokrovsk is in Russian hands",
        "Russians took Pokrovsk",
        "Покровськ впав",
        "Покровськ захоплений росіянами",
        "росіяни взяли Покровськ",
        "Покровск пал",
        "Покровск взят",
    ],
)
async def test_a_town_that_is_said_to_be_taken_finds_what_is_said_of_that(
    ask: Talk, message: str
) -> None:
    """“Покровськ впав” found nothing, nor did what named the side that took it."""
    answer = await ask(f"/check {message}", whole=True)
    assert answer.first == "On record here about that message"
    assert LOST in answer.flat or "Russian-occupied" in answer.flat
    assert SAME not in answer.flat


@pytest.mark.parametrize(
    "message",
    [
        "Kyiv denies that Pokrovsk and Kupiansk are surrounded, which Vladimir Putin claimed",
        "Zelensky denied Putin's claim that Pokrovsk and Kupiansk were already surrounded",
        "It is a lie that Pokrovsk and Kupiansk are already surrounded",
        "Reports that Pokrovsk and Kupiansk are surrounded are false",
        "Зеленський заперечив, що Покровськ і Куп'янськ уже оточені",
        "Зеленский опроверг, что Покровск и Купянск уже окружены",
    ],
)
async def test_a_denial_was_said_to_say_the_same_as_what_it_denies(ask: Talk, message: str) -> None:
    answer = await ask(f"/check {message}")
    assert RINGED in answer.flat
    assert SAME not in answer.flat


async def test_who_holds_it_is_not_found_by_a_german_word_for_holding(ask: Talk) -> None:
    """“halting” stood for holding, as halten does, and came first."""
    answer = await ask("/check Russians hold Pokrovsk")
    assert "halting Russian momentum" not in answer.flat


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("halting", "hold"),
        ("walking", "fight"),
        ("minutes", "mine"),
        ("министр", "mine"),
        ("полковник", "field"),
        ("політики", "field"),
        ("радіо", "council"),
        ("operational", "operator"),
        ("engineers", "narrow"),
        ("orchard", "enemy"),
        ("оркестр", "enemy"),
        ("водночас", "water"),
        ("водитель", "water"),
        ("детали", "children"),
        ("утра", "lost"),
        ("здатність", "surrender"),
        ("прилеглі", "strike"),
        ("kind", "children"),
        ("fast", "almost"),
    ],
)
def test_a_word_meant_what_a_word_of_another_language_begins_like(word: str, meaning: str) -> None:
    assert meaning not in find_meanings(word)
