"""A batch is whole or absent once the store is open again, whatever stopped it and wherever."""

import asyncio
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from store import open_store
from store.model.refusals import UnfinishedBatch
from store.model.revision import Act
from store.transfer.formats.decode import CHAT
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportPlan
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import import_act, many, read
from tests.store.crash_child import WRITES
from tests.store.killing import ACKNOWLEDGED, RETURNED, judge, kill_child

POINTS, SOAK_POINTS = 14, 200


async def some_killed(base: Path, folder: Path, write: str, points: int, seed: int) -> list[bool]:
    """Kill a write at some of its statements, its first and last among them."""
    folder.mkdir()
    statements = kill_child(base, folder / "once", write, str(10**9))[write]
    chance = random.Random(seed)
    ends = [1, 2, statements, statements + RETURNED, statements + ACKNOWLEDGED]
    chosen = sorted({*ends, *(chance.randrange(3, statements) for _ in range(points))})
    kill_child(base, folder / "some", write, *map(str, chosen))
    present = await judge(base, folder / "some" / write, write, statements)
    assert sorted(present) == chosen
    return [present[n] for n in chosen]


async def test_an_import_killed_at_any_statement_is_finished_or_forgotten(
    small_file: Path, tmp_path: Path
) -> None:
    """Once it is decided on, whoever opens the store next files the rest of it."""
    outcomes = await some_killed(small_file, tmp_path / "import", "import", POINTS, 20251107)
    assert not outcomes[0]
    assert outcomes == sorted(outcomes)
    assert sum(outcomes) > 5, "most of it comes after the decision"


async def test_taking_a_batch_back_is_finished_or_not_begun(
    small_file: Path, tmp_path: Path
) -> None:
    base = shutil.copyfile(small_file, tmp_path / "imported.db")
    async with await open_store(base) as store:
        await WRITES["import"](store, tmp_path)
    outcomes = await some_killed(base, tmp_path / "undo", "undo import", POINTS, 20251107)
    assert outcomes == sorted(outcomes)
    assert not outcomes[0]
    assert outcomes[-1]


@pytest.mark.soak
@pytest.mark.parametrize("write", ["import", "undo import"])
async def test_batches_killed_at_many_statements(
    small_file: Path, tmp_path: Path, write: str
) -> None:
    """A longer sample, drawn anew each time, with its figures."""
    base = shutil.copyfile(small_file, tmp_path / "imported.db")
    if write == "undo import":
        async with await open_store(base) as store:
            await WRITES["import"](store, tmp_path)
    seed = random.SystemRandom().randrange(10**6)
    outcomes = await some_killed(base, tmp_path / write, write, SOAK_POINTS, seed)
    print(f"seed {seed}: {write} at {len(outcomes)} statements, {sum(outcomes)} finished")  # noqa: T201


async def test_an_import_whose_caller_went_away_is_finished(
    small_file: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(small_file, tmp_path / "left.db")
    async with await open_store(path) as store:
        filing = asyncio.Event()
        task = asyncio.create_task(
            store.imports.read(
                many(2000),
                _plan(),
                _act(),
                lambda what, *_: filing.set() if what == "file" else None,
            )
        )
        await filing.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with await open_store(path) as store:
        batch = await store.imports.batch(1)
        assert (batch.state, batch.counts[RowOutcome.NEW]) == ("filed", 2000)
        assert await store.history.first_broken() is None


async def test_an_import_that_fails_while_it_is_read_leaves_nothing(
    small_file: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(small_file, tmp_path / "left.db")
    async with await open_store(path) as store:
        head = await store.history.head()

        def fails(_what: str, rows: int, _of: int) -> None:
            if rows >= 2000:
                raise OSError("the progress bar broke")

        with pytest.raises(OSError, match="broke"):
            await store.imports.read(many(3000), _plan(), _act(), fails)
        assert await store.history.head() == head
        with pytest.raises(LookupError):
            await store.imports.batch(1)


async def test_a_row_that_the_record_refuses_after_all_takes_the_whole_batch_back(
    small_file: Path, tmp_path: Path
) -> None:
    """No check before it may be wrong, but if one is, half a batch must not stay."""
    path = shutil.copyfile(small_file, tmp_path / "left.db")
    async with await open_store(path) as store:

        def sabotage(what: str, done: int, _of: int) -> None:
            if what == "file" and done == CHAT.step:
                _break_last_row(path)

        report = await store.imports.read(many(1300), _plan(), _act(), sabotage)
        assert [problem.fault for problem in report.problems] == [Fault.NOT_FILED]
        assert (await store.imports.batch(1)).state == "undone"
        (live,) = await store._db.read(
            lambda db: db.execute(
                "SELECT count(*) FROM entries WHERE key LIKE 'x-%' AND retracted_at IS NULL"
            ).fetchone()
        )
        assert live == 0
        assert await store.history.first_broken() is None
        again = await read(store, many(1300))
        assert again.counts[RowOutcome.NEW] + again.counts[RowOutcome.CHANGED] == 1300


def _break_last_row(path: Path) -> None:
    """Let the rows that wait last name a place that is not there."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(
        "UPDATE staged SET content = replace(content, '704422', '99999999')"
        " WHERE part = (SELECT max(part) FROM staged)"
    )
    db.close()


def _plan() -> ImportPlan:
    return ImportPlan("file.jsonl")


def _act() -> Act:
    return import_act()


async def test_a_disk_that_is_full_on_the_way_once_left_unsaid_what_becomes_of_the_rest(
    small_file: Path, tmp_path: Path
) -> None:
    base = shutil.copyfile(small_file, tmp_path / "full.db")

    def leave_few_pages(db: sqlite3.Connection) -> None:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 400}").fetchall()

    async with await open_store(base) as store:
        await store._db.alone(leave_few_pages)
        with pytest.raises(UnfinishedBatch, match="B-1 is not done yet: database or disk is full"):
            await read(store, many(2000))
    async with await open_store(base) as store:
        again = await read(store, many(2000))
    assert again.counts[RowOutcome.UNCHANGED] == 2000
