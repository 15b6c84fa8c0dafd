"""What is exported is what is on record, and reads back as the same entries."""

import csv
import gzip
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.console.layout import layout
from bot.dispatch import Desk, Dispatch
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.invocation import Caller
from commands.shared.importing.import_report import report_import
from commands.shared.views import export_file as exported
from store import Store, open_store
from store.editing.registry import NewPlace
from store.model.entry import (
    LANGUAGES,
    AtPlace,
    Attribution,
    Encirclement,
    Kind,
    LinkType,
    PlaceRole,
    Precision,
    Share,
    Stance,
    VerdictValue,
)
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.span import Basis, Span
from store.model.text import visible
from store.queries.lists import Filter
from store.record import entry_rows
from store.transfer import precision_codes as precision
from store.transfer.exporter import Export
from store.transfer.formats.decode import Format
from store.transfer.formats.safe_cells import read_cell, safe_cell
from store.transfer.importer import ImportPlan, ImportReport
from tests.bot.command_line import run
from tests.bulk.conftest import many, read
from tests.fakes import NOON, ZONE
from tests.store.conftest import KUPIANSK, MYRNOHRAD, POKROVSK, addition, an_act, an_entry

EVERYTHING = Export(Filter(None))
FORMULAS = ["=1+1", "'=1+1", "''=", "-", "+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "＝1"]
ESCAPES = [r"\u202e", "\\\u202e", r"\u005cu202e", r"\u0000", "\u202e\x1b", "\u2028", "\ufeff"]
WORDS = ['"', "'", "a,b;c", "\r\n", "  blank  ", "1e5", "TRUE", "Куп’янськ", "🙂"]
NASTY = [*FORMULAS, *ESCAPES, *WORDS]
HIDDEN = {
    *map(chr, (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F)))
}

text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
words = st.one_of(st.sampled_from(NASTY), text)
days = st.dates(date(2014, 1, 1), date(2025, 11, 7))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    last, basis = draw(days), draw(st.sampled_from(Basis))
    first = draw(st.one_of(st.none(), st.just(last), st.just(last - timedelta(days=9))))
    span = Span.between(first, last, basis)
    odd = draw(st.sampled_from(["", "~", "2025", "2025-10", "2025/2025", "2024-02-01?/2025~"]))
    edtf = odd if len(odd) > 1 else f"{span.edtf}{odd}"
    return Span.parse(edtf, basis)


@st.composite
def filings(draw: st.DrawFn) -> Filing:
    places = draw(st.lists(st.sampled_from([POKROVSK, MYRNOHRAD, KUPIANSK]), unique=True))
    sources = draw(st.lists(st.integers(1, 4), min_size=1, unique=True))
    maybe = st.booleans()
    return Filing(
        kind=draw(st.sampled_from(Kind)),
        type=draw(st.sampled_from(["operation", "other"])),  # an event can be both, and so a claim
        text="Said: " + draw(words) if draw(maybe) else draw(st.sampled_from(NASTY[:7])),
        day=draw(spans()),
        sources=tuple(
            FiledSource(source, draw(st.sampled_from(Stance)), draw(maybe)) for source in sources
        ),
        places=tuple(
            FiledPlace(
                place,
                draw(st.sampled_from(PlaceRole)),
                draw(st.sampled_from(Precision)),
                draw(words),
            )
            for place in places
        ),
        attribution=draw(st.sampled_from(Attribution)),
        actor_id=draw(st.integers(1, 9)),
        quote=draw(words),
        happened=draw(st.none() | spans()),
        published=draw(st.sampled_from(["", "2025-11-06"])),
        credibility=draw(st.integers(1, 6)),
        control=draw(st.sampled_from([None, "contested", "russian_held"])),
        share=draw(st.sampled_from(Share)),
        label=draw(words),
        encirclement=draw(st.none() | st.sampled_from(Encirclement)),
        key=draw(st.none() | st.uuids().map(str)),
        translations=draw(st.dictionaries(st.sampled_from(LANGUAGES), words.filter(visible))),
    )


