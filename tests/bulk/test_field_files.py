"""Files as people have them: what spreadsheets add, moments with offsets, lists in one cell."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commands.kit.days import read_day
from store import Store
from store.transfer.days.desk_days import DeskDays
from store.transfer.formats.html_text import read_html
from store.transfer.formats.spots import read_point, read_spot
from store.transfer.import_problems import Fault, Refused
from store.transfer.importer import ImportReport
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import jsonl, read, row

HEAD = "key,kind,type,text,day,place,source"
GOOD = "a,event,fighting,Fighting.,2025-11-05,Pokrovsk,S-1"
KYIV = ZoneInfo("Europe/Kyiv")
TODAY = date(2025, 11, 7)


def count_new(report: ImportReport) -> int:
    assert not report.problems
    return report.counts.get(RowOutcome.NEW, 0)


async def answer(store: Store, sql: str) -> list[Any]:
    return await store._db.read(lambda db: db.execute(sql).fetchall())


@pytest.mark.parametrize(
    "text",
    [
        f"sep=,\n{HEAD}\n{GOOD}\n",
        f"{HEAD},,\n{GOOD},,\n",
        f"{HEAD.title()}\n{GOOD}\n",
        f"{HEAD},quote\n{GOOD}\n",
        f"Incident log of the desk,,,,,,\n\n{HEAD}\n{GOOD}\n",
        f"{HEAD}\n,,,,,,\n{GOOD}\n,,,,,,\n",
        f"{HEAD},problem\n{GOOD},was bad\n",
        f"{HEAD}\r{GOOD}\r",
        f"{HEAD}\n{GOOD.replace('Fighting.', '-5 degrees; @unit (video)')}\n",
    ],
    ids=[
        "sep",
        "empty columns",
        "case",
        "short row",
        "title",
        "blank rows",
        "rejects",
        "old Mac",
        "formula",
    ],
)
async def test_what_a_spreadsheet_adds_is_read(small: Store, text: str) -> None:
    assert count_new(await read(small, text.encode(), "a.csv")) == 1
    assert count_new(await read(small, text.encode("utf-16"), "a.csv", dry=True)) == 0


async def test_windows_1251_is_read_when_it_is_named(small: Store) -> None:
    data = f"{HEAD}\n{GOOD.replace('Pokrovsk', 'Покровськ')}\n".encode("cp1251")
    (problem,) = (await read(small, data, "a.csv")).problems
    assert problem.fault is Fault.NOT_UTF8
    assert count_new(await read(small, data, "a.csv", encoding="windows-1251")) == 1


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-11-05T22:30:00Z", "2025-11-06"),
        ("2025-11-05T21:59:00Z", "2025-11-05"),
        ("2025-11-06T00:30:00+02:00", "2025-11-06"),
        ("2025-11-05 17:30:00-05:00", "2025-11-06"),
        ("2025-07-05T21:30:00.000Z", "2025-07-06"),
        ("2025-11-05 22:30", "2025-11-05"),
        ("2025-11-05 00:00:00.000/2025-11-06 00:00:00.000", "2025-11-05/2025-11-06"),
        ("2025-11-05~", "2025-11-05~"),
        ("2025-11-05 month", "2025-11"),
        ("2025-11", "2025-11"),
    ],
)
async def test_a_moment_is_of_the_day_that_it_was_at_the_desk(
    small: Store, moment: str, day: str
) -> None:
    assert count_new(await read(small, jsonl(row(day=moment)), zone=KYIV)) == 1
    assert await answer(small, "SELECT edtf FROM entries WHERE key = 'x-1'") == [(day,)]


async def test_a_day_to_come_is_let_in_only_when_asked(small: Store) -> None:
    data = jsonl(row(day="2025-11-20"), row(key="x-2", day="2025-11"))
    assert [problem.row for problem in (await read(small, data)).problems] == [1]
    assert count_new(await read(small, data, future=True)) == 2


@pytest.mark.parametrize(
    ("value", "patterns", "day"),
    [
        ("05.11.2025", ("%Y-%m-%d", "%d.%m.%Y"), "2025-11-05"),
        ("11/2025", ("%m/%Y",), "2025-11"),
        ("2025", ("%d.%m.%Y", "%Y"), "2025"),
        ("1762381800", ("epoch",), "2025-11-06"),
        ("1762381800000", ("epoch",), "2025-11-06"),
        ("45966.0", ("excel",), "2025-11-05"),
        ("2025-11-05T22:30:00+0000", ("%Y-%m-%dT%H:%M:%S%z",), "2025-11-06"),
        ("05 листопада 2025 р.", ("any",), "2025-11-05"),
        ("Nov 5, 2025", ("%d.%m.%Y", "any"), "2025-11-05"),
    ],
)
def test_a_day_is_read_by_the_first_pattern_that_fits(
    value: str, patterns: tuple[str, ...], day: str
) -> None:
    assert DeskDays(TODAY, KYIV, read=read_day).by_patterns(value, patterns) == day


@pytest.mark.parametrize(
    ("value", "patterns"),
    [
        ("05/11/2025", ("any",)),
        ("soon", ("epoch", "excel")),
        ("1e300", ("epoch", "excel")),
        ("nan", ("epoch", "excel")),
        ("5 November 2025", ("%d.%m.%Y",)),
    ],
)
def test_what_no_pattern_reads_is_no_day(value: str, patterns: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        DeskDays(TODAY, KYIV, read=read_day).by_patterns(value, patterns)


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("48.28, 37.18", (48.28, 37.18)),
        ("48.28,37.18", (48.28, 37.18)),
        ("48,28; 37,18", (48.28, 37.18)),
        ("48,28 37,18", (48.28, 37.18)),
        ("(48.28, 37.18)", (48.28, 37.18)),
        ("POINT (37.18 48.28)", (48.28, 37.18)),
        ("48°16'48\"N 37°10'48\"E", (48.28, 37.18)),
        ("N 48 16 48, E 37 10 48", (48.28, 37.18)),
        ("33°30' S, 70°39' W", (-33.5, -70.65)),
        ("48°16.8'N 37°10.8'E", (48.28, 37.18)),
        ("37UCP6497549022", (48.28, 37.18)),
        ("37U CP 64975 49022", (48.28, 37.18)),
        ("37 u cp 6497 4902", (48.28, 37.18)),
    ],
)
def test_both_coordinates_of_one_cell_are_read(text: str, spot: tuple[float, float]) -> None:
    assert read_point(text) == pytest.approx(spot, abs=1e-4)


def test_coordinates_of_two_cells_may_have_commas() -> None:
    given = {"latitude": "48,28", "longitude": "37,18"}
    assert read_spot(given) == (48.28, 37.18)
    assert read_spot({"latitude": "48°16'48\"N", "longitude": "37°10'48\"E"}) == pytest.approx(
        (48.28, 37.18), abs=1e-4
    )


@pytest.mark.parametrize(
    "text", ["48,28", "48,28,37,18", "37.18", "148.28, 37.18", "x", "nan, nan", "48°16'N 37°10'N"]
)
def test_what_is_no_point_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_point(text)


@pytest.mark.parametrize(
    ("text", "fault", "more"),
    [
        ("37UCP64", Fault.LARGE_SQUARE, "10"),
        ("37UCP", Fault.LARGE_SQUARE, "100"),
        ("37UCP123", Fault.LARGE_SQUARE, "10"),
        ("37UCP12345", Fault.NOT_COORDINATES, ""),
        ("37TCP64974902", Fault.NOT_COORDINATES, ""),
        ("38UCP64974902", Fault.NOT_COORDINATES, ""),
        ("61UCP64974902", Fault.NOT_COORDINATES, ""),
    ],
)
def test_a_reference_of_the_grid_that_leaves_the_place_open_is_refused(
    text: str, fault: Fault, more: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_point(text)
    assert (refused.value.fault, refused.value.more) == (fault, more)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>A drone hit a <b>mill</b>.</p><p>Two hurt.</p>", "A drone hit a mill. Two hurt."),
        ("Smith &amp; Sons&#8217; mill", "Smith & Sons’ mill"),
        ("<script>alert(1)</script>Fire.<!-- no -->", "Fire."),
        ("2 < 3 and 5 > 4 & so on", "2 < 3 and 5 > 4 & so on"),
        ("one  <two>", "one  <two>"),
    ],
)
def test_html_is_read_as_its_words(html: str, text: str) -> None:
    assert read_html(html) == text


LISTS = """
[fields]
key = "{id}"
kind = "event"
type = "{kind|types}"
text = "{what}"
day = "{date|days}"
published = "{said|days}"
[[place]]
each = "where"
divider = "/"
place = "{where}"
[[source]]
each = "links"
source = "{links}"
[words.types]
same = { Shelling = "strike" }
empty = "other"
[words.days]
date = ["%d.%m.%Y", "any"]
"""


async def import_listed(store: Store, tmp_path: Path, data: bytes, name: str) -> ImportReport:
    (tmp_path / "lists.toml").write_text(LISTS)
    return await read(
        store,
        data,
        name,
        mapping=str(tmp_path / "lists.toml"),
        files=True,
        create=True,
        read_day=read_day,
    )


async def test_lists_in_a_cell_are_read_apart(small: Store, tmp_path: Path) -> None:
    table = (
        "ID,Kind,what,date,said,where,links\n"
        '1,shelling,Hit.,05.11.2025,,Pokrovsk/Kupiansk,"https://example.org/x?a=1;b=2"\n'
        '2,,Hit.,5 November 2025,06.11.2025,Pokrovsk/Покровськ,"Reuters; REUTERS; t.me/some/1"\n'
        '3,,Hit.,05.11.2025,,,"https://example.org/a\nhttps://example.org/b"\n'
    )
    assert count_new(await import_listed(small, tmp_path, table.encode(), "a.csv")) == 3
    listed = await answer(
        small,
        "SELECT e.key, e.type, (SELECT count(*) FROM entry_places p WHERE p.entry_id = e.id),"
        " (SELECT count(*) FROM entry_sources s WHERE s.entry_id = e.id)"
        " FROM entries e WHERE e.key IN ('1', '2', '3') ORDER BY e.key",
    )
    assert listed == [("1", "strike", 2, 1), ("2", "other", 1, 2), ("3", "other", 0, 2)]
    urls = await answer(
        small, "SELECT url FROM sources WHERE url LIKE '%example.org%' OR url LIKE '%t.me%'"
    )
    assert {
        *("https://example.org/x?a=1;b=2", "https://t.me/some/1"),
        *("https://example.org/a", "https://example.org/b"),
    } <= {url for (url,) in urls}


async def test_lists_and_objects_of_json_are_read_by_name(small: Store, tmp_path: Path) -> None:
    (tmp_path / "json.toml").write_text(
        '[fields]\nkey = "{id}"\nkind = "event"\ntype = "strike"\ntext = "{what.en}"\n'
        'day = "{when}"\n[[place]]\neach = "spots"\nplace = "{spots.name}"\n'
        '[[source]]\neach = "from.links"\nsource = "{from.links}"\n'
    )
    data = jsonl(
        {
            "id": 7,
            "what": {"en": "A mill was hit."},
            "when": "2025-11-05",
            "spots": [{"name": "Pokrovsk"}, {"name": "Kupiansk"}],
            "from": {"links": ["https://example.org/a", "https://example.org/b"]},
        }
    )
    plan: dict[str, Any] = {"mapping": str(tmp_path / "json.toml"), "files": True, "create": True}
    assert count_new(await read(small, data, **plan)) == 1
    assert await answer(
        small,
        "SELECT count(*) FROM entry_places p JOIN entries e ON e.id = p.entry_id WHERE e.key = '7'",
    ) == [(2,)]


async def test_what_a_file_no_longer_has_is_named(small: Store) -> None:
    first = jsonl(*(row(key=f"x-{n}", text=f"Event {n}.") for n in "abc"))
    await read(small, first, "weekly.jsonl")
    (gone,) = await answer(small, "SELECT id FROM entries WHERE key = 'x-b'")
    again = jsonl(*(row(key=f"x-{n}", text=f"Event {n}.") for n in "acd"))
    assert (await read(small, again, "weekly.jsonl")).gone == (f"E-{gone[0]}",)
    other = jsonl(row(key="y-1", text="Another."))
    assert (await read(small, other, "weekly.jsonl")).gone == ()


async def test_a_day_to_come_is_never_how_new_the_data_is(small: Store) -> None:
    before = (await small.situation.now(TODAY)).newest_day
    await read(small, jsonl(row(day="2026-03-01")), future=True)
    assert (await small.situation.now(TODAY)).newest_day == before
