"""A name in whatever it is wrapped: abbreviations, a country, what it lies beside."""

import pytest

from store.places.recognition import Certainty, ReadAs
from tests.places.conftest import Read


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("м.Покровськ", "Pokrovsk"),
        ("с.Гродівка", "Hrodivka"),
        ("смт.Гродівка", "Hrodivka"),
        ("пгт.Гродовка", "Hrodivka"),
        ("пгт Гродовка", "Hrodivka"),
        ("с-ще Гродівка", "Hrodivka"),
        ("м.Покровськ, Донецька обл.", "Pokrovsk"),
        ("Донецька обл., м.Покровськ", "Pokrovsk"),
        ("Pokrovsk, Ukraine", "Pokrovsk"),
        ("Pokrovsk (Ukraine)", "Pokrovsk"),
        ("Pokrovsk, Donetsk Oblast, Ukraine", "Pokrovsk"),
        ("Покровськ, Україна", "Pokrovsk"),
        ("Hrodivka, Pokrovsk raion", "Hrodivka"),
        ("Гродівка, Покровський р-н", "Hrodivka"),
        ("Mariupol, Donetsk Oblast", "Mariupol"),
    ],
)
def test_a_wrapped_name_is_the_place(read: Read, text: str, place: str, *, writing: bool) -> None:
    answer = read(text, writing=writing)

    assert answer.outcome is Certainty.SETTLED
    assert answer.candidates[0].place.name == place


@pytest.mark.parametrize("text", ["с.Іонине", "с. Іонине"])
def test_an_abbreviation_is_no_letter_of_the_name(read: Read, text: str) -> None:
    """It was Sonyne, whose key is the same."""
    assert read(text).candidates[0].place.name == "Ionyne"


def test_another_country_takes_no_place_here(read: Read) -> None:
    assert read("Pokrovsk, Russia").outcome is Certainty.UNKNOWN
    assert read("Belgorod, Ukraine").outcome is Certainty.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "north of Pokrovsk",
        "5 km north of Pokrovsk",
        "Pokrovsk area",
        "near Pokrovsk",
        "outskirts of Pokrovsk",
        "на північ від Покровська",
        "15 км від Покровська",
        "к северу от Покровска",
        "околиці Покровська",
        "центр Покровська",
        "в центре Покровска",
        "південна околиця Покровська",
        "южная окраина Покровска",
        "за 5 км від Покровська",
        "5 km NW of Pokrovsk",
        "Pokrovsk agglomeration",
    ],
)
def test_what_lies_beside_a_place_is_read_as_it_with_a_word_and_never_filed(
    read: Read, text: str
) -> None:
    answer = read(text)

    assert answer.outcome is Certainty.SETTLED
    assert answer.candidates[0].place.name == "Pokrovsk"
    assert answer.candidates[0].how in {ReadAs.BESIDE, ReadAs.DECLINED}
    assert read(text, writing=True).outcome is Certainty.ASK


def test_a_region_that_is_a_raion_is_that(read: Read) -> None:
    assert read("Pokrovsk region").candidates[0].place.name == "Pokrovsk Raion"
    assert read("Donetsk region").candidates[0].place.name == "Donetsk Oblast"


@pytest.mark.parametrize(
    ("text", "chosen_from"),
    [
        ("Покровськ-Мирноград", ["Pokrovsk", "Myrnohrad"]),
        ("Pokrovsk – Kostiantynivka", ["Pokrovsk", "Kostiantynivka"]),
        ("between Rodynske and Hryshyne", ["Rodynske", "Hryshyne"]),
        ("між Родинським і Гришиним", ["Rodynske", "Hryshyne"]),
        ("Pokrovsk, Myrnohrad and Rodynske", ["Pokrovsk", "Myrnohrad", "Rodynske"]),
    ],
)
def test_of_places_with_a_dash_a_comma_or_between_before_them_one_has_to_choose(
    read: Read, text: str, chosen_from: list[str]
) -> None:
    """None of them was known, though each alone is."""
    answer = read(text)

    assert (answer.outcome, answer.listed) == (Certainty.ASK, True)
    assert [candidate.place.name for candidate in answer.candidates] == chosen_from


@pytest.mark.parametrize("text", ["Куп'янськ-Вузловий", "Івано-Франківськ", "Клебан-Бик"])
def test_a_hyphen_in_a_name_parts_nothing(read: Read, text: str) -> None:
    assert read(text).outcome is Certainty.SETTLED
