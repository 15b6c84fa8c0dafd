"""Any day reads back as it is written, and any text is read or refused."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commands.kit.days import BadDay, plain, read_day
from store.model.span import Span
from tests.commands.typed_days import MONTHS, TODAY, past, spaced, texts


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
def test_an_interval_is_read_back_as_it_is_shown(first: date, other: date) -> None:
    span = Span.between(min(first, other), max(first, other))

    assert read_day(span.edtf, TODAY) == span
    assert read_day(f"../{first}", TODAY) == Span.between(None, first)


@given(st.integers(0, 9999), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_days_and_weeks_are_counted_back_from_today(count: int, today: date) -> None:
    assert read_day(f"{count}d", today) == Span.on(today - timedelta(count))
    assert read_day(f"{count} weeks ago", today) == Span.on(today - timedelta(7 * count))


@given(past, st.dates(TODAY, date(2040, 1, 1)))
def test_the_most_recent_day_of_that_name_is_never_more_than_eight_years_back(
    day: date, today: date
) -> None:
    latest = read_day(f"{day.day} {MONTHS[day.month - 1]}", today).latest

    assert (latest.day, latest.month) == (day.day, day.month)
    assert latest <= today < date(latest.year + 8, 12, 31)


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


@given(past, past)
def test_days_the_wrong_way_round_were_once_read_as_nearly_a_year(first: date, last: date) -> None:
    """Two days of one month, the later one first, are refused with the days turned round."""
    last = last.replace(year=first.year, month=first.month, day=min(last.day, 28))
    assume(last < first)
    with pytest.raises(BadDay, match="ends before it starts"):
        read_day(f"{first.day}-{last.day} {MONTHS[first.month - 1]} {first.year}", TODAY)
