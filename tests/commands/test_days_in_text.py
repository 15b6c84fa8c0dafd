"""The days that a text names, on Friday 7 November 2025."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.days import find_days

TODAY = date(2025, 11, 7)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "What did he say on 29 October about the town?",
            [("on 29 October", "2025-10-29")],
        ),
        ("що змінилося з 24 жовтня у місті", [("24 жовтня", "2025-10-24")]),
        (
            "Overnight into 6 November a depot burned. Two days ago it rained.",
            [
                ("Overnight into 6 November", "2025-11-05/2025-11-06"),
                ("Two days ago", "2025-11-05"),
            ],
        ),
        (
            "В ніч на 29 жовтня, а також 07.11.2025.",
            [("В ніч на 29 жовтня", "2025-10-28/2025-10-29"), ("07.11.2025", "2025-11-07")],
        ),
        ("Станом на 08:00 07.11 тривають бої", [("Станом на 08:00 07.11", "../2025-11-07")]),
        (
            "between 24 and 26 October; 28–29 October",
            [
                ("between 24 and 26 October", "2025-10-24/2025-10-26"),
                ("28–29 October", "2025-10-28/2025-10-29"),
            ],
        ),
        ("За минулу добу ворог атакував 12 разів", [("За минулу добу", "2025-11-06")]),
        ("Опубліковано 7 листопада 2025 р. о 12:30", [("7 листопада 2025 р.", "2025-11-07")]),
        (
            "On the third of November, then двадцять дев'ятого жовтня",
            [
                ("On the third of November", "2025-11-03"),
                ("двадцять дев'ятого жовтня", "2025-10-29"),
            ],
        ),
        (
            "2025-10-29T10:00, then 2025-10-30",
            [("2025-10-29", "2025-10-29"), ("2025-10-30", "2025-10-30")],
        ),
    ],
)
def test_a_text_names_its_days_where_they_stand(text: str, days: list[tuple[str, str]]) -> None:
    assert [(text[at.start : at.end], at.span.edtf) for at in find_days(text, TODAY)] == days


@pytest.mark.parametrize(
    "text",
    [
        "120 men left in 2025, for 3 days, with 7.62 mm at 14.30",
        "March on, may it be, 5 may have fallen",
        "the 25th brigade and 1st battalion",
        "days ago, or so",
        "a third of November's strikes; the first May attack; May second",
        "the file f5nov3 of 12dec34, IMG_5nov",
        "третя бригада у листопаді, перші листопада",
        "10/11",
    ],
)
def test_what_may_be_anything_is_no_day(text: str) -> None:
    assert find_days(text, TODAY) == []


@given(st.text(max_size=200))
def test_any_text_has_days_within_it_in_order(text: str) -> None:
    days = find_days(text, TODAY)

    assert all(0 <= day.start < day.end <= len(text) for day in days)
    assert all(day.end <= after.start for day, after in pairwise(days))


_DAYS_IN_WORDS = """
жовтня першого другого третього четвертого п'ятого шостого сьомого восьмого дев’ятого десятого \
одинадцятого дванадцятого тринадцятого чотирнадцятого п'ятнадцятого шістнадцятого сімнадцятого \
вісімнадцятого девʼятнадцятого двадцятого
жовтня перше друге третє четверте п'яте шосте сьоме восьме дев'яте десяте одинадцяте дванадцяте \
тринадцяте чотирнадцяте п'ятнадцяте шістнадцяте сімнадцяте вісімнадцяте дев'ятнадцяте двадцяте
октября первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого \
одиннадцатого двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого \
восемнадцатого девятнадцатого двадцатого
"""


@pytest.mark.parametrize("line", _DAYS_IN_WORDS.strip().splitlines())
def test_every_day_of_a_month_is_read_in_words(line: str) -> None:
    """“П'ятнадцятого” was no day where “десятого” was one."""
    month, *names = line.split()
    days = [find_days(f"{name.capitalize()} {month} горіло", TODAY) for name in names]
    assert [day[0].span.edtf for day in days] == [f"2025-10-{day:02}" for day in range(1, 21)]


@pytest.mark.parametrize(
    "text",
    [
        "Покровськ сорок першого листопада",
        "сто першого листопада",
        "тридцять другого жовтня обстріляли",
        "сорок первого ноября",
        "the forty-first of November",
    ],
)
def test_of_a_number_beyond_the_month_the_last_word_was_a_day(text: str) -> None:
    """“Сорок першого листопада” had 1 November in it, “тридцять другого жовтня” the second."""
    assert find_days(text, TODAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "the first of May brigade attacked",
        "a strike on the 1st of May street",
        "1st of May Street was hit",
        "near the 9 May Square",
        "the 1st of May settlement was hit",
        "вулиця 8 Березня під обстрілом",
        "на вул. 1 травня впав дрон",
        "бригада імені 24 Серпня",
        "шахта «1 Травня» стоїть",
        "в селі Перше Травня",
        "на площі 9 Травня",
        "завод имени 7 ноября",
        "улица 1 Мая",
    ],
)
def test_a_day_that_names_a_street_a_unit_or_a_place_was_read_as_that_day(text: str) -> None:
    """A draft of “the first of May brigade attacked” was dated 1 May."""
    assert find_days(text, TODAY) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 5 November street fighting began", "2025-11-05"),
        ("5 nov street fighting in Pokrovsk", "2025-11-05"),
        ("бригада 5 листопада відбила атаку", "2025-11-05"),
        ("у селищі 7 листопада було тихо", "2025-11-07"),
        ("шахту обстріляли 1 травня", "2025-05-01"),
        ("on 3 November brigade soldiers left", "2025-11-03"),
        ("5 Листопада бригада відбила атаку", "2025-11-05"),
        ("двадцять першого жовтня", "2025-10-21"),
    ],
)
def test_a_day_beside_a_unit_or_a_place_stays_a_day(text: str, day: str) -> None:
    assert [each.span.edtf for each in find_days(text, TODAY)] == [day]
