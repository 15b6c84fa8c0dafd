"""Any name of a place reaches it: in any script, with any apostrophe, and nearly right."""

import gzip
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from store import SEEDS
from store.model.text import fold
from store.queries.places import like, named, settle, settle_near
from tests.store.conftest import POKROVSK

PLACES: list[dict[str, Any]] = tomllib.loads((SEEDS / "places.toml").read_text(encoding="utf-8"))[
    "place"
]
NAMES = [
    (place["geoname"], name)
    for place in PLACES
    for name in (place["name"], place["local"], *place.get("former", []), *place["aliases"])
]
LATIN = sorted({
    (number, fold(name)) for number, name in NAMES if name.isascii() and len(fold(name)) > 5
})  # fmt: skip
ROWS = [
    line.split("\t")
    for line in gzip.decompress((SEEDS / "gazetteer.tsv.gz").read_bytes()).decode().splitlines()[1:]
]
DOBROPILLIA = 709900


@pytest.fixture(scope="module")
def db(seeds_file: Path) -> Iterator[sqlite3.Connection]:
    """A seeded store, to be read."""
    with closing(sqlite3.connect(f"file:{seeds_file}?mode=ro", uri=True)) as found:
        yield found


@pytest.mark.parametrize(("number", "name"), NAMES, ids=str)
def test_every_name_of_the_seeds_reaches_its_place(
    db: sqlite3.Connection, number: int, name: str
) -> None:
    """Also where others bear it: the place on record then dominates them."""
    match = settle(named(db, name))

    assert match is not None
    assert match.place.id == number
    assert match.exact


def test_the_desks_own_names_win_over_the_gazetteers(db: sqlite3.Connection) -> None:
    for place in PLACES:
        match = settle(named(db, place["local"]))
        assert match is not None
        assert (match.place.name, match.place.local_name) == (place["name"], place["local"])


def test_a_former_name_says_so(db: sqlite3.Connection) -> None:
    for place in PLACES:
        for name in place.get("former", []):
            match = settle(named(db, name))
            assert match is not None
            assert match.former, name
            assert fold(match.name) == fold(name)


def test_a_name_in_use_is_not_former(db: sqlite3.Connection) -> None:
    for place in PLACES:
        for name in (place["name"], place["local"], *place["aliases"]):
            match = settle(named(db, name))
            assert match is not None
            assert not match.former, name


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ROWS), st.data())
def test_every_name_of_the_gazetteer_answers(
    db: sqlite3.Connection, row: list[str], data: st.DataObject
) -> None:
    """It is among those found and, typed in a rush, still is."""
    number, name, *_, others = row
    typed = data.draw(st.sampled_from([one for one in [name, *others.split("|")] if fold(one)]))
    rushed = data.draw(st.sampled_from([typed.upper(), typed.lower(), typed.title()]))
    assume(fold(rushed) == fold(typed))

    for text in (typed, f" {rushed} "):
        assert int(number) in [one.place.id for one in named(db, text)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ROWS))
def test_every_name_is_suggested_for_itself(db: sqlite3.Connection, row: list[str]) -> None:
    number, name, *_ = row
    namesakes = {one.place.id for one in named(db, name)}

    first = like(db, name, len(namesakes) + 5)[: len(namesakes)]

    assert {one.place.id for one in first} == namesakes
    assert int(number) in namesakes


def test_a_town_dominates_the_villages_of_its_name(db: sqlite3.Connection) -> None:
    match = settle(named(db, "Dobropillia"))

    assert match is not None
    assert match.place.id == DOBROPILLIA
    assert match.others
    assert DOBROPILLIA not in {other.id for other in match.others}


def test_near_equals_are_asked(db: sqlite3.Connection) -> None:
    found = named(db, "Shevchenko")

    assert len(found) > 1
    assert settle(found) is None


def test_what_is_on_record_comes_first_among_namesakes(db: sqlite3.Connection) -> None:
    found = named(db, "Pokrovsk")

    assert found[0].place.id == POKROVSK
    assert found[0].entries > 0


@pytest.mark.parametrize("text", ["pokrvsk", "Pokrovsc", "Pokorvsk", "Покровсц", "покрвськ"])
def test_a_near_miss_reaches_the_place_and_says_so(db: sqlite3.Connection, text: str) -> None:
    assert not named(db, text)

    match = settle_near(like(db, text, 10))

    assert match is not None
    assert match.place.id == POKROVSK
    assert not match.exact


@pytest.mark.parametrize(
    "text", ["", " ", "'", "\u200f", "q", "xyzzy", "😀", "x" * 10_000, '"', "%", "*"]
)
def test_what_is_no_name_finds_nothing_and_upsets_nothing(
    db: sqlite3.Connection, text: str
) -> None:
    assert settle(named(db, text)) is None
    assert settle_near(like(db, text, 10)) is None


@settings(deadline=None)
@given(st.text())
def test_no_text_upsets_the_gazetteer(db: sqlite3.Connection, text: str) -> None:
    for found in (named(db, text), like(db, text, 10)):
        settle(found)
        settle_near(found)


# Typing mistakes


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[int, str, str]:
    """Take a Latin name of the situation's and get one letter of it wrong."""
    number, name = draw(st.sampled_from(LATIN))
    at = draw(st.integers(1, len(name) - 2))
    letter = draw(st.sampled_from(ascii_lowercase))
    wrong = draw(
        st.sampled_from([
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ])
    )  # fmt: skip
    return number, name, wrong


@settings(max_examples=200, deadline=None)
@given(misspelt())
def test_one_wrong_letter_still_leads_to_the_place(
    db: sqlite3.Connection, case: tuple[int, str, str]
) -> None:
    """It is the first, or another place's name is as near; unless the mistake is such a name."""
    number, _, wrong = case
    assume(not named(db, wrong))

    found = like(db, wrong, 10)

    best = [one.place.id for one in found if one.score == found[0].score]
    match = settle_near(found)
    assert number in [one.place.id for one in found[:5]]
    assert number in best or match is None or found[0].score > 88


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place["name"]))
@pytest.mark.parametrize("field", ["name", "local"])
def test_a_place_of_the_situation_is_suggested_while_it_is_typed(
    db: sqlite3.Connection, place: dict[str, Any], field: str
) -> None:
    """From the fourth letter on it is among the first ten."""
    name = place[field]
    for length in range(4, len(name) + 1):
        found = [one.place.id for one in like(db, name[:length], 10)]
        assert place["geoname"] in found, name[:length]
