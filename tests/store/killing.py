"""Children that die at a statement, and what they leave of a store.

Most deaths leave the same bytes: before a write is committed there is nothing of it in the files.
Stores that are alike to the byte are opened and read once.
"""

import hashlib
import re
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from store import open_store
from store.db.packing import teach
from tests.forked import run_child
from tests.store.crash_child import NOT_KEYED, TO_SCRUB, WRITES, be_child

RETURNED, ACKNOWLEDGED = 1, 2  # the moments after the last statement


VOLATILE = {"salt", "digest", "previous", "body_digest", "person_digest"}


RANDOM = re.compile(r"(?<=person )[0-9a-f]{8}|(?<=desk:)[0-9a-f]{16}")


SHADOWS = (
    "entry_text_",
    "retracted_text_",
    "entry_vocabulary",
    "retracted_vocabulary",
    "entry_signal",
    "entry_words",
)


Content = dict[str, list[str]]
"""Every row of a store, table by table."""


def content(path: Path) -> Content:
    """Return every row of a sound store, table by table, without what differs by chance."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for words in ("entry_text", "retracted_text", "entry_signals"):
            db.execute(f"INSERT INTO {words} ({words}) VALUES ('integrity-check')")  # noqa: S608
        teach(db)
        named = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
        names = [name for (name,) in db.execute(named)]
        others = (*SHADOWS, "sqlite_", "packed_bodies")  # the view of those is held instead
        tables = [name for name in names if not name.startswith(others)]
        return {table: _rows(db, table) for table in tables}


def _rows(db: sqlite3.Connection, table: str) -> list[str]:
    columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(name for name in columns if name not in VOLATILE)
    rows = db.execute(f"SELECT {kept} FROM {table}").fetchall()  # noqa: S608
    return sorted(RANDOM.sub("", "\n".join(map(repr, rows))).split("\n"))


def kill_child(base: Path, folder: Path, writes: str, *points: str) -> dict[str, int]:
    """Have a child die at the points of some writes; return how many statements each has."""
    folder.mkdir()
    run_child(be_child, str(base), str(folder), writes, *points)
    counted = {write: folder / write / "statements" for write in writes.split(",")}
    return {
        write: int(file.read_text(encoding="utf-8")) if file.exists() else 0
        for write, file in counted.items()
    }


def stores_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.db"))


async def judge(base: Path, folder: Path, write: str, statements: int) -> dict[int, bool]:
    """Hold every store in `folder` against the base and the base with the write."""
    done = shutil.copyfile(base, folder / "done")
    async with await open_store(done) as store:
        await WRITES[write](store, base.parent)
    before, after = _content_of_base(base), content(done)
    assert before != after
    present = {}
    opened: dict[bytes, tuple[Path, Content]] = {}
    for path in stores_in(folder):
        n, left = int(path.stem), _hash_files(path)
        if left not in opened:
            opened[left] = path, await _open_and_read(path)
        alike, state = opened[left]
        assert state in (before, after), f"killed at {n} of {statements}: neither whole nor absent"
        present[n] = state == after
        if present[n] and write in TO_SCRUB:
            scrubbed = TO_SCRUB[write].encode() not in alike.read_bytes()
            assert scrubbed, f"killed at {n}: not scrubbed"
        assert present[n] or n <= statements, f"killed at {n} of {statements}: lost"
        assert present[n] or not path.with_suffix(".ack").exists(), "acknowledged and lost"
    for n in _ends(present, whole=True) if write not in NOT_KEYED else ():
        await _repeat(folder / f"{n}.db", write, base, after)
    for n in _ends(present, whole=False):
        await _repeat(folder / f"{n}.db", write, base, after)
    return present


_content_of_base = cache(content)  # nothing is written to it


def _hash_files(path: Path) -> bytes:
    """Return what tells a store's files, its log among them, from those with another byte."""
    logs = sorted(path.parent.glob(f"{path.name}-*"))
    return b"".join(hashlib.sha256(file.read_bytes()).digest() for file in (path, *logs))


async def _open_and_read(path: Path) -> Content:
    """Return what is in a store once it was opened, and its chain holds."""
    async with await open_store(path) as store:
        assert await store.history.first_broken() is None
    return content(path)


def _ends(present: dict[int, bool], *, whole: bool) -> set[int]:
    """Return the first and the last point that left a write whole, or absent.

    Between them the stores are the same row by row: a repeat finds the same in each.
    """
    points = [n for n in sorted(present) if present[n] is whole]
    return {*points[:1], *points[-1:]}


async def _repeat(path: Path, write: str, base: Path, after: dict[str, list[str]]) -> None:
    async with await open_store(path) as store:
        await WRITES[write](store, base.parent)
    assert content(path) == after, f"{path.name}: not made good by a repeat"
