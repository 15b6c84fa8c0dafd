"""A village that a text puts in Russia is never the Ukrainian one of its name."""

import sqlite3

import pytest

from store.places.in_text.place_mentions import Mention, find_mentions
from store.places.recognition import Certainty
from store.places.stored import StoredNames, load_ground
from tests.places.conftest import Read


def list_mentions(db: sqlite3.Connection, text: str) -> dict[str, Mention]:
    return {it.text: it for it in find_mentions(text, StoredNames(db), load_ground(db))}


@pytest.mark.parametrize(
    "text",
    [
        "Дрон ударил по селу Новопавловка Белгородской области.",
        "Дрон ударил по селу Новопавловка, Белгородская область.",
        "Дрон ударив по Новопавлівці Курської області.",
        "Новопавлівка на Бєлгородщині під вогнем.",
        "A drone hit Novopavlovka in Russia's Kursk region.",
        "A drone hit Novopavlovka (Belgorod Oblast, Russia).",
        "A drone hit Novopavlovka, Russia.",
        "Обстрел: Новопавловка (РФ).",
        "российское село Новопавловка обстреляно",
        "The Russian village of Novopavlovka was shelled.",
        "Drones over Myrne in Belgorod Oblast and Rozdolne, Kursk Oblast, Russia.",
        "Бой за Селидово Курской области.",
    ],
)
def test_a_village_said_to_be_in_russia_is_not_the_ukrainian_one(
    db: sqlite3.Connection, text: str
) -> None:
    """“Новопавловка Белгородской области” was Novopavlivka of Dnipropetrovsk Oblast."""
    assert [
        it for it in list_mentions(db, text).values() if it.candidates[0].place.code[:2] == "UA"
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "In Russia's Belgorod Oblast a drone hit Novopavlovka.",
        "В Белгородской области дрон ударил по селу Новопавловка.",
        "Курская область: обстреляна Новопавловка.",
    ],
)
def test_where_the_sentence_begins_abroad_one_is_asked(db: sqlite3.Connection, text: str) -> None:
    mentions = list_mentions(db, text).values()
    assert not any(it.settled for it in mentions if it.candidates[0].place.code[:2] == "UA")


def test_the_head_of_a_sentence_ends_with_it(db: sqlite3.Connection) -> None:
    text = "In Belgorod Oblast it was quiet. Novopavlovka was shelled."
    assert list_mentions(db, text)["Novopavlovka"].settled


@pytest.mark.parametrize(
    ("text", "name", "oblast"),
    [
        ("Novopavlivka in Dnipropetrovsk Oblast", "Novopavlivka", "Dnipropetrovsk Oblast"),
        ("Kyiv, Kyiv Oblast", "Kyiv", "Kyiv (city)"),
        ("Сумы, Харьковская область и Покровск под ударом", "Сумы", "Sumy Oblast"),
        ("Покровск, Белгородская область и Сумы под ударом", "Покровск", "Donetsk Oblast"),
        ("Pokrovsk, Ukraine", "Pokrovsk", "Donetsk Oblast"),
    ],
)
def test_what_lies_there_and_a_list_stay_what_they_are(
    db: sqlite3.Connection, text: str, name: str, oblast: str
) -> None:
    mention = list_mentions(db, text)[name]
    assert mention.settled
    assert mention.candidates[0].place.oblast == oblast


def test_a_village_of_russia_is_not_written_as_a_far_one_by_a_russian_spelling(
    read: Read,
) -> None:
    """Плехово of Kursk Oblast was taken for Plekhiv of Poltava Oblast, 342 km away."""
    answer = read("Плехово", writing=True)
    assert answer.outcome is not Certainty.SETTLED


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "Глотово, Белгородская область",
        "Plekhovo, Kursk Oblast",
        "Gornal",
        "Горналь, Курская область",
        "Плёхово Курской области",
        "Олешня, Курская область",
        "Николаевка, Россия",
        "Mykolaivka, Russia",
        "Pokrovka, Belgorod Oblast",
        "Свердликово, Курская область",
        "Погребки (Курская область)",
        "Лебедевка, Курская область",
        "Gornal in the Kursk region",
        "Новопавлівка на Бєлгородщині",
    ],
)
def test_a_village_of_a_named_russian_region_is_unknown_rather_than_another(
    read: Read,
    name: str,
    writing: bool,  # noqa: FBT001
) -> None:
    answer = read(name, writing=writing)
    assert not [it for it in answer.candidates if it.place.code[:2] == "UA"]
