"""A text that is no day is refused in one sentence, which says what to write instead."""

import pytest

from commands.kit.days import BadDay, read_day
from commands.kit.inlines import When
from store.model.span import Span
from tests.commands.typed_days import TODAY, WRITE_A_DAY, refusal

LACKS_A_DAY = (
    "lacks a day: write the first and the last, such as 2025-10-24/2025-11-07, "
    "or .. for the first to leave it open."
)
OTHER_WEEKDAY = "names another weekday than 29 Oct 2025 had: write 2025-10-29 if that is the day."


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("29 Oct 24", "2024-10-29"),
        ("2025-11-06 вночі", "2025-11-06"),
        ("2025-11-06 14:30", "2025-11-06"),
        ("6 Nov morning", "2025-11-06"),
        ("tonight", "2025-11-07"),
        ("5nov25", "2025-11-05"),
        ("05-Nov-25", "2025-11-05"),
        ("Nov-05-25", "2025-11-05"),
        ("05/Nov/25", "2025-11-05"),
        ("5-лис-25", "2025-11-05"),
        ("5 - 25 Nov", "2025-11-05/2025-11-07"),
        ("5 Nov-2 Dec", "2025-11-05/2025-11-07"),
        ("last week", "2025-10-27/2025-11-02"),
        ("last month", "2025-10"),
        ("минулого місяця", "2025-10"),
        ("this month", "2025-11"),
        ("last year", "2024"),
        ("at the weekend", "2025-11-01/2025-11-02"),
        ("early November", "2025-11"),
        ("в начале октября", "2025-10"),
        ("за місяць", "2025-11"),
        ("минулого тижня", "2025-10-27/2025-11-02"),
        ("last Friday", "2025-10-31"),
        ("Wednesday 6 November", "2025-11-06"),
        ("10/11/2025", "2025-11-10"),
        ("жовтень", "2025-10"),
    ],
)
def test_a_refusal_says_what_may_have_been_meant(typed: str, instead: str) -> None:
    with pytest.raises(BadDay) as refused:
        read_day(typed, TODAY)

    assert refused.value.instead[0] == instead


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "10/11/2025",
            "10/11/2025 could be 10 Nov 2025 or 11 Oct 2025: write 2025-11-10 or 2025-10-11.",
        ),
        (
            "13/11/2025",
            "People read the slashes in 13/11/2025 differently: write 2025-11-13.",
        ),
        (
            "2025/10/29",
            "People read the slashes in 2025/10/29 differently: write 2025-10-29.",
        ),
        ("31/02/2025", f"“31/02/2025” is not a day I can read: {WRITE_A_DAY}"),
        ("10/11/25", f"“10/11/25” is not a day I can read: {WRITE_A_DAY}"),
        ("10/11", "10/11 could be 10 Nov 2024 or 11 Oct 2025: write 2024-11-10 or 2025-10-11."),
        ("10", f"“10” could be a day, a month or an hour: {WRITE_A_DAY}"),
        ("31nov", "31nov does not exist: that month has days 1 to 30."),
        ("May", "“May” does not say which one: write 2025-05 for the latest."),
        ("december", "“december” does not say which one: write 2024-12 for the latest."),
        ("fri", "“fri” does not say which one: write 2025-11-07 for the latest."),
        ("Saturday", "“Saturday” does not say which one: write 2025-11-01 for the latest."),
        ("5pm", "“5pm” names a time of day: write only the day, such as 2025-11-07."),
        ("17:00", "“17:00” names a time of day: write only the day, such as 2025-11-07."),
        ("noon", "“noon” names a time of day: write only the day, such as 2025-11-07."),
        (
            "2025-10-29T10:00",
            "“2025-10-29T10:00” names a time of day: write only the day, such as 2025-10-29.",
        ),
        (
            "29 Oct 2025 5 pm",
            "“29 Oct 2025 5 pm” names a time of day: write only the day, such as 2025-10-29.",
        ),
        ("1730", f"“1730” is not a day I can read: {WRITE_A_DAY}"),
        (
            "29 Oct 25",
            "29 Oct 25 gives its year in two figures: write all four, such as 2025-10-29.",
        ),
        (
            "29.10.99",
            "29.10.99 gives its year in two figures: write all four, such as 1999-10-29.",
        ),
        ("17h Oct 2025", f"“17h Oct 2025” is not a day I can read: {WRITE_A_DAY}"),
        ("29? Oct 2025", f"“29? Oct 2025” is not a day I can read: {WRITE_A_DAY}"),
        ("29 foo 2025", f"“29 foo 2025” is not a day I can read: {WRITE_A_DAY}"),
        ("foo 2025", f"“foo 2025” is not a day I can read: {WRITE_A_DAY}"),
        ("0000-01-01", f"“0000-01-01” is not a day I can read: {WRITE_A_DAY}"),
        ("yesterdayish", f"“yesterdayish” is not a day I can read: {WRITE_A_DAY}"),
        ("{typed}", f"“{{typed}}” is not a day I can read: {WRITE_A_DAY}"),
        ("\N{PILE OF POO}", f"“\N{PILE OF POO}” is not a day I can read: {WRITE_A_DAY}"),
        ("~", f"“~” is not a day I can read: {WRITE_A_DAY}"),
        ("no\x00w", f"“no\N{REPLACEMENT CHARACTER}w” is not a day I can read: {WRITE_A_DAY}"),
        ("٢٠٢٥", "“٢٠٢٥” has digits other than 0 to 9: write a day such as 2025-11-07."),
        ("x" * 10_000, f"“{'x' * 39}…” is not a day I can read: {WRITE_A_DAY}"),
        ("", "No day was given: write one such as 2025-11-07."),
        ("\u200b \u200f", "No day was given: write one such as 2025-11-07."),
        ("2026-01-01", "2026-01-01 is after today, 7 Nov 2025."),
        ("8 Nov 2025", "8 Nov 2025 is after today, 7 Nov 2025."),
        (
            "5 - 12 Nov",
            "5 - 12 Nov ends after today, 7 Nov 2025: write 2025-11-05/2025-11-07.",
        ),
        ("2025-12", "2025-12 is after today, 7 Nov 2025."),
        ("../2026", "2026 is after today, 7 Nov 2025."),
        ("2025-10-24/2025-11-08", "2025-11-08 is after today, 7 Nov 2025."),
        ("2025-02-30", "2025-02-30 does not exist: that month has days 1 to 28."),
        ("31.11.2025", "31.11.2025 does not exist: that month has days 1 to 30."),
        ("31 Nov 2025", "31 Nov 2025 does not exist: that month has days 1 to 30."),
        ("30 Feb", "30 Feb does not exist: that month has days 1 to 28."),
        ("2025-13", "2025-13 does not exist: a year has months 1 to 12."),
        ("Sat 29 Oct 2025", f"Sat 29 Oct 2025 {OTHER_WEEKDAY}"),
        ("00 Nov 2025", "00 Nov 2025 does not exist: that month has days 1 to 30."),
        ("00.11.2025", "00.11.2025 does not exist: that month has days 1 to 30."),
        (
            "29-28 October",
            "29-28 October ends before it starts: write 2025-10-28/2025-10-29.",
        ),
        ("7-6 Nov", "7-6 Nov ends before it starts: write 2025-11-06/2025-11-07."),
        (
            "2025-11-01/2025-10-01",
            "2025-11-01/2025-10-01 ends before it starts: write 2025-10-01/2025-11-01.",
        ),
        ("2025-10-24/..", f"“2025-10-24/..” {LACKS_A_DAY}"),
        ("/2025-10-24", f"“/2025-10-24” {LACKS_A_DAY}"),
    ],
)
def test_what_is_no_day_is_refused_in_one_sentence(typed: str, sentence: str) -> None:
    assert refusal(typed) == sentence


