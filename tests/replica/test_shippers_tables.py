"""Litestream keeps two tables in the store: whatever looks at the store lives with them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import Store, open_store
from store.db import migrate
from store.maintenance.backup import back_up
from store.maintenance.doctor import Level, examine
from store.maintenance.record_dump import record_lines
from store.maintenance.restore import restore
from tests.fakes import copy_store

NOW = datetime(2025, 11, 7, 12, tzinfo=UTC)
TABLES = (
    "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)",
    "CREATE TABLE _litestream_lock (id INTEGER)",
    "INSERT INTO _litestream_seq VALUES (1, 1)",
)


def add_tables(path: Path) -> Path:
    """Put into a store what Litestream puts there."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in TABLES:
            db.execute(statement)
    return path


@pytest.fixture
def desk_with_tables(seeds_path: Path, tmp_path: Path) -> Path:
    return add_tables(copy_store(seeds_path, tmp_path / "desk.db"))


def test_doctor_finds_nothing_wrong_and_knows_of_the_second_writer(desk_with_tables: Path) -> None:
    findings = list(examine(desk_with_tables, NOW))
    assert [each for each in findings if each.level is Level.FAIL] == []
    (sqlite,) = (each for each in findings if each.what == "SQLite")
    assert sqlite.level is Level.OK or "what ships the store is a second" in sqlite.detail


def test_the_record_as_text_is_without_them_and_comes_back(
    desk_with_tables: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(desk_with_tables)) as db:
        lines = list(record_lines(db))
    assert not any("litestream" in line for line in lines)
    (tmp_path / "record.jsonl").write_text("".join(lines), encoding="utf-8")
    result = restore(tmp_path / "record.jsonl", tmp_path / "new.db", NOW, replace=False)
    assert result.head[0] > 0


def test_a_copy_of_it_is_restored(desk_with_tables: Path, tmp_path: Path) -> None:
    copy = back_up(desk_with_tables, tmp_path / "copies", 7, NOW)
    result = restore(copy.path, tmp_path / "new.db", NOW, replace=False)
    assert result.head[0] > 0


async def test_an_older_store_with_them_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate.build(db, migrate.latest() - 1)
    add_tables(path)
    async with await open_store(path) as store:
        await store.load_seeds(NOW)
    assert [each for each in examine(path, NOW) if each.level is Level.FAIL] == []


def log_size(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


async def write_much(store: Store) -> None:
    """Write some 8 MB into the log, twice what SQLite writes back by itself."""
    for number in range(40):
        await store.program_state.keep(f"much {number}", "x" * 200_000)


async def test_the_log_of_a_store_that_is_shipped_is_left_to_its_shipper(
    desk_with_tables: Path,
) -> None:
    """Written back here it was overwritten before it was shipped: the replica was a broken file."""
    async with await open_store(desk_with_tables) as store:
        await write_much(store)
        assert log_size(desk_with_tables) > 8_000_000


async def test_it_is_left_from_the_moment_at_which_somebody_ships_it(
    seeds_path: Path, tmp_path: Path
) -> None:
    path = copy_store(seeds_path, tmp_path / "desk.db")
    async with await open_store(path) as store:
        await write_much(store)
        assert log_size(path) < 6_000_000
        add_tables(path)
        await write_much(store)
        assert log_size(path) > 8_000_000
