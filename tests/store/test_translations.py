"""An entry's sentence in several languages: kept, found, corrected, taken back like any field."""

import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from store import Store, open_store
from store.db import migrate
from store.maintenance.checks import compare_full_text
from store.model.canonical_json import canonical
from store.model.entry import Kind, Total
from store.queries.lists import Filter
from store.record.entry_rows import current, snapshot
from store.transfer.exporter import Export
from store.transfer.formats.decode import Format
from tests.bulk.conftest import jsonl, read, row
from tests.store.conftest import DAY, DESK, addition, an_act, an_entry, correction

BRIDGE = {"uk": "Міст зруйновано.", "ru": "Мост разрушен."}


async def put(store: Store, key: str, **fields: object) -> int:
    revision = await store.history.write(an_act(key), addition(an_entry(**fields)))
    return int(revision.target[2:])


async def count(store: Store, words: str) -> Total:
    return (await store.lists.page(Filter(None, words=words), 5)).total


async def test_each_language_is_kept_and_found(small: Store) -> None:
    number = await put(small, "a", text="The bridge is down.", translations=BRIDGE)
    entry = await small.entries.get(number)
    assert entry is not None
    assert entry.translations == BRIDGE
    for words in ("bridge", "зруйновано", "разрушен", "мосту"):
        assert await count(small, words) == Total(1), words
    assert await small._db.read(compare_full_text) == []


async def test_a_correction_changes_what_is_found(small: Store) -> None:
    number = await put(small, "a", translations=BRIDGE)
    better = an_entry(translations={"uk": "Міст пошкоджено."})
    await small.history.write(an_act("b", "correct"), correction(number, better))
    assert await count(small, "зруйновано") == Total(0)
    assert await count(small, "пошкоджено") == Total(1)
    assert await small._db.read(compare_full_text) == []


async def test_who_wrote_it_is_on_record_and_undoing_takes_it_back(small: Store) -> None:
    number = await put(small, "a")
    better = an_entry(translations=BRIDGE)
    await small.history.write(an_act("b", "correct"), correction(number, better))
    _, revisions = await small.entries.trail(number)
    assert revisions[-1].by == DESK.name
    assert revisions[-1].after == snapshot(better)
    await small.undo.undo(an_act("c", "undo"), an_act("c").at)
    assert await small._db.read(current, number) == an_entry()


def test_an_entry_in_one_language_is_hashed_as_before() -> None:
    """The chain of an older store, and what its seeds gave, stay what they were."""
    assert "translations" not in canonical(snapshot(an_entry()))


async def test_a_translation_is_no_news(small: Store) -> None:
    number = await put(small, "a", text="Fighting.")
    heads = [(await small.situation.now(DAY)).head[0]]
    for key, text in (("b", "Fighting."), ("c", "The fighting is over.")):
        better = an_entry(text=text, translations=BRIDGE)
        await small.history.write(an_act(key, "correct"), correction(number, better))
        heads.append((await small.situation.now(DAY)).head[0])
    translated, mended = [
        await small.digest_windows.between(after, up_to) for after, up_to in pairwise(heads)
    ]
    assert translated.empty
    assert (translated.corrected, mended.corrected) == (0, 1)


@pytest.mark.parametrize("format_", Format)
async def test_an_export_has_it_under_its_own_name(small: Store, format_: Format) -> None:
    number = await put(small, "a", translations=BRIDGE)
    ids = await small.exports.numbers(Export(Filter(Kind.EVENT)), 100)
    text = "".join([piece async for piece in small.exports.text([number], format_)])
    assert number in ids
    assert "text.uk" in text
    assert "Міст зруйновано." in text


@pytest.mark.parametrize("value", ["x" * 2001, "\u200b", ["a"]])
async def test_a_bad_one_is_named_by_its_field(small: Store, value: object) -> None:
    report = await read(small, jsonl(row(**{"text.uk": value})), dry=True)
    assert [problem.field for problem in report.problems] == ["text.uk"]


async def test_a_table_of_somebody_elses_gives_it_by_a_mapping(
    small: Store, tmp_path: Path
) -> None:
    mapping = tmp_path / "sheet.toml"
    mapping.write_text(
        """
        [fields]
        kind = "event"
        type = "strike"
        text = "{What}"
        "text.uk" = "{Що}"
        day = "{Day}"
        [[place]]
        place = "Pokrovsk"
        [[source]]
        source = "S-1"
        """,
        encoding="utf-8",
    )
    table = "What,Що,Day\nA strike.,Вибух.,2025-11-05\n".encode()
    report = await read(small, table, "sheet.csv", mapping=str(mapping), files=True)
    assert report.problems == ()
    assert await count(small, "вибуху") == Total(1)


async def test_a_store_of_the_version_before_keeps_its_kinds_of_event(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate.build(db, 15)
        db.execute("INSERT INTO controls VALUES ('held', 'Held', '■', 0)")
        db.execute(
            "INSERT INTO entries (kind, type, text, attribution, edtf, basis, earliest, latest,"
            " filed_at, changed_at) VALUES ('event', 'flood_wave', 'A flood.', 'narrator',"
            " '2025-11-05', 'explicit', 20251105, 20251105, '2025-11-05', '2025-11-05')"
        )
    async with await open_store(path) as store:
        entry = await store.entries.get(1)
        assert entry is not None
        assert entry.translations == {}
    with closing(sqlite3.connect(path)) as db:
        kinds = db.execute("SELECT key, label FROM event_types ORDER BY position, key").fetchall()
    assert kinds[0] == ("fighting", "fighting")
    assert kinds[-1] == ("flood_wave", "flood wave")
    assert len(kinds) == 10