async def export_text(store: Store, format_: Format, export: Export = EVERYTHING) -> str:
    ids = await store.exports.numbers(export, 10**6)
    return "".join([piece async for piece in store.exports.text(ids, format_)])


async def contents(store: Store) -> list[Any]:
    """Return what every entry says, without its key: one that had none has one from its origin."""
    ids = await store.exports.numbers(EVERYTHING, 10**6)
    every = [
        entry_rows.snapshot(await store._db.read(entry_rows.current, number)) for number in ids
    ]
    return sorted(({**row, "key": ""} for row in every), key=repr)  # type: ignore[dict-item]


def outcome_counts(report: ImportReport) -> dict[str, int]:
    return {str(outcome): count for outcome, count in report.counts.items() if count}


def test_an_export_reads_back_as_the_same_entries(small_file: Path, tmp_path: Path) -> None:
    """Into the record it came from nothing is filed again; into another all of it is, once."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(filings(), min_size=1, max_size=6), st.sampled_from(Format))
    def back(entries: list[Filing], format_: Format) -> None:
        import asyncio  # noqa: PLC0415

        async def once() -> None:
            here = shutil.copyfile(small_file, tmp_path / "here.db")
            there = shutil.copyfile(small_file, tmp_path / "there.db")
            async with await open_store(here) as first, await open_store(there) as other:
                for number, entry in enumerate(entries):
                    await first.history.write(an_act(f"e{number}"), addition(entry))
                data = (await export_text(first, format_)).encode()
                same = await read(first, data, f"a.{format_}")
                assert not same.problems
                assert outcome_counts(same) == {"unchanged": 64 + len(entries)}
                new = await read(other, data, f"a.{format_}")
                assert not new.problems
                assert outcome_counts(new) == {"new": len(entries), "unchanged": 64}
                assert await contents(first) == await contents(other)
                again = await read(other, data, f"a.{format_}")
                assert outcome_counts(again) == {"unchanged": 64 + len(entries)}

        asyncio.run(once())

    back()


@given(st.one_of(st.sampled_from(NASTY), st.text(max_size=20)))
def test_no_cell_runs_and_each_reads_back(cell: str) -> None:
    safe = safe_cell(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert read_cell(safe) == cell
    assert not [sign for sign in safe if sign in HIDDEN]


def test_what_turns_or_hides_the_text_of_a_cell_is_shown_by_its_code() -> None:
    """A source's U+202E turned the rest of the row around for whoever opened the table."""
    assert safe_cell("a\u202eb\x1b[2J\tc\n") == "a\\u202eb\\u001b[2J\tc\n"
    assert safe_cell(r"\u202e and \users") == r"\u005cu202e and \users"


async def test_an_export_edited_in_a_spreadsheet_corrects_what_nobody_touched_since(
    small: Store,
) -> None:
    data = await export_text(small, Format.CSV)
    rows = list(csv.DictReader(io.StringIO(data)))
    for row in rows[:2]:
        row["text"] = f"{row['text']} Edited."
    out = io.StringIO()
    table = csv.DictWriter(out, rows[0].keys())
    table.writeheader()
    table.writerows(rows)
    await small.moderation.correct(an_act("mine", "correct"), 2, 1, an_entry(text="Mine."))
    report = await read(small, out.getvalue().encode(), "a.csv")
    assert outcome_counts(report) == {"changed": 1, "unchanged": 62, "kept": 1}
    assert report.kept == ("E-2",)


