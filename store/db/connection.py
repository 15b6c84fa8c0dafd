"""One writer, a few readers, each in a thread of its own, and one way to each."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from heapq import heappop, heappush
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import aiosqlite
from typing_extensions import override

from store.db.database import Database, lightly, snapshot, transaction
from store.db.noted_writes import note_write
from store.db.write_ahead_log import PAGES, is_shipped, write_back_after
from store.model.aside import run_alone
from store.model.refusals import StoreBusy

P = ParamSpec("P")
R = TypeVar("R")


class _AtHand(threading.local):
    """The connection of the thread that asks, where that is a reader's own."""

    db: sqlite3.Connection | None = None


class ThreadedDatabase(Database):
    """The file, open: `write` goes through the one writer, `read` through the next free reader."""

    def __init__(
        self,
        readers: list[aiosqlite.Connection],
        writer: aiosqlite.Connection | None,
        lock: int | None,
    ) -> None:
        super().__init__()
        self._writer = writer
        self._writing = asyncio.Lock()
        self._all_readers = tuple(readers)
        self._free = list(range(len(readers)))
        self._waiting = asyncio.Semaphore(len(readers))
        self._lock = lock
        self._shipped = False
        self._under_way: set[asyncio.Task[object]] = set()
        self._hand = _AtHand()

    @property
    @override
    def writable(self) -> bool:
        return self._writer is not None

    @property
    @override
    def is_at_hand(self) -> bool:
        return self._hand.db is not None

    @override
    async def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        if (db := self._hand.db) is not None:  # in a reader's thread, between BEGIN and ROLLBACK
            return work(db, *args, **kwargs)
        return await self._hop(lambda db: work(db, *args, **kwargs))

    @override
    async def read_together(self, work: Callable[[], Coroutine[Any, Any, R]]) -> R:
        if self.is_at_hand:
            return await work()

        def read(db: sqlite3.Connection) -> R:
            self._hand.db = db
            try:
                return run_alone(work())
            finally:
                self._hand.db = None

        return await self._hop(read)

    async def _hop(self, work: Callable[[sqlite3.Connection], R]) -> R:
        await self._waiting.acquire()
        number = heappop(self._free)  # the first that is free: it has most at hand
        release = self._release
        try:
            reader = self._all_readers[number]
            return await hop(reader, lambda db: snapshot(db, lambda: work(db)))
        except asyncio.CancelledError:
            release = self._stop
            raise
        finally:
            release(number)

    def _release(self, number: int) -> None:
        heappush(self._free, number)
        self._waiting.release()

    def _stop(self, number: int) -> None:
        """Have a reader stop for whom nobody waits any more; it is free once it has."""
        self._keep(asyncio.create_task(self._release_idle(number)))

    async def _release_idle(self, number: int) -> None:
        reader = self._all_readers[number]
        try:
            await reader.interrupt()
            await hop(reader, lambda _: None)
        finally:
            self._release(number)

    @override
    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        return await self._write_to_the_end(
            lambda db: transaction(db, lambda: work(db, *args, **kwargs))
        )

    @override
    async def write_aside(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        return await self._write_to_the_end(
            lambda db: transaction(db, lambda: work(db, *args, **kwargs)), aside=True
        )

    @override
    async def write_lightly(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        return await self._write_to_the_end(
            lambda db: lightly(db, lambda: work(db, *args, **kwargs))
        )

    @override
    async def alone(self, work: Callable[[sqlite3.Connection], R]) -> R:
        return await self._write_to_the_end(work)

    @override
    def limit(self, seconds: float) -> asyncio.Timeout:
        return asyncio.timeout(seconds)

    async def _write_to_the_end(
        self, work: Callable[[sqlite3.Connection], R], *, aside: bool = False
    ) -> R:
        if self._writer is None:
            raise StoreBusy("This store is open for reading only.")
        note_write()
        task = asyncio.create_task(self._write(self._writer, work, () if aside else self._told))
        self._keep(task)
        return await asyncio.shield(task)

    def _keep(self, task: "asyncio.Task[Any]") -> None:
        self._under_way.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: "asyncio.Task[object]") -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # a caller that went away will not ask for it

    async def _write(
        self,
        writer: aiosqlite.Connection,
        work: Callable[[sqlite3.Connection], R],
        told: Iterable[Callable[[], None]],
    ) -> R:
        async with self._writing:
            try:
                return await hop(writer, lambda db: self._leave_log(db, work))
            finally:  # before whoever writes knows that it is done
                for tell in told:
                    tell()

    def _leave_log(self, db: sqlite3.Connection, work: Callable[[sqlite3.Connection], R]) -> R:
        """Run `work`; from when on somebody ships the file, the log is not written back here."""
        if not self._shipped and is_shipped(db):
            self._shipped = True
            write_back_after(db, PAGES)
        return work(db)

    @override
    async def aclose(self) -> None:
        every = [*self._all_readers, *([self._writer] if self._writer else [])]
        try:
            await asyncio.gather(*self._under_way, return_exceptions=True)
            if self._writer is not None:
                with suppress(sqlite3.OperationalError):  # on a full disk no answer is lost for it
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
