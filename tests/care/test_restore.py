"""A copy takes a store's place only when it is sound and nobody writes there; the old one stays."""

import gzip
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store import Store, open_store
from store.maintenance.backup import back_up
from store.maintenance.doctor import Level, examine
from store.maintenance.raw_connection import open_bare
from store.maintenance.record_dump import record_lines
from store.maintenance.restore import restore
from store.model.held_file import ChosenColumns, NewFile
from store.model.refusals import HasContent, NewerStore, NoStore, NotAStore, StoreBusy, StoreError
from tests.bot.command_line import run
from tests.care.traces import MEMBER, leave_traces
from tests.store.conftest import AT, DESK, addition, an_act, an_entry
from tests.store.killing import SHADOWS


def tables(path: Path) -> dict[str, list[Any]]:
    """Return every row of a store, verbatim, but for what is the program's own."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith((*SHADOWS, "sqlite_")) and name != "state"
        ]
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


def fails(store: Path) -> list[str]:
    return [
        finding.detail
        for finding in examine(store, datetime.now(UTC))
        if finding.level is Level.FAIL
    ]


async def write_record(store: Store, path: Path, to: Path) -> Path:
    await leave_traces(store)
    with closing(open_bare(path)) as db, to.open("w", encoding="utf-8") as file:
        file.writelines(record_lines(db))
    return to


async def test_a_record_read_into_nothing_is_the_same_record(
    small_file: Path, tmp_path: Path
) -> None:
    """Revisions verbatim, digests included; what was redacted and forgotten stays so."""
    old, new = shutil.copyfile(small_file, tmp_path / "old.db"), tmp_path / "new.db"
    async with await open_store(old) as store:
        file = await write_record(store, old, tmp_path / "record.jsonl")
        head = await store.history.head()
    done = restore(file, new, AT, replace=False)
    assert (done.head, done.kept) == (head, None)
    assert tables(new) == tables(old)
    assert not fails(new)
    async with await open_store(new) as store:
        assert await store.history.first_broken() is None
        (suggested,) = await store.places.suggest("pokrvsk", 1)
        assert suggested.place.name == "Pokrovsk"
        assert (await store.people.data_about(MEMBER)).forgotten
        assert await store.program_state.value("of the program") is None
        await store.history.write(an_act("after"), addition(an_entry(text="After.")))


async def test_a_file_that_waits_for_its_columns_does_not_stop_the_record(
    small_file: Path, tmp_path: Path
) -> None:
    """Its bytes had no text, so that the record could not be written while one waited."""
    old, new = shutil.copyfile(small_file, tmp_path / "old.db"), tmp_path / "new.db"
    async with await open_store(old) as store:
        held = NewFile("reports.csv", "csv", ChosenColumns(), b"text;day\n\xd0\xff")
        await store.held_files.hold("h1", DESK, held, AT)
        file = await write_record(store, old, tmp_path / "record.jsonl")
    restore(file, new, AT, replace=False)
    assert tables(new)["held_files"] == tables(old)["held_files"] != []


async def test_a_packed_record_is_read_as_well(small: Store, tmp_path: Path) -> None:
    file = await write_record(small, tmp_path / "small.db", tmp_path / "record.jsonl")
    packed = tmp_path / "record.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert restore(packed, tmp_path / "new.db", AT, replace=False).head[0] > 0


async def test_a_backup_takes_the_place_of_a_store_and_the_old_one_stays(
    small_file: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(small_file, tmp_path / "own.db")
    copy = back_up(path, tmp_path / "copies", 1, AT).path
    async with await open_store(path) as store:
        head = await store.history.head()
        await store.history.write(an_act("late"), addition(an_entry(text="Late.")))
        late = await store.history.head()
    with pytest.raises(HasContent):
        restore(copy, path, AT, replace=False)
    done = restore(copy, path, AT, replace=True)
    assert done.head == head
    assert done.kept == tmp_path / "own.db.replaced-20251107T120000Z"
    for which, expected in ((path, head), (done.kept, late)):
        async with await open_store(which, writing=False) as opened:
            assert await opened.history.head() == expected


async def test_what_is_only_in_the_log_of_the_old_store_goes_with_it(
    small: Store, tmp_path: Path
) -> None:
    """A bot that was killed leaves a log; another store must never read it."""
    store = tmp_path / "small.db"
    copy = back_up(store, tmp_path / "copies", 1, AT).path
    await small.history.write(an_act("late"), addition(an_entry(text="Late.")))
    late = await small.history.head()
    killed = tmp_path / "killed.db"
    for end in ("", "-wal"):
        shutil.copyfile(f"{store}{end}", f"{killed}{end}")
    done = restore(copy, killed, AT, replace=True)
    assert not killed.with_name("killed.db-wal").exists()
    assert done.kept is not None
    async with await open_store(done.kept, writing=False) as old:
        assert await old.history.head() == late


async def test_a_store_in_use_is_left_alone(small: Store, small_file: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreBusy, match="stop it first"):
        restore(small_file, tmp_path / "small.db", AT, replace=True)
    assert not list(tmp_path.glob("*replaced*"))
    assert await small.history.head()


def cut(text: str) -> str:
    return "\n".join(text.splitlines()[:-40])


def change_words(text: str) -> str:
    return text.replace("Fighting", "Peace", 1).replace("says that", "denies that")


def one_gone(text: str) -> str:
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith('["entry_sources"'))
    return "\n".join([*lines[:at], *lines[at + 1 :]])


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "nothing": (lambda _: "", "no record"),
    "something else": (lambda _: '{"type":"FeatureCollection"}', "no record"),
    "cut off": (cut, "not whole"),
    "words changed": (change_words, "revision"),
    "a row left out": (one_gone, "not whole"),
    "no JSON": (lambda text: text.replace('["places"', "places", 1), "cannot be read"),
    "a table of no store": (lambda text: text.replace('["links"', '["sqlite_schema"'), "no store"),
    "a later program": (lambda text: text.replace('"schema":', '"schema":9'), "later version"),
    "a row of another shape": (
        lambda text: text.replace('["entries",', '["entries",1,'),
        "entries",
    ),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_record_that_is_not_sound_replaces_nothing(
    small: Store, tmp_path: Path, how: str
) -> None:
    change, message = BROKEN[how]
    file = await write_record(small, tmp_path / "small.db", tmp_path / "record.jsonl")
    text = file.read_text(encoding="utf-8")
    broken = change(text)
    assert broken != text
    file.write_text(broken, encoding="utf-8")
    with pytest.raises((NotAStore, NewerStore), match=message):
        restore(file, tmp_path / "new.db", AT, replace=False)
    assert {path.name for path in tmp_path.glob("new.db*")} <= {"new.db.lock"}


def test_a_backup_that_is_not_sound_replaces_nothing(small_file: Path, tmp_path: Path) -> None:
    torn = shutil.copyfile(small_file, tmp_path / "torn.db")
    with torn.open("r+b") as file:
        file.truncate(torn.stat().st_size // 2)
    with pytest.raises(NotAStore, match="is broken"):
        restore(torn, tmp_path / "new.db", AT, replace=False)
    forged = shutil.copyfile(small_file, tmp_path / "forged.db")
    with closing(sqlite3.connect(forged)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE revisions SET act = 'file' WHERE seq = 12")
    with pytest.raises(NotAStore, match="revision 12"):
        restore(forged, tmp_path / "new.db", AT, replace=False)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE notes (text)")
    with pytest.raises(NotAStore, match="another program"):
        restore(other, tmp_path / "new.db", AT, replace=False)
    with pytest.raises(NoStore):
        restore(tmp_path / "none.db", tmp_path / "new.db", AT, replace=False)
    assert {path.name for path in tmp_path.glob("new.db*")} <= {"new.db.lock"}


def test_restore_in_a_shell(tmp_path: Path) -> None:
    """As an operator runs it: the record out, into another store, and back over the first."""
    run(tmp_path, "ask", "/about")
    assert run(tmp_path, "export", "--record", "--out", "record.jsonl.gz").returncode == 0
    result = run(tmp_path, "restore", "record.jsonl.gz", "--store", "new.db")
    assert (result.returncode, result.stderr) == (0, "")
    first = json.loads(run(tmp_path, "export", "--record").stdout.splitlines()[0])
    assert f"the last {first['head'][1][:12]}." in result.stdout
    result = run(tmp_path, "restore", "record.jsonl.gz")
    assert result.returncode == 2
    assert "--yes" in result.stderr
    result = run(tmp_path, "restore", "record.jsonl.gz", "--yes")
    assert result.returncode == 0
    assert "The old one is sitrep.db.replaced-2" in result.stdout
    assert run(tmp_path, "doctor", "--expect", first["head"][1]).returncode == 0


def test_a_store_behind_a_link_is_replaced_where_it_is(small_file: Path, tmp_path: Path) -> None:
    """The link itself was replaced, so the record moved to another disk."""
    there = tmp_path / "disk"
    there.mkdir()
    shutil.copyfile(small_file, there / "sitrep.db")
    link = tmp_path / "sitrep.db"
    link.symlink_to(there / "sitrep.db")

    restored = restore(small_file, link, AT, replace=True)

    assert link.is_symlink()
    assert restored.kept is not None
    assert restored.kept.parent == there


def test_a_folder_or_a_pipe_is_not_moved_for_a_copy(small_file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(StoreError, match=f"{name} is "):
            restore(small_file, tmp_path / name, AT, replace=True)
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "pipe"}
