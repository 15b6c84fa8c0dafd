"""A machine dies in an import: who opens the record elsewhere finishes it, or has none of it."""

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.bench import cast
from bot.bench.importing import file_of
from bot.replica.control_socket import ControlSocket
from bot.replica.fetch_replica import restore_replica
from bot.settings import Settings
from store import open_store
from store.maintenance.doctor import Level, examine
from tests.bulk.conftest import many
from tests.fakes import ROOT, copy_store
from tests.replica.shipper import Process, shipping_from, short_socket, until

ROWS, SOAK_ROWS = 6_000, 100_000


async def test_an_import_is_finished_on_another_machine(seeds_path: Path, tmp_path: Path) -> None:
    settings = machine(tmp_path / "first")
    copy_store(seeds_path, settings.store)
    before = count_entries(settings.store)
    await kill_in_import(settings, many(ROWS), tmp_path)
    assert before < count_entries(settings.store) <= before + ROWS
    assert await take_over(machine(tmp_path / "second")) == before + ROWS


@pytest.mark.soak
async def test_a_large_import_is_finished_on_another_machine(tmp_path: Path) -> None:
    settings = machine(tmp_path / "first")
    await cast.seed(settings.store)
    await kill_in_import(settings, file_of(settings.store, SOAK_ROWS), tmp_path)
    before = count_entries(settings.store)
    assert await take_over(machine(tmp_path / "second")) == SOAK_ROWS
    print(f"killed after {before:,} of {SOAK_ROWS:,} rows; elsewhere all of them")  # noqa: T201


def machine(folder: Path) -> Settings:
    folder.mkdir()
    socket = str(short_socket(folder))
    replica = str(folder.parent / "replica")
    return replace(Settings(), store=folder / "desk.db", replica=replica, replica_socket=socket)


async def kill_in_import(settings: Settings, rows: bytes, folder: Path) -> None:
    """Import a file, and kill that when a part of its rows is filed; ship what is left, and end."""
    (file := folder / "rows.jsonl").write_bytes(rows)
    line = (sys.executable, "-m", "bot", "import", str(file), "--store", str(settings.store))
    async with shipping_from(settings):
        importing = await Process.start(*line, log=folder / "import.log", PYTHONPATH=str(ROOT))
        try:
            before = count_entries(settings.store)
            await until(lambda: count_entries(settings.store) > before)
        finally:
            await importing.kill()
        socket = ControlSocket(settings)
        await socket.ship(60)
        await socket.aclose()


def count_entries(store: Path) -> int:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM entries").fetchone()[0])


async def take_over(settings: Settings) -> int:
    """Restore the record on another machine, and open it; return how many entries it has then."""
    restore_replica(settings, datetime.now(UTC))
    async with await open_store(settings.store):
        pass
    findings = examine(settings.store, datetime.now(UTC))
    assert [each for each in findings if each.level is Level.FAIL] == []
    return count_entries(settings.store)
