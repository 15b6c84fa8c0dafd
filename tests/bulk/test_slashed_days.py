"""Days with slashes, 11/05/2025: a column tells in which order they are, or somebody says it."""

from datetime import date

import pytest

from bot.i18n.formatter import Voice
from commands.kit.days import read_day
from commands.shared.importing.import_errors import sentence
from store import Store
from store.model.held_file import ChosenColumns
from store.transfer.columns.chosen import guess_columns
from store.transfer.days.day_order import OrderTally, list_readings
from store.transfer.days.desk_days import DeskDays
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportPlan, ImportReport, Peek
from tests.bulk.conftest import read
from tests.bulk.import_desk import Desktop, text_of, title
from tests.fakes import ZONE

HEADINGS = ("Date", "Place", "What", "Source")


def table(*days: str) -> bytes:
    rows = [f"{day},Pokrovsk,A drone hit mill {n}.,Reuters" for n, day in enumerate(days)]
    return "\n".join([",".join(HEADINGS), *rows]).encode()


async def file(store: Store, data: bytes, meaning: str = "") -> ImportReport:
    """Import a table by what its columns seem to be, or by what somebody says of the first."""
    peek = await store.imports.peek(data, ImportPlan("log.csv"))
    assert isinstance(peek, Peek)
    columns = guess_columns(HEADINGS, peek.orders)
    columns |= {"Date": meaning} if meaning else {}
    chosen = ChosenColumns(columns, "event", "strike")
    return await read(store, data, "log.csv", create=True, columns=chosen, read_day=read_day)


async def days_of(store: Store) -> list[str]:
    sql = "SELECT edtf FROM entries WHERE text LIKE 'A drone hit mill%' ORDER BY edtf"
    return [day for (day,) in await store._db.read(lambda db: db.execute(sql).fetchall())]


@pytest.mark.parametrize(
    ("written", "filed"),
    [
        (("10/05/2025", "10/13/2025"), ["2025-10-05", "2025-10-13"]),
        (("05/10/2025", "13/10/2025"), ["2025-10-05", "2025-10-13"]),
        (("05.10.25", "13.10.25"), ["2025-10-05", "2025-10-13"]),
        (("10/5/25 2:30 PM", "10/13/25 14:30"), ["2025-10-05", "2025-10-13"]),
    ],
)
async def test_one_day_that_can_be_read_in_one_way_tells_the_order_of_its_column(
    small: Store, written: tuple[str, ...], filed: list[str]
) -> None:
    """Every table of a spreadsheet that has the month first was refused, day by day."""
    report = await file(small, table(*written))
    assert not report.problems
    assert await days_of(small) == filed


async def test_where_nothing_tells_each_is_refused_with_the_days_that_it_may_be(
    small: Store,
) -> None:
    report = await file(small, table("10/05/2025", "11/06/2025"))
    assert {problem.fault for problem in report.problems} == {Fault.WHICH_DAY}
    assert report.problems[0].more == "2025-05-10, 2025-10-05"
    assert "--columns N=month_first" in Voice(ZONE).plain(sentence(report.problems[0]))
    assert not await days_of(small)


async def test_a_table_with_the_year_first_in_two_figures_is_refused(small: Store) -> None:
    report = await file(small, table("25.10.06", "25.10.24"))
    assert [problem.row for problem in report.problems] == [2, 3]


async def test_a_table_that_has_both_orders_says_none(small: Store) -> None:
    report = await file(small, table("10/13/2025", "13/10/2025", "10/05/2025"))
    assert [problem.row for problem in report.problems] == [2, 3, 4]


@pytest.mark.parametrize(
    ("meaning", "day"), [("month_first", "2025-10-05"), ("day_first", "2025-05-10")]
)
async def test_somebody_says_in_which_order_they_are(small: Store, meaning: str, day: str) -> None:
    assert not (await file(small, table("10/05/2025"), meaning)).problems
    assert await days_of(small) == [day]


async def test_a_day_that_does_not_fit_what_is_said_is_refused(small: Store) -> None:
    report = await file(small, table("13/10/2025"), "month_first")
    assert [problem.fault for problem in report.problems] == [Fault.WHICH_DAY]


async def test_the_order_is_shown_before_anything_is_filed_and_after(small: Store) -> None:
    desk = Desktop(small)
    desk.send(table("10/05/2025", "10/13/2025"), "log.csv")
    card = await desk("import", file="log.csv")
    assert title(card) == "log.csv: are these its columns?"
    assert "the day (month/day)" in text_of(card)
    ref = next(action.given["file"] for action in card.reply.picks)
    filed = await desk("columns", file=ref, rows="event:strike", do="file")
    assert title(filed) == "B-1: 2 filed"
    assert "the day (month/day)" in text_of(filed)


def test_a_mapping_says_the_order_too() -> None:
    days = DeskDays(date(2025, 11, 7), ZONE, read=read_day)
    assert days.by_patterns("11/05/2025", ["month_first"]) == "2025-11-05"
    assert days.by_patterns("05/11/25 8:00", ["day_first", "any"]) == "2025-11-05"


def test_what_has_no_slashes_or_is_no_day_tells_nothing() -> None:
    tally = OrderTally()
    for value in ("2025-11-05", "1/2", "45/45/2025", "https://example.org/1/2/2025", ""):
        tally.note({"Date": value})
    assert tally.settled() == {}
    assert list_readings("31/02/2025") == []
    assert [day.isoformat() for day in list_readings("13/11/2025")] == ["2025-11-13"]
