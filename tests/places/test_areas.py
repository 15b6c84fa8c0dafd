"""An area's places are those on record in it, the newest first; nothing of it is merged."""

import sqlite3

import pytest

from store.places.areas import list_places_around, list_places_within
from tests.places.conftest import Read


@pytest.mark.parametrize(
    ("area", "places"),
    [
        ("Donetsk Oblast", {"Pokrovsk", "Myrnohrad", "Bakhmut", "Avdiivka"}),
        ("Донецька область", {"Pokrovsk", "Myrnohrad", "Bakhmut", "Avdiivka"}),
        ("Kharkiv Oblast", {"Kupiansk"}),
        ("Pokrovsk raion", {"Pokrovsk", "Myrnohrad", "Avdiivka"}),
        ("Покровська громада", {"Pokrovsk"}),
        ("Ukraine", {"Pokrovsk", "Myrnohrad", "Bakhmut", "Avdiivka", "Kupiansk"}),
        ("Sumy Oblast", set()),
        ("Belgorod Oblast", set()),
        ("Pokrovsk", {"Pokrovsk"}),
    ],
)
def test_an_area_has_the_places_on_record_in_it(
    db: sqlite3.Connection, read: Read, area: str, places: set[str]
) -> None:
    within = list_places_within(db, read(area).candidates[0].place)

    assert {area.place.name for area in within} == places
    assert [area.newest for area in within] == sorted(
        (area.newest for area in within), reverse=True
    )
    assert all(area.entries > 0 for area in within)


def test_a_direction_is_what_lies_around_its_town(db: sqlite3.Connection, read: Read) -> None:
    town = read("Pokrovsk direction").candidates[0].place

    assert {area.place.name for area in list_places_around(db, town)} == {"Pokrovsk", "Myrnohrad"}
    assert "Avdiivka" in {area.place.name for area in list_places_around(db, town, km=60)}
