"""Files as people have them: what their programs put into them beside the data."""

import json
from datetime import date
from typing import Any

import pytest

from bot.i18n.formatter import Voice
from commands.kit.days import read_day
from commands.kit.reply import Small
from commands.shared.importing.column_card import describe_columns
from commands.shared.importing.import_errors import sentence
from store import Store
from store.model.held_file import ChosenColumns
from store.transfer.columns.chosen import guess_columns
from store.transfer.columns.mapping_file import find_mapping
from store.transfer.days.desk_days import DeskDays
from store.transfer.formats.table import join_header
from store.transfer.headings import nearest_fields
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportPlan, ImportReport, Peek
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import read
from tests.fakes import ZONE


def count_new(report: ImportReport) -> int:
    assert not report.problems
    return report.counts.get(RowOutcome.NEW, 0)


async def choose(store: Store, data: bytes, name: str, *columns: str, **plan: Any) -> ImportReport:
    """Import a file by what its columns seem to be; each row is an event, a strike."""
    chosen = ChosenColumns(guess_columns(columns), "event", "strike", "Log")
    return await read(store, data, name, create=True, columns=chosen, read_day=read_day, **plan)


@pytest.mark.parametrize(
    "written",
    [
        "05.11.2025 14:30",
        "2025/11/5",
        "2025.11.05 08:00:00",
        "5 Nov 2025[12][a]",
        "5 листопада 2025",
    ],
)
def test_a_day_is_read_without_the_time_and_the_notes_behind_it(written: str) -> None:
    """“05.11.2025 14:30” and “2025/11/6” of a sheet were refused as no days."""
    days = DeskDays(date(2025, 11, 7), ZONE, read=read_day)
    assert days.by_patterns(written, ["any"]) == "2025-11-05"


@pytest.mark.parametrize(
    "written", ["Nov 5", "05.11", "вчора", "yesterday", "monday", "3 days ago"]
)
def test_a_day_without_its_year_was_counted_from_the_day_of_the_import(written: str) -> None:
    """“05.11” of a table of last year became this year's, “yesterday” the day before the import."""
    days = DeskDays(date(2025, 11, 7), ZONE, read=read_day)
    with pytest.raises(ValueError, match=r".+"):
        days.by_patterns(written, ["any"])


@pytest.mark.parametrize("written", ["11/5/2025 2:30", "05.11 14:30 or so", "2025/13/6"])
def test_what_may_be_another_day_is_none(written: str) -> None:
    days = DeskDays(date(2025, 11, 7), ZONE, read=read_day)
    with pytest.raises(ValueError, match=r".+"):
        days.by_patterns(written, ["any"])


def test_a_heading_over_a_word_of_no_meaning_names_its_column() -> None:
    """“Source” over “Name” and “Link” left the source out."""
    top, below = ("Date", "Where", "", "Source", ""), ("", "Town", "Raion", "Name", "Link")
    assert list(join_header(top, below)) == ["Date", "Town", "Raion", "Source", "Link"]


def test_who_reported_it_and_dotted_coordinates_are_known() -> None:
    assert guess_columns(["Place name", "Claim", "Заява"]) == {
        "Place name": "place",
        "Claim": "text",
        "Заява": "text",
    }
    meant = guess_columns(["Хто повідомив", "channel", "Location.lat", "Location.lon", "place.id"])
    assert list(meant.values()) == ["source", "source", "latitude", "longitude", ""]


