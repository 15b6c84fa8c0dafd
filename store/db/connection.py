"""One writer, a few readers, and one way to each.

A function that needs the store takes a plain `sqlite3.Connection` and runs, whole, in the thread
of the connection it is given: all its statements in one hop, and no await inside a transaction
that a cancellation could hit.
"""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import aiosqlite

from store.model.refusals import StoreBusy

P = ParamSpec("P")
R = TypeVar("R")


class RowCursor(Protocol):
    """What is asked of a cursor where rows are written."""

    @property
    def lastrowid(self) -> int | None: ...

    def fetchone(self) -> Any: ...  # noqa: ANN401 -- a row of any columns


class RowWriter(Protocol):
    """What writes rows: a connection, or what gathers them for one (transfer/write_buffer.py)."""

    def execute(self, sql: str, parameters: tuple[Any, ...] = ..., /) -> RowCursor: ...

    def executemany(self, sql: str, parameters: Iterable[tuple[Any, ...]], /) -> object: ...


class WritesNoted:
    """Whether anything was written on behalf of somebody: `any`."""

    def __init__(self) -> None:
        self.any = False


_noting: ContextVar[WritesNoted | None] = ContextVar("noting", default=None)


@contextmanager
def note_writes() -> Iterator[WritesNoted]:
    """Note whether the block, and the tasks that it starts, ask for anything to be written.

    What others write meanwhile is not noted; what was asked for again, and was there, is.
    """
    writes = WritesNoted()
    token = _noting.set(writes)
    try:
        yield writes
    finally:
        _noting.reset(token)


def note_write() -> None:
    """Note for who asked that something was written."""
    if (writes := _noting.get()) is not None:
        writes.any = True


class Database:
    """The file, open: `write` goes through the one writer, `read` through the next free reader."""

    def __init__(
        self,
        readers: list[aiosqlite.Connection],
        writer: aiosqlite.Connection | None,
        lock: int | None,
    ) -> None:
        self._writer = writer
        self._writing = asyncio.Lock()
        self._all_readers = tuple(readers)
        self._free = list(readers)
        self._waiting = asyncio.Semaphore(len(readers))
        self._lock = lock
        self._writes: set[asyncio.Task[object]] = set()

    @property
    def writable(self) -> bool:
        """Whether it is open for writing."""
        return self._writer is not None

    async def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `work` in one hop, on one snapshot of the record."""
        async with self._waiting:
            reader = self._free.pop()  # the last one used: what it read is still at hand
            try:
                return await hop(reader, lambda db: snapshot(db, lambda: work(db, *args, **kwargs)))
            finally:
                self._free.append(reader)

    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `work` in one transaction that is whole or absent, and return after its commit.

        A caller that is cancelled meanwhile does not cancel the write: what was begun is finished.
        """
        return await self._write_to_the_end(
            lambda db: transaction(db, lambda: work(db, *args, **kwargs))
        )

    async def write_lightly(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `work` in a transaction that a power cut may take back whole, with those after it.

        For a step of something longer, which whoever opens the store next would do again.
        """
        return await self._write_to_the_end(
            lambda db: lightly(db, lambda: work(db, *args, **kwargs))
        )

    async def alone(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """Run `work`, which is no transaction, with nothing else being written; to its end too."""
        return await self._write_to_the_end(work)

    async def _write_to_the_end(self, work: Callable[[sqlite3.Connection], R]) -> R:
        if self._writer is None:
            raise StoreBusy("This store is open for reading only.")
        note_write()
        task = asyncio.create_task(self._write(self._writer, work))
        self._writes.add(task)
        task.add_done_callback(self._let_go)
        return await asyncio.shield(task)

    def _let_go(self, task: "asyncio.Task[object]") -> None:
        self._writes.discard(task)
        if not task.cancelled():
            task.exception()  # a caller that went away will not ask for it

    async def _write(
        self, writer: aiosqlite.Connection, work: Callable[[sqlite3.Connection], R]
    ) -> R:
        async with self._writing:
            return await hop(writer, work)

    async def aclose(self) -> None:
        """Finish the writes under way, then close every connection and let the lock go."""
        every = [*self._all_readers, *([self._writer] if self._writer else [])]
        try:
            await asyncio.gather(*self._writes, return_exceptions=True)
            if self._writer is not None:
                await self._writer.execute("PRAGMA optimize")
            for connection in every:
                await connection.close()
        finally:
            for connection in every:
                connection.stop()  # what a cancellation has left open
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None


async def hop(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], R]) -> R:
    """Run `work` in the thread of `connection`, handing it the bare one."""
    # aiosqlite has no public way to do this; a test holds its private one, and the requirements
    # pin the library to the minor version.
    run = cast("Callable[..., Awaitable[R]]", connection._execute)  # noqa: SLF001
    return await run(work, connection._conn)  # noqa: SLF001


def snapshot(db: sqlite3.Connection, work: Callable[[], R]) -> R:
    db.execute("BEGIN")
    try:
        return work()
    finally:
        db.execute("ROLLBACK")


def lightly(db: sqlite3.Connection, work: Callable[[], R]) -> R:
    """Run `work` in a transaction that waits for no disk; the next that does makes it last too."""
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA wal_autocheckpoint = 16000")
    try:
        return transaction(db, work)
    finally:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA wal_autocheckpoint = 1000")


def transaction(db: sqlite3.Connection, work: Callable[[], R]) -> R:
    """Run `work` between BEGIN IMMEDIATE and COMMIT; whatever stops it, roll back."""
    db.execute("BEGIN IMMEDIATE")
    try:
        result = work()
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return result
