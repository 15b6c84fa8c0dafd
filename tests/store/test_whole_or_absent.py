"""A write is whole or absent, whatever stops it and wherever."""

import asyncio
import random
import shutil
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from store import Store, open_store
from store.db.connection import ThreadedDatabase, hop
from store.db.database import Database
from store.model.revision import Change
from tests.store.conftest import addition, an_act, an_entry, few_places
from tests.store.crash_child import TO_SCRUB, prepare
from tests.store.killing import (
    ACKNOWLEDGED,
    RETURNED,
    judge,
    kill_child,
)

SEED_POINTS = 9
LETTING_GO = 2  # statements after the commit, which close the file of the gazetteer
SOAK_POINTS = 150


# Cancelled


class Cancelling:
    """A task factory that cancels whichever task makes the n-th suspension of all."""

    def __init__(self, n: int) -> None:
        self.left = n

    def __call__(
        self, loop: asyncio.AbstractEventLoop, coro: Coroutine[Any, Any, Any], **options: object
    ) -> "asyncio.Task[Any]":
        async def stepped() -> object:
            return await Suspended(coro, self)

        task = asyncio.Task(stepped(), loop=loop, **options)  # type: ignore[arg-type]
        task.add_done_callback(lambda _: coro.close())  # it may never have started
        return task


class Suspended:
    """Awaits a coroutine and counts how often it waits."""

    def __init__(self, coro: Coroutine[Any, Any, Any], cancelling: Cancelling) -> None:
        self.coro, self.cancelling = coro, cancelling

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self.coro.__await__()
        step: Callable[[], Any] = lambda: next(steps)  # noqa: E731
        while True:
            try:
                waited_for = step()
            except StopIteration as done:
                return done.value
            self.cancelling.left -= 1
            task = asyncio.current_task()
            if self.cancelling.left == 0 and task is not None:
                task.cancel()
            try:
                yield waited_for
            except BaseException as thrown:  # noqa: BLE001 -- handed on as it came
                step = lambda thrown=thrown: steps.throw(thrown)  # type: ignore[misc]  # noqa: E731
            else:
                step = lambda: next(steps)  # noqa: E731


@contextmanager
def cancelling_at(n: int) -> Iterator[Cancelling]:
    """Cancel the n-th suspension of the tasks that are made meanwhile."""
    loop, cancelling = asyncio.get_running_loop(), Cancelling(n)
    loop.set_task_factory(cancelling)  # type: ignore[arg-type]
    try:
        yield cancelling
    finally:
        loop.set_task_factory(None)


async def ends_cancelled(task: Awaitable[object]) -> bool:
    """Wait for a task; tell whether it was cancelled."""
    try:
        await task
    except asyncio.CancelledError:
        return True
    return False


async def cancel_everywhere(try_it: Callable[[int], Coroutine[Any, Any, object]]) -> int:
    """Run `try_it(n)`, cancelled at its n-th suspension, until there is none; return how many."""
    for n in range(1, 1000):
        with cancelling_at(n) as cancelling:
            await ends_cancelled(asyncio.create_task(try_it(n)))
        if cancelling.left > 0:
            return n - 1
    pytest.fail("it never comes to an end")


async def whole(store: Store, key: str, text: str) -> bool:
    """Tell whether an entry is on record with all that belongs to it; fail where a part is."""

    def parts(db: sqlite3.Connection) -> list[int]:
        counts = [
            "SELECT count(*) FROM revisions WHERE key = :key",
            "SELECT count(*) FROM entries WHERE text = :text",
            "SELECT count(*) FROM entries JOIN entry_places ON entry_id = id WHERE text = :text",
            "SELECT count(*) FROM entries JOIN entry_sources ON entry_id = id WHERE text = :text",
            "SELECT count(*) FROM entries JOIN touched ON entry_id = id WHERE text = :text",
            "SELECT count(*) FROM entry_text WHERE entry_text MATCH '\"' || :text || '\"'",
        ]
        return [db.execute(sql, {"key": key, "text": text}).fetchone()[0] for sql in counts]

    parts_left = await store._db.read(parts)
    assert parts_left in ([0] * 6, [1] * 6), parts_left
    return parts_left[0] == 1


async def still_writes(store: Store, key: str) -> None:
    """Write something more, which also waits for all that was begun before."""
    await store.history.write(an_act(key), addition(an_entry(text=key)))
    assert await whole(store, key, key)


async def test_a_write_cancelled_at_any_await_is_whole_or_absent(small: Store) -> None:
    """Both the caller's awaits and those of the write's own task are tried."""

    async def write(n: int) -> object:
        return await small.history.write(an_act(f"c{n}"), addition(an_entry(text=f"c{n}")))

    awaits = await cancel_everywhere(write)

    assert awaits >= 2
    await still_writes(small, "after")
    for n in range(1, awaits + 1):
        await whole(small, f"c{n}", f"c{n}")
    assert await whole(small, f"c{awaits + 1}", f"c{awaits + 1}")
    assert await small.history.first_broken() is None