MAP = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Strikes</name><Folder>
<name>November</name><Folder><name>Drones</name><Placemark><name>Mill</name><description>
<![CDATA[Date: 2025-11-05<br>What: A mill was hit.]]></description><ExtendedData>
<Data name="Date"><value>2025-11-05</value></Data>
<Data name="What"><value>A mill was hit.</value></Data></ExtendedData>
<Point><coordinates>37.1771,48.2801,0</coordinates></Point></Placemark></Folder>
<Placemark><name>Route</name><LineString><coordinates>37,48 37.1,48.1</coordinates></LineString>
</Placemark></Folder></Document></kml>"""
COLUMNS = ("folder", "name", "Date", "What", "latitude", "longitude")


async def test_a_map_of_ones_own_is_read_without_its_lines(small: Store) -> None:
    """A route drawn on it held up the whole file as “an area” that “lacks .”."""
    peek = await small.imports.peek(MAP.encode(), ImportPlan("map.kml"))
    assert isinstance(peek, Peek)
    assert peek.rows[0].data["folder"] == "November / Drones"
    assert "description" not in peek.columns
    report = await choose(small, MAP.encode(), "map.kml", *COLUMNS)
    assert count_new(report) == 1
    assert report.remarks.passed == 1
    (near,) = report.by_nearness.values()
    assert near.ref == "P-704422", "a row with a point alone was filed there unsaid"


async def test_a_line_of_geojson_is_passed_over_and_counted(small: Store) -> None:
    line = {"type": "LineString", "coordinates": [[37, 48], [37.1, 48.1]]}
    point = {"type": "Point", "coordinates": [37.1771, 48.2801]}
    columns = {"Date": "2025-11-05", "What": "A mill was hit."}
    features = [{"type": "Feature", "geometry": at, "properties": columns} for at in (line, point)]
    data = json.dumps({"features": features}).encode()
    report = await choose(small, data, "a.geojson", *columns, "latitude", "longitude")
    assert count_new(report) == 1
    assert report.remarks.passed == 1


async def test_a_post_without_words_holds_up_no_channel(small: Store) -> None:
    """A picture alone was a row without a text, for which nothing of the export was filed."""
    posts = [
        {"id": 1, "type": "message", "date_unixtime": "1762381800", "text": "A mill was hit."},
        {"id": 2, "type": "message", "date_unixtime": "1762381900", "text": "", "photo": "1.jpg"},
    ]
    export = {"name": "Some channel", "type": "public_channel", "id": 7, "messages": posts}
    columns = ("id", "channel", "date", "text", "forwarded_from", "url")
    report = await choose(small, json.dumps(export).encode(), "result.json", *columns)
    assert count_new(report) == 1
    assert report.remarks.wordless == 1
    assert "Some channel" in {thing.content["name"] for thing in report.new}


async def test_a_field_of_json_named_shape_is_a_field(small: Store) -> None:
    """It was taken for that of a placemark, and vanished."""
    data = json.dumps([{"shape": "Cigar", "text": "A light was seen."}]).encode()
    peek = await small.imports.peek(data, ImportPlan("a.json"))
    assert isinstance(peek, Peek)
    assert peek.columns == ("shape", "text")


async def test_columns_like_none_of_ours_are_told_in_one_sentence(small: Store) -> None:
    """Each was told with all our fields, and “Raion” was to be renamed to raion."""
    data = b"Name,Pop.,Held by,Raion\nPokrovsk,1,Ukraine,Pokrovsk\n"
    problems = (await read(small, data, "table.csv")).problems
    (lost,) = (problem for problem in problems if problem.fault is Fault.UNKNOWN_COLUMNS)
    assert "“Name”, “Pop.”, “Held by” are not" in Voice(ZONE).plain(sentence(lost))
    assert nearest_fields("Raion", ("place_raion",)) == ["place_raion"]


ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
)


def test_a_table_that_a_mapping_knows_is_told_so() -> None:
    """ACLED's columns were guessed at, with Europe as the oblast, and nothing named the mapping."""
    assert find_mapping(tuple(ACLED.split(","))) == "acled"
    assert not find_mapping(("Date", "Place", "Text"))
    chosen = ChosenColumns(guess_columns(ACLED.split(",")))
    small = [block for block in describe_columns(chosen, (), {}) if isinstance(block, Small)]
    assert "mapping:acled" in Voice(ZONE).plain(*small[0].line)
