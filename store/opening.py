"""From a path to an open Database: the lock, the connections, the pragmas, the schema."""

import asyncio
import fcntl
import os
import time
from pathlib import Path

import aiosqlite

from store.database import Database, hop
from store.errors import NoStore, OlderStore, StoreBusy
from store.migrate import latest, migrate, version

_READERS = 2
_LOCK_STEP_S = 0.05
READING = ("PRAGMA busy_timeout = 5000", "PRAGMA cache_size = -65536")
WRITING = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that REPLACE cannot delete behind a trigger's back
)


async def open_database(path: Path, *, writing: bool, patience_s: float = 0) -> Database:
    """Open `path`, made and brought up to date first when `writing`.

    For writing it takes the file's lock, waiting `patience_s` seconds for it at most (StoreBusy).
    For reading the file must exist (NoStore) and be up to date (OlderStore); such a connection
    never writes nor checkpoints.
    """
    if not writing:
        if not path.exists():
            raise NoStore(f"There is no store at {path}.")
        reader = await _connect(path, "ro", READING)
        if await hop(reader, version) < latest():
            await reader.close()
            raise OlderStore(f"{path} is not up to date.")
        return Database([reader], None, None)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = await _locked(path, patience_s)
    opened: list[aiosqlite.Connection] = []
    try:
        opened.append(await _connect(path, "rwc", (*READING, *WRITING)))
        await hop(opened[0], lambda db: migrate(db, path))
        opened += [await _connect(path, "ro", READING) for _ in range(_READERS)]
    except BaseException:
        for connection in opened:
            await connection.close()
        os.close(lock)
        raise
    writer, *readers = opened
    return Database(readers, writer, lock)


async def _locked(path: Path, patience_s: float) -> int:
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(lock)
                raise StoreBusy(f"Another process is writing to {path}.") from None
            await asyncio.sleep(_LOCK_STEP_S)
        else:
            return lock


async def _connect(path: Path, mode: str, pragmas: tuple[str, ...]) -> aiosqlite.Connection:
    name = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    address = f"file:{name}?mode={mode}"
    connection = await aiosqlite.connect(
        address, uri=True, isolation_level=None, cached_statements=256
    )
    for pragma in pragmas:
        await connection.execute(pragma)
    return connection
