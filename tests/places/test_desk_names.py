"""Every name that the seeds give a place reaches it: in any script, and with a letter wrong."""

import sqlite3
import tomllib
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import SEEDS
from store.model.text import fold
from store.places.ground import Ground
from store.places.recognition import Certainty, ReadAs
from store.places.stored import StoredNames
from store.places.suggest import suggest_places
from tests.places.conftest import Read

PLACES: list[dict[str, Any]] = tomllib.loads((SEEDS / "places.toml").read_text(encoding="utf-8"))[
    "place"
]
NAMES = [
    (place["geoname"], name)
    for place in PLACES
    for name in (place["name"], place["local"], *place.get("former", []), *place["aliases"])
]
LATIN = sorted(
    {(number, fold(name)) for number, name in NAMES if name.isascii() and len(fold(name)) > 6}
)


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(("number", "name"), NAMES, ids=str)
def test_every_name_of_the_seeds_reaches_its_place(
    read: Read, number: int, name: str, *, writing: bool
) -> None:
    """Also where villages bear it: what the desk calls a place is what it means by it."""
    answer = read(name, writing=writing)

    assert answer.outcome is Certainty.SETTLED
    assert answer.candidates[0].place.id == number


def test_a_former_name_says_so_and_a_name_in_use_does_not(read: Read) -> None:
    for place in PLACES:
        for name in place.get("former", []):
            best = read(name).candidates[0]
            assert (best.how, fold(best.name)) == (ReadAs.FORMER, fold(name))
        for name in (place["name"], place["local"]):
            assert read(name).candidates[0].how is ReadAs.OWN
        for name in place["aliases"]:
            assert read(name).candidates[0].how is not ReadAs.FORMER, name


def test_the_desks_town_comes_before_the_villages_of_its_name(read: Read) -> None:
    answer = read("Dobropillia")

    assert answer.outcome is Certainty.SETTLED
    assert [candidate.place.kind for candidate in answer.candidates] == ["city", "village"]


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[int, str]:
    """Take a Latin name of the situation's and get one letter of it wrong."""
    number, name = draw(st.sampled_from(LATIN))
    at = draw(st.integers(1, len(name) - 2))
    letter = draw(st.sampled_from(ascii_lowercase))
    wrong = draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    )
    return number, wrong


@settings(max_examples=300)
@given(misspelt())
def test_one_wrong_letter_leads_to_the_place_or_is_asked_about(
    read: Read, case: tuple[int, str]
) -> None:
    """Unless the mistake is another place's name, or could be of another one here."""
    number, wrong = case

    answer = read(wrong)

    best = answer.candidates[0] if answer.candidates else None
    if answer.outcome is Certainty.SETTLED and best and best.how in {ReadAs.TYPED, ReadAs.OWN}:
        assert best.place.id == number
    assert read(wrong, writing=True).outcome is not Certainty.SETTLED or (
        best is not None and not best.how.is_guess
    )


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place["name"]))
@pytest.mark.parametrize("field", ["name", "local"])
def test_a_place_of_the_situation_is_suggested_while_it_is_typed(
    db: sqlite3.Connection, ground: Ground, place: dict[str, Any], field: str
) -> None:
    """From the third letter on it is among the first eight."""
    name = place[field]
    for length in range(3, len(name) + 1):
        typed = name[:length]
        suggested = [
            place.place.id for place in suggest_places(db, StoredNames(db), ground, typed, 8)
        ]
        assert place["geoname"] in suggested, name[:length]
