"""Areas of the seeds are known by their names, and drawn anew unless a person drew them."""

import pytest

from store import Store
from store.model.refusals import SeedFault
from tests.store.conftest import an_act
from tests.store.seed_folder import Folder, folder

__all__ = ["folder"]
AREA = """
[[area]]
key = "front"
name = "Pokrovsk front"
local = "Покровський фронт"
aliases = ["Pokrovsk sector of the front"]
places = [704422]
around = [{ geoname = 710035, km = 20 }]
"""


async def test_an_area_of_the_seeds_is_known_by_each_of_its_names(
    small: Store, folder: Folder
) -> None:
    (folder.path / "areas.toml").write_text(AREA, encoding="utf-8")

    assert (await folder.load(small)).new == 1
    assert (await folder.load(small)).new == 0

    for name in ("Pokrovsk front", "Покровський фронт", "Pokrovsk sector of the front"):
        (area,) = (await small.places.recognise(name)).candidates
        assert area.place.kind == "area"
    within = await small.places.list_within(area.place)
    assert {part.place.name for part in within} == {"Pokrovsk", "Myrnohrad"}


async def test_an_area_that_the_seeds_change_is_drawn_anew_unless_a_person_did(
    small: Store, folder: Folder
) -> None:
    (folder.path / "areas.toml").write_text(AREA, encoding="utf-8")
    await folder.load(small)
    folder.edit("areas.toml", "km = 20", "km = 30")

    assert (await folder.load(small)).changed == 1
    drawn = await small.places.find_drawn("Pokrovsk front")
    assert drawn is not None
    assert [km for _, km in drawn.circles] == [30]

    await small.registry.remove_area(an_act("gone", "remove"), drawn.place.id)
    folder.edit("areas.toml", "km = 30", "km = 40")
    assert (await folder.load(small)).kept == 1
    assert not await small.places.list_drawn()


@pytest.mark.parametrize(
    ("edit", "field", "problem"),
    [
        (("places = [704422]", "places = [17]"), "places", "the gazetteer has no place 17"),
        (("places = [704422]", 'places = ["Pokrovsk"]'), "places", "write a list of whole numbers"),
        (("km = 20", "km = 0"), "km", "write a number from 1 to 500"),
        (("km = 20", "miles = 20"), "miles", "no such field; there are geoname, km"),
        ((AREA[AREA.index("places") :], ""), "places", "write the numbers of places"),
    ],
)
async def test_a_fault_in_an_area_is_named(
    small: Store, folder: Folder, edit: tuple[str, str], field: str, problem: str
) -> None:
    old, new = edit
    (folder.path / "areas.toml").write_text(AREA.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedFault) as error:
        await folder.load(small)
    assert (error.value.file, error.value.entry, error.value.field) == (
        "areas.toml",
        "front",
        field,
    )
    assert error.value.problem.startswith(problem)
