"""What a person types for a day, on Friday 7 November 2025 unless a test says otherwise."""

import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commands.kit.days import BadDay, plain, read_day
from commands.kit.inlines import When
from store.model.span import Basis, Span

TODAY = date(2025, 11, 7)
WRITE_A_DAY = 'write a day such as 2025-11-07, 7d or "29 Oct".'
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
LACKS_A_DAY = (
    "lacks a day: write the first and the last, such as 2025-10-24/2025-11-07, "
    "or .. for the first to leave it open."
)
OTHER_WEEKDAY = "names another weekday than 29 Oct 2025 had: write 2025-10-29 if that is the day."
past = st.dates(date(1900, 1, 1), TODAY)
pieces = st.sampled_from(
    [
        *"0123456789/-.~?%:, ",
        *("2025", "2025-10", "29", "10", "..", "Oct", "May", "октября", "жовтня", "року", "fri"),
        *(
            "Wed",
            "of",
            "th",
            "7d",
            "ago",
            "days",
            "today",
            "5pm",
            "noon",
            "night of",
            "ніч на",
            "станом на",
            "to",
            "between",
            "and",
            "з",
            "по",
            "by",
            "about",
            "last",
            "за",
            "добу",
            "28",
            "20251029",
            "<t:1761696000:D>",
            "тому",
            "T",
            "UTC",
            "\u200f",
            "٣",
        ),
    ]
)
texts = st.text(max_size=40) | st.lists(pieces, max_size=9).map("".join)
spaced = st.lists(pieces, max_size=9).map(" ".join)


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(BadDay) as refused:
        read_day(text, today)
    return str(refused.value)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2025-10-29", "2025-10-29"),
        ("2025-1-5", "2025-01-05"),
        ("2025-10", "2025-10"),
        ("2025", "2025"),
        ("2025-10-24/2025-11-07", "2025-10-24/2025-11-07"),
        ("2024/2025", "2024/2025"),
        ("2025-10-24 / today", "2025-10-24/2025-11-07"),
        ("29 Oct/yesterday", "2025-10-29/2025-11-06"),
        ("../2025-10-24", "../2025-10-24"),
        ("../2025-10~", "../2025-10~"),
        ("~2025-10-08", "2025-10-08~"),
        ("2025-10-08~", "2025-10-08~"),
        ("?2025-10", "2025-10?"),
        ("%2025", "2025%"),
        ("~2025-10-08?", "2025-10-08%"),
        ("~2025-10-08/2025-10-10?", "2025-10-08~/2025-10-10?"),
        ("today", "2025-11-07"),
        ("Yesterday", "2025-11-06"),
        ("вчора", "2025-11-06"),
        ("сегодня", "2025-11-07"),
        ("0d", "2025-11-07"),
        ("7d", "2025-10-31"),
        ("7D ago", "2025-10-31"),
        ("7 days ago", "2025-10-31"),
        ("1 day ago", "2025-11-06"),
        ("2w", "2025-10-24"),
        ("2 weeks ago", "2025-10-24"),
        ("3m", "2025-08-07"),
        ("11 months ago", "2024-12-07"),
        ("29 Oct 2025", "2025-10-29"),
        ("Oct 29, 2025", "2025-10-29"),
        ("29 October", "2025-10-29"),
        ("October 29th", "2025-10-29"),
        ("~29 Oct. 2025", "2025-10-29~"),
        ("October 2025", "2025-10"),
        ("Sept 2025", "2025-09"),
        ("29 жовтня 2025", "2025-10-29"),
        ("29 Жовтня 2025 року", "2025-10-29"),
        ("29 октября", "2025-10-29"),
        ("1 мая 2025 г.", "2025-05-01"),
        ("1 маи\N{COMBINING BREVE} 2025", "2025-05-01"),
        ("жовтень 2025", "2025-10"),
        ("29.10.2025", "2025-10-29"),
        ("10.11.2024", "2024-11-10"),
        ("Wed 29 Oct 2025", "2025-10-29"),
        ("29th of October, 2025", "2025-10-29"),
        ("29-Oct-2025", "2025-10-29"),
        ("29OCT2025", "2025-10-29"),
        ("29/Oct/2025", "2025-10-29"),
    ],
)
def test_a_day_is_read_in_any_of_its_shapes(typed: str, edtf: str) -> None:
    assert read_day(typed, TODAY) == Span.parse(edtf)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("28-29 October", "2025-10-28/2025-10-29"),
        ("24–31 жовтня", "2025-10-24/2025-10-31"),
        ("6 Nov to 7 Nov", "2025-11-06/2025-11-07"),
        ("6 Nov - 7 Nov", "2025-11-06/2025-11-07"),
        ("Oct 28-29, 2025", "2025-10-28/2025-10-29"),
        ("28 and 29 October", "2025-10-28/2025-10-29"),
        ("з 24 по 26 жовтня", "2025-10-24/2025-10-26"),
        ("с 24 по 26 октября", "2025-10-24/2025-10-26"),
        ("between 24 and 26 October", "2025-10-24/2025-10-26"),
        ("from 24 October to yesterday", "2025-10-24/2025-11-06"),
        ("28 Dec - 3 Jan", "2024-12-28/2025-01-03"),
        ("28 Dec 2024 – 3 Jan", "2024-12-28/2025-01-03"),
        ("2025-10-24 - 2025-11-07", "2025-10-24/2025-11-07"),
        ("October-November 2025", "2025-10/2025-11"),
        ("night of 28–29 October", "2025-10-28/2025-10-29"),
        ("the night of 28 October", "2025-10-28/2025-10-29"),
        ("overnight into 29 October", "2025-10-28/2025-10-29"),
        ("в ніч на 29 жовтня", "2025-10-28/2025-10-29"),
        ("у ніч з 28 на 29 жовтня", "2025-10-28/2025-10-29"),
        ("в ночь с 28 на 29 октября", "2025-10-28/2025-10-29"),
        ("last night", "2025-11-06/2025-11-07"),
        ("станом на 08:00 07.11", "../2025-11-07"),
        ("станом на ранок 7 листопада", "../2025-11-07"),
        ("as of 8 am on 7 Nov", "../2025-11-07"),
        ("by 7 Nov 2025", "../2025-11-07"),
        ("before 7 Nov", "../2025-11-06"),
        ("about 8 October", "2025-10-08~"),
        ("близько 8 жовтня", "2025-10-08~"),
        ("за минулу добу", "2025-11-06"),
        ("за добу", "2025-11-06/2025-11-07"),
        ("за тиждень", "2025-10-31/2025-11-07"),
        ("за последнюю неделю", "2025-10-31/2025-11-07"),
        ("протягом останніх трьох днів", "2025-11-04/2025-11-07"),
        ("past 24 hours", "2025-11-06/2025-11-07"),
        ("за останні 3 дні", "2025-11-04/2025-11-07"),
        ("07.11", "2025-11-07"),
        ("08.11", "2024-11-08"),
        ("20251029", "2025-10-29"),
        ("29-10-2025", "2025-10-29"),
        ("2025.10.29", "2025-10-29"),
        ("7-го листопада", "2025-11-07"),
        ("7 лист. 2025 р.", "2025-11-07"),
        ("середа, 29 жовтня", "2025-10-29"),
        ("у жовтні 2025", "2025-10"),
        ("учора", "2025-11-06"),
        ("позавчора", "2025-11-05"),
        ("the day before yesterday", "2025-11-05"),
        ("за сьогодні", "2025-11-07"),
        ("за вчера", "2025-11-06"),
        ("тиждень тому", "2025-10-31"),
        ("a week ago", "2025-10-31"),
        ("рік тому", "2024-11-07"),
    ],
)
def test_several_days_and_days_in_other_words_are_read(typed: str, edtf: str) -> None:
    assert read_day(typed, TODAY).edtf == edtf


