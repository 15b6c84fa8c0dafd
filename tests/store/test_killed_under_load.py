"""A process that is killed while several people write loses nothing that it had acknowledged."""

import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from store import open_store
from store.db.packing import teach
from store.record.as_of import replay_entries
from tests.store.conftest import AT
from tests.store.record_content import content, without

ROOT = Path(__file__).resolve().parents[2]


def kill_at_work(base: Path, folder: Path, count: int, seed: int) -> list[Path]:
    """Kill a process at work `count` times; return the stores that it left."""
    child = ROOT / "tests/store/load_child.py"
    subprocess.run(
        [sys.executable, str(child), str(base), str(folder), str(count), str(seed)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=1200,
    )
    return sorted(folder.glob("*.db"))


def keys(path: Path, kind: str) -> set[str]:
    """Return the keys in a file that a killed process left, but for a line cut short."""
    return {line for line in path.with_suffix(kind).read_text().split("\n")[:-1] if line}


def on_record(db: sqlite3.Connection) -> set[str]:
    return {key for (key,) in db.execute("SELECT key FROM revisions WHERE key GLOB 'load:*'")}


async def judge(path: Path) -> str:
    """Hold what is left against what was acknowledged; return where the kill fell."""
    begun, acknowledged = keys(path, ".begun"), keys(path, ".ack")
    async with await open_store(path) as store:
        assert await store.history.first_broken() is None
    with closing(sqlite3.connect(path)) as db:
        teach(db)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        there = on_record(db)
        assert acknowledged <= there <= begun
        (count,) = db.execute("SELECT max(id) FROM entries").fetchone()
        now = without(content(db), set(), words=True)
        replayed = replay_entries(db, range(1, count + 1), AT, content)
        assert without(replayed, set(), words=True) == now
    hit = path.with_suffix(".hit").read_text()
    if there > acknowledged:
        return "after the commit"
    return "in the commit" if hit == "COMMIT" else "before the commit" if hit else "at the end"


async def campaign(base: Path, folder: Path, count: int, seed: int) -> Counter[str]:
    outcomes = Counter([await judge(path) for path in kill_at_work(base, folder, count, seed)])
    assert outcomes.total() == count
    return outcomes


async def test_what_was_acknowledged_survives_a_kill_under_load(
    small_file: Path, tmp_path: Path
) -> None:
    """A few of the two hundred kills of the soak."""
    outcomes = await campaign(small_file, tmp_path, 6, 20251107)
    assert (
        outcomes["before the commit"] + outcomes["in the commit"] + outcomes["after the commit"] > 0
    )


@pytest.mark.soak
async def test_what_was_acknowledged_survives_two_hundred_kills_under_load(
    small_file: Path, tmp_path: Path
) -> None:
    seed = random.SystemRandom().randrange(10**9)
    outcomes = await campaign(small_file, tmp_path, 200, seed)
    print(f"seed {seed}: {dict(outcomes)}, nothing lost, nothing torn")  # noqa: T201
    for where in ("before the commit", "in the commit", "after the commit"):
        assert outcomes[where], where
