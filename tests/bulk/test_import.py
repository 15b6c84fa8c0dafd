"""An import is whole or absent, says what it does with each row, and can be done again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from store import Store, open_store
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.filing import Filing
from store.model.refusals import Frozen
from store.model.revision import Act
from store.queries.lists import Filter
from store.record import entry_rows
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportReport
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import jsonl, many, read, row
from tests.store.conftest import (
    AT,
    DESK,
    KUPIANSK,
    POKROVSK,
    addition,
    an_act,
    an_entry,
    correction,
)

UCDP = Path(__file__).resolve().parents[3] / "shared" / "data" / "ucdp_ged_ukraine_2014_2023.csv"


async def content(store: Store, key: str) -> Filing:
    number = await number_of(store, key)
    return await store._db.read(entry_rows.current, number)


async def number_of(store: Store, key: str) -> int:
    sql = "SELECT id FROM entries WHERE key = ?"
    (number,) = await store._db.read(lambda db: db.execute(sql, (key,)).fetchone())
    return int(number)


async def entries(store: Store) -> int:
    return len(await query(store, "SELECT id FROM entries"))


async def query(store: Store, sql: str) -> list[Any]:
    return await store._db.read(lambda db: db.execute(sql).fetchall())


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    new, changed, unchanged, kept = (report.counts.get(outcome, 0) for outcome in RowOutcome)
    return new, changed, unchanged, kept


ONE = row(
    kind="claim",
    type="control",
    text="Kupiansk is held.",
    quote="held",
    by="Putin",
    attribution="hearsay",
    day="2025-10/2025-11-05",
    basis="relative",
    happened="../2025-10-01",
    happened_basis="publication",
    published="2025-11-06",
    control="contested",
    share="part",
    label="gray",
    encirclement="claimed",
    credibility="3",
    place=None,
    source=None,
)
NESTED = {
    **ONE,
    "credibility": 3,
    "places": [
        {"place": "P-703656", "role": "near", "precision": "part", "detail": "the south"},
        "Pokrovsk",
    ],
    "sources": [
        {"source": "kyiv-independent", "stance": "denies", "relayed": True},
        {"source": "S-1"},
    ],
}
TABLE = {
    **ONE,
    "place": "Куп’янськ",
    "place_role": "near",
    "place_precision": "part",
    "place_detail": "the south",
    "place_2": "Pokrovsk",
    "source": "The Kyiv Independent",
    "source_stance": "denies",
    "source_relayed": "yes",
    "source_2": "S-1",
}


def table(*rows: dict[str, Any]) -> bytes:
    head = list(dict.fromkeys(name for row in rows for name in row))
    lines = [head, *([f'"{row.get(name, "")}"' for name in head] for row in rows)]
    return "\n".join(",".join(cells) for cells in lines).encode()


async def test_every_field_is_read_the_same_from_json_a_table_and_geojson(small: Store) -> None:
    geo = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": None, "properties": {**NESTED, "key": "geo"}}],
    }
    files = {
        "a.jsonl": jsonl({**NESTED, "key": "json"}),
        "a.csv": table({**TABLE, "key": "table"}),
        "a.geojson": jsonl(geo),
    }
    for name, data in files.items():
        report = await read(small, data, name)
        assert not report.problems
        assert counts(report) == (1, 0, 0, 0)
    first = entry_rows.snapshot(await content(small, "json"))
    assert isinstance(first, dict)
    assert first["places"] == [
        [KUPIANSK, "near", "part", "the south"],
        [POKROVSK, "at", "town", ""],
    ]
    assert first["sources"] == [[2, "denies", True], [1, "reports", False]]
    assert first["day"] == ["2025-10/2025-11-05", "relative"]
    assert (first["control"], first["share"], first["label"]) == ("contested", "part", "gray")
    for key in ("table", "geo"):
        other = entry_rows.snapshot(await content(small, key))
        assert isinstance(other, dict)
        assert {**other, "key": ""} == {**first, "key": ""}


async def test_a_point_alone_is_the_place_it_is_near(small: Store) -> None:
    """Near is not in: coordinates never put an entry in a place that they do not name."""
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [37.2, 48.29]},
        "properties": row(place=None, place_role="at"),
    }
    data = jsonl({"type": "FeatureCollection", "features": [feature]})
    report = await read(small, data, "a.geojson")
    assert not report.problems
    (at,) = (await content(small, "x-1")).places
    assert (at.place_id, at.role) == (POKROVSK, "near")


async def test_the_same_file_again_changes_nothing_and_says_so(small: Store) -> None:
    first = await read(small, many(5) + jsonl(row(key=None), row(key=None)))
    head = await small.history.head()
    again = await read(small, many(5) + jsonl(row(key=None), row(key=None)))
    assert (counts(first), counts(again)) == ((7, 0, 0, 0), (0, 0, 7, 0))
    assert first.batch == "B-1"
    assert again.batch == ""
    assert await small.history.head() == head


async def test_a_changed_row_is_a_correction_unless_a_person_changed_the_entry(
    small: Store,
) -> None:
    await read(small, many(3))
    by_hand = an_entry(text="By hand.", key="x-1")
    number = await number_of(small, "x-1")
    await small.history.write(an_act("by hand", "correct"), correction(number, by_hand))
    report = await read(small, many(3, quote="new words"))
    assert counts(report) == (0, 2, 0, 1)
    assert report.kept == (f"E-{number}",)
    assert (await content(small, "x-1")).text == "By hand."
    assert (await content(small, "x-2")).quote == "new words"


async def test_a_link_or_a_check_does_not_make_an_entry_somebody_elses(small: Store) -> None:
    await read(small, many(2))
    numbers = [await number_of(small, key) for key in ("x-0", "x-1")]
    await small.moderation.link(an_act("l", "link"), numbers[0], LinkType.SUPPORTS, numbers[1])
    await small.moderation.check(an_act("c", "check"), numbers[0], VerdictValue.DISPUTED)
    assert counts(await read(small, many(2, quote="new words"))) == (0, 2, 0, 0)
    assert (await small.entries.get(numbers[0])).verdict == "disputed"  # type: ignore[union-attr]


async def test_a_version_says_from_what_a_row_began(small: Store) -> None:
    """Whoever exports, edits and imports again overwrites nothing that came meanwhile."""
    await small.history.write(an_act("by hand"), addition(an_entry(text="By hand.", key="mine")))
    fresh = row(key="mine", text="Edited.", version=1)
    assert counts(await read(small, jsonl(fresh))) == (0, 1, 0, 0)
    stale = row(key="mine", text="Edited twice.", version=1)
    assert counts(await read(small, jsonl(stale))) == (0, 0, 0, 1)


async def test_nothing_is_filed_unless_every_row_can_be(small: Store) -> None:
    before, head = await entries(small), await small.history.head()
    bad = many(1500) + jsonl(row(key="bad", day="2025-13-01"))
    report = await read(small, bad)
    assert [(problem.row, problem.field, problem.fault) for problem in report.problems] == [
        (1501, "day", Fault.NOT_A_DAY)
    ]
    assert (await entries(small), await small.history.head()) == (before, head)
    assert await query(small, "SELECT * FROM batches") == []
    assert await query(small, "SELECT * FROM staged") == []


async def test_bad_rows_can_be_left_out_and_come_back_with_their_reasons(small: Store) -> None:
    data = jsonl(row(), row(key="bad", day="soon", type=""), row(key="good"))
    report = await read(small, data, skip_bad=True)
    assert counts(report) == (2, 0, 0, 0)
    assert [(problem.row, problem.field) for problem in report.problems] == [
        (2, "day"),
        (2, "type"),
    ]
    assert [reject.data["key"] for reject in report.rejects] == ["bad"]


async def test_a_dry_run_says_all_and_changes_nothing(full_file: Path) -> None:
    before = full_file.read_bytes()
    async with await open_store(full_file, writing=False) as store:
        report = await read(store, many(3) + jsonl(row(key="bad", control="lost")), dry=True)
    assert counts(report) == (3, 0, 0, 0)
    assert [problem.fault for problem in report.problems] == [Fault.NO_CONTROL]
    assert full_file.read_bytes() == before


async def test_an_import_created_a_speaker_called_by_the_reference_of_a_source(
    small: Store,
) -> None:
    report = await read(small, jsonl(row(source="Outlet One", by="S-1")), create=True)
    assert [(problem.fault, problem.read) for problem in report.problems] == [
        (Fault.A_REFERENCE, "S-1")
    ]


async def test_speakers_and_sources_are_made_only_when_asked_and_once(small: Store) -> None:
    data = jsonl(
        row(source="Outlet One", by="Speaker One"),
        row(key="x-2", source="outlet one", by="SPEAKER ONE"),
        row(key="x-3", source="https://example.org/a", by=None),
    )
    report = await read(small, data)
    assert {problem.fault for problem in report.problems} == {
        Fault.NO_ACTOR,
        Fault.NO_SOURCE_OF_THAT_NAME,
    }
    report = await read(small, data, create=True)
    assert [revision.content["name"] for revision in report.new] == [
        "Outlet One",
        "Speaker One",
        "https://example.org/a",
    ]
    first, other = await content(small, "x-1"), await content(small, "x-2")
    assert (first.actor_id, first.sources) == (other.actor_id, other.sources)
    assert first.actor_id is not None
    revisions = await small.history.of(f"A-{first.actor_id}")
    assert [(each.act, each.before) for each in revisions] == [("import", None)]
    assert counts(await read(small, data, create=True)) == (0, 0, 3, 0)


async def test_each_entry_has_its_revision_and_the_batch_one_of_its_own(small: Store) -> None:
    before, _ = await small.history.head()
    await read(small, many(1201))
    seq, _ = await small.history.head()
    assert seq - before == 1201 + 1
    (own,) = await small.history.of("B-1")
    assert own.key == "import:B-1"
    assert own.after["rows"]["new"] == 1201  # type: ignore[index,call-overload]
    (revision,) = await small.history.of(f"E-{await number_of(small, 'x-7')}")
    assert (revision.key, revision.act, revision.by) == ("import:B-1:key:x-7", "import", "The desk")
    assert revision.why == "Imported. Row 8 of file.jsonl."
    assert await small.history.first_broken() is None


async def test_a_finished_batch_keeps_no_person_and_no_words(small: Store) -> None:
    await read(small, many(2))
    batch = await small.imports.batch(1)
    assert (batch.state, batch.by) == ("filed", None)
    assert await query(small, "SELECT * FROM staged") == []


async def test_an_import_can_be_taken_back_and_done_again(small: Store) -> None:
    await read(small, many(2))
    await read(small, many(1203, quote="new words"))
    first = await number_of(small, "x-0")
    batch = await small.imports.undo_batch(an_act("undo", "undo"), 2)
    assert batch.state == "undone"
    assert (await content(small, "x-0")).quote == ""
    late = await small.entries.get(await number_of(small, "x-1202"))
    assert late is not None
    assert late.retracted_why == "To see what happens."
    head = await small.history.head()
    await small.imports.undo_batch(an_act("undo twice", "undo"), 2)
    assert await small.history.head() == head
    again = await read(small, many(1203, quote="new words"))
    assert counts(again) == (0, 1203, 0, 0)
    assert (await content(small, "x-0")).quote == "new words"
    assert [revision.act for revision in await small.history.of(f"E-{first}")] == [
        "import",
        "import",
        "undo",
        "import",
    ]
    late = await small.entries.get(await number_of(small, "x-1202"))
    assert late is not None
    assert late.retracted_at is None
    assert await small.history.first_broken() is None


async def test_what_a_person_changed_is_not_taken_back_with_its_batch(small: Store) -> None:
    await read(small, many(3))
    number = await number_of(small, "x-1")
    await small.history.write(
        an_act("hand", "correct"), correction(number, an_entry(text="Mine.", key="x-1"))
    )
    await small.imports.undo_batch(an_act("undo", "undo"), 1)
    kept = await small.entries.get(number)
    assert kept is not None
    assert kept.retracted_at is None
    assert counts(await read(small, many(3))) == (0, 2, 0, 1)


async def test_what_was_taken_back_is_not_what_its_author_did_last(small: Store) -> None:
    await read(small, many(2))
    undo, since = an_act("undo", "undo"), AT - timedelta(hours=1)
    assert await small.undo.batch(undo, since) == 1
    await small.imports.undo_batch(undo, 1)
    assert await small.undo.batch(undo, since) == 1  # as the same act again
    assert await small.undo.batch(an_act("another", "undo"), since) is None


async def test_a_frozen_record_takes_no_import(small: Store) -> None:
    await small.moderation.freeze(an_act("freeze", "freeze"))
    with pytest.raises(Frozen):
        await read(small, many(1))
    assert await query(small, "SELECT * FROM batches") == []


async def test_redacted_words_cannot_be_found_again_by_a_digest_of_their_row(
    small: Store,
) -> None:
    await read(small, jsonl(row(key=None)))
    number = await entries(small)
    await small.redaction.redact(an_act("redact", "redact"), number)
    marks = await query(small, "SELECT * FROM filed_rows")
    assert marks == []


async def test_an_imported_past_can_be_looked_at(small: Store) -> None:
    """Its revisions are those that a look at another moment plays back."""
    await read(small, many(2))
    number = await number_of(small, "x-1")
    then = await small.entries.as_of(number, (await small.history.of(f"E-{number}"))[0].at)
    assert then is not None
    assert then.text == "Event 1."


@pytest.mark.skipif(not UCDP.exists(), reason="the dataset of UCDP is not beside the project")
async def test_a_dataset_of_ucdp_is_filed_by_its_mapping(full: Store) -> None:
    data = UCDP.read_bytes()
    report = await read(full, data, UCDP.name, mapping="ucdp_ged", create=True)
    assert not report.problems
    assert counts(report) == (3883, 0, 0, 0)
    kiev = await content(full, "ucdp-ged:149249")
    assert kiev.day.edtf == "2014-02-18/2014-02-20"
    assert kiev.text == (
        "State-based violence: Government of Ukraine and Maidan, Kiev city. Killed: 2, at least 2,"
        " at most 2. An event of low clarity: reported as one of several. Said by: Ukraine's health"
        " ministry."
    )
    assert [source.relayed for source in kiev.sources] == [False, True]
    several = await content(full, "ucdp-ged:149250")
    assert len(several.sources) == 5
    pokrovsk = await full.lists.page(_pokrovsk(), 50)
    assert pokrovsk.total.number > 0
    assert len(report.by_nearness) > 50
    assert report.nowhere
    assert "source_headline" in report.dropped
    again = await read(full, data, UCDP.name, mapping="ucdp_ged", create=True)
    assert counts(again) == (0, 0, 3883, 0)


def _pokrovsk() -> Filter:
    return Filter(Kind.EVENT, place_id=POKROVSK, until=date(2023, 12, 31))


async def test_the_revisions_of_an_import_follow_the_clock(small: Store) -> None:
    """What is looked at as of a moment is found by halves, so no later one may say an earlier."""
    late = Act("late", "file", DESK, AT + timedelta(hours=2), "Filed meanwhile.")
    await small.history.write(late, addition(an_entry(text="Meanwhile.")))
    await read(small, many(2))
    moments = [at for (at,) in await query(small, "SELECT at FROM revisions ORDER BY seq")]
    assert moments == sorted(moments)