@pytest.mark.parametrize(
    ("typed", "number", "last"),
    [
        ("сорок першого листопада", "41 листопада", 30),
        ("п'ятдесят другого листопада", "52 листопада", 30),
        ("сорокового листопада", "40 листопада", 30),
        ("тридцять другого жовтня", "32 жовтня", 31),
        ("пятьдесят второго ноября", "52 ноября", 30),
        ("forty-first of November", "41 of November", 30),
        ("ninety ninth of November", "99 of November", 30),
        ("thirty-second of October", "32 of October", 31),
    ],
)
def test_a_number_in_words_beyond_the_month_was_read_by_its_last_word_or_not_at_all(
    typed: str, number: str, last: int
) -> None:
    """“Сорок першого листопада” came to the first of November in a text."""
    assert refusal(typed) == f"{number} does not exist: that month has days 1 to {last}."


@pytest.mark.parametrize("typed", ["0001-01-01", "0001", "../0001-12-31", "0001-03/2025", "2024y"])
def test_the_first_year_of_the_calendar_was_read_and_what_compares_days_broke(typed: str) -> None:
    """Nothing lies before it: /changes and /digest looked for the days there."""
    assert refusal(typed) == f"“{typed}” is not a day I can read: {WRITE_A_DAY}"
    assert read_day("0002-01-01", TODAY).edtf == "0002-01-01"


def test_a_refusal_keeps_its_sentence_apart_for_the_translator() -> None:
    with pytest.raises(BadDay) as refused:
        read_day("2026-01-01", TODAY)

    assert refused.value.message == "{typed} is after today, {today}."
    assert refused.value.given == {"typed": "2026-01-01", "today": When(Span.on(TODAY))}


def test_a_year_in_two_figures_was_the_last_day_of_an_interval() -> None:
    """05-Nov-25 was 5 to 25 November of the year before, and 5-12 Nov was of that year too."""
    for typed in ("05-Nov-25", "5-12 Nov"):
        with pytest.raises(BadDay):
            read_day(typed, TODAY)
    assert read_day("05-Nov-2025", TODAY).edtf == "2025-11-05"
    assert read_day("5-6 Nov", TODAY).edtf == "2025-11-05/2025-11-06"
