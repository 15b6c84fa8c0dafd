"""A place of a shared name is shown with what it lies in, wherever it was taken to be written."""

import pytest

from commands.kit.invocation import Role
from tests.fakes import Talk

PETRIVKA = "Petrivka, Pokrovsk Raion, Donetsk Oblast"
MARIUPOL = "Mariupol, Mariupol Raion, Donetsk Oblast, 69 km from Berdiansk"
OREL = "Orel, Rozdilna Raion, Odesa Oblast"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("/watch add P-5861", PETRIVKA),
        ("/watch add P-15352", OREL),
        ("/watch add P-708047", "Hrodivka: news will come"),
        ("/digests add 08:00 places:P-5861", PETRIVKA),
        ('/digests add 08:00 places:"Orel, Odesa Oblast"', OREL),
        ("/submit Shelling hit the village. place:P-5861", PETRIVKA),
        ("/add event Shelling hit the village. place:P-5861 day:6 Nov source:S-1", PETRIVKA),
        ("/export P-5861", PETRIVKA),
    ],
)
async def test_a_shared_name_is_told_apart(desk: Talk, line: str, named: str) -> None:
    answer = await desk(line, Role.ADMIN)

    assert not answer.refused
    assert named in answer.flat


async def test_what_is_watched_is_listed_so(desk: Talk) -> None:
    await desk("/watch add P-5861", Role.ADMIN)
    await desk("/watch add Hrodivka", Role.ADMIN)

    answer = await desk("/watch list", Role.ADMIN)

    assert PETRIVKA in answer.flat
    assert "Hrodivka, " not in answer.flat


@pytest.mark.parametrize(
    ("places", "taken"),
    [
        ("Hrodivka, Pokrovsk raion", "· Hrodivka"),
        ("Mariupol, Donetsk Oblast", f"· {MARIUPOL}"),
        ("Mariupol, Donetsk Oblast, Pokrovsk", f"· {MARIUPOL}, Pokrovsk"),
        ("Mariupol, Mariupol raion, Donetsk Oblast, Ukraine", f"· {MARIUPOL}"),
        ("Pokrovsk, Kharkiv Oblast", "· Pokrovsk, Kharkiv Oblast"),
        ("Sumy Oblast, Kharkiv Oblast", "· Sumy Oblast, Kharkiv Oblast"),
    ],
)
async def test_a_place_and_what_it_lies_in_are_one(desk: Talk, places: str, taken: str) -> None:
    """`places:Mariupol, Donetsk Oblast` took the whole oblast."""
    answer = await desk(f'/digests add 08:00 places:"{places}"', Role.ADMIN)

    assert not answer.refused
    title = answer.flat.split("The first comes")[0]
    assert taken in title
    assert title.count(",") == taken.count(",")


async def test_which_of_a_name_in_an_oblast_is_asked_and_the_others_stay(desk: Talk) -> None:
    answer = await desk(
        '/digests add 08:00 places:"Petrivka, Donetsk Oblast, Pokrovsk"', Role.ADMIN
    )

    assert answer.refused
    assert 'places:"P-5861, Pokrovsk"' in answer.flat


@pytest.mark.parametrize("place", ["Pokrovsk direction", "на Покровському напрямку"])
async def test_a_direction_is_not_filed_and_what_is_instead_is_said(desk: Talk, place: str) -> None:
    line = f'/link E-14 contradicts E-28 "For a reason." place:"{place}"'
    answer = await desk(line, Role.ADMIN)

    assert answer.refused
    assert "Nothing is filed under a direction." in answer.flat
    assert "P-704422" in answer.flat


async def test_a_city_elsewhere_is_said_to_be_one(desk: Talk) -> None:
    """Saratov was unknown in a desk that "covers Russia"."""
    saratov, orel = await desk("/status Saratov"), await desk("/status Orel")

    assert "“Saratov” is a city that this desk does not cover." in saratov.flat
    assert "Russia" not in saratov.flat
    assert "Belgorod Oblast" in saratov.flat
    assert "“Orel” is a city that this desk does not cover. Or did you mean:" in orel.flat
    assert OREL in orel.flat


async def test_what_lies_beside_a_place_is_said_to_be_read_as_it(desk: Talk) -> None:
    assert "Read as Pokrovsk itself." in (await desk("/status north of Pokrovsk")).flat
