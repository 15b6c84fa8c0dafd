"""Lists hold what was asked for, in order, and their pages join without a gap."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.model.entry import CAP, EntryPage, Kind, PlaceRole, Total, VerdictValue
from store.model.filing import FiledPlace, Filing
from store.model.refusals import BadCursor
from store.model.span import Span
from store.queries.lists import Filter, page, read_rows
from store.queries.search import any_of, query
from store.record import entry_rows, moderation
from tests.store.conftest import AT, DAY, an_act, an_entry
from tests.store.laid_store import lay_store

PLACES, ACTORS = (1, 2, 3), (1, 2)
TYPES = ("control", "losses", "other")
WORDS = ("flag", "city", "зал", "куп’янськ", "corridor", "run")

# Stores made up, and the same asked without SQL


@dataclass(frozen=True)
class Made:
    """An entry of a made-up store, with what filing does not set."""

    entry: Filing
    verdict: VerdictValue | None
    retracted: bool


days = st.integers(0, 9).map(lambda number: DAY - timedelta(number))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, last = sorted([draw(days), draw(days)])
    return Span.between(draw(st.sampled_from([first, None])), last)


@st.composite
def samples(draw: st.DrawFn) -> Made:
    kind = draw(st.sampled_from(Kind))
    places = draw(st.lists(st.sampled_from(PLACES), unique=True, max_size=2))
    entry = an_entry(
        kind=kind,
        type=draw(st.sampled_from(TYPES)),
        text=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))),
        day=draw(spans()),
        places=tuple(FiledPlace(place, draw(st.sampled_from(PlaceRole))) for place in places),
        actor_id=draw(st.sampled_from(ACTORS if kind is Kind.ASSESSMENT else (None, *ACTORS))),
    )
    verdict = draw(st.none() | st.sampled_from(VerdictValue))
    return Made(entry, verdict, retracted=draw(st.sampled_from([False, False, False, True])))


@st.composite
def filters(draw: st.DrawFn) -> tuple[Filter, str]:
    """Make a filter, and the word that it is for, if it is for one."""
    word = draw(st.sampled_from(["", "", *WORDS]))
    first, last = sorted([draw(days), draw(days)])  # a command refuses any other window
    wanted = Filter(
        draw(st.sampled_from([*Kind, None] if word else [*Kind])),
        place_id=draw(st.none() | st.sampled_from(PLACES)),
        actor_id=draw(st.none() | st.sampled_from(ACTORS)),
        since=draw(st.sampled_from([None, first])),
        until=draw(st.sampled_from([None, last])),
        verdict=draw(st.none() | st.sampled_from(VerdictValue)),
        type=draw(st.none() | st.sampled_from(TYPES)),
        match=query(word),
        retracted=draw(st.sampled_from([False, False, True])),
        oldest_first=draw(st.booleans()),
    )
    return wanted, word


def holds(wanted: Filter, word: str, sample: Made) -> bool:
    """Tell whether a list has an entry, from the entry alone."""
    entry = sample.entry
    return all(
        [
            wanted.kind in {None, entry.kind},
            wanted.place_id in {None, *(at.place_id for at in entry.places)},
            wanted.actor_id in {None, entry.actor_id},
            entry.day.overlaps(wanted.since, wanted.until),
            wanted.verdict in {None, sample.verdict},
            wanted.type in {None, entry.type},
            wanted.retracted is sample.retracted,
            not word or word in entry.text.split(),
        ]
    )


@contextmanager
def store_of(entries: list[Made]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(lay_store(PLACES, ACTORS))
        for number, sample in enumerate(entries, start=1):
            entry_rows.file(db, sample.entry, AT)
            db.execute("UPDATE entries SET verdict = ? WHERE id = ?", (sample.verdict, number))
            if sample.retracted:
                moderation.retract(db, an_act(f"r{number}", "retract"), number)
        yield db


def pages(db: sqlite3.Connection, wanted: Filter, size: int) -> list[EntryPage]:
    pages = [page(db, wanted, size)]
    while pages[-1].cursor:
        pages.append(page(db, replace(wanted, after=pages[-1].cursor), size))
        assert len(pages) < 99, "it does not end"
    return pages


@settings(max_examples=200, deadline=None)
@given(st.lists(samples(), max_size=14), filters(), st.integers(1, 4))
def test_pages_tile_the_whole_list(
    entries: list[Made], asked: tuple[Filter, str], size: int
) -> None:
    """Page by page comes what counting by hand finds, in its order, with its total."""
    wanted, word = asked
    expected = [
        number for number, sample in enumerate(entries, start=1) if holds(wanted, word, sample)
    ]
    days = {number: sample.entry.day for number, sample in enumerate(entries, start=1)}
    expected.sort(key=lambda number: (days[number].latest, number), reverse=not wanted.oldest_first)
    expected.sort(key=lambda number: days[number].earliest is None)  # what is undated stands last

    with store_of(entries) as db:
        listing = pages(db, wanted, size)

    assert [entry.id for page in listing for entry in page.entries] == expected
    assert {page.total for page in listing} == {Total(len(expected))}
    assert all(len(page.entries) == size for page in listing[:-1])


@settings(deadline=None)
@given(st.lists(samples(), max_size=8), filters())
def test_an_entry_comes_back_as_it_was_filed(
    entries: list[Made], asked: tuple[Filter, str]
) -> None:
    wanted, _ = asked

    with store_of(entries) as db:
        for entry in page(db, wanted, 20).entries:
            filed = entries[entry.id - 1].entry
            assert entry_rows.current(db, entry.id) == filed
            assert (entry.kind, entry.type, entry.text) == (filed.kind, filed.type, filed.text)
            assert entry.day == filed.day
            assert (entry.by.id if entry.by else None) == filed.actor_id
            placed = [(at.place_id, at.role) for at in entry.places]
            assert placed == [(at.place_id, at.role) for at in filed.places]
            assert [cited.source.id for cited in entry.sources] == [1]


# Ends of days


def list_events(entries: list[Filing], **asked: Any) -> list[int]:
    with store_of([Made(entry, None, retracted=False) for entry in entries]) as db:
        return [entry.id for entry in page(db, Filter(Kind.EVENT, **asked), 99).entries]


@pytest.mark.parametrize("asked", [{}, {"place_id": 1}, {"match": query("fighting")}])
def test_both_ends_of_a_window_count_and_whatever_overlaps_it(asked: dict[str, Any]) -> None:
    def on(*edtf: str) -> list[Filing]:
        return [an_entry(day=Span.parse(day), places=(FiledPlace(1),)) for day in edtf]

    entries = on("2025-10-01/2025-10-31", "../2025-10-10", "2025-10-20", "2025-11-01", "2025")
    october = {"since": date(2025, 10, 10), "until": date(2025, 10, 20), **asked}

    assert list_events(entries, **october) == [5, 1, 3, 2]
    assert list_events(entries, **{**october, "since": date(2025, 10, 11)}) == [5, 1, 3]
    assert list_events(entries, **{**october, "until": date(2025, 10, 19)}) == [5, 1, 2]
    assert list_events(entries, **{**october, "oldest_first": True}) == [3, 1, 5, 2]


# Totals


@pytest.fixture(scope="module")
def many() -> Iterator[sqlite3.Connection]:
    """A store of 1,003 events, three of them elsewhere."""
    event = an_entry(places=(FiledPlace(1),), actor_id=1)
    elsewhere = an_entry(places=(FiledPlace(2),), actor_id=2)
    entries = [*[event] * CAP, *[elsewhere] * 3]
    with store_of([Made(entry, None, retracted=False) for entry in entries]) as db:
        yield db


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({}, Total(CAP, capped=True)),
        ({"match": query("fighting")}, Total(CAP, capped=True)),
        ({"place_id": 1}, Total(CAP)),
        ({"actor_id": 1, "match": query("fighting")}, Total(CAP)),
        ({"place_id": 2}, Total(3)),
        ({"actor_id": 2}, Total(3)),
        ({"type": "supply"}, Total(0)),
    ],
)
def test_a_total_is_exact_up_to_a_thousand(
    many: sqlite3.Connection, asked: dict[str, Any], total: Total
) -> None:
    assert page(many, Filter(Kind.EVENT, **asked), 5).total == total


def test_a_last_page_that_is_full_has_no_cursor(many: sqlite3.Connection) -> None:
    assert page(many, Filter(Kind.EVENT, place_id=2), 3).cursor == ""
    assert page(many, Filter(Kind.EVENT, place_id=2), 2).cursor != ""


# Whatever people type

ODD = st.text(
    alphabet="abкъ'\"*():^-+{}[]|&,;.\\/%_~?!@#$ \t\n\x00\u200f\u0301\ud83d№²ⅷ１", max_size=40
)
OPERATORS = st.lists(
    st.sampled_from(
        ["AND", "OR", "NOT", "NEAR", "NEAR/2", "words", ":", "tags", '"', "*", "(", ")", "^", "-"]
    ),
    max_size=9,
).map(" ".join)


@settings(deadline=None)
@given(st.text() | ODD | OPERATORS, st.sampled_from([None, *Kind]), st.booleans())
def test_no_text_upsets_a_search(text: str, kind: Kind | None, oldest: bool) -> None:  # noqa: FBT001
    with store_of([Made(an_entry(places=()), None, retracted=False)]) as db:
        for match in (query(text), any_of(text), any_of(text, [text])):
            page(db, Filter(kind, match=match, oldest_first=oldest, since=DAY, until=DAY), 5)


@pytest.mark.parametrize(
    "text",
    [
        "a " * 5000,
        "ab" * 5000,
        '"' * 10000,
        '"a" ' * 2500,
        "a*" * 5000,
        "( " * 5000,
        "') OR 1=1 --",
        "NEAR(a b)",
        "words : x",
        "{words} : x",
        "^a",
        "-a",
        "a + b",
        "\x00",
        "😀",
        "²",
        "\u200f",
    ],
)
def test_no_long_or_clever_text_upsets_a_search(text: str) -> None:
    with store_of([Made(an_entry(places=()), None, retracted=False)]) as db:
        page_of_all = page(db, Filter(Kind.EVENT, match=query(text)), 5)
        in_use = page(db, Filter(Kind.EVENT, words=text), 5)

    assert not (query(text) and page_of_all.entries)
    assert in_use.entries == page_of_all.entries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flag", {1, 2}),
        ("FLAG,", {1, 2}),
        ("fla*", {1, 2, 3}),
        ("flag city", {1}),
        ('"city flag"', {1}),
        ('"flag city"', set()),
        ("“city flag”", {1}),
        ("«city fla*»", set()),
        ("купянськ", {4}),
        ("Куп'янськ", {4}),
        ("КУПʼЯНСЬК", {4}),
        ("к*", {4}),
        ("flag -city", {1}),
        ("NOT flag", set()),
        ("flag OR run", set()),
        ("kevent", set()),
        ("tags", set()),
    ],
)
def test_words_phrases_and_stars_are_all_that_means_anything(text: str, expected: set[int]) -> None:
    texts = ["The city flag.", "A flag.", "Flagship.", "Куп’янськ.", "Nothing."]
    entries = [an_entry(text=text, places=()) for text in texts]

    assert set(list_events(entries, match=query(text))) == expected
    assert set(list_events(entries, words=text)) == expected


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[0-9]{1,20}-[0-9]{1,20}", fullmatch=True), st.booleans())
def test_a_cursor_is_taken_or_refused_in_a_sentence(text: str, by_words: bool) -> None:  # noqa: FBT001
    match = query("fighting") if by_words else ""
    with store_of([Made(an_entry(places=()), None, retracted=False)]) as db:
        wanted = Filter(Kind.EVENT, after=text, match=match)
        if not text or re.fullmatch("[0-9]+-[0-9]+", text):
            page(db, wanted, 5)
        else:
            with pytest.raises(BadCursor, match=r"is no page of a list\.$"):
                page(db, wanted, 5)


@pytest.mark.parametrize("oldest_first", [False, True])
def test_a_page_far_from_the_start_is_read_without_what_comes_before_it(
    oldest_first: bool,  # noqa: FBT001 -- pytest hands it over
) -> None:
    entries = [an_entry(day=Span.on(DAY - timedelta(number)), places=()) for number in range(300)]
    middle = f"{DAY - timedelta(150):%Y%m%d}-1"
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    with store_of([Made(entry, None, retracted=False) for entry in entries]) as db:
        db.set_progress_handler(count, 1)
        read_rows(db, Filter(Kind.EVENT, oldest_first=oldest_first), 5)
        first, steps = steps, 0
        read_rows(db, Filter(Kind.EVENT, oldest_first=oldest_first, after=middle), 5)

    assert steps < 2 * first