async def test_speakers_sources_and_places_of_another_desk_come_along(
    small_file: Path, tmp_path: Path
) -> None:
    """A number means nothing elsewhere: a desk numbers its own places as every other does."""
    here = shutil.copyfile(small_file, tmp_path / "here.db")
    there = shutil.copyfile(small_file, tmp_path / "there.db")
    async with await open_store(here) as first, await open_store(there) as other:
        await first.registry.add_place(an_act("p"), NewPlace("Hamlet One", "", "", 48.3, 37.1))
        await other.registry.add_place(an_act("p0"), NewPlace("Hamlet Zero", "", "", 49.3, 36.1))
        await other.registry.add_place(an_act("p1"), NewPlace("Hamlet One", "", "", 48.3, 37.1))
        row = {
            "key": "k",
            "kind": "claim",
            "type": "other",
            "text": "Said.",
            "day": "2025-11-05",
            "place": "Hamlet One",
            "by": "Speaker One",
            "source": "Outlet One",
        }
        await read(first, json.dumps(row).encode(), create=True)
        data = (await export_text(first, Format.JSONL)).encode()
        report = await read(other, data, create=True)
        assert outcome_counts(report) == {"new": 1, "unchanged": 64}
        (number,) = await other._db.read(
            lambda db: db.execute("SELECT id FROM entries WHERE key = 'k'").fetchone()
        )
        entry = await other.entries.get(number)
        assert entry is not None
        assert entry.places[0].name == "Hamlet One"
        assert entry.by is not None
        assert entry.by.name == "Speaker One"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("2025-11-07", (1, 1)),
        ("2025-11-07~", (2, 2)),
        ("2025-11-05/2025-11-07", (2, 2)),
        ("2025-11-01/2025-11-07", (2, 3)),
        ("2025-10", (3, 4)),
        ("2025", (3, 5)),
        ("../2025-11-07", (3, 5)),
    ],
)
def test_days_have_the_codes_of_acled_and_ucdp(span: str, expected: tuple[int, int]) -> None:
    assert precision.days_of(Span.parse(span)) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], (3, 6)),
        ([(PlaceRole.AT, Precision.EXACT)], (1, 1)),
        ([(PlaceRole.NEAR, Precision.TOWN)], (2, 2)),
        ([(PlaceRole.AT, Precision.AREA)], (2, 3)),
    ],
)
def test_places_have_the_codes_of_acled_and_ucdp(
    places: list[tuple[PlaceRole, Precision]], expected: tuple[int, int]
) -> None:
    where = tuple(AtPlace(1, "Pokrovsk", role, fine, "") for role, fine in places)
    assert precision.place_of(where) == expected


@pytest.mark.parametrize(
    ("format_", "taken"), [(Format.JSONL, "1 verdict, 1 link"), (Format.CSV, "1 verdict")]
)
async def test_the_report_says_how_many_verdicts_and_links_were_taken_over(
    small_file: Path, tmp_path: Path, format_: Format, taken: str
) -> None:
    """They were passed over without a word."""
    here = shutil.copyfile(small_file, tmp_path / "here.db")
    there = shutil.copyfile(small_file, tmp_path / "there.db")
    async with await open_store(here) as first, await open_store(there) as other:
        revision = await first.history.write(an_act("f"), addition(an_entry(kind=Kind.CLAIM)))
        number = int(revision.target[2:])
        await first.moderation.check(an_act("c", "check"), number, VerdictValue.DISPUTED)
        await first.moderation.link(an_act("l", "link"), number, LinkType.SUPPORTS, 28)
        data = (await export_text(first, format_)).encode()
        assert sum((await read(first, data, f"a.{format_}")).taken.values()) == 0
        report = await read(other, data, f"a.{format_}")
        assert report.besides == {}
        rows = layout(report_import(report, ImportPlan("a")), Voice(ZONE), 100)
        told = "\n".join("".join(text for _, text in row) for row in rows)
        assert f"Taken over too  {taken}\n" in f"{told}\n"


async def test_geojson_has_points_as_the_standard_wants_them(small: Store) -> None:
    """RFC 7946: longitude first; no place is no geometry."""
    collection = json.loads(await export_text(small, Format.GEOJSON))
    by_ref = {
        feature["properties"]["ref"]: feature["geometry"] for feature in collection["features"]
    }
    assert by_ref["E-9"] == {"type": "Point", "coordinates": [37.17706, 48.28014]}
    assert by_ref["E-1"]["type"] == "MultiPoint"
    assert None in by_ref.values()


# As somebody asks for them


