"""Whatever is in a file, it is read or refused in one clear sentence, and nothing breaks."""

import asyncio
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.i18n.formatter import Voice
from commands.import_ import FORMATS, MAPPINGS, MOST_BYTES
from commands.shared.importing.import_errors import SENTENCES, sentence
from store import Store, open_store
from store.model.text import visible
from store.transfer.columns import mapping_file as mappings
from store.transfer.formats import decode as decoding
from store.transfer.formats.decode import ForeignFormat, Format
from store.transfer.import_problems import Fault, RowProblem
from tests.bulk.conftest import jsonl, read, row
from tests.fakes import ZONE

HEAD = "key,kind,type,text,day,place,source\n"
GOOD = "a,event,fighting,Fighting.,2025-11-05,Pokrovsk,S-1\n"


def zip_table() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.csv", HEAD + GOOD)
    return out.getvalue()


def line(**fields: object) -> bytes:
    return jsonl(row(**fields))


# What is in the file, and what is said of it: the row, the field, the fault and what was read.
HOSTILE: dict[str, tuple[str, bytes, tuple[int, str, Fault, str]]] = {
    "nothing": ("a.csv", b"", (0, "file", Fault.EMPTY, "")),
    "a header alone": ("a.csv", HEAD.encode(), (0, "file", Fault.EMPTY, "")),
    "a zip": ("a.csv", zip_table(), (0, "file", Fault.PACKED, "zip")),
    "a bomb": (
        "a.jsonl",
        gzip.compress(bytes(50_000_000)),
        (0, "file", Fault.TOO_MUCH, "> 20,000,000"),
    ),
    "half a gzip": (
        "a.jsonl.gz",
        gzip.compress(HEAD.encode())[:-9],
        (0, "file", Fault.DAMAGED, "gzip"),
    ),
    "too much": ("a.csv", b"x" * 5_000_001, (0, "file", Fault.TOO_LARGE, "5,000,001")),
    "too many rows": ("a.jsonl", b"{}\n" * 10_001, (0, "file", Fault.TOO_MANY_ROWS, "10,000")),
    "UTF-16 cut off": (
        "a.csv",
        (HEAD + GOOD).encode("utf-16")[:-1],
        (0, "file", Fault.NOT_UTF8, "0a"),
    ),
    "windows-1251": (
        "a.csv",
        (HEAD + "Покровськ").encode("cp1251"),
        (0, "file", Fault.NOT_UTF8, "cf ee ea f0"),
    ),
    "a NUL": ("a.csv", (HEAD + "\0").encode(), (0, "file", Fault.NUL, "")),
    "no ending": ("a.doc", b"x", (0, "format", Fault.NO_FORMAT, "a.doc")),
    "no features": ("a.geojson", b"[1]", (0, "file", Fault.NOT_GEOJSON, "[1]")),
    "a column twice": ("a.csv", b"key,key\n1,2\n", (0, "header", Fault.COLUMN_TWICE, "key")),
    "a cell too many": ("a.csv", b"key,kind\n1,2,3\n", (2, "row", Fault.CELLS, "3")),
    "a quote left open": ("a.csv", b'key,kind\n1,"2\n', (2, "row", Fault.NOT_CSV, "")),
    "a cell of 10 MB": (
        "a.csv",
        (HEAD + '"' + "x" * 4_900_000 + '"').encode(),
        (2, "row", Fault.TOO_LONG, "> 20,000"),
    ),
    "a column of another name": (
        "a.csv",
        (HEAD.replace("day", "Date") + GOOD).encode(),
        (0, "header", Fault.UNKNOWN_COLUMN, "Date"),
    ),
    "a cell under no name": (
        "a.csv",
        b"kind,type,\nevent,strike,more\n",
        (2, "header", Fault.NO_NAME, "more"),
    ),
    "an outline": (
        "a.geojson",
        jsonl({"features": [{"type": "Feature", "geometry": {"type": "Polygon"}}]}),
        (1, "geometry", Fault.AREA, "Polygon"),
    ),
    "no JSON": ("a.jsonl", b"{oops}\n", (1, "row", Fault.NOT_JSON, "{oops}")),
    "no object": ("a.jsonl", b"[1]\n", (1, "row", Fault.NOT_OBJECT, "[1]")),
    "a key twice": ("a.jsonl", b'{"a": 1, "a": 2}\n', (1, "a", Fault.KEY_IN_OBJECT_TWICE, "a")),
    "deep JSON": ("a.jsonl", b"[" * 100_000, (1, "row", Fault.TOO_DEEP, "[" * 59 + "…")),
    "less deep JSON": (
        "a.jsonl",
        b'{"a":' + b"[" * 50 + b"]" * 50 + b"}",
        (1, "row", Fault.TOO_DEEP, '{"a":' + "[" * 50 + "]" * 4 + "…"),
    ),
    "NaN": ("a.jsonl", b'{"credibility": NaN}', (1, "row", Fault.NO_SUCH_NUMBER, "NaN")),
    "a huge number": (
        "a.jsonl",
        b'{"key": ' + b"9" * 5000 + b"}",
        (1, "row", Fault.NO_SUCH_NUMBER, '{"key": ' + "9" * 51 + "…"),
    ),
    "NUL in JSON": ("a.jsonl", line(text="a\0b"), (1, "text", Fault.NOT_STORABLE, "a\\x00b")),
    "half a character": (
        "a.jsonl",
        rb'{"text": "\ud800"}',
        (1, "text", Fault.NOT_STORABLE, "\\ud800"),
    ),
    "a list for a text": ("a.jsonl", line(text=[1]), (1, "text", Fault.NOT_TEXT, "[1]")),
    "a text too long": ("a.jsonl", line(text="x" * 2001), (1, "text", Fault.TOO_LONG, "2,001")),
    "an invisible text": ("a.jsonl", line(text="\u200b"), (1, "text", Fault.MISSING, "")),
    "no such field": ("a.jsonl", line(teXt="x"), (1, "teXt", Fault.UNKNOWN_FIELD, "teXt")),
    "no such kind": ("a.jsonl", line(kind="rumour"), (1, "kind", Fault.NOT_ONE_OF, "rumour")),
    "a key again": ("a.jsonl", line() + line(), (2, "key", Fault.SAME_KEY, "x-1")),
    "no day": ("a.jsonl", line(day="5 November"), (1, "day", Fault.NOT_A_DAY, "5 November")),
    "a day that ends first": (
        "a.jsonl",
        line(day="2025-11-05/2025-11-04"),
        (1, "day", Fault.NOT_A_DAY, "2025-11-05/2025-11-04"),
    ),
    "no place": ("a.jsonl", line(place="Atlantis"), (1, "place", Fault.NO_PLACE, "Atlantis")),
    "a place number": (
        "a.jsonl",
        line(place="P-99999999"),
        (1, "place", Fault.NO_PLACE, "P-99999999"),
    ),
    "half a point": ("a.jsonl", line(latitude=48.2), (1, "place", Fault.NOT_COORDINATES, "48.2,")),
    "no degrees": (
        "a.jsonl",
        line(latitude=148.2, longitude=37),
        (1, "place", Fault.NOT_COORDINATES, "148.2, 37"),
    ),
    "a place in the sea": (
        "a.jsonl",
        line(place="", latitude=0, longitude=0),
        (1, "place", Fault.NO_PLACE_NEAR, "0, 0"),
    ),
    "a place in two roles": (
        "a.jsonl",
        line(place_2="Покровськ", place_2_role="near"),
        (1, "place_2", Fault.SAME_TWICE, "Покровськ"),
    ),
    "a day to come": (
        "a.jsonl",
        line(day="2025-11-09"),
        (1, "day", Fault.FUTURE_DAY, "2025-11-09"),
    ),
    "an end to come": (
        "a.jsonl",
        line(day="2025-11-01/2025-12-01"),
        (1, "day", Fault.FUTURE_DAY, "2025-11-01/2025-12-01"),
    ),
    "a number for a text": ("a.jsonl", line(text=37.44), (1, "text", Fault.NO_WORDS, "37.44")),
    "a type that is none": ("a.jsonl", line(type="hit!!"), (1, "type", Fault.NOT_A_WORD, "hit!!")),
    "a source that is none": ("a.jsonl", line(source="HIDDEN"), (1, "source", Fault.NO_SOURCE, "")),
    "a source that runs": (
        "a.jsonl",
        line(source="javascript:alert(1)"),
        (1, "source", Fault.NOT_AN_ADDRESS, "javascript:alert(1)"),
    ),
    "no source": ("a.jsonl", line(source=None), (1, "source", Fault.NO_SOURCE, "")),
    "an address that runs": (
        "a.jsonl",
        line(source_url="javascript:x"),
        (1, "source", Fault.NOT_AN_ADDRESS, "javascript:x"),
    ),
    "no assessor": ("a.jsonl", line(kind="assessment"), (1, "by", Fault.NO_ASSESSOR, "")),
    "no credibility": (
        "a.jsonl",
        line(credibility=9),
        (1, "credibility", Fault.NOT_CREDIBILITY, "9"),
    ),
    "no version": ("a.jsonl", line(version="new"), (1, "version", Fault.NOT_A_VERSION, "new")),
}