async def test_writes_that_queue_are_whole_or_absent_when_one_is_cancelled(small: Store) -> None:
    """One of three is cancelled at each await, waiting for its turn among them."""

    async def three(n: int) -> None:
        keys = [f"q{n}-{number}" for number in range(3)]
        writes = [small.history.write(an_act(key), addition(an_entry(text=key))) for key in keys]
        await asyncio.gather(*writes, return_exceptions=True)

    awaits = await cancel_everywhere(three)

    assert awaits >= 6
    await still_writes(small, "after")
    for n in range(1, awaits + 1):
        for number in range(3):
            await whole(small, f"q{n}-{number}", f"q{n}-{number}")
    assert await small.history.first_broken() is None


async def test_seeds_cancelled_at_any_await_are_whole_or_absent(
    store: Store, small_file: Path
) -> None:
    async def load(_: int) -> object:
        return await store.load_seeds(an_act("").at, small_file.parent)

    await cancel_everywhere(load)

    again = await store.load_seeds(an_act("").at, small_file.parent)
    assert (again.new, again.changed, again.kept) == (0, 0, 0)
    assert await store.history.first_broken() is None


async def test_a_caller_cancelled_at_any_statement_finds_the_write_done(small: Store) -> None:
    """What was begun is finished: the caller learns the outcome by its key."""
    for n in range(1, 100):
        task = asyncio.create_task(
            small.history.write(an_act(f"s{n}"), addition(an_entry(text=f"s{n}")))
        )
        async with cancelled_by_statement(small._db, n, task) as reached:
            cancelled = await ends_cancelled(task)
        await still_writes(small, f"after{n}")
        assert await whole(small, f"s{n}", f"s{n}")
        if not reached.is_set():
            break
        assert cancelled
    assert n > 10


