"""“near Pokrovsk” as the place of an entry is Pokrovsk, and near it, whatever is asked between."""

import pytest

from store.model.entry import PlaceRole
from store.model.filing import FiledPlace
from tests.commands.filing import add, file_line
from tests.fakes import Talk

EVENT = "/add event A depot was hit. day:2025-11-05 type:strike source:S-1"
NEAR_POKROVSK = FiledPlace(704422, PlaceRole.NEAR)


async def test_near_a_place_is_filed_as_near_it(desk: Talk) -> None:
    answer = await add(desk, f'{EVENT} place:"near Pokrovsk"')
    assert "5 Nov 2025 · near Pokrovsk" in answer.text
    await add(desk, file_line(answer))
    assert (await desk.store.moderation.content(65)).places == (NEAR_POKROVSK,)


@pytest.mark.parametrize("place", ["біля Покровська", "near Pkrovsk", "возле Покровска"])
async def test_what_was_asked_about_was_filed_as_in_it(desk: Talk, place: str) -> None:
    """Who chose Pokrovsk for “near Pkrovsk” had the entry filed at Pokrovsk."""
    answer = await add(desk, f'{EVENT} place:"{place}"')
    (chosen,) = [line for line in answer.offered if line.endswith("place:P-704422")]
    answer = await add(desk, chosen)
    await add(desk, file_line(answer))
    assert (await desk.store.moderation.content(65)).places == (NEAR_POKROVSK,)


async def test_a_relation_that_is_said_stays(desk: Talk) -> None:
    answer = await add(desk, f'{EVENT} place:"around Pokrovsk" role:toward')
    await add(desk, file_line(answer))
    (place,) = (await desk.store.moderation.content(65)).places
    assert place.role is PlaceRole.TOWARD