def test_as_of_says_on_what_the_day_rests() -> None:
    assert read_day("станом на 08:00 07.11", TODAY).basis is Basis.AS_OF


@pytest.mark.parametrize(
    ("months", "shortest"),
    [
        ("січень лютий березень квітень травень червень", 3),
        ("липень серпень вересень жовтень листопад грудень", 3),
        ("січня лютого березня квітня травня червня", 3),
        ("липня серпня вересня жовтня листопада грудня", 3),
        ("январь февраль март апрель май июнь", 3),
        ("июль август сентябрь октябрь ноябрь декабрь", 3),
        ("января февраля марта апреля мая июня", 3),
        ("июля августа сентября октября ноября декабря", 3),
        ("january february march april may june", 3),
        ("july august september october november december", 3),
    ],
)
def test_a_month_is_known_however_it_is_shortened(months: str, shortest: int) -> None:
    """“29 жовт.” and “7 лист. 2025 р.”, which chat clients write, were no days."""
    first = 7 if months.split(maxsplit=1)[0][:2] in {"ли", "ию", "ju"} else 1
    for month, name in enumerate(months.split(), first):
        for length in range(shortest, len(name) + 1):
            for point in ("", "."):
                typed = f"5 {name[:length]}{point} 2024"
                assert read_day(typed, TODAY) == Span.on(date(2024, month, 5)), typed


def test_a_moment_of_discord_is_a_day_where_the_desk_is() -> None:
    stamp = "<t:1761688800:D>"  # 28 October 2025, 22:00 UTC

    assert read_day(stamp, TODAY) == Span.on(date(2025, 10, 28))
    assert read_day(stamp, TODAY, ZoneInfo("Europe/Kyiv")) == Span.on(date(2025, 10, 29))


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("29 Oct 24", "2024-10-29"),
        ("2025-11-06 вночі", "2025-11-06"),
        ("2025-11-06 14:30", "2025-11-06"),
        ("6 Nov morning", "2025-11-06"),
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


def test_a_month_is_a_month_and_not_its_first_day() -> None:
    assert read_day("2025-10", TODAY).earliest == date(2025, 10, 1)
    assert read_day("2025-10", TODAY).latest == date(2025, 10, 31)


def test_ten_dot_eleven_is_the_tenth_of_november() -> None:
    assert read_day("10.11.2025", date(2025, 12, 1)) == Span.on(date(2025, 11, 10))


