"""Vectors of entries: made newest first, gone with what they were made of, never on record."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha384
from pathlib import Path

import pytest

from store import Store
from store.likeness.entry_vectors import (
    EntryTexts,
    UnreadEntries,
    count_gone,
    keep_vectors,
    list_unread,
    measure_crowd,
)
from store.maintenance.record_dump import record_lines
from tests.fakes import ROOT
from tests.store.conftest import addition, an_act, an_entry, correction


def vector_of(entry_id: int) -> bytes:
    return sha384(str(entry_id).encode()).digest() * 8


async def keep(store: Store, entries: tuple[EntryTexts, ...]) -> None:
    vectors = [(entry, vector_of(entry.entry_id)) for entry in entries]
    await store._db.write(keep_vectors, vectors)


async def read_all(store: Store) -> tuple[EntryTexts, ...]:
    """Give every entry that lacks one a vector; return what was read."""
    unread = await store._db.read(list_unread, 0)
    await keep(store, unread.entries)
    return unread.entries


@pytest.fixture
async def read(full: Store) -> Store:
    """A store whose entries have all been read."""
    while await read_all(full):
        pass
    return full


async def file(store: Store, text: str) -> int:
    done = await store.history.write(an_act(f"file:{text}"), addition(an_entry(text=text)))
    return int(done.target[2:])


async def test_the_newest_entries_are_read_first_and_each_once(read: Store) -> None:
    numbers = [await file(read, f"Event {number}.") for number in range(40)]
    first = await read_all(read)
    assert [entry.entry_id for entry in first] == numbers[:-33:-1]
    await read_all(read)
    assert await read._db.read(list_unread, 0) == UnreadEntries((), 0)


async def test_what_is_read_is_who_says_what_in_every_language(full: Store) -> None:
    every = [*await read_all(full), *await read_all(full)]
    texts = {entry.entry_id: entry.texts for entry in every}
    own, ukrainian = texts[28]
    assert own.startswith("Vladimir Putin: Vladimir Putin claimed that Pokrovsk")
    assert ukrainian.startswith("Володимир Путін")


async def test_a_correction_takes_a_vector_away_and_the_entry_is_read_anew(read: Store) -> None:
    number = await file(read, "It burns.")
    await read_all(read)
    await read.history.write(an_act("c"), correction(number, an_entry(text="It burnt.")))
    (entry,) = (await read._db.read(list_unread, 0)).entries
    assert entry.texts == ("It burnt.",)
    assert await read._db.read(count_gone) == 1


async def test_what_was_corrected_while_it_was_read_keeps_no_vector_of_before(
    read: Store,
) -> None:
    number = await file(read, "It burns.")
    unread = await read._db.read(list_unread, 0)
    await read.history.write(an_act("c"), correction(number, an_entry(text="It burnt.")))
    await keep(read, unread.entries)
    assert len((await read._db.read(list_unread, 0)).entries) == 1


async def test_a_redaction_takes_a_vector_out_of_the_file(read: Store, tmp_path: Path) -> None:
    number = await file(read, "It names a private person.")
    await read_all(read)
    await read.redaction.redact(an_act("r", "redact"), number)
    for path in tmp_path.rglob("*.db*"):
        assert vector_of(number) not in path.read_bytes()
    assert await read_all(read) == ()


async def test_no_export_of_the_record_has_a_vector(read: Store, full_file: Path) -> None:
    await file(read, "It burns.")
    await read_all(read)
    with closing(sqlite3.connect(full_file)) as db:
        rows = [json.loads(line) for line in record_lines(db)]
    tables = {row[0] for row in rows if isinstance(row, list)}
    assert "entries" in tables
    assert "entry_vectors" not in tables


def test_where_numpy_is_absent_the_reason_is_a_line_and_nothing_fails() -> None:
    words = (
        "import sys; sys.modules['numpy'] = None\n"
        "from store.likeness.sentence_model import explain_absence, load_encoder\n"
        "assert load_encoder() is None; print(explain_absence())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("numpy cannot be used (")
    assert ran.stdout.count("\n") == 1


def test_the_likest_of_many_entries_has_to_be_liker() -> None:
    """Among 1,400 entries the likest to a message that fits nothing was shown for one in four."""
    assert measure_crowd(1) == measure_crowd(105) == 0
    assert 0.08 < measure_crowd(1_400) < 0.1 < measure_crowd(100_000) < 0.25
