"""A copy is checked before an older one goes, and is made beside whoever writes."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.ops.backups import BackupPlan, backing_up
from store import Store, open_store
from store.maintenance.backup import back_up, backups_of
from store.model.refusals import NoStore, NotAStore
from tests.bot.command_line import run
from tests.fakes import Clock
from tests.patience import PATIENCE_S
from tests.store.conftest import addition, an_act, an_entry

AT = datetime(2025, 11, 7, 12, tzinfo=UTC)


async def test_a_copy_has_all_that_was_acknowledged_and_writes_no_log_back(
    small: Store, tmp_path: Path
) -> None:
    """What was written last is only in the log beside the store, and stays there."""
    await small.history.write(an_act("late"), addition(an_entry(text="Late.")))
    store = tmp_path / "small.db"
    log = store.with_name("small.db-wal").read_bytes()
    before = store.read_bytes()
    assert log
    backup = back_up(store, tmp_path / "copies", 3, AT)
    assert store.read_bytes() == before
    assert store.with_name("small.db-wal").read_bytes() == log
    async with await open_store(backup.path, writing=False) as copy:
        assert await copy.history.head() == await small.history.head()
        assert await copy.history.first_broken() is None
    assert backup.size == backup.path.stat().st_size


def test_the_oldest_copies_go_and_nothing_else(small_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for other in ("other-20200101T000000Z.db", "small-notes.db", "small-20200101T000000Z.db.gz"):
        (folder / other).touch()
    copies = [back_up(small_file, folder, 2, AT + timedelta(hours=n)) for n in range(4)]
    assert [path for _, path in backups_of(small_file, folder)] == [
        copy.path for copy in copies[2:]
    ]
    assert copies[3].rotated == (copies[1].path,)
    assert len(list(folder.iterdir())) == 5


def test_a_store_that_is_broken_costs_no_older_copy(small_file: Path, tmp_path: Path) -> None:
    store, folder = shutil.copyfile(small_file, tmp_path / "small.db"), tmp_path / "copies"
    first = back_up(store, folder, 1, AT)
    with store.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\xff" * 4096 * 30)
    with pytest.raises((NotAStore, sqlite3.DatabaseError)):
        back_up(store, folder, 1, AT + timedelta(hours=1))
    assert list(folder.iterdir()) == [first.path]


def test_there_has_to_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        back_up(tmp_path / "none.db", tmp_path, 1, AT)
    (tmp_path / "text.db").write_text("no store")
    with pytest.raises(NotAStore, match="not a file of SQLite"):
        back_up(tmp_path / "text.db", tmp_path, 1, AT)


class Logged:
    """Keeps what was logged."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.more = asyncio.Event()

    def __call__(self, event: str, /, **_: object) -> None:
        self.events.append(event)
        self.more.set()


async def until(logged: Logged, least: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while len(logged.events) < least:
            logged.more.clear()
            await logged.more.wait()


async def test_a_running_bot_makes_copies_when_they_are_due(
    small_file: Path, tmp_path: Path
) -> None:
    """Also after a restart: the newest copy says when the next is due."""
    clock, logged, folder = Clock(AT), Logged(), tmp_path / "copies"
    plan = BackupPlan(small_file, folder, timedelta(hours=6), 2)
    async with backing_up(plan, logged, clock, look_s=0.01):
        await until(logged, 1)
        clock.now += timedelta(hours=5)
        await asyncio.sleep(0.1)
    assert logged.events == ["backup"]
    async with backing_up(plan, logged, clock, look_s=0.01):
        await asyncio.sleep(0.1)
        assert logged.events == ["backup"]
        clock.now += timedelta(hours=1)
        await until(logged, 2)
    assert len(backups_of(small_file, folder)) == 2


async def test_a_copy_that_fails_is_logged_and_tried_again_later(tmp_path: Path) -> None:
    clock, logged = Clock(AT), Logged()
    plan = BackupPlan(tmp_path / "none.db", tmp_path / "copies", timedelta(hours=6), 2)
    async with backing_up(plan, logged, clock, look_s=0.01):
        await until(logged, 1)
        await asyncio.sleep(0.1)
        assert logged.events == ["backup failed"]
        clock.now += timedelta(hours=1)
        await until(logged, 2)
    assert set(logged.events) == {"backup failed"}


async def test_nothing_is_copied_unless_it_is_set() -> None:
    logged = Logged()
    async with backing_up(None, logged, Clock(AT)):
        await asyncio.sleep(0)
    assert logged.events == []


def test_backup_in_a_shell(tmp_path: Path) -> None:
    run(tmp_path, "ask", "--no-seeds", "/about")
    result = run(tmp_path, "backup", "--to", "copies", "--keep", "1")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("copies/sitrep-2")
    assert result.stdout.endswith(" bytes, checked.\n")
    (copy,) = (tmp_path / "copies").iterdir()
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert run(tmp_path, "backup", "--keep", "0").returncode == 2
