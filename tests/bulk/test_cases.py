"""The small inputs beside the project, each with the answer that is right."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commands.kit.days import read_day
from commands.shared.importing.import_files import rejects_file
from store import Store
from store.model.held_file import LEFT_OUT, ChosenColumns
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportPlan, ImportReport
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import jsonl, read, row

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "import"
KYIV = ZoneInfo("Europe/Kyiv")
POKROVSK, HRODIVKA, BAKHMUT = 704422, 708047, 713174

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside the project")


async def try_case(store: Store, number: str, **plan: Any) -> ImportReport:
    """Import the case of a number, by the mapping of that number where there is one."""
    files = sorted(CASES.glob(f"{number}_*"))
    (file,) = (file for file in files if file.suffix != ".toml")
    own = next((str(other) for other in files if other.suffix == ".toml"), "")
    plan = {"mapping": own, "files": True, "create": True, "zone": KYIV, **plan}
    return await read(store, file.read_bytes(), file.name, read_day=read_day, **plan)


async def ask(store: Store, sql: str) -> list[Any]:
    return await store._db.read(lambda db: db.execute(sql).fetchall())


def count_new(report: ImportReport) -> int:
    return report.counts.get(RowOutcome.NEW, 0)


def bad_rows(report: ImportReport) -> set[int]:
    return {problem.row for problem in report.problems}


@pytest.mark.parametrize(
    ("number", "new"),
    [
        *(("02", 1), ("04", 1), ("05", 1), ("08", 1), ("09", 1), ("11", 1), ("12", 1), ("31", 3)),
        *(("34", 1), ("27", 1), ("29", 1), ("41", 1), ("32", 1), ("13", 1), ("16", 6), ("25", 1)),
    ],
)
async def test_a_file_that_can_be_read_is(full: Store, number: str, new: int) -> None:
    report = await try_case(full, number)
    assert not report.problems
    assert count_new(report) == new


async def test_moments_are_of_the_days_of_kyiv(full: Store) -> None:
    await try_case(full, "16")
    days = await ask(full, "SELECT edtf FROM entries WHERE key LIKE 't16:%' ORDER BY key")
    november = ("2025-11-06", "2025-11-05", "2025-11-06", "2025-11-06")
    assert [day for (day,) in days] == [*november, "2025-07-06", "2025-07-05"]


async def test_lists_of_sources_are_read_apart(full: Store) -> None:
    listed = await try_case(full, "13", dry=True)
    assert {thing.content["url"] for thing in listed.new} == {
        "https://example.org/a",
        "https://example.org/b",
    }
    report = await try_case(full, "20", skip_bad=True)
    assert bad_rows(report) == {5, 6}
    counts = await ask(
        full,
        "SELECT e.key, count(*) FROM entries e JOIN entry_sources s ON s.entry_id = e.id"
        " WHERE e.key LIKE 't20:%' GROUP BY e.key ORDER BY e.key",
    )
    assert counts == [("t20:1", 14), ("t20:2", 2), ("t20:3", 1), ("t20:6", 1), ("t20:7", 1)]
    assert not [thing for thing in report.new if "HIDDEN" in thing.content["name"]]


async def test_places_are_known_said_to_be_several_or_offered(full: Store) -> None:
    report = await try_case(full, "18", dry=True)
    for name in ("Mariupol, Donetsk Oblast", "м. Покровськ", "с. Гришине", "смт Гродівка"):
        assert name in report.by_name
    several = {problem.read for problem in report.problems if problem.fault is Fault.SEVERAL_PLACES}
    assert several == {
        *("Pokrovsk; Myrnohrad", "Pokrovsk/Myrnohrad", "Pokrovsk, Myrnohrad"),
        "between Rodynske and Bilytske",
    }
    villages = await try_case(full, "45", dry=True)
    assert all("P-" in problem.more for problem in villages.problems)


@pytest.mark.parametrize(
    ("number", "row", "field", "fault"),
    [
        ("07", 0, "header", Fault.UNKNOWN_COLUMN),
        ("21", 1, "geometry", Fault.AREA),
        ("28", 2, "place", Fault.PLACE_APART),
        ("33", 6, "day", Fault.FUTURE_DAY),
        ("33", 7, "text", Fault.NO_WORDS),
        ("35", 5, "day", Fault.FUTURE_DAY),
        ("15", 2, "day", Fault.WHICH_DAY),
        ("15", 3, "day", Fault.WHICH_DAY),
        ("15", 21, "day", Fault.FUTURE_DAY),
    ],
)
async def test_what_is_wrong_is_named(
    full: Store, number: str, row: int, field: str, fault: Fault
) -> None:
    report = await try_case(full, number, dry=True)
    assert (row, field, fault) in {
        (problem.row, problem.field, problem.fault) for problem in report.problems
    }


async def test_an_unknown_header_is_offered_the_field_it_means(full: Store) -> None:
    (problem,) = (await try_case(full, "07", dry=True)).problems
    assert (problem.read, problem.more) == ("Date", "day")


async def test_names_and_points_make_one_place_and_never_a_wrong_one(full: Store) -> None:
    for number in ("27", "29", "41", "28"):
        await try_case(full, number, skip_bad=True)
    places = await ask(
        full,
        "SELECT e.text, p.place_id, p.role FROM entries e JOIN entry_places p ON p.entry_id = e.id"
        " WHERE e.id > 64 ORDER BY e.id",
    )
    assert [(place, role) for _, place, role in places[:3]] == [
        (BAKHMUT, "at"),
        (POKROVSK, "at"),
        (HRODIVKA, "at"),
    ]


async def test_an_outline_that_was_not_taken_over_is_counted(full: Store) -> None:
    assert (await try_case(full, "32", dry=True)).remarks.areas == 1


async def test_a_review_brings_claim_speaker_day_and_verdict(full: Store) -> None:
    await try_case(full, "25")
    sql = (
        "SELECT e.kind, e.edtf, e.verdict, a.name FROM entries e JOIN actors a ON a.id = e.actor_id"
        " WHERE e.key LIKE 'claimreview:%'"
    )
    assert await ask(full, sql) == [("claim", "2025-11-01", "refuted", "Some Speaker")]


async def test_who_checked_a_claim_is_one_source(full: Store) -> None:
    """They were created twice: with the address of the review, and once more for the verdict."""
    report = await try_case(full, "25", dry=True)
    sources = [
        (new.content["name"], new.content["url"]) for new in report.new if new.kind == "source"
    ]
    post, review = "https://example.org/post/9", "https://example.org/check/1"
    assert sources == [(post, post), ("Some Checkers", review)]


async def test_a_placemark_is_read_once_somebody_says_what_its_rows_are(full: Store) -> None:
    columns = {"description": "text", "day": "day", "longitude": "longitude", "name": LEFT_OUT}
    columns["latitude"] = "latitude"
    chosen = ChosenColumns(columns, "event", "strike", "Reuters")
    report = await try_case(full, "23", mapping="", columns=chosen)
    assert not report.problems
    assert count_new(report) == 1


async def test_a_type_is_found_however_its_case_is(full: Store) -> None:
    await try_case(full, "33", skip_bad=True)
    sql = "SELECT type FROM entries WHERE text = 'Row h.'"
    assert await ask(full, sql) == [("strike",)]


async def test_what_was_rejected_reads_again_with_its_own_mapping(
    full: Store,
) -> None:
    """Its place is one of eight of that name, and is refused until somebody says which."""
    first = await try_case(full, "40", skip_bad=True)
    assert bad_rows(first) == {2, 3}
    file = rejects_file(first, ImportPlan("rows.csv"))
    mended = file.data.decode().replace("05.11.2025", "2025-11-05").replace("Lyman", "P-704204")
    mapping = str(CASES / "40_rejects_again.toml")
    plan = {"mapping": mapping, "files": True, "create": True}
    report = await read(full, mended.encode(), file.name, **plan)
    assert not report.problems
    assert count_new(report) == 2


async def test_acled_is_read_with_its_precision(full: Store) -> None:
    report = await try_case(full, "26", mapping="acled", future=True)
    assert not report.problems
    sql = (
        "SELECT e.edtf, p.place_id FROM entries e JOIN entry_places p ON p.entry_id = e.id"
        " WHERE e.key LIKE 'acled:%' ORDER BY e.key"
    )
    assert await ask(full, sql) == [("2025-11-05", POKROVSK), ("2025-11-12~", HRODIVKA)]


async def test_the_published_file_of_ucdp_is_read(full: Store) -> None:
    report = await try_case(full, "39", mapping="ucdp_ged")
    assert not report.problems
    assert count_new(report) == 1


async def test_an_empty_day_stays_empty(full: Store) -> None:
    report = await try_case(full, "37", dry=True)
    assert not [problem for problem in report.problems if problem.field == "published"]


async def test_a_namesake_is_no_guess_before_and_after_the_first(full: Store) -> None:
    second = CASES / "43_homonym_second.csv"
    for _ in range(2):
        report = await read(full, second.read_bytes(), second.name, create=True, dry=True)
        assert [problem.fault for problem in report.problems] == [Fault.WHICH_PLACE]
        first = CASES / "43_homonym_first.csv"
        await read(full, first.read_bytes(), first.name, create=True)


@pytest.mark.parametrize("name", ["endings_text", "number_word"])
async def test_a_wrong_type_is_a_problem_of_the_mapping(full: Store, name: str) -> None:
    table, mapping = CASES / "46_table.csv", str(CASES / f"46_{name}.toml")
    report = await read(full, table.read_bytes(), table.name, mapping=mapping, files=True)
    assert [problem.fault for problem in report.problems] == [Fault.BAD_MAPPING]
    assert not report.by_name


async def test_several_patterns_of_a_day_are_read(full: Store) -> None:
    table, mapping = CASES / "46_table.csv", str(CASES / "46_date_list.toml")
    report = await read(full, table.read_bytes(), table.name, mapping=mapping, files=True)
    assert not [problem for problem in report.problems if problem.field == "day"]


async def test_another_page_of_whom_two_pages_are_known_is_another_source(full: Store) -> None:
    """A third review of one checker's was refused: it was said that two sources bear the name."""
    for numbers in ((1, 2), (3,)):
        rows = [
            row(key=f"r-{n}", source="Some Checkers", source_url=f"https://example.org/{n}")
            for n in numbers
        ]
        report = await read(full, jsonl(*rows), create=True)
        assert not report.problems
        assert [new.content["url"] for new in report.new] == [given["source_url"] for given in rows]
