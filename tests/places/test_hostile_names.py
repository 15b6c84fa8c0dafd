"""Whatever is typed for a place: never a trace, and never a place of a name far from it."""

import random
import sqlite3
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from store.likeness.check_text import read_message
from store.model.text import fold
from store.places.declension import list_nominative_keys
from store.places.name_key import name_key
from store.places.phrase import list_phrases
from store.places.recognition import Candidate, Certainty, ReadAs
from store.places.russian_forms import list_ukrainian_keys
from store.places.stored import KnownPlaces
from store.places.suggest import suggest_places
from store.queries.person_names import name_likeness
from tests.places.conftest import Read

_LETTERS = "abcdefghijklmnopqrstuvwxyz' -абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’"
_SHORT, _LONG = 400, 10_000


def is_close(text: str, candidate: Candidate) -> bool:
    """Tell whether a name that was read is the text's own, a form of it, or one slip away."""
    key = name_key(candidate.name)
    for phrase in list_phrases(text):
        forms = list_nominative_keys(phrase.name)
        if candidate.how in {ReadAs.AREA, ReadAs.DIRECTION} or key in forms:
            return True
        if any(key in list_ukrainian_keys(form) for form in forms):
            return True
        slips = (
            OSA.distance(name_key(phrase.name), key),
            OSA.distance(fold(phrase.name).replace(" ", ""), fold(candidate.name).replace(" ", "")),
        )
        if candidate.how is ReadAs.TYPED and min(slips) <= 1:
            return True
    return False


def mutate(name: str, chance: random.Random) -> str:
    letters = list(name)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(letters))
        letters[at : at + chance.randint(0, 1)] = chance.choice(_LETTERS)
    return "".join(letters)


def names_to_try(db: sqlite3.Connection, count: int) -> list[str]:
    """Return made-up names, half of them from real ones with one to three slips."""
    chance = random.Random(20251107)
    real = [name for (name,) in db.execute("SELECT name FROM place_names ORDER BY key, place_id")]
    names = ["".join(chance.choices(_LETTERS, k=chance.randint(1, 14))) for _ in range(count // 2)]
    return names + [mutate(chance.choice(real), chance) for _ in range(count - count // 2)]


def check(read: Read, text: str) -> None:
    answer = read(text)
    if answer.outcome is Certainty.SETTLED:
        assert is_close(text, answer.candidates[0]), (text, answer.candidates[0])
    if answer.outcome is not Certainty.UNKNOWN:
        assert read(text, writing=True).outcome is not Certainty.UNKNOWN


def test_no_place_is_answered_whose_name_is_more_than_a_slip_away(
    db: sqlite3.Connection, read: Read
) -> None:
    for text in names_to_try(db, _SHORT):
        check(read, text)


@pytest.mark.soak
def test_ten_thousand_names(db: sqlite3.Connection, read: Read) -> None:
    for text in names_to_try(db, _LONG):
        check(read, text)


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_any_text_is_answered_without_a_trace(read: Read, text: str) -> None:
    check(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ",",
        "()",
        "((((",
        "…",
        "\0",
        "%",
        "_",
        "*",
        "' OR 1=1 --",
        '"',
        "P-",
        "а" * 4000,
        "Pokrovsk " * 400,
        "(" * 300,
        "у в на під",
        ", Donetsk Oblast",
        "oblast",
        "direction",
        "١٢٣",
        "\u202eksvorkoP",
        "Pokrovsk\u0000",
        "İstanbul",
        "ß",
        "ﬁ",
        "𝕻𝖔𝖐𝖗𝖔𝖛𝖘𝖐",
    ],
)
def test_hostile_text_is_answered_without_a_trace(read: Read, text: str) -> None:
    read(text)
    read(text, writing=True)


def test_of_endless_words_nobody_ever_asks_again_all_was_kept(db: sqlite3.Connection) -> None:
    """A message left a hundred thousand bytes behind, and a name as much as it was long."""
    chance, known = random.Random(7), KnownPlaces()

    def read(number: int) -> None:
        word = "".join(chance.choices(_LETTERS[30:-1], k=3_900)).title()
        read_message(db, f"{word} {number}", [(0, 3_900)], known)
        known.recognise(db, f"{word} {number}", writing=False, directions=False)
        name_likeness(word, "Putin", person=True)

    for number in range(5):  # what is loaded and kept of any message
        read(number)
    tracemalloc.start()
    for number in range(60):
        read(number)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 600_000


def test_letters_with_which_no_name_begins_were_kept(db: sqlite3.Connection) -> None:
    names, ground = KnownPlaces().look_up(db)
    for letter in "一二三四Pп":
        suggest_places(db, names, ground, letter, 8)
    assert set(ground.known_names) == {"p"}