@pytest.mark.parametrize("what", HOSTILE)
async def test_what_cannot_be_filed_is_named_by_row_field_and_what_was_read(
    small: Store, what: str
) -> None:
    name, data, expected = HOSTILE[what]
    head = await small.history.head()
    report = await read(small, data, name)
    (first, *_) = report.problems
    assert (first.row, first.field, first.fault, first.read) == expected
    words = Voice(ZONE).plain(sentence(first))
    assert len(words) < 400
    assert words.isprintable()
    assert words.endswith(".")
    assert await small.history.head() == head


async def test_a_name_that_several_places_bear_is_asked_back(full: Store) -> None:
    report = await read(full, line(place="Shevchenko"))
    (problem,) = report.problems
    assert problem.fault is Fault.WHICH_PLACE
    assert problem.more.count("P-") > 1


def test_every_fault_has_its_sentence_and_every_field_of_it_is_filled() -> None:
    assert set(SENTENCES) == set(Fault)
    for fault in Fault:
        words = Voice(ZONE).plain(sentence(RowProblem(7, "day", fault, "<read>", "<more>")))
        assert words.startswith("Row 7, day: ")


def test_the_choices_of_the_command_are_those_of_the_program() -> None:
    assert sorted(MAPPINGS) == mappings.list_mappings()
    assert set(FORMATS) == {*Format, *ForeignFormat}
    assert decoding.CHAT.size == MOST_BYTES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fields = 3", "cannot be used"),
        ("what = 1", "no such field: what"),
        ('[fields]\nday = "{Date|dates}"', "no [words.dates]"),
        ('[fields]\nhue = "{Hue}"', "no such field: hue"),
        ("[[place]]\nwhere = 'x'", "no such field: where"),
        ("[near]\nbeyond = 'guess'", "refuse"),
        ("[fields", "cannot be used"),
        pytest.param(f"[fields]\ntext = {'[' * 5000}", "it is nested too deep", id="nested"),
        ("[words.x]\nendings = ' town'", "a list"),
        ("[words.x]\nsame = { Kherson = 1 }", "text"),
        ("[words.x]\ndate = '%Y %Y'", "twice"),
        ("[words.x]\ndate = 'dd.mm.yyyy'", "no pattern"),
        ("[[place]]\nplace = 1", "place.place"),
        ("[[source]]\neach = 1", "text"),
        ("drop = 'Note'", "a list"),
    ],
)
async def test_a_mapping_that_cannot_be_used_is_refused_with_the_reason(
    small: Store, tmp_path: Path, text: str, expected: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    report = await read(small, line(), mapping=str(file), files=True)
    (problem,) = report.problems
    assert problem.fault is Fault.BAD_MAPPING
    assert expected in Voice(ZONE).plain(sentence(problem))


async def test_a_mapping_is_only_read_from_a_path_where_paths_are_allowed(
    small: Store, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text("")
    report = await read(small, line(), mapping=str(file))
    assert [problem.fault for problem in report.problems] == [Fault.NO_MAPPING]


OWN = """
drop = ["Note"]
[fields]
key = "own:{Id}"
kind = "event"
type = "{Kind|types}"
text = "{What}"
day = "{Date|dates}"
[[place]]
unless = { Where = [""] }
place = "{Where}"
[[source]]
each = "Read in"
divider = "+"
source = "{Read in}"
[words.types]
same = { Shelling = "strike" }
otherwise = "other"
[words.dates]
date = "%d.%m.%Y"
"""
OWN_HEAD = "Id,Kind,What,Date,Where,Read in,Note\n"


async def test_a_mapping_of_ones_own_says_what_the_columns_mean(
    small: Store, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN)
    rows = "1,Shelling,Shells fell.,05.11.2025,,S-1 + S-2,x\n2,?,Fog.,5 Nov,,S-1,\n"
    report = await read(
        small, (OWN_HEAD + rows).encode(), "a.csv", mapping=str(file), files=True, skip_bad=True
    )
    assert [(problem.row, problem.field, problem.read) for problem in report.problems] == [
        (3, "day", "5 Nov")
    ]
    assert report.dropped == ("Note",)
    page = await small._db.read(
        lambda db: db.execute("SELECT type, edtf FROM entries WHERE key = 'own:1'").fetchone()
    )
    assert page == ("strike", "2025-11-05")


async def test_a_column_that_a_mapping_says_nothing_about_is_not_lost_in_silence(
    small: Store, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN.replace('drop = ["Note"]', ""))
    rows = "1,Shelling,Shells fell.,05.11.2025,,S-1,a note\n"
    report = await read(small, (OWN_HEAD + rows).encode(), "a.csv", mapping=str(file), files=True)
    (problem,) = report.problems
    assert problem.fault is Fault.BAD_MAPPING
    assert "Note" in problem.more


def test_any_bytes_are_read_or_refused(small_file: Path) -> None:
    """Bytes, and files of the right shape with anything in them."""
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=8,
    )
    names = st.sampled_from([*row(), "places", "sources", "place_2_role", "origin"])
    objects = st.lists(st.dictionaries(names, values, max_size=8), max_size=4)
    files = (
        st.binary(max_size=200)
        | objects.map(lambda them: "\n".join(json.dumps(row) for row in them).encode())
        | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
        | st.lists(st.text(max_size=20), max_size=12).map(
            lambda cells: (HEAD + ",".join(cells)).encode("utf-8", "surrogatepass")
        )
    )
    before = small_file.read_bytes()

    @settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
    @given(files, st.sampled_from(Format))
    def anything(data: bytes, format_: Format) -> None:
        async def once() -> None:
            async with await open_store(small_file, writing=False) as store:
                report = await read(store, data, "file", format=format_, dry=True)
                for problem in report.problems:
                    words = Voice(ZONE).plain(sentence(problem))
                    assert words == visible(words)

        asyncio.run(once())

    anything()
    assert small_file.read_bytes() == before
