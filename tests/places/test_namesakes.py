"""Of places of one name, the near one is meant if it is clearly the nearer; else one asks."""

import pytest

from store.model.entry import Place
from store.places.namesakes import settle_by_size, settle_namesakes
from store.places.recognition import Candidate, ReadAs


def bearer(
    number: int, km: float, people: int = 0, off: int = 0, how: ReadAs = ReadAs.OFFICIAL
) -> Candidate:
    place = Place(number, "Same", "", "", 48.0, 37.0, people, kind="village", approximate=off)
    return Candidate(place, "Same", how, km)


@pytest.mark.parametrize(
    ("bearers", "meant"),
    [
        ([bearer(1, 900)], 1),
        ([bearer(1, 5), bearer(2, 150)], 1),
        ([bearer(2, 150), bearer(1, 5)], 1),
        ([bearer(1, 5), bearer(2, 90)], None),  # the next is a neighbour too
        ([bearer(1, 40), bearer(2, 150)], None),  # not beside what is on record
        ([bearer(1, 5, off=20), bearer(2, 150)], None),  # where the nearest lies is not known
        ([bearer(1, 5), bearer(2, 110, off=20)], None),  # the next may be a neighbour
        ([bearer(1, 5), bearer(2, 150, people=40_000)], None),  # or the city is meant
        ([bearer(1, 200, people=2_000_000), bearer(2, 150)], 1),  # Kyiv, and no village Kyiv near
        ([bearer(1, 200, people=2_000_000), bearer(2, 15)], None),
        ([bearer(1, 0, off=20, how=ReadAs.AREA), bearer(2, 60, off=20, how=ReadAs.AREA)], 1),
        ([bearer(1, 10, how=ReadAs.AREA), bearer(2, 260, how=ReadAs.AREA)], None),
    ],
)
def test_nearness_settles_or_nothing_does(bearers: list[Candidate], meant: int | None) -> None:
    settled = settle_namesakes(bearers)

    assert (settled.place.id if settled else None) == meant


def test_a_direction_is_called_after_the_town_and_not_the_village() -> None:
    village, town = bearer(1, 9, people=300), bearer(2, 22, people=20_000)

    settled = settle_by_size([village, town])
    assert settled is town
    assert settle_by_size([village, bearer(3, 30, people=400)]) is None
