"""Dates as intervals of days."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.span import Basis, Span

FIRST, SPREAD = date(2025, 10, 1), 40  # a small stretch, so that windows and spans meet often
days = st.integers(0, SPREAD).map(lambda count: FIRST + timedelta(count))
windows = st.tuples(st.none() | days, st.none() | days)
marks = st.sampled_from(["", "~", "?", "%"])
dates = st.dates().flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, last = sorted([draw(days), draw(days)])
    return Span.between(draw(st.sampled_from([first, None])), last)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-10", date(2025, 10, 1), date(2025, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("2025-10-08", date(2025, 10, 8), date(2025, 10, 8)),
        ("2025-10-08~", date(2025, 10, 8), date(2025, 10, 8)),
        ("2025-10?", date(2025, 10, 1), date(2025, 10, 31)),
        ("2025-10-24/2025-11-07", date(2025, 10, 24), date(2025, 11, 7)),
        ("2025-10~/2025-11?", date(2025, 10, 1), date(2025, 11, 30)),
        ("2025-10/2025-10", date(2025, 10, 1), date(2025, 10, 31)),
        ("../2025-10-24", None, date(2025, 10, 24)),
        ("../2025", None, date(2025, 12, 31)),
    ],
)
def test_a_date_covers_the_days_it_names(edtf: str, earliest: date | None, latest: date) -> None:
    assert Span.parse(edtf) == Span(edtf, earliest, latest, Basis.EXPLICIT)


@pytest.mark.parametrize(
    ("edtf", "sentence"),
    [
        ("2025-02-30", "2025-02-30 does not exist"),
        ("2025-13", "2025-13 does not exist"),
        ("0000", "0000 does not exist"),
        ("2025-11-07/2025-10-01", "2025-11-07/2025-10-01 ends before it starts"),
        ("2025-10-01/..", "'2025-10-01/..' has no end: write its last day after the slash"),
        ("2025-10-01/", "'2025-10-01/' has no end: write its last day after the slash"),
        ("/2025-10-01", "'' is not a date such as 2025, 2025-10, 2025-10-08 or ~"),
        ("~2025-10-08", "'~2025-10-08' is not a date such as 2025, 2025-10, 2025-10-08 or ~"),
        ("2025-10-08\n", r"'2025-10-08\n' is not a date such as 2025, 2025-10, 2025-10-08 or ~"),
        ("٢٠٢٥", "'٢٠٢٥' is not a date such as 2025, 2025-10, 2025-10-08 or ~"),
        ("x" * 9999, f"'{'x' * 40}' is not a date such as 2025, 2025-10, 2025-10-08 or ~"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(edtf: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Span.parse(edtf)


@pytest.mark.parametrize("edtf", ["", "..", "../..", "2025-1", "2025-10-08~?", "2025/2026/2027"])
def test_nothing_outside_the_subset_is_read(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|has no end"):
        Span.parse(edtf)


def test_a_span_made_by_hand_cannot_end_before_it_starts_either() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Span.between(date(2025, 11, 7), date(2025, 10, 1))


def test_the_basis_is_kept() -> None:
    assert Span.parse("../2025-10-24", Basis.RELATIVE).basis is Basis.RELATIVE
    assert Span.on(FIRST, Basis.AS_OF).basis is Basis.AS_OF
    assert Span.between(None, FIRST, Basis.PUBLICATION).basis is Basis.PUBLICATION


@pytest.mark.parametrize(
    ("edtf", "approximate", "uncertain"),
    [
        ("2025-10-08", False, False),
        ("2025-10-08~", True, False),
        ("2025-10-08?", False, True),
        ("2025-10-08%", True, True),
        ("2025-10-08~/2025-11-07", True, False),
        ("../2025-10-24?", False, True),
    ],
)
def test_marks_say_what_is_open_to_doubt(edtf: str, approximate: bool, uncertain: bool) -> None:  # noqa: FBT001
    span = Span.parse(edtf)

    assert (span.approximate, span.uncertain) == (approximate, uncertain)


def test_only_one_day_without_a_mark_is_a_day() -> None:
    assert Span.parse("2025-10-08").is_day
    assert Span.parse("2025-10-08/2025-10-08").is_day
    for edtf in ("2025-10-08~", "2025-10-08?", "2025-10", "../2025-10-08", "2025-10-08/2025-10-09"):
        assert not Span.parse(edtf).is_day


def test_an_open_start_reaches_back_into_any_window() -> None:
    span = Span.parse("../2025-10-24")

    assert span.overlaps(None, date(1990, 1, 1))
    assert span.overlaps(date(2025, 10, 24), None)
    assert not span.overlaps(date(2025, 10, 25), None)
    assert not span.within(date(1990, 1, 1), None)
    assert span.within(None, date(2025, 10, 24))


@given(dates, marks)
def test_what_was_read_is_read_back_the_same(written: str, mark: str) -> None:
    span = Span.parse(written + mark)

    assert span.edtf == written + mark
    assert Span.parse(span.edtf) == span


@given(st.none() | st.dates(), st.dates(), st.sampled_from(Basis))
def test_what_was_made_of_days_is_read_back_the_same(
    first: date | None, last: date, basis: Basis
) -> None:
    if first is not None:
        first, last = sorted([first, last])
    span = Span.between(first, last, basis)

    assert (span.earliest, span.latest) == (first, last)
    assert Span.parse(span.edtf, basis) == span


@given(spans(), windows)
def test_overlaps_and_within_agree_with_counting_the_days(
    span: Span, window: tuple[date | None, date | None]
) -> None:
    since, until = window
    before, after = FIRST - timedelta(1), FIRST + timedelta(SPREAD + 1)  # stand for "any earlier"
    covered = stretch(span.earliest or before, span.latest)
    wanted = stretch(since or before, until or after)

    assert span.overlaps(since, until) == bool(covered & wanted)
    assert span.within(since, until) == (covered <= wanted)


@given(st.text(alphabet="0123456789-/.~?% ", max_size=24) | st.text(max_size=24))
def test_any_text_is_read_or_refused_with_a_value_error(text: str) -> None:
    try:
        span = Span.parse(text)
    except ValueError:
        return
    assert Span.parse(span.edtf) == span


def stretch(first: date, last: date) -> set[date]:
    return {first + timedelta(count) for count in range((last - first).days + 1)}
