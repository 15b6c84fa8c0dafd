"""Whatever is written or handed out about a place says which place it took."""

import pytest

from commands.kit.invocation import Role
from tests.fakes import Talk


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (
            '/submit A drone hit the station. place:"м. Мирноград"',
            "About Myrnohrad, Pokrovsk Raion, Donetsk Oblast",
        ),
        ("/submit A drone hit it. place:Покровск", "About Pokrovsk, Pokrovsk Raion"),
        (
            '/add event Fighting goes on. place:"м. Покровськ" day:5 Nov source:S-1',
            "5 Nov 2025 · Pokrovsk",
        ),
        (
            "/add event Fighting goes on. place:Гродовка day:5 Nov source:S-1",
            "The place was read as Hrodivka, Pokrovsk Raion, Donetsk Oblast",
        ),
        ("/watch add Гродовка", "Hrodivka: news will come to you"),
        ('/digests add 08:00 places:"Гродовка, м. Покровськ"', "· Hrodivka, Pokrovsk"),
        ("/export pokrvsk", "Read as Pokrovsk, a close spelling."),
        ("/export під Покровськом", "Read as Pokrovsk."),
        ("/export Krasnoarmiisk", "Krasnoarmiisk is a former name of Pokrovsk."),
    ],
)
async def test_the_place_that_was_taken_is_named(desk: Talk, line: str, named: str) -> None:
    answer = await desk(line, Role.ADMIN)
    assert not answer.refused
    assert named in answer.flat


@pytest.mark.parametrize(
    "line",
    [
        "/watch add Покровську",
        "/watch add pokrvsk",
        '/digests add 08:00 places:"Pokrovsk, pokrvsk"',
        '/desk area add Front places:"pokrvsk"',
    ],
)
async def test_what_would_be_a_guess_is_asked_before_it_is_written(desk: Talk, line: str) -> None:
    head = await desk.store.history.head()
    answer = await desk(line, Role.ADMIN)
    assert answer.refused
    assert "Did you mean:" in answer.text
    assert await desk.store.history.head() == head


@pytest.mark.parametrize(
    "line",
    [
        "/status Pokrovsk, Myrnohrad",
        "/status Pokrovsk and Myrnohrad",
        "/status Pokrovsk Myrnohrad",
        "Покровськ та Мирноград?",
        "що відбувається в Покровську і Мирнограді",
        "/watch add Pokrovsk & Myrnohrad",
    ],
)
async def test_two_places_in_one_value_were_a_place_that_nobody_knows(
    desk: Talk, line: str
) -> None:
    answer = await desk(line)
    assert answer.first == "One place at a time. Which one?"
    assert [action.split("place:")[1] for action in answer.offered] == ["P-704422", "P-710035"]


async def test_two_words_that_are_villages_far_away_are_no_two_places(desk: Talk) -> None:
    assert "No place “Слава Весна”" in (await desk("/status Слава Весна")).first


async def test_what_is_no_place_but_stands_in_entries_leads_to_them(desk: Talk) -> None:
    answer = await desk("/status encirclement")
    assert answer.first == "No place “encirclement” is known here."
    assert "Entries that mention it: /search text:encirclement" in answer.text


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("Кривий Ріг, Дніпро", ["P-703845", "P-709930"]),
        ("що в Кривому Розі, Дніпрі", ["P-703845", "P-709930"]),
        ("/status Marhanets, Dnipro", ["P-701855", "P-709930"]),
        ("Олександрія, Кропивницький", ["P-698625", "P-705812"]),
        ("Запоріжжя, Дніпро", ["P-687700", "P-709930"]),
        ("Рівне, Львів", ["P-695594", "P-702550"]),  # and not a Rivne of Lviv Oblast
        ("Рівне, Київ", ["P-695594", "P-703448"]),
    ],
)
async def test_the_seat_of_a_region_that_is_called_otherwise_is_a_second_place(
    ask: Talk, line: str, places: list[str]
) -> None:
    """“Кривий Ріг, Дніпро” was a place that nobody knows: Dnipro was read as its region's name."""
    answer = await ask(line)
    offered = [action.split("place:")[1] for action in answer.offered]

    assert answer.first == "One place at a time. Which one?"
    assert [ref for ref in offered if ref in places] == places


@pytest.mark.parametrize(
    "line", ["Марганец, Днепропетровск", "Pokrovsk, Donetsk", "Енергодар, Запоріжжя"]
)
async def test_the_name_of_a_region_tells_where_a_place_lies(ask: Talk, line: str) -> None:
    assert not (await ask(line)).refused
