"""A text's places are found where they stand, declined or not."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.places.ground import Ground
from store.places.in_text.place_mentions import find_mentions
from store.places.name_key import name_key
from store.places.stored import StoredNames
from store.places.suggest import suggest_places

REPORT = (
    "Сили оборони відбили атаки під Покровськом, у Мирнограді та біля Новоекономічного."
    " На Покровському напрямку ворог наступав у Часовому Яру. У Донецькій області обстріляно"
    " Костянтинівку, Дружківку. Генштаб повідомив про удари по Харкову."
)


def test_a_report_names_its_places(names: StoredNames, ground: Ground) -> None:
    mentions = find_mentions(REPORT, names, ground)

    assert [
        (mention.text, mention.candidates[0].place.name) for mention in mentions if mention.settled
    ] == [
        ("Покровськом", "Pokrovsk"),
        ("Мирнограді", "Myrnohrad"),
        ("Новоекономічного", "Novoekonomichne"),
        ("Покровському напрямку", "Pokrovsk"),
        ("Часовому Яру", "Chasiv Yar"),
        ("Донецькій області", "Donetsk Oblast"),
        ("Костянтинівку", "Kostiantynivka"),
        ("Дружківку", "Druzhkivka"),
        ("Харкову", "Kharkiv"),
    ]
    assert all(REPORT[mention.start : mention.end] == mention.text for mention in mentions)


def test_a_name_that_several_bear_is_left_open(names: StoredNames, ground: Ground) -> None:
    (mention,) = find_mentions("Shelling hit Ivanivka.", names, ground)

    assert not mention.settled
    assert {candidate.place.name for candidate in mention.candidates} == {"Ivanivka"}


def test_words_that_are_no_places_are_passed_over(names: StoredNames, ground: Ground) -> None:
    assert not find_mentions("President Trump met Great Hope on Monday.", names, ground)


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_spans_of_any_text_stand_in_order(names: StoredNames, ground: Ground, text: str) -> None:
    after = 0
    for mention in find_mentions(text, names, ground):
        assert after <= mention.start < mention.end <= len(text)
        after = mention.end


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("P", "Pokrovsk"),
        ("пок", "Pokrovsk"),
        ("Kosti", "Kostiantynivka"),
        ("Kostia", "Kostiantynivka"),
        ("Kup", "Kupiansk"),
        ("Novoekonomic", "Novoekonomichne"),
        ("м. Покр", "Pokrovsk"),
        ("Pokrvs", "Pokrovsk"),
        ("pokrvsk", "Pokrovsk"),
        ("Pokrovsk, Donetsk Oblast", "Pokrovsk"),
        ("Donetsk O", "Donetsk Oblast"),
        ("Хар", "Kharkiv"),
    ],
)
def test_what_the_desk_has_is_suggested_first(
    db: sqlite3.Connection, ground: Ground, typed: str, first: str
) -> None:
    suggested = [
        place.place.name for place in suggest_places(db, StoredNames(db), ground, typed, 8)
    ]

    assert first in suggested[:6]
    assert first == "Kharkiv" or suggested[0] == first


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_beginning_is_suggested_for_without_a_trace(
    db: sqlite3.Connection, ground: Ground, text: str
) -> None:
    assert len(suggest_places(db, StoredNames(db), ground, text, 8)) <= 8


def test_names_looked_up_before_are_the_same_and_none_is_missed(
    db: sqlite3.Connection, ground: Ground
) -> None:
    kept = StoredNames(db, {})
    for text in ("Pokrovsk, Shevchenko, Xyzzy", "Shevchenko, Myrnohrad", "Xyzzy, Pokrovsk"):
        keys = [name_key(name) for name in text.split(", ")]
        for _ in range(2):
            assert sorted(map(str, kept.find(keys))) == sorted(map(str, StoredNames(db).find(keys)))
        assert find_mentions(text, kept, ground) == find_mentions(text, StoredNames(db), ground)


def test_a_desk_with_thousands_of_places_offered_the_first_of_the_alphabet(
    db: sqlite3.Connection,
) -> None:
    every = Ground((number, None, None) for (number,) in db.execute("SELECT id FROM places"))
    for typed, meant in (("Zaporuzh", "Zaporizhzhia"), ("Zap", "Zaporizhzhia"), ("Po", "Poltava")):
        suggested = suggest_places(db, StoredNames(db), every, typed, 8)
        assert meant in {place.place.name for place in suggested}, typed
