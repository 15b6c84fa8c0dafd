"""Other programs' files: workbooks, KML, documents of JSON; parsed where they can do no harm."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest

from bot.i18n.formatter import Voice
from commands.shared.importing.import_errors import sentence
from store import Store
from store.confined import Confinement, Failed, Failure, run_confined
from store.transfer.formats import claim_review
from store.transfer.formats.safe_cells import safe_cell
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportReport
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import read, row
from tests.bulk.workbooks import Cell, make_workbook
from tests.fakes import ZONE

HEAD: list[Cell] = ["Key", "Kind", "Type", "Text", "Day", "Place", "Source"]
GOOD: list[Cell] = ["a", "event", "fighting", "Fighting.", 45966, "Pokrovsk", "S-1"]


def count_new(report: ImportReport) -> int:
    assert not report.problems
    return report.counts.get(RowOutcome.NEW, 0)


async def day_of(store: Store, key: str) -> str:
    sql = "SELECT edtf FROM entries WHERE key = ?"
    ((day,),) = await store._db.read(lambda db: db.execute(sql, (key,)).fetchall())
    return str(day)


async def test_a_workbook_is_read_with_its_days_as_days(small: Store) -> None:
    rows: list[list[Cell]] = [["Log of the desk"], [], HEAD, GOOD, [None] * 7]
    data = make_workbook({"Log": rows}, dates=[4])
    assert count_new(await read(small, data, "log.xlsx")) == 1
    assert await day_of(small, "a") == "2025-11-05"


async def test_a_day_merged_over_several_events_is_the_day_of_each(small: Store) -> None:
    """Only the first of the rows had it; the others lacked a day."""
    rows = [HEAD, GOOD, ["b", *GOOD[1:4], None, *GOOD[5:]], ["c", *GOOD[1:4], 45967, *GOOD[5:]]]
    data = make_workbook({"Log": rows}, dates=[4], merged=["E2:E3"])
    assert count_new(await read(small, data, "log.xlsx")) == 3
    assert [await day_of(small, key) for key in "abc"] == ["2025-11-05"] * 2 + ["2025-11-06"]


async def test_a_month_merged_over_several_events_gives_none_a_day(small: Store) -> None:
    rows = [HEAD, GOOD, ["b", *GOOD[1:4], None, *GOOD[5:]]]
    data = make_workbook({"Log": rows}, dates=[4], shown_as="mmm yyyy", merged=["E2:E3"])
    assert count_new(await read(small, data, "log.xlsx")) == 2
    assert [await day_of(small, key) for key in "ab"] == ["2025-11"] * 2


@pytest.mark.parametrize(
    ("shown_as", "day"),
    [
        (17, "2025-11"),
        ("mmm\\-yy;@", "2025-11"),
        ("[$-422]mmmm\\ yyyy;@", "2025-11"),
        ('mmmm yyyy" р."', "2025-11"),
        ("mm/yyyy", "2025-11"),
        ("yyyy", "2025"),
        ("dd.mm.yyyy", "2025-11-05"),
        ('[$-FC22]d mmmm yyyy" р.";@', "2025-11-05"),
        ('"day "yyyy-mm-dd', "2025-11-05"),
    ],
)
async def test_a_cell_that_shows_a_month_gives_no_day(
    small: Store, shown_as: str | int, day: str
) -> None:
    """Excel keeps "Nov 2025" as 1 November: that day went on record although nobody wrote it."""
    data = make_workbook({"Log": [HEAD, GOOD]}, dates=[4], shown_as=shown_as)
    assert count_new(await read(small, data, "log.xlsx")) == 1
    assert await day_of(small, "a") == day


async def test_an_export_that_was_saved_as_a_workbook_reads_as_it_was(small: Store) -> None:
    """The apostrophe that an export puts before a cell became part of its text."""
    text = "-20 km: said \u202eso."
    data = make_workbook({"Log": [HEAD, [*GOOD[:3], safe_cell(text), *GOOD[4:]]]}, dates=[4])
    assert count_new(await read(small, data, "log.xlsx")) == 1
    sql = "SELECT text FROM entries WHERE key = 'a'"
    assert await small._db.read(lambda db: db.execute(sql).fetchall()) == [(text,)]


async def test_a_sheet_is_read_by_its_name(small: Store) -> None:
    data = make_workbook({"Notes": [["nothing"]], "Log": [HEAD, GOOD]}, dates=[4])
    assert count_new(await read(small, data, "log.xlsx", sheet="Log")) == 1
    (problem,) = (await read(small, data, "log.xlsx", sheet="Logs")).problems
    assert (problem.fault, problem.read, problem.more) == (Fault.NO_SHEET, "Logs", "Notes, Log")


async def test_a_problem_of_a_workbook_is_named_by_the_row_that_excel_shows(small: Store) -> None:
    bad = ["b", *GOOD[1:4], "soon", *GOOD[5:]]
    data = make_workbook({"Log": [["Title"], [], HEAD, GOOD, bad]}, dates=[4])
    (problem,) = (await read(small, data, "log.xlsx")).problems
    assert (problem.row, problem.field) == (5, "day")


@pytest.mark.parametrize(
    "document",
    [
        [row()],
        {"data": [row()], "status": 200},
        {"result": {"items": [row()]}},
        {"a": [row()], "b": [row()], "rows": "a"},
    ],
    ids=["list", "wrapped", "deeper", "named"],
)
async def test_a_list_of_objects_is_read_wherever_it_stands(small: Store, document: Any) -> None:
    under = document.get("rows", "") if isinstance(document, dict) else ""
    data = json.dumps(document).encode()
    assert count_new(await read(small, data, "a.json", rows=under)) == 1


async def test_gzip_is_unpacked(small: Store) -> None:
    data = gzip.compress(json.dumps([row()]).encode())
    assert count_new(await read(small, data, "a.json.gz")) == 1


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><Placemark><name>Hit</name>
<TimeSpan><begin>2025-11-05</begin><end>2025-11-06</end></TimeSpan><ExtendedData>
<Data name="key"><value>k1</value></Data><Data name="kind"><value>event</value></Data>
<Data name="type"><value>strike</value></Data>
<Data name="text"><value>A mill was hit.</value></Data>
<Data name="source"><value>S-1</value></Data></ExtendedData>
<Point><coordinates>37.1771,48.2801,0</coordinates></Point></Placemark></Folder></Document></kml>"""


