"""A store is made, brought up to date, shared with readers, and kept from a second writer."""

import asyncio
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store import open_store, open_to_ask
from store.db import migrate
from store.db.database import transaction
from store.maintenance.backup import back_up
from store.model.entry import Kind
from store.model.refusals import (
    NewerStore,
    NoStore,
    NotAStore,
    OlderStore,
    StoreBusy,
    StoreError,
)
from store.queries.lists import Filter
from store.queries.search import query
from tests.store.conftest import AT, DAY, POKROVSK, addition, an_act, an_entry

ROOT = Path(__file__).resolve().parents[2]


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name"
        ).fetchall()


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def an_old_store(path: Path, number: int = 1) -> None:
    """Make a store as the first versions of the schema laid it, with a place in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for version, file in migrate._files():
            if version <= number:
                transaction(db, lambda v=version, f=file: migrate._apply(db, v, f))  # type: ignore[misc]
        db.execute("INSERT INTO places (id, key, name) VALUES (7, 'old', 'Old town')")
        assert migrate.version(db) == number


# Making and bringing up to date


async def test_a_new_store_has_the_whole_schema(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "new.db"
    async with await open_store(path):
        pass

    with closing(sqlite3.connect(path)) as db:
        assert migrate.version(db) == migrate.latest()
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert files(path.parent) == {"new.db", "new.db.lock"}


async def test_an_older_store_is_copied_and_then_brought_up_to_date(tmp_path: Path) -> None:
    path, new = tmp_path / "old.db", tmp_path / "new.db"
    an_old_store(path)
    before = schema(path)

    async with await open_store(path) as store:
        place = await store.places.get(7)
        assert place is not None
        assert place.name == "Old town"
        await store.load_seeds(AT)
    async with await open_store(new):
        pass

    copy = path.with_name(f"old.db.before-{migrate.latest()}")
    assert schema(copy) == before
    assert schema(path) == schema(new)
    with closing(sqlite3.connect(copy)) as db:
        assert migrate.version(db) == 1
        assert db.execute("SELECT name FROM places").fetchall() == [("Old town",)]
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)


async def test_a_store_that_is_up_to_date_is_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        async with await open_store(tmp_path / "new.db"):
            pass

    assert files(tmp_path) == {"new.db", "new.db.lock"}


@pytest.mark.parametrize("writing", [True, False])
async def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path, writing: bool) -> None:  # noqa: FBT001
    path = tmp_path / "newer.db"
    async with await open_store(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {migrate.latest() + 1}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = digest(path)

    with pytest.raises(NewerStore, match="later version of Sitrep"):
        await open_store(path, writing=writing)

    assert digest(path) == before
    assert not any("before" in name for name in files(tmp_path))


@pytest.mark.parametrize("schema", [0, 7, migrate.latest(), migrate.latest() + 1])
@pytest.mark.parametrize("writing", [True, False])
async def test_another_programs_file_is_refused_and_left_alone(
    tmp_path: Path,
    schema: int,
    writing: bool,  # noqa: FBT001
) -> None:
    """It was filled with a record: its version is 0, or what its own program counts."""
    path = tmp_path / "contacts.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE people (name)")
        db.execute(f"PRAGMA user_version = {schema}")
    before = digest(path)

    with pytest.raises(NotAStore, match=r"contacts\.db is no store of Sitrep"):
        await open_store(path, writing=writing)
    with pytest.raises(NotAStore, match="another program"):
        open_to_ask(path)
    with pytest.raises(NotAStore, match="another program"):
        back_up(path, tmp_path / "copies", 1, AT)

    assert digest(path) == before
    assert files(tmp_path) <= {path.name, f"{path.name}.lock"}


async def test_a_file_that_was_just_put_under_a_shipper_is_filled(tmp_path: Path) -> None:
    """Litestream may come first; its tables are no other program's data."""
    path = tmp_path / "new.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")

    async with await open_store(path) as store:
        assert await store.history.head() == (0, "")


@pytest.mark.parametrize("writing", [True, False])
async def test_what_is_no_database_is_refused_in_one_sentence(
    tmp_path: Path,
    writing: bool,  # noqa: FBT001
) -> None:
    text, folder = tmp_path / "notes.txt", tmp_path / "folder"
    text.write_text("Not a store.", encoding="utf-8")
    folder.mkdir()

    with pytest.raises(NotAStore, match="not a file of SQLite"):
        await open_store(text, writing=writing)
    with pytest.raises(StoreError, match=r"is a folder: write a file in it, such as .*sitrep\.db"):
        await open_store(folder, writing=writing)
    text.write_text("x", encoding="utf-8")
    with pytest.raises(NotAStore, match="not a file of SQLite"):
        await open_store(text, writing=writing)  # of one byte SQLite thinks that it is empty
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="is no file, but a device or a pipe"):
        await open_store(tmp_path / "pipe", writing=writing)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(StoreError, match="loop"):
        await open_store(tmp_path / "loop", writing=writing)
    with pytest.raises(StoreError, match="no name in UTF-8" if writing else "no store"):
        await open_store(tmp_path / "\udcff.db", writing=writing)

    assert text.read_text(encoding="utf-8") == "x"
    assert not files(folder)


async def test_a_place_that_takes_no_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a folder.", encoding="utf-8")

    with pytest.raises(StoreError, match=r"notes\.txt: (Not a directory|File exists)\.$"):
        await open_store(tmp_path / "notes.txt" / "sitrep.db")


