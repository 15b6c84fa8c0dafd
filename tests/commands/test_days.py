"""What a person types for a day, on Friday 7 November 2025 unless a test says otherwise."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.kit.days import read_day
from store.model.span import Basis, Span
from tests.commands.typed_days import TODAY


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
        ("5nov", "2025-11-05"),
        ("nov5", "2025-11-05"),
        ("5листопада2025", "2025-11-05"),
        ("oct2025", "2025-10"),
        ("5.листопада", "2025-11-05"),
        ("third of November", "2025-11-03"),
        ("November the third", "2025-11-03"),
        ("the twenty-ninth of October", "2025-10-29"),
        ("п’яте листопада", "2025-11-05"),
        ("двадцять дев'ятого жовтня", "2025-10-29"),
        ("третьего ноября", "2025-11-03"),
        ("второе ноября", "2025-11-02"),
        ("в ніч на п'яте листопада", "2025-11-04/2025-11-05"),
        ("від третього до п'ятого листопада", "2025-11-03/2025-11-05"),
        ("сьогодні вночі", "2025-11-06/2025-11-07"),
        ("этой ночью", "2025-11-06/2025-11-07"),
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


def test_dateutil_is_not_loaded_for_the_shapes_people_type_most() -> None:
    script = (
        "import sys; from datetime import date; from commands.kit.days import read_day; "
        "read_day('29 Oct 2025', date(2025, 11, 7)); sys.exit('dateutil' in sys.modules)"
    )
    root = Path(__file__).parents[2]

    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0


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
