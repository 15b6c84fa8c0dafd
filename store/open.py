"""From a path to an open Database: the lock, the connections, the pragmas, the schema."""

import asyncio
import fcntl
import os
import sqlite3
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiosqlite
from typing_extensions import override

from store.db.connection import ThreadedDatabase, hop
from store.db.database import READING, SPARE, Database, Tell, tell_nobody, uri_of
from store.db.explain import explain
from store.db.migrate import latest, migrate, readable_version
from store.db.packing import teach
from store.db.write_ahead_log import PAGES, write_back_after
from store.editing.scrub import scrub
from store.likeness.fill import fill_signals
from store.model.refusals import NoStore, OlderStore, StoreBusy
from store.record.addresses import fill_addresses

_LOCK_STEP_S = 0.05
WRITING = (
    "PRAGMA cache_size = -32768",  # for the indexes of what it writes
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that REPLACE cannot delete behind a trigger's back
)


async def open_database(
    path: Path, *, writing: bool, patience_s: float = 0, tell: Tell = tell_nobody
) -> Database:
    """Open `path`, made and brought up to date first when `writing`, which is told on the way.

    For writing it takes the file's lock, waiting `patience_s` seconds for it at most (StoreBusy),
    and finishes what a kill left half done, such as an import.
    For reading the file must exist (NoStore) and be up to date (OlderStore); such a connection
    never writes nor checkpoints. Either way the file of a later Sitrep is refused (NewerStore), and
    that of another program before anything is changed in it (NotAStore).
    """
    async with AsyncExitStack() as undo:
        if not writing:
            if not path.exists():
                raise NoStore(f"There is no store at {path}.")
            reader, schema = await _connect(undo, path, "ro", READING)
            if schema < latest():
                raise OlderStore(f"{path} is not up to date.")
            undo.pop_all()
            return ThreadedDatabase([reader], None, None)
        with explain(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = await _take_lock(undo, path, patience_s)
        writer, _ = await _connect(undo, path, "rwc", (*READING, *WRITING))
        await hop(writer, lambda db: write_back_after(db, PAGES))
        await hop(writer, lambda db: migrate(db, path, tell))
        await hop(writer, lambda db: _finish(db, tell))
        readers = [(await _connect(undo, path, "ro", told))[0] for told in (READING, SPARE)]
        undo.pop_all()
        return ThreadedDatabase(readers, writer, lock)


def _finish(db: sqlite3.Connection, tell: Tell) -> None:
    """Finish what a kill may have left half done."""
    scrub(db, tell)
    fill_addresses(db)
    fill_signals(db, tell)
    unfinished = "SELECT 1 FROM batches WHERE state IN ('staging', 'filing', 'undoing') LIMIT 1"
    if db.execute(unfinished).fetchone():
        from store.transfer.recover import finish  # noqa: PLC0415 -- rare

        finish(db)


async def _take_lock(undo: AsyncExitStack, path: Path, patience_s: float) -> int:
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    undo.callback(os.close, lock)
    until = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise StoreBusy(f"Another process is writing to {path}.") from None
            await asyncio.sleep(_LOCK_STEP_S)
        else:
            return lock


async def _connect(
    undo: AsyncExitStack, path: Path, mode: str, pragmas: tuple[str, ...]
) -> tuple[aiosqlite.Connection, int]:
    """Return a connection to a store, and the version of its schema."""

    def greet(db: sqlite3.Connection) -> int:
        schema = readable_version(db, path)
        for pragma in pragmas:
            db.execute(pragma)
        return schema

    with explain(path):
        connection = _Connection(uri_of(path, mode))
        undo.push_async_callback(connection.settle)
        return connection, await hop(await connection, greet)


class _Connection(aiosqlite.Connection):
    """A connection that is closed even if its opening failed or was cancelled.

    The library lets go of what its thread opens when nobody waits for it any more, and of the
    thread itself, which then has nobody to tell that it ended.
    """

    def __init__(self, uri: str) -> None:
        super().__init__(self._open, iter_chunk_size=64)
        self._uri = uri
        self._opened: sqlite3.Connection | None = None
        self._stopping: asyncio.Future[Any] | None = None

    def _open(self) -> sqlite3.Connection:
        self._opened = sqlite3.connect(
            self._uri, uri=True, isolation_level=None, cached_statements=256
        )
        teach(self._opened)
        return self._opened

    @override
    def stop(self) -> "asyncio.Future[Any] | None":
        self._tx.put_nowait((None, self._close))  # in the thread that opened it
        self._stopping = super().stop()
        return self._stopping

    async def settle(self) -> None:
        """Close it; where it was never open, wait until its thread has ended."""
        await self.close()
        if self._stopping is not None:
            await self._stopping

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