class Asking:
    def __init__(self, store: Store) -> None:
        self.dispatch = Dispatch(
            Desk(store, COMMANDS, lambda: NOON, ZONE, 7), lambda *_, **__: None
        )

    async def __call__(self, line: str) -> Any:
        return (await self.dispatch.line(Caller("chat", "1", "Reader One"), line)).reply


async def test_a_reader_gets_what_they_ask_for_as_a_file(small: Store) -> None:
    reply = await Asking(small)("/export Pokrovsk kind:claim since:2025-10-29 format:jsonl")
    (file,) = reply.files
    assert file.name == "sitrep-2025-11-07.jsonl"
    rows = [json.loads(line) for line in file.data.decode().splitlines()]
    assert {row["kind"] for row in rows} == {"claim"}
    assert all(any(at["place"] == f"P-{POKROVSK}" for at in row["places"]) for row in rows)
    total = await small.lists.total(Filter(Kind.CLAIM, place_id=POKROVSK, since=date(2025, 10, 29)))
    assert len(rows) == total.number
    assert Voice(ZONE).plain(*reply.title).startswith(f"{total.number} entries · about Pokrovsk")


async def test_nothing_to_export_makes_no_file(small: Store) -> None:
    reply = await Asking(small)("/export text:zzzz")
    assert reply.files == ()
    assert Voice(ZONE).plain(*reply.title) == "Nothing on record · with the words zzzz"


async def test_too_many_entries_are_got_in_a_shell_by_the_line_that_is_shown(
    small: Store, tmp_path: Path
) -> None:
    await read(small, many(exported.MOST + 1))
    reply = await Asking(small)("/export Pokrovsk since:2025-11-01 kind:event type:fighting")
    assert reply.files == ()
    line = Voice(ZONE).plain(*reply.blocks[0].line)
    shown = "sitrep export --place P-704422 --since 2025-11-01 --format csv --type fighting"
    assert line == f"On the command line: {shown} --kind event --out entries.csv"
    path = tmp_path / "small.db"
    result = run(tmp_path, *line.split()[5:], "--store", str(path))
    assert result.returncode == 0, result.stderr
    with (tmp_path / "entries.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) > exported.MOST


async def test_what_is_large_is_packed(small: Store) -> None:
    long = "Вогонь " + "🔥" * 1900  # four bytes each
    for part in range(2):
        rows = "".join(
            json.dumps(
                {
                    "key": f"l-{part}-{n}",
                    "kind": "event",
                    "type": "other",
                    "text": long,
                    "day": "2025-11-05",
                    "source": "S-1",
                },
                ensure_ascii=False,
            )
            + "\n"
            for n in range(550)
        )
        assert not (await read(small, rows.encode())).problems
    (file,) = (await Asking(small)("/export format:jsonl")).files
    assert file.name.endswith(".jsonl.gz")
    assert len(gzip.decompress(file.data).decode().splitlines()) == 64 + 1100


def test_export_in_a_shell_writes_a_file_whole(tmp_path: Path) -> None:
    run(tmp_path, "ask", "/about")
    result = run(tmp_path, "export", "--kind", "assessment")
    assert [json.loads(line)["kind"] for line in result.stdout.splitlines()][:1] == ["assessment"]
    result = run(tmp_path, "export", "--format", "csv", "--out", "all.csv.gz")
    assert (result.returncode, result.stdout) == (0, "")
    with gzip.open(tmp_path / "all.csv.gz", "rt", newline="") as file:
        assert len(list(csv.DictReader(file))) == 64
    result = run(tmp_path, "export", "--place", "Atlantis")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("place: No place “Atlantis” is known here.")
    assert {file.name for file in tmp_path.iterdir()} <= {
        "all.csv.gz",
        "sitrep.db",
        "sitrep.db-wal",
        "sitrep.db-shm",
        "sitrep.db.lock",
    }


async def test_an_export_leaves_out_what_was_retracted(small: Store) -> None:
    await small.moderation.retract(an_act("r", "retract"), 9)
    refs = [
        json.loads(line)["ref"] for line in (await export_text(small, Format.JSONL)).splitlines()
    ]
    assert len(refs) == 63
    assert "E-9" not in refs
