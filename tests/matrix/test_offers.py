"""Which of an answer's offers some words mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.matrix.ports import Pages
from bot.adapters.matrix.rendering.actions import Offers, PageRequest, parse_page_request

OFFERS = Offers(
    (
        ("File", "/draft file ref:D-1 seen:1"),
        ("Create it as a post", "/draft create ref:D-1 kind:post"),
        ("Create it as an article", "/draft create ref:D-1 kind:article"),
        ("Подати", "/draft file ref:D-1"),
        ("E-9", "/entry ref:E-9"),
    ),
    1,
    ("/review ref:D-1", "/add claim draft:D-1"),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1", (1,)),
        ("file", (1,)),
        ("  FILE. ", (1,)),
        ("create it as an article", (3,)),
        ("create", (2, 3)),
        ("Create it as a", (2,)),
        ("подати", (4,)),
        ("e-9", (5,)),
        ("fil", ()),
        ("file it now", ()),
        ("0", ()),
        ("6", ()),
        ("99999999999999999999", ()),
        ("\uff12", (2,)),
        ("2\ufe0f\u20e3", (2,)),
        ("", ()),
        ("!", ()),
    ],
)
def test_a_number_a_label_or_how_one_begins_chooses(text: str, numbers: tuple[int, ...]) -> None:
    assert OFFERS.matching_numbers(text) == numbers


@given(st.text(max_size=12))
def test_whatever_is_said_chooses_offers_that_there_are(text: str) -> None:
    assert set(OFFERS.matching_numbers(text)) <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kind:event", "/review ref:D-1 kind:event"),
        ("Day:6 Nov place:Lviv", "/add claim draft:D-1 Day:6 Nov place:Lviv"),
        ("other:1", ""),
        ("day 6 Nov", ""),
        ("https://example.org", ""),
    ],
)
def test_a_key_goes_on_with_the_line_that_has_it(text: str, line: str) -> None:
    keys = {"/review ref:D-1": {"kind"}, "/add claim draft:D-1": {"day", "place"}}
    assert OFFERS.continuation(text, lambda begun, key: key in keys[begun]) == line


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("status Lviv", PageRequest("status Lviv")),
        ("page 2 status Lviv", PageRequest("status Lviv", 2)),
        ("lines draft show D-1", PageRequest("draft show D-1", lines=True)),
        ("/lines draft show D-1", PageRequest("draft show D-1", lines=True)),
        ("page 2 lines draft show D-1", PageRequest("draft show D-1", 2, lines=True)),
        ("lines", PageRequest("lines")),
        ("page 2", PageRequest("page 2")),
    ],
)
def test_a_line_may_ask_for_a_part_or_for_all_its_lines(line: str, want: PageRequest) -> None:
    assert parse_page_request(line) == want


def test_pages_that_were_kept_before_there_were_offers_are_turned_still() -> None:
    kept = '{"asker":"@anna:x","trail":[["/claims",1]],"after":["/claims",2]}'
    pages = Pages.read(kept)
    assert pages is not None
    assert pages.trail_after(1) == (("/claims", 1), ("/claims", 2))
    assert pages.offers == Offers()


def test_nothing_is_kept_of_an_answer_that_offers_nothing() -> None:
    assert Pages("@anna:x", (), None, "!room").note() == ""
    pages = Pages("@anna:x", (), None, "!room", "$thread", OFFERS)
    assert Pages.read(pages.note()) == pages
    assert Pages.read(pages.without_confirmation().note()).offers.confirms == 0  # type: ignore[union-attr]
