"""Timelines as pictures: as they were, and whatever is to be drawn."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import ImageChops, ImageStat

from bot.i18n.formatter import Voice
from bot.pictures.labels import overlap
from bot.pictures.timeline_drawing import WIDE, TimelineDrawing
from commands.shared.pictures.timeline_picture import TimelineMark
from store.model.entry import Kind
from tests.fakes import ZONE
from tests.pictures.golden import ENTRIES, FOLDER, draw_every, entry, open_png, timeline

ENGLISH = Voice(ZONE)
TOLERANCE = 2.0


@pytest.mark.parametrize("name", ["timeline-light-en", "timeline-dark-uk"])
def test_a_timeline_looks_as_it_did(name: str) -> None:
    """`python -m tests.pictures.golden` draws them anew: look at them before you commit them."""
    now, before = open_png(draw_every()[name]), open_png((FOLDER / f"{name}.png").read_bytes())
    assert now.size == before.size
    assert max(ImageStat.Stat(ImageChops.difference(now, before)).mean) < TOLERANCE


def test_entries_that_look_alike_stand_together_and_tied_ones_alone() -> None:
    drawing = TimelineDrawing(timeline(), ENGLISH)
    rows = [refs for _, refs, _, _ in drawing.drawn]
    assert "E-4" in rows
    assert "E-5" in rows
    (many,) = [refs for refs in rows if refs.startswith("E-10, E-11")]
    assert many.endswith(f"+{20 - many.count('E-')}")
    assert {4, 5, 6, 7} <= set(drawing.placed)


days = st.integers(0, 4000).map(lambda back: date(2025, 11, 7) - timedelta(back))


@st.composite
def entries(draw: st.DrawFn) -> TimelineMark:
    last = draw(days)
    first = draw(st.none() | st.integers(0, 400).map(lambda back: last - timedelta(back)))
    number, kind = draw(st.integers(1, 10**6)), draw(st.sampled_from(Kind))
    sign, shade = draw(st.sampled_from(["", "▲", "?"])), draw(st.integers(-1, 9))
    soft = first != last
    return TimelineMark(number, f"E-{number}", kind, first, last, soft, first is None, sign, shade)


@settings(max_examples=25)
@given(st.lists(entries(), max_size=60, unique_by=lambda mark: mark.number))
def test_whatever_is_drawn_stays_in_the_frame_and_no_reference_hides_another(
    marks: list[TimelineMark],
) -> None:
    ties = tuple((mark.number, other.number) for mark, other in zip(marks, marks[2:], strict=False))
    drawing = TimelineDrawing(timeline(tuple(marks), ties=ties), ENGLISH)
    picture = open_png(drawing.draw())
    assert picture.width == WIDE
    for _, _, bar, label in drawing.drawn:
        for left, top, right, bottom in (bar, label):
            assert left >= 0
            assert top >= 0
            assert right <= WIDE
            assert bottom <= picture.height
    for (*_, first), (*_, other) in combinations(drawing.drawn, 2):
        assert not overlap(first, other)


def test_what_finds_no_row_is_counted_below() -> None:
    crowd = tuple(
        replace(entry(n, Kind.CLAIM, None, ENTRIES[0].last), shade=n % 40 - 1) for n in range(1, 60)
    )
    drawing = TimelineDrawing(timeline(crowd, ties=(), more=5), ENGLISH)
    shown = sum(
        len(refs.split(", ")) + int(refs.partition("+")[2] or 0) for _, refs, _, _ in drawing.drawn
    )
    assert f"and {59 - shown + 5} more" in drawing.notes