async def test_reading_alone_does_not_bring_a_store_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    an_old_store(path)
    before = digest(path)

    with pytest.raises(OlderStore):
        await open_store(path, writing=False)

    assert digest(path) == before


async def test_an_upgrade_that_fails_leaves_the_old_store(tmp_path: Path) -> None:
    """A table of a later version that stands in the way is such a failure."""
    path = tmp_path / "old.db"
    an_old_store(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE touched (in_the_way)")
    before = schema(path)

    with pytest.raises(sqlite3.OperationalError, match="touched already exists"):
        await open_store(path)

    assert schema(path) == before
    with closing(sqlite3.connect(path)) as db:
        assert migrate.version(db) == 1


@pytest.mark.parametrize("name", ["a b.db", "100%.db", "what?.db", "#1.db", "a%20b.db", "Київ.db"])
async def test_a_store_may_have_any_name(tmp_path: Path, name: str) -> None:
    async with await open_store(tmp_path / name) as store:
        assert await store.history.head() == (0, "")
    async with await open_store(tmp_path / name, writing=False) as store:
        assert await store.history.head() == (0, "")

    assert files(tmp_path) <= {name, f"{name}.lock", f"{name}-wal", f"{name}-shm"}


# One writer


async def test_a_second_writer_is_told_that_the_store_is_busy(tmp_path: Path) -> None:
    async with await open_store(tmp_path / "one.db"):
        with pytest.raises(StoreBusy, match="Another process is writing"):
            await open_store(tmp_path / "one.db")

    async with await open_store(tmp_path / "one.db"):
        pass


async def test_a_second_writer_waits_as_long_as_it_is_patient(tmp_path: Path) -> None:
    first = await open_store(tmp_path / "one.db")
    second = asyncio.create_task(open_store(tmp_path / "one.db", patience_s=30))
    await asyncio.sleep(0.1)
    assert not second.done()

    await first.aclose()

    await (await second).aclose()


def another(code: str, path: Path) -> subprocess.Popen[str]:
    """Start a process that opens the store and says so before it does `code`."""
    program = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom store import open_store\n"
        f"async def main():\n  async with await open_store(Path(sys.argv[1])) as store:\n"
        f"    print('open', flush=True)\n    {code}\nasyncio.run(main())"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


async def test_a_writer_in_another_process_keeps_the_lock_until_it_is_gone(tmp_path: Path) -> None:
    """Also when it is killed: a lock cannot be left behind."""
    path = tmp_path / "one.db"
    with another("sys.stdin.read()", path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy):
            await open_store(path)
        other.kill()

    async with await open_store(path):
        pass


# Readers


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def test_there_must_be_a_store_to_read(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match=r"There is no store at .*nothing\.db"):
        await open_store(tmp_path / "nothing.db", writing=False)

    assert not files(tmp_path)


async def test_a_reader_may_stand_beside_a_writer_and_sees_what_is_committed(
    small_file: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(small_file, tmp_path / "shared.db")
    async with (
        await open_store(path) as writer,
        await open_store(path, writing=False) as reader,
    ):
        head = await reader.history.head()
        seen: list[object] = []

        def half_way(db: sqlite3.Connection) -> None:
            addition(an_entry(text="Half way."))(db)
            asyncio.run_coroutine_threadsafe(look(), loop).result(10)
            raise ValueError("stopped")

        async def look() -> None:
            seen.append((await reader.history.head(), await writer.history.head()))
            wanted = Filter(Kind.EVENT, match=query("half"))
            seen.append((await reader.lists.page(wanted, 5)).total.number)

        loop = asyncio.get_running_loop()
        with pytest.raises(ValueError, match="stopped"):
            await writer._db.write(half_way)
        assert seen == [(head, head), 0]

        revision = await writer.history.write(an_act("whole"), addition(an_entry(text="Half way.")))
        assert await reader.history.head() == (revision.seq, revision.hash)


async def test_reads_change_no_byte_of_the_store(small_file: Path, tmp_path: Path) -> None:
    """Neither of the file nor of what was written and not yet moved into it."""
    path = shutil.copyfile(small_file, tmp_path / "read.db")
    with another("sys.stdin.read()", path) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        await read_about(path)
        before = digest(path), digest(Path(f"{path}-wal"))
        await read_about(path)
        assert (digest(path), digest(Path(f"{path}-wal"))) == before
        writer.kill()
    await read_about(path)
    assert digest(path) == before[0] == digest(small_file)


async def read_about(path: Path) -> None:
    async with await open_store(path, writing=False) as store:
        place = await store.places.get(POKROVSK)
        assert place is not None
        picture = await store.place_overviews.of(place, DAY)
        assert picture.assessments
        await store.place_overviews.of(place, DAY, AT)
        await store.lists.page(Filter(Kind.CLAIM, match=query("the")), 5)
        await store.places.suggest("pokrvsk", 9)
        assert await store.history.first_broken() is None


async def test_a_reader_cannot_write(small_file: Path, tmp_path: Path) -> None:
    """The store refuses, and below it so does SQLite, to the writer's own readers too."""
    path = shutil.copyfile(small_file, tmp_path / "read.db")
    async with await open_store(path, writing=False) as store:
        with pytest.raises(StoreBusy, match="for reading only"):
            await store.history.write(an_act("no"), addition(an_entry()))

    async with await open_store(path) as store:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await store._db.read(addition(an_entry()))
        assert await store.history.first_broken() is None
