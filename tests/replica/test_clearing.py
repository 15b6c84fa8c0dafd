"""What a replica keeps of before is deleted, and shipping is ended: said first, done with --yes."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from bot.replica.fetch_replica import restore_replica
from bot.replica.parts import ReplicaPart, find_old
from bot.replica.shipper_process import state_folder
from bot.settings import Secret, Settings
from commands.kit.invocation import Role
from store import open_store
from store.db.write_ahead_log import is_shipped
from store.maintenance.doctor import Level, examine
from tests.bot.command_line import run
from tests.commands.filing import file_entry
from tests.fakes import ROOT, Talk, copy_store
from tests.replica.rare_word import WORD, files_with
from tests.replica.shipper import (
    FileServer,
    ObjectServer,
    serving_files,
    serving_objects,
    settings_in,
    ship_once,
    shipping_from,
)

CLAIM = f'/add claim "{WORD} lives there." by:Putin place:Pokrovsk day:2025-11-05 source:S-1'
SERVERS: dict[str, Callable[[Path], AbstractAsyncContextManager[ObjectServer | FileServer]]] = {
    "a bucket": serving_objects,
    "SFTP": serving_files,
}


def now() -> datetime:
    return datetime.now(UTC)


def machine(seeds: Path, folder: Path, **also: Any) -> Settings:
    """Put the seeds on record in a new folder, and return the settings of that machine."""
    folder.mkdir()
    settings = settings_in(folder, **also)
    copy_store(seeds, settings.store)
    return settings


def replica(settings: Settings, act: str, *words: str) -> CompletedProcess[str]:
    """Run `sitrep replica …` with the settings of a machine."""
    names = ("replica", "replica_endpoint", "replica_region", "replica_key_id", "replica_host_key")
    told = {f"SITREP_{name.upper()}": str(getattr(settings, name)) for name in names}
    secret = settings.replica_secret
    told["SITREP_REPLICA_SECRET"] = secret.reveal() if isinstance(secret, Secret) else ""
    told["SITREP_REPLICA_SOCKET"] = settings.replica_socket
    folder = settings.store.parent
    return run(folder, "replica", act, *words, "--store", str(settings.store), **told)


async def file_and_redact(settings: Settings) -> None:
    """File a claim, have it shipped, and take its words away."""
    async with await open_store(settings.store) as store:
        desk = Talk(store)
        ref = await file_entry(desk, CLAIM)
        await ship_once(settings)
        await desk(f"/redact {ref} why:names sure:yes", as_=Role.ADMIN)
        await ship_once(settings)


def assert_restored(settings: Settings, folder: Path) -> None:
    """Restore the replica on another machine; it is sound, and the word is not there."""
    folder.mkdir()
    other = settings_in(folder, **{name: getattr(settings, name) for name in _PLACE})
    restore_replica(other, now())
    assert [each for each in examine(other.store, now()) if each.level is Level.FAIL] == []
    assert list(files_with(WORD, folder)) == []


_PLACE = (
    *("replica", "replica_endpoint", "replica_region", "replica_key_id"),
    *("replica_secret", "replica_host_key"),
)


async def test_after_a_redaction_its_words_are_in_no_file_of_the_replica(
    seeds_path: Path, tmp_path: Path
) -> None:
    """The drill of docs/keeping.md: they stood in the files from before it, for days."""
    settings = machine(seeds_path, tmp_path / "first")
    elsewhere = Path(settings.replica)
    async with shipping_from(settings):
        await file_and_redact(settings)
        assert list(files_with(WORD, elsewhere))
        assert "stop it first" in replica(settings, "clear", "--yes").stderr
    (elsewhere / "letter.txt").write_text("not a shipper's")
    (elsewhere / "photos").mkdir()
    (elsewhere / "photos/1.jpg").write_text("not a shipper's either")
    result = replica(settings, "clear")
    assert result.returncode == 2
    assert "goes  ltx: " in result.stdout
    assert "To delete these " in result.stdout
    assert list(files_with(WORD, elsewhere))
    assert replica(settings, "clear", "--yes").returncode == 0
    assert sorted(file.name for file in elsewhere.iterdir()) == ["letter.txt", "photos"]
    async with await open_store(settings.store):
        pass  # the bot takes the last traces out of its own log
    async with shipping_from(settings):
        await ship_once(settings)
        assert list(files_with(WORD, elsewhere, tmp_path / "first")) == []
        assert_restored(settings, tmp_path / "second")


@pytest.mark.parametrize("kind", SERVERS)
async def test_a_replica_on_another_machine_is_deleted_too(
    seeds_path: Path, tmp_path: Path, kind: str
) -> None:
    async with SERVERS[kind](tmp_path / "server") as server:
        settings = machine(seeds_path, tmp_path / "first", **server.settings())
        async with shipping_from(settings):
            await file_and_redact(settings)
        kept = (tmp_path / "server/buckets", tmp_path / "server/files")
        assert list(files_with(WORD, *kept))
        result = replica(settings, "clear")
        assert result.returncode == 2, result.stderr
        assert list(files_with(WORD, *kept))
        result = replica(settings, "clear", "--yes")
        assert result.returncode == 0, result.stderr
        assert [file for each in kept for file in each.rglob("*.ltx")] == []
        async with shipping_from(settings):
            await ship_once(settings)
        assert_restored(settings, tmp_path / "second")


async def test_a_replica_that_has_what_the_store_has_not_is_never_deleted(
    seeds_path: Path, tmp_path: Path
) -> None:
    settings = machine(seeds_path, tmp_path / "first")
    async with shipping_from(settings):
        await file_and_redact(settings)
    kept = sorted(Path(settings.replica).rglob("*"))
    (tmp_path / "new").mkdir()
    new = settings_in(tmp_path / "new")
    assert "may be the only one" in replica(new, "clear", "--yes").stderr
    copy_store(seeds_path, new.store)
    assert "holds another record" in replica(new, "clear", "--yes").stderr
    assert sorted(Path(settings.replica).rglob("*")) == kept


def test_of_terms_all_that_came_before_the_one_that_is_shipped_is_old() -> None:
    """One that begins just now has a higher number, and is not yet what the lease names."""
    names = ("term-000006-aaaaaaaa", "term-000007-bbbbbbbb", "term-000007-cccccccc")
    begins, foreign = "term-000008-dddddddd", ("photos", "term-notes", "2025")
    parts = [ReplicaPart(name, 1, 1) for name in (*names, begins, *foreign, "ltx", "0000")]
    old = {part.name for part in find_old(parts, names[1])}
    assert old == {names[0], names[2], "ltx", "0000"}
    assert {part.name for part in find_old(parts, "")} == {"ltx", "0000"}


async def test_once_shipping_is_ended_the_log_is_written_back_again(
    seeds_path: Path, tmp_path: Path
) -> None:
    settings = machine(seeds_path, tmp_path / "first")
    async with shipping_from(settings):
        await ship_once(settings)
        assert "stop it first" in replica(settings, "end", "--yes").stderr
    assert replica(settings, "end").returncode == 2
    assert state_folder(settings.store).exists()
    async with await open_store(settings.store):
        assert "Another process is writing" in replica(settings, "end", "--yes").stderr
    result = replica(settings, "end", "--yes")
    assert result.returncode == 0, result.stderr
    assert not state_folder(settings.store).exists()
    with closing(sqlite3.connect(settings.store)) as db:
        assert not is_shipped(db)
    async with await open_store(settings.store) as store:
        for number in range(40):
            await store.program_state.keep(f"much {number}", "x" * 200_000)
        assert settings.store.with_name("desk.db-wal").stat().st_size < 6_000_000


def test_without_rclone_it_says_what_to_delete_by_hand(tmp_path: Path, seeds_path: Path) -> None:
    """In the image there is none."""
    copy_store(seeds_path, tmp_path / "desk.db")
    python = tmp_path / "python"
    python.symlink_to(Path(sys.executable).resolve())
    told = {"SITREP_REPLICA": "s3://replicas/desk", "SITREP_STORE": str(tmp_path / "desk.db")}
    result = subprocess.run(
        [python, "-m", "bot", "replica", "clear"],
        env={"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path[1:])), "PATH": "", **told},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "delete s3://replicas/desk/, and " in result.stderr