def zip_text(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True], ids=["KML", "KMZ"])
async def test_placemarks_are_read_with_their_days_and_points(small: Store, packed: bool) -> None:  # noqa: FBT001
    text = KML.replace("<name>Hit</name>", "")
    data = zip_text("doc.kml", text) if packed else text.encode()
    assert count_new(await read(small, data, "a.kmz" if packed else "a.kml")) == 1
    assert await day_of(small, "k1") == "2025-11-05/2025-11-06"


HOSTILE: dict[str, tuple[str, bytes, Fault]] = {
    "a DTD": ("a.kml", b'<!DOCTYPE x [<!ENTITY a "b">]><kml>&a;</kml>', Fault.HAS_DTD),
    "no XML": ("a.kml", b"<kml><", Fault.DAMAGED),
    "no placemark": ("a.kml", b"<kml/>", Fault.EMPTY),
    "deep XML": ("a.kml", b"<a>" * 90 + b"</a>" * 90, Fault.TOO_DEEP),
    "no archive": ("a.kmz", b"PK\x03\x04 nothing", Fault.DAMAGED),
    "no workbook": ("a.xlsx", b"PK\x03\x04 nothing", Fault.DAMAGED),
    "text for a workbook": ("a.xlsx", b"kind,type\n", Fault.DAMAGED),
    "half a workbook": ("a.xlsx", make_workbook({"a": [HEAD, GOOD]})[:700], Fault.DAMAGED),
    "deep JSON": ("a.json", b"[" * 90 + b"]" * 90, Fault.TOO_DEEP),
    "very deep JSON": ("a.json", b"[" * 100_000, Fault.TOO_DEEP),
    "no list": ("a.json", b'{"a": 1}', Fault.NO_LIST),
    "no JSON": ("a.json", b"{", Fault.NOT_JSON),
    "a page without a review": ("a.html", b"<p>Hit.", Fault.NO_REVIEW),
    "a page with half a review": (
        "a.htm",
        b'<script type="application/ld+json">{"@type": "ClaimReview"</script>',
        Fault.NOT_JSON,
    ),
    "a page in no encoding": ("a.html", b"<meta charset=utf-99>", Fault.DAMAGED),
    "a list of numbers": ("a.json", b"[1]", Fault.NOT_OBJECT),
    "a group's messages": (
        "a.json",
        b'{"type": "private_supergroup", "messages": [{"id": 1}]}',
        Fault.NO_CHANNEL,
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
async def test_a_damaged_file_is_refused_in_one_sentence(small: Store, what: str) -> None:
    name, data, fault = HOSTILE[what]
    await check_refusal(small, data, name, fault)


async def test_a_bomb_is_refused_in_one_sentence(small: Store) -> None:
    data = zip_text("doc.kml", "x" * 200_000_001)
    await check_refusal(small, data, "a.kmz", Fault.TOO_MUCH)


async def check_refusal(store: Store, data: bytes, name: str, fault: Fault) -> None:
    (problem,) = (await read(store, data, name)).problems
    assert problem.fault is fault
    words = Voice(ZONE).plain(sentence(problem))
    assert words.isprintable()
    assert words.endswith(".")


POSTS = {
    "name": "Some channel",
    "type": "public_channel",
    "id": 77,
    "messages": [
        {"id": 1, "type": "service", "text": "created"},
        {
            "id": 2,
            "type": "message",
            "date": "2025-11-06T00:30:00",
            "date_unixtime": "1762381800",
            "forwarded_from": "Other",
            "text": ["A mill ", {"type": "bold", "text": "was hit"}, "."],
        },
    ],
}


async def test_what_a_channel_posted_is_read_by_a_mapping(small: Store, tmp_path: Any) -> None:
    mapping = tmp_path / "channel.toml"
    mapping.write_text(
        'drop = ["forwarded_from"]\n[fields]\nkey = "tg:{id}"\nkind = "event"\ntype = "strike"\n'
        'text = "{text}"\nday = "{date}"\n[[source]]\nsource = "{url}"\nname = "{channel}"\n'
    )
    data = json.dumps(POSTS).encode()
    report = await read(
        small, data, "result.json", mapping=str(mapping), files=True, create=True, zone=ZONE
    )
    assert count_new(report) == 1
    assert await day_of(small, "tg:77:2") == "2025-11-06"


REVIEW = (
    '{"@type": "ClaimReview", "claimReviewed": "Місто взято.", "url": "https://example.org/check",'
    '"itemReviewed": {"author": {"name": "Хтось"}, "datePublished": "2025-11-01"},'
    '"author": {"name": "Перевірка"}, "reviewRating": {"alternateName": "Неправда"}}'
)


@pytest.mark.parametrize(
    ("block", "encoding"),
    [
        (REVIEW, "utf-8"),
        (f'{{"@graph": [{{"@type": "WebSite"}}, {REVIEW}]}}', "utf-8"),
        (f'//<![CDATA[\n[{{"@type": "Person"}}, {REVIEW}]\n//]]>', "windows-1251"),
    ],
    ids=["alone", "in a graph", "among others"],
)
async def test_a_saved_page_is_read_for_its_reviews(
    small: Store, block: str, encoding: str
) -> None:
    """Such a page was refused as a file, although its JSON-LD was read without the page."""
    page = (
        f'<meta charset="{encoding}"><script>var a = "<p>";</script>'
        '<script type="application/ld+json">{"@type": "Person", }</script>'
        f'<script type="application/ld+json">{block}</script><p>Перевірено.'
    )
    data = page.encode(encoding)
    report = await read(small, data, "check.html", create=True)
    assert count_new(report) == 1
    assert report.taken["verdict"] == 1
    assert await day_of(small, "claimreview:https://example.org/check") == "2025-11-01"


def test_a_rating_is_a_verdict_only_where_it_plainly_is() -> None:
    rate = claim_review.read_rating
    assert rate({"alternateName": "False", "ratingValue": 1}) == "refuted"
    assert rate({"ratingValue": "5", "bestRating": 5, "worstRating": 1}) == "confirmed"
    assert rate({"alternateName": "Two Pinocchios", "ratingValue": 1}) == ""
    assert rate({"ratingValue": 9}) == ""


@pytest.mark.parametrize(
    ("task", "failure"),
    [
        ("tests.bulk.confined_tasks:fill_memory", Failure.TOO_MUCH),
        ("tests.bulk.confined_tasks:write_much", Failure.TOO_MUCH),
        ("tests.bulk.confined_tasks:never_end", Failure.TOO_SLOW),
        ("tests.bulk.confined_tasks:open_socket", Failure.DAMAGED),
        ("tests.bulk.confined_tasks:write_file", Failure.DAMAGED),
        ("tests.bulk.confined_tasks:start_process", Failure.DAMAGED),
    ],
)
def test_a_confined_process_can_do_no_harm(task: str, failure: Failure) -> None:
    within = Confinement(seconds=2, memory=400_000_000, output=1_000_000)
    with pytest.raises(Failed) as failed:
        run_confined(task, b"", {}, within)
    assert failed.value.failure is failure