def test_a_day_without_a_year_is_the_most_recent_one() -> None:
    assert read_day("7 Nov", TODAY) == Span.on(TODAY)
    assert read_day("8 Nov", TODAY) == Span.on(date(2024, 11, 8))
    assert read_day("29 Feb", TODAY) == Span.on(date(2024, 2, 29))
    assert read_day("29 Feb", date(1904, 2, 28)) == Span.on(date(1896, 2, 29))


def test_a_month_before_the_last_of_march_is_the_last_of_february() -> None:
    assert read_day("1m", date(2024, 3, 31)) == Span.on(date(2024, 2, 29))


def test_what_is_typed_says_nothing_about_how_a_source_dates_it() -> None:
    assert read_day("7d", TODAY).basis is Basis.EXPLICIT


def test_the_month_and_the_year_of_today_are_fine() -> None:
    assert read_day("2025-11", TODAY).latest == date(2025, 11, 30)
    assert read_day("2025", TODAY).latest == date(2025, 12, 31)


@pytest.mark.parametrize("typed", ["2025-10\u200b-29", "\u202e2025-10-29", " \ufeff2025-10-29\t"])
def test_characters_that_nobody_sees_are_passed_over(typed: str) -> None:
    assert read_day(typed, TODAY) == Span.on(date(2025, 10, 29))


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


def test_a_refusal_keeps_its_sentence_apart_for_the_translator() -> None:
    with pytest.raises(BadDay) as refused:
        read_day("2026-01-01", TODAY)

    assert refused.value.message == "{typed} is after today, {today}."
    assert refused.value.given == {"typed": "2026-01-01", "today": When(Span.on(TODAY))}


def test_dateutil_is_not_loaded_for_the_shapes_people_type_most() -> None:
    script = (
        "import sys; from datetime import date; from commands.kit.days import read_day; "
        "read_day('29 Oct 2025', date(2025, 11, 7)); sys.exit('dateutil' in sys.modules)"
    )
    root = Path(__file__).parents[2]

    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0


@settings(deadline=None)  # the first of them waits for dateutil to load
@given(
    past,
    st.sampled_from(
        [
            date.isoformat,
            plain,
            lambda day: f"{day.day}.{day.month}.{day.year}",
            lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
            lambda day: f"{day.day} {MONTHS[day.month - 1].upper()} {day.year}",
            lambda day: f"{day:%A}, {day.day}th of {MONTHS[day.month - 1]} {day.year}",
        ]
    ),
)
def test_a_day_written_in_any_shape_is_that_day(day: date, write: Callable[[date], str]) -> None:
    assert read_day(write(day), TODAY) == Span.on(day)


@given(past, past)
def test_an_interval_is_read_back_as_it_is_shown(one: date, other: date) -> None:
    span = Span.between(min(one, other), max(one, other))

    assert read_day(span.edtf, TODAY) == span
    assert read_day(f"../{one}", TODAY) == Span.between(None, one)


@given(st.integers(0, 9999), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_days_and_weeks_are_counted_back_from_today(count: int, today: date) -> None:
    assert read_day(f"{count}d", today) == Span.on(today - timedelta(count))
    assert read_day(f"{count} weeks ago", today) == Span.on(today - timedelta(7 * count))


@given(past, st.dates(TODAY, date(2040, 1, 1)))
def test_the_most_recent_day_of_that_name_is_never_more_than_eight_years_back(
    day: date, today: date
) -> None:
    found = read_day(f"{day.day} {MONTHS[day.month - 1]}", today).latest

    assert (found.day, found.month) == (day.day, day.month)
    assert found <= today < date(found.year + 8, 12, 31)


@settings(deadline=None)  # the first of them waits for dateutil to load
@given(texts | spaced, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_or_refused_and_nothing_lies_after_today(text: str, today: date) -> None:
    try:
        span = read_day(text, today)
    except BadDay as refused:
        shown = str(refused)
        assert shown.endswith(".")
        assert len(shown) < 250
        assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(char) for char in shown}
    else:
        assert span.earliest is None or span.earliest <= today
        assert Span.parse(span.edtf, span.basis) == span
        assert read_day(span.edtf, today).edtf == span.edtf


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("30 Dec – 2 Jan", "2024-12-30/2025-01-02"),
        ("30 Dec 2023 – 2 Jan", "2023-12-30/2024-01-02"),
        ("November to February", "2024-11/2025-02"),
    ],
)
def test_days_over_a_new_year_are_read_as_such(typed: str, edtf: str) -> None:
    assert read_day(typed, TODAY).edtf == edtf


@given(past, past)
def test_days_the_wrong_way_round_were_once_read_as_nearly_a_year(first: date, last: date) -> None:
    """Two days of one month, the later one first, are refused with the days turned round."""
    last = last.replace(year=first.year, month=first.month, day=min(last.day, 28))
    assume(last < first)
    with pytest.raises(BadDay, match="ends before it starts"):
        read_day(f"{first.day}-{last.day} {MONTHS[first.month - 1]} {first.year}", TODAY)
