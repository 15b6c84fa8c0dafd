"""Questions as people type them on a phone, on Friday 7 November 2025."""

import pytest

from tests.commands.questions_read import line_as_read
from tests.fakes import Talk


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("pls tell me is pokrovsk lost already 🙏", "/status place:pokrovsk"),
        ("Добрий день! Підкажіть, будь ласка, яка ситуація в Мирнограді", "Мирнограді"),
        ("доброго ранку, що по Покровську?", "Покровську"),
        ("Good evening everyone, who holds Rodynske?", "/status place:Rodynske"),
        ("can you tell me who controls Hryshyne please", "/status place:Hryshyne"),
        ("does anyone know if Pokrovsk has fallen", "/status place:Pokrovsk"),
        ("хтось знає що з Родинським?", "Родинським"),
        ("🇺🇦 Pokrovsk? 🔥", "/status place:Pokrovsk"),
        ("tell me about Pokrovsk", "/status place:Pokrovsk"),
        ("tell us about Pokrovsk", "/status place:Pokrovsk"),
        ("can you show me the map of Pokrovsk please", "/map place:Pokrovsk"),
    ],
)
async def test_a_greeting_an_emoji_and_can_you_tell_me_are_no_words_of_a_question(
    ask: Talk, line: str, read: str
) -> None:
    """“Добрий день! …” was not understood, and “tell me about …” was read as /tell."""
    assert read in await line_as_read(ask, line)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Pokrovsk 5 Nov morning", "/status place:Pokrovsk at:2025-11-05"),
        ("Nov 5th evening Pokrovsk", "/status place:Pokrovsk at:2025-11-05"),
        ("Покровск утром 5 ноября", "/status place:Покровск at:2025-11-05"),
        ("yesterday evening Myrnohrad", "/status place:Myrnohrad at:2025-11-06"),
        ("Pokrovsk at 5pm yesterday", "/status place:Pokrovsk at:2025-11-06"),
        (
            "what happened this morning in Pokrovsk",
            "/events place:Pokrovsk since:2025-11-07 until:2025-11-07",
        ),
        ("що сталося позавчора ввечері", "/events since:2025-11-05 until:2025-11-05"),
        ("що сталося вночі на 5 листопада", "/events since:2025-11-04 until:2025-11-05"),
    ],
)
async def test_the_hour_beside_a_day_asks_of_the_day(ask: Talk, line: str, read: str) -> None:
    """“In the evening” was a place that nobody knows, or the whole was not understood."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "from Monday to Wednesday Pokrovsk",
            "/events place:Pokrovsk since:2025-11-03 until:2025-11-05",
        ),
        (
            "с понедельника по среду Покровск",
            "/events place:Покровск since:2025-11-03 until:2025-11-05",
        ),
        ("що змінилося до середи", "/events until:2025-11-05"),
        (
            "Oct 29 til Nov 3 Pokrovsk",
            "/events place:Pokrovsk since:2025-10-29 until:2025-11-03",
        ),
        ("Pokrovsk 29.10–03.11", "/events place:Pokrovsk since:2025-10-29 until:2025-11-03"),
        ("Pokrovsk 29-10-2025", "/status place:Pokrovsk at:29-10-2025"),
        ("what happened on the 5th", "/events since:2025-11-05 until:2025-11-05"),
        ("що було 30-го", "/events since:2025-10-30 until:2025-10-30"),
        ("что было 5 числа", "/events since:2025-11-05 until:2025-11-05"),
    ],
)
async def test_days_that_a_question_may_name_so(ask: Talk, line: str, read: str) -> None:
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    "line", ["what did the 79th brigade say", "what did the 3rd Corps say", "що каже 3-й корпус"]
)
async def test_the_number_of_a_unit_is_no_day(ask: Talk, line: str) -> None:
    assert (await ask(line)).lines[0].startswith("No speaker “")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "situation in Pokrovsk from 29 October to 3 November",
            "/events place:Pokrovsk since:2025-10-29 until:2025-11-03",
        ),
        ("яка ситуація біля Покровська з понеділка", "since:2025-11-03"),
        (
            "новини Покровська за вихідні",
            "/events place:Покровська since:2025-11-01 until:2025-11-02",
        ),
        ("map of Pokrovsk since 1 November", "/map place:Pokrovsk from:2025-11-01"),
    ],
)
async def test_of_several_days_none_is_dropped(ask: Talk, line: str, read: str) -> None:
    """Of “the situation since Monday” the day was lost without a word: the status of today."""
    assert read in await line_as_read(ask, line)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("what happened on 5.11.25", "/events since:2025-11-05 until:2025-11-05"),
        ("what happened on 05/11/2025", "/events since:2025-11-05 until:2025-11-05"),
        ("Pokrovsk since 29/10", "/events place:P-704422 since:2025-10-29"),
    ],
)
async def test_what_is_offered_for_a_day_is_of_the_days_that_were_asked_for(
    ask: Talk, line: str, offered: str
) -> None:
    """“On 5.11.25” offered all since that day, and “since 29/10” the state of that day."""
    answer = await ask(line)

    assert answer.refused
    assert answer.offered[0] == offered


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Покровск ещё наш?", "/status place:Покровск"),
        ("русские взяли покровск?", "/status place:покровск"),
        ("росіяни взяли Покровськ чи ні", "/status place:Покровськ"),
        ("is it true that Russians took Hryshyne?", "/status place:Hryshyne"),
        ("Чи правда, що оточили Мирноград?", "/status place:Мирноград"),
        ("Чи справді Родинське під контролем росіян?", "/status place:Родинське"),
        ("карта боевых действий Покровск", "/map place:Покровск"),
        ("show map Pokrovsk 1 Nov", "/map place:Pokrovsk at:2025-11-01"),
        ("дай сводку по Покровску", '/status place:"по Покровску"'),
        ("зведення за вчора", "/digest day:2025-11-06"),
        ("summary of today", "/digest day:2025-11-07"),
        ("что сказал Путин об окружении", "/claims by:Путин"),
        ("Putin about Kupiansk encirclement?", "/claims by:Putin place:Kupiansk"),
        ("anything on Siversk??", "/status place:Siversk"),
        ("Chasiv Yar still holding?", '/status place:"Chasiv Yar"'),
        ("Rodynske under russian control?", "/status place:Rodynske"),
        ("Are there Russians in Rodynske?", "/status place:Rodynske"),
        ("Чи є росіяни в Добропіллі?", '/status place:"в Добропіллі"'),
        ("есть ли русские в Родинском", '/status place:"в Родинском"'),
        ("що ти знаєш про Мирноград", '/status place:"про Мирноград"'),
        ("Добропілля бої", "/status place:Добропілля"),
        ("show me all claims about Kupiansk", "/claims place:Kupiansk"),
        ("updates?", "/digest"),
    ],
)
async def test_other_ways_to_ask_the_same(ask: Talk, line: str, read: str) -> None:
    """Part of the question was taken for a place, such as “Покровск ещё”."""
    assert await line_as_read(ask, line) == read


async def test_a_speaker_is_not_asked_about_as_villages_of_almost_that_name(ask: Talk) -> None:
    """“Pohorilyi” asked which Pohorile was meant, though a speaker is called so."""
    assert await line_as_read(ask, "Pohorilyi") == "/claims by:Pohorilyi"


async def test_the_case_of_a_place_behind_a_speaker_is_read_by_its_preposition(ask: Talk) -> None:
    """“Песков о Покровске” asked which of the Pokrovskes was meant."""
    assert (await ask("Песков о Покровске")).lines[0] == "No speaker “Песков” is on record."


@pytest.mark.parametrize("line", ["who denies it?", "хто тримає це", "who are you"])
async def test_a_pronoun_is_no_name_of_a_place(ask: Talk, line: str) -> None:
    assert (await ask(line)).lines[0].startswith("I did not understand that.")


async def test_two_places_with_a_stroke_are_no_days(ask: Talk) -> None:
    """It said that “/ Myrnohrad” lacks a day."""
    assert (await ask("Pokrovsk / Myrnohrad")).lines[0] == "One place at a time. Which one?"


async def test_beside_a_place_the_namesakes_of_the_other_are_offered(ask: Talk) -> None:
    """The whole was not understood, as it is not plain which Lyman is meant."""
    answer = await ask("whats the situation near Rodynske and Krasny Lyman")

    assert answer.lines[0] == "One place at a time. Which one?"
    assert len(answer.offered) > 2


async def test_the_picture_of_a_day_before_another_is_as_of_one_day(ask: Talk) -> None:
    """It said “As of by 31 Oct 2025”."""
    assert (
        "As of 31 Oct 2025, as known now." in (await ask("/status Pokrovsk at:before 1 Nov")).text
    )


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Pokrovsk Nov 2025", "/events place:Pokrovsk since:2025-11-01 until:2025-11-07"),
        ("what happened in November 2025", "/events since:2025-11-01 until:2025-11-07"),
        ("what happened in October 2025", "/events since:2025-10-01 until:2025-10-31"),
    ],
)
async def test_a_month_that_is_not_over_goes_up_to_today(ask: Talk, line: str, read: str) -> None:
    """It was refused: “until: 2025-11-30 is after today”, which nobody had written."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Pokrovsk tonight", "/status place:Pokrovsk at:2025-11-07"),
        ("tonight's situation in Pokrovsk", "/status place:Pokrovsk at:2025-11-07"),
        ("what happened last evening", "/events since:2025-11-06 until:2025-11-06"),
        ("what happened overnight", "/events since:2025-11-06 until:2025-11-07"),
        ("what happened late last night", "/events since:2025-11-06 until:2025-11-07"),
        ("що сталося сьогодні вночі", "/events since:2025-11-06 until:2025-11-07"),
        ("что было этой ночью", "/events since:2025-11-06 until:2025-11-07"),
        ("що було вночі", "/events since:2025-11-06 until:2025-11-07"),
        ("що нового за ніч", "/events since:2025-11-06 until:2025-11-07"),
        ("що було 5 листопада вночі", "/events since:2025-11-05 until:2025-11-05"),
        ("what happened Monday night", "/events since:2025-11-03 until:2025-11-04"),
        ("today's news about Pokrovsk", "/events place:Pokrovsk since:2025-11-07 until:2025-11-07"),
    ],
)
async def test_a_night_or_evening_without_a_date_asks_of_its_days(
    ask: Talk, line: str, read: str
) -> None:
    """“Pokrovsk tonight” and “що було вночі” were not understood."""
    assert await line_as_read(ask, line) == read


