"""A city that this desk does not cover is never answered as a village of that name, or like it."""

import pytest

from store.places.elsewhere.cities import is_city_elsewhere
from store.places.recognition import Certainty
from tests.places.conftest import Read


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "Orel",
        "Орёл",
        "Калуга",
        "в Калуге",
        "Poznan",
        "Poznań",
        "Познань",
        "Берлин",
        "Berlyn",
        "Новгород",
        "Геленджик",
        "Podolsk",
        "Подольск",
        "Rostov",
        "Горки",
        "Gorki",
    ],
)
def test_a_far_village_with_the_name_of_a_city_is_asked_about(
    read: Read, name: str, *, writing: bool
) -> None:
    assert read(name, writing=writing).outcome is Certainty.ASK


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "Grozny",
        "Грозный",
        "Munich",
        "Ulyanovsk",
        "Ульяновск",
        "Newark",
        "Paris",
        "Светлогорск",
        "Saratov",
        "Пермь",
        "Damascus",
        "Orel, Russia",
        "Poznan, Poland",
        "Warsaw",
        "Варшава",
    ],
)
def test_a_city_is_unknown_whatever_village_is_spelt_almost_so(
    read: Read, name: str, *, writing: bool
) -> None:
    assert read(name, writing=writing).outcome is Certainty.UNKNOWN


@pytest.mark.parametrize("name", ["Saratov", "Paris", "Orel", "в Калуге", "Мюнхен"])
def test_such_a_city_is_known_to_lie_elsewhere(read: Read, name: str) -> None:
    assert read(name).elsewhere


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Нью-Йорк", "Niu-York"),  # 7 km from what is on record
        ("Северск", "Siversk"),  # and a Russian city
        ("Красноармейск", "Pokrovsk"),
        ("Orel, Odesa Oblast", "Orel"),
        ("Калуга, Миколаївська область", "Kaluha"),
        ("Москва", "Moscow"),
        ("Белгород", "Belgorod"),
        ("Харьков", "Kharkiv"),
    ],
)
def test_a_place_here_keeps_the_name_that_a_city_has_too(read: Read, name: str, place: str) -> None:
    answer = read(name)

    assert answer.outcome is Certainty.SETTLED
    assert answer.candidates[0].place.name == place


def test_a_name_is_of_a_city_elsewhere_only_in_its_letters() -> None:
    """Nada in China and El Progreso in Honduras have the keys of Надія and Прогрес."""
    assert not any(map(is_city_elsewhere, ("Надія", "Прогрес", "Покровське", "Гродівка", "")))


@pytest.mark.parametrize("name", ["Покровська", "Покровска"])
def test_a_town_on_record_was_once_a_city_elsewhere_in_one_of_its_cases(
    read: Read, name: str
) -> None:
    """“карта Покровська” was refused; what is written still asks."""
    assert [it.place.name for it in read(name).candidates] == ["Pokrovsk"]
    assert read(name).outcome is Certainty.SETTLED
    assert read(name, writing=True).outcome is Certainty.ASK