class cancelled_by_statement:  # noqa: N801 -- used like a function
    """Cancel `task` while the writer is at its n-th statement."""

    def __init__(self, db: Database, n: int, task: "asyncio.Task[Any]") -> None:
        assert isinstance(db, ThreadedDatabase)
        assert db._writer is not None
        self.writer, self.left, self.task = db._writer, n, task
        self.loop, self.reached = asyncio.get_running_loop(), threading.Event()

    def at_statement(self, _: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.loop.call_soon_threadsafe(self.cancel)
            assert self.reached.wait(10)

    def cancel(self) -> None:
        self.task.cancel()
        self.loop.call_soon(self.loop.call_soon, self.reached.set)  # the task has seen it by then

    async def __aenter__(self) -> threading.Event:
        await hop(self.writer, lambda db: db.set_trace_callback(self.at_statement))
        return self.reached

    async def __aexit__(self, *_: object) -> None:
        await hop(self.writer, lambda db: db.set_trace_callback(None))


async def test_a_cancelled_read_gives_its_reader_back(small: Store) -> None:
    async def reads(_: int) -> None:
        await asyncio.gather(*(small.entries.get(1) for _ in range(5)), return_exceptions=True)

    assert await cancel_everywhere(reads) >= 5
    entries = await asyncio.gather(*(small.entries.get(1) for _ in range(10)))
    assert all(entries)


async def test_opening_cancelled_at_any_await_lets_the_file_go(tmp_path: Path) -> None:
    async def opened(_: int) -> None:
        async with await open_store(tmp_path / "some.db") as store:
            await store.history.head()

    assert await cancel_everywhere(opened) >= 10
    async with await open_store(tmp_path / "some.db", patience_s=5) as store:
        assert await store.history.first_broken() is None


@pytest.mark.parametrize("error", [ValueError, MemoryError, sqlite3.OperationalError])
async def test_a_change_that_fails_leaves_nothing(small: Store, error: type[Exception]) -> None:
    def fails(db: sqlite3.Connection) -> Change:
        addition(an_entry(text="halfway"))(db)
        raise error("stopped")

    with pytest.raises(error, match="stopped"):
        await small.history.write(an_act("halfway"), fails)

    assert not await whole(small, "halfway", "halfway")
    await still_writes(small, "after")


async def test_closing_waits_for_a_write_whose_caller_went_away(
    tmp_path: Path, small_file: Path
) -> None:
    path = shutil.copyfile(small_file, tmp_path / "left.db")
    async with await open_store(path) as store:
        task = asyncio.create_task(
            store.history.write(an_act("left"), addition(an_entry(text="left")))
        )
        await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async with await open_store(path) as store:
        assert await whole(store, "left", "left")


# Killed


@pytest.mark.parametrize("write", ["file", "correct", "link"])
async def test_a_write_killed_at_any_statement_is_whole_or_absent(
    write: str, small_file: Path, tmp_path: Path
) -> None:
    """A process that dies by SIGKILL before each statement loses nothing it had acknowledged."""
    statements = kill_child(small_file, tmp_path / "all", write, "all")[write]

    present = await judge(small_file, tmp_path / "all" / write, write, statements)

    assert len(present) == statements + ACKNOWLEDGED + 1
    assert not any(present[n] for n in range(1, statements + 1))
    assert present[statements + RETURNED]
    assert (tmp_path / "all" / write / f"{statements + ACKNOWLEDGED}.ack").exists()


KEEPING = ("retract", "restore", "check", "unlink", "freeze", "undo", "redact")
FILING = ("open", "change", "draft", "fix", "reject", "room")
TEXTS = ("open text", "file text", "undo text")
TELLING = ("wish", "claim", "settle", "watch", "move", "news")
NAMING = ("actor", "source", "place", "alias", "prefer", "grade", "status", "bar", "forget")


@pytest.fixture(scope="session")
def file_for_writes(small_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store on which each kind of write has something to work."""
    path = shutil.copyfile(small_file, tmp_path_factory.mktemp("worked") / "worked.db")

    async def work() -> None:
        async with await open_store(path) as store:
            await prepare(store)

    asyncio.run(work())
    return path


async def writes_killed(
    writes: tuple[str, ...], points: str, base: Path, folder: Path
) -> dict[str, tuple[int, int]]:
    """Kill writes at points of each; return how many, and of how many statements."""
    counts = {}
    for write, statements in kill_child(base, folder, ",".join(writes), points).items():
        present = await judge(base, folder / write, write, statements)
        there = [present[n] for n in sorted(present)]
        assert there == sorted(there), f"{write}: there, then gone"
        assert present[statements + RETURNED]
        if write not in TO_SCRUB:  # nothing is left to do after the commit
            assert not any(present[n] for n in present if n <= statements), write
        counts[write] = len(present), statements
    return counts


@pytest.mark.parametrize(
    "writes",
    [KEEPING, FILING, TEXTS, NAMING, TELLING],
    ids=["keeping", "filing", "texts", "naming", "telling"],
)
async def test_every_kind_of_write_killed_at_some_statement_is_whole_or_absent(
    writes: tuple[str, ...], file_for_writes: Path, tmp_path: Path
) -> None:
    """The soak kills each at all of its statements."""
    counts = await writes_killed(writes, "1@20251107", file_for_writes, tmp_path / "some")
    assert set(counts) == set(writes)


@pytest.mark.soak
@pytest.mark.parametrize("write", [*KEEPING, *FILING, *TEXTS, *NAMING, *TELLING])
async def test_every_kind_of_write_killed_at_all_its_statements_is_whole_or_absent(
    write: str, file_for_writes: Path, tmp_path: Path
) -> None:
    counts = await writes_killed((write,), "all", file_for_writes, tmp_path / "all")
    print("{}: {} points of {} statements, none torn".format(write, *counts[write]))  # noqa: T201


async def seeds_killed(points: int, folder: Path, seed: int) -> tuple[int, dict[int, bool]]:
    base = folder / "empty.db"
    few_places(folder)
    async with await open_store(base):
        pass
    statements = kill_child(base, folder / "once", "seeds", str(10**9))["seeds"]
    chance = random.Random(seed)
    ends = [1, 2, statements - 1, statements, statements + RETURNED, statements + ACKNOWLEDGED]
    chosen = sorted({*ends, *(chance.randrange(3, statements - 1) for _ in range(points))})
    kill_child(base, folder / "some", "seeds", *map(str, chosen))
    present = await judge(base, folder / "some" / "seeds", "seeds", statements)
    assert sorted(present) == chosen
    return statements, present


async def test_seeds_killed_while_they_load_are_whole_or_absent(tmp_path: Path) -> None:
    """A sample of its tens of thousands of statements, the first and last of all among them."""
    statements, present = await seeds_killed(SEED_POINTS, tmp_path, seed=20251107)

    assert {n for n in present if present[n]} == {n for n in present if n > statements - LETTING_GO}


@pytest.mark.soak
async def test_seeds_killed_at_many_statements_are_whole_or_absent(tmp_path: Path) -> None:
    """A longer sample, drawn anew each time, with its figures."""
    seed = random.SystemRandom().randrange(10**6)
    statements, present = await seeds_killed(SOAK_POINTS, tmp_path, seed)
    print(f"seed {seed}: {len(present)} of {statements} statements, none torn")  # noqa: T201