async def test_a_night_that_stands_apart_from_a_day_is_not_the_last_one(ask: Talk) -> None:
    assert not await line_as_read(ask, "що було вночі в Покровську 5 листопада")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Покровськ третього листопада", "/status place:Покровськ at:2025-11-03"),
        ("хто тримає Покровськ на пʼяте листопада", "/status place:Покровськ at:2025-11-05"),
        ("що було двадцять дев’ятого жовтня", "/events since:2025-10-29 until:2025-10-29"),
        ("что было пятого ноября", "/events since:2025-11-05 until:2025-11-05"),
        ("third of November Pokrovsk", "/status place:Pokrovsk at:2025-11-03"),
        ("what happened on November the fifth", "/events since:2025-11-05 until:2025-11-05"),
        ("what happened on the fifth", "/events since:2025-11-05 until:2025-11-05"),
        ("що було третього", "/events since:2025-11-03 until:2025-11-03"),
        (
            "від третього до п'ятого листопада Покровськ",
            "/events place:Покровськ since:2025-11-03 until:2025-11-05",
        ),
        (
            "що було між першим і третім листопада",
            "/events since:2025-11-01 until:2025-11-03",
        ),
    ],
)
async def test_a_day_is_read_in_words_as_in_figures(ask: Talk, line: str, read: str) -> None:
    """“Покровськ третього листопада” was not understood."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize("line", ["what did the third corps say", "що каже третій корпус"])
async def test_the_number_of_a_unit_in_words_is_no_day(ask: Talk, line: str) -> None:
    assert (await ask(line)).lines[0].startswith("No speaker “")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Pokrovsk 5nov", "/status place:Pokrovsk at:2025-11-05"),
        ("nov5 Pokrovsk", "/status place:Pokrovsk at:2025-11-05"),
        ("Pokrovsk 5-nov", "/status place:Pokrovsk at:2025-11-05"),
        ("Покровськ 5листопада", "/status place:Покровськ at:2025-11-05"),
        ("Pokrovsk 29oct-3nov", "/events place:Pokrovsk since:2025-10-29 until:2025-11-03"),
    ],
)
async def test_a_day_that_is_glued_to_its_month_is_that_day(
    ask: Talk, line: str, read: str
) -> None:
    """“Покровськ 5листопада” was all of November at a place “Покровськ 5”."""
    assert await line_as_read(ask, line) == read


@pytest.mark.parametrize("line", ["Покровськ 3,4 листопада", "Pokrovsk 3 & 4 Nov"])
async def test_of_two_days_of_a_month_neither_is_lost(ask: Talk, line: str) -> None:
    """It was the fourth at a place “Покровськ 3”, read as Pokrovsk."""
    assert "is not a day I can read" in (await ask(line)).first
