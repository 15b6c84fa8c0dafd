"""A cell that says near a place is filed as near it, and nothing else about a place is guessed."""

import pytest

from commands.kit.days import read_day
from store import Store
from store.model.held_file import ChosenColumns
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportReport
from tests.bulk.conftest import read

COLUMNS = {"Date": "day", "Place": "place", "What": "text", "Source": "source"}


async def file(store: Store, place: str) -> ImportReport:
    chosen = ChosenColumns(COLUMNS, "event", "strike")
    data = f'Date,Place,What,Source\n2025-11-05,"{place}",A mill was hit.,Reuters\n'.encode()
    return await read(store, data, "log.csv", create=True, columns=chosen, read_day=read_day)


async def list_places(store: Store) -> list[tuple[int, str]]:
    sql = "SELECT p.place_id, p.role FROM entries e JOIN entry_places p ON p.entry_id = e.id"
    where = " WHERE e.text = 'A mill was hit.'"
    return await store._db.read(lambda db: db.execute(sql + where).fetchall())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("near Pokrovsk", 704422),
        ("Near Pokrovsk, Donetsk Oblast", 704422),
        ("біля Покровська", 704422),
        ("возле Мирнограда", 710035),
        ("поблизу смт Гришине", 708060),
    ],
)
async def test_near_a_place_is_that_place_and_near(full: Store, cell: str, number: int) -> None:
    """“near Pokrovsk” in a column of places was refused, and one had to edit each row."""
    report = await file(full, cell)
    assert not report.problems
    assert await list_places(full) == [(number, "near")]
    assert cell in report.by_name


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("near Pkrovsk", Fault.WHICH_PLACE),
        ("near Novopavlivka", Fault.WHICH_PLACE),
        ("біля Покровського", Fault.WHICH_PLACE),
        ("north of Pokrovsk", Fault.WHICH_PLACE),
        ("center of Pokrovsk", Fault.WHICH_PLACE),
        ("near Pokrovsk and Myrnohrad", Fault.SEVERAL_PLACES),
        ("near the Pokrovsk mine", Fault.NO_PLACE),
    ],
)
async def test_nothing_else_beside_a_place_is_guessed(full: Store, cell: str, fault: Fault) -> None:
    report = await file(full, cell)
    assert [problem.fault for problem in report.problems] == [fault]
    assert await list_places(full) == []


async def test_a_point_alone_that_is_turned_around_is_said_to_be(full: Store) -> None:
    """“37.1766, 48.2805” was said to have no place within 5 km."""
    chosen = ChosenColumns({**COLUMNS, "Place": "point"}, "event", "strike")
    data = b'Date,Place,What,Source\n2025-11-05,"37.1766, 48.2805",A mill was hit.,Reuters\n'
    report = await read(full, data, "log.csv", create=True, columns=chosen, read_day=read_day)
    assert [problem.fault for problem in report.problems] == [Fault.SWAPPED]
