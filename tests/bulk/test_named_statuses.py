"""A status of control in a file: by every name that `/add` takes, else refused by its row."""

import json

import pytest

from bot.i18n.catalogues import load_translations
from commands.kit.days import read_day
from commands.kit.params.control import read_terms_in
from store import Store
from store.model.held_file import ChosenColumns
from store.transfer.areas.area_rows import AreaPlan
from store.transfer.columns.chosen import guess_columns
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportReport
from tests.bulk.conftest import jsonl, read, row
from tests.bulk.drawn_areas import DAY, EAST, area, areas, box
from tests.bulk.import_desk import Desktop, text_of


async def read_named(store: Store, data: bytes, **plan: AreaPlan) -> ImportReport:
    name = "map.geojson" if plan else "rows.jsonl"
    return await read(store, data, name, read_term=read_terms_in(load_translations), **plan)


async def statuses(store: Store) -> set[tuple[str]]:
    sql = "SELECT control FROM entries WHERE key = 'named' OR key LIKE 'outline:%'"
    return set(await store._db.read(lambda db: db.execute(sql).fetchall()))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Russian-held", "russian_held"),
        ("gray zone", "contested"),
        ("Contested (gray zone)", "contested"),
        ("сіра зона", "contested"),
        ("Під контролем України", "ukrainian_held"),
        ("Невідомо", "unknown"),
    ],
)
async def test_a_status_in_a_column_was_known_by_its_key_alone(
    small: Store, written: str, key: str
) -> None:
    """`/add control:` takes its English words and its Ukrainian name; a table had to know keys."""
    report = await read_named(small, jsonl(row(key="named", kind="claim", control=written)))
    assert not report.problems
    assert await statuses(small) == {(key,)}


async def test_the_areas_of_a_map_knew_a_status_by_its_key_alone(small: Store) -> None:
    west = box(48.22, 37.1, 48.34, 37.22)
    data = areas(area(west, status="сіра зона"), area(EAST, status="Russian-held"))
    report = await read_named(small, data, area=AreaPlan("Deep State", DAY, "{status}", "S-1"))
    assert not report.problems
    assert await statuses(small) == {("contested",), ("russian_held",)}


async def test_two_names_of_one_status_are_no_two_statuses(small: Store) -> None:
    data = areas(area(EAST, status="gray zone"), area(EAST, status="contested"))
    report = await read_named(small, data, area=AreaPlan("Deep State", DAY, "{status}", "S-1"))
    assert not report.problems


async def test_a_status_of_an_area_that_nobody_knows_was_told_of_each_place_in_it(
    small: Store,
) -> None:
    plan = AreaPlan("Deep State", DAY, "red", "S-1")
    (problem,) = (await read_named(small, areas(area(EAST)), area=plan)).problems
    assert (problem.row, problem.field, problem.fault) == (1, "control", Fault.NO_CONTROL)


async def test_a_column_headed_control_of_somebodys_own_table_was_left_out(small: Store) -> None:
    columns = guess_columns(["Дата", "Місто", "Опис", "Хто", "Джерело", "Контроль"])
    data = (
        "Дата,Місто,Опис,Хто,Джерело,Контроль\n"
        "2025-11-05,Pokrovsk,Місто поділене,Deep State,S-1,сіра зона\n"
    ).encode()
    sql = "SELECT control FROM entries ORDER BY id DESC LIMIT 1"
    for kind, control in (("claim", "contested"), ("event", None)):
        of = ("claim", "control") if kind == "claim" else ("event", "fighting")
        plan = ChosenColumns(columns, *of)
        terms = read_terms_in(load_translations)
        report = await read(
            small, data, "log.csv", columns=plan, read_day=read_day, read_term=terms, create=True
        )
        assert not report.problems
        assert report.dropped == (() if control else ("Контроль",))
        assert await small._db.read(lambda db: db.execute(sql).fetchone()) == (control,)


async def test_chat_takes_a_named_status_and_names_row_and_column_of_another(small: Store) -> None:
    desk = Desktop(small)
    rows = [row(key="a", kind="claim", control=name) for name in ("сіра зона", "червона зона")]
    rows[1]["key"] = "b"
    desk.send(json.dumps(rows, ensure_ascii=False).encode(), "rows.json")
    told = text_of(await desk("import", file="rows.json", check="only"))
    assert "1 new, 1 with problems" in told
    assert "Row 2, control: “червона зона” is not a control status; write one of" in told
