"""One way to the record, whichever connections are behind it, and what a transaction is.

A function that needs the store takes a plain `sqlite3.Connection` and runs, whole, in the thread
of the connection it is given: all its statements in one hop, and no await inside a transaction
that a cancellation could hit.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from store.db.write_ahead_log import PAGES, write_back_after

Tell = Callable[[str], None]
"""Who is told what long work is at, a few words at a time; in the thread that does it."""
P = ParamSpec("P")
R = TypeVar("R")

READING = ("PRAGMA busy_timeout = 5000", "PRAGMA cache_size = -12288")
"""What each connection is told first: with 32 MB of pages a status takes 8 % less time."""
SPARE = (READING[0], "PRAGMA cache_size = -4096")
"""What one is told that is used only where another is busy."""


def tell_nobody(_words: str) -> None:
    """Take what long work tells where nobody waits for it."""


class Database(ABC):
    """The file, open."""

    def __init__(self) -> None:
        self._told: list[Callable[[], None]] = []

    @property
    @abstractmethod
    def writable(self) -> bool:
        """Whether it is open for writing."""

    @property
    def is_at_hand(self) -> bool:
        """Whether this is already within one hop to it: in `read_together`."""
        return False

    @abstractmethod
    async def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `work` in one hop, on one snapshot of the record."""

    @abstractmethod
    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `work` in one transaction that is whole or absent, and return after its commit.

        A caller that is cancelled meanwhile does not cancel the write: what was begun is finished.
        """

    @abstractmethod
    async def write_lightly(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `work` in a transaction that a power cut may take back whole, with those after it.

        For a step of something longer, which whoever opens the store next would do again.
        """

    async def read_together(self, work: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """Do `work`, which only reads and waits for nothing else: one hop for all its reads."""
        return await work()

    async def write_aside(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `work` as `write` does; it changes nothing that an answer shows."""
        return await self.write(work, *args, **kwargs)

    def on_change(self, tell: Callable[[], None]) -> None:
        """Have `tell` called after each write that may change what an answer shows."""
        self._told.append(tell)

    @abstractmethod
    async def alone(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """Run `work`, which is no transaction, with nothing else being written; to its end too."""

    @abstractmethod
    def limit(self, seconds: float) -> AbstractAsyncContextManager[object]:
        """Let what is done inside take so long at most, or it ends in a TimeoutError."""

    @abstractmethod
    async def aclose(self) -> None:
        """Finish the writes under way, then close every connection and let the lock go."""


def snapshot(db: sqlite3.Connection, work: Callable[[], R]) -> R:
    db.execute("BEGIN")
    try:
        return work()
    finally:
        db.execute("ROLLBACK")


def lightly(db: sqlite3.Connection, work: Callable[[], R]) -> R:
    """Run `work` in a transaction that waits for no disk; the next that does makes it last too."""
    db.execute("PRAGMA synchronous = NORMAL")
    write_back_after(db, 16 * PAGES)
    try:
        return transaction(db, work)
    finally:
        db.execute("PRAGMA synchronous = FULL")
        write_back_after(db, PAGES)


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


def uri_of(path: Path, mode: str) -> str:
    """Return the address under which SQLite opens a file in a mode."""
    name = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{name}?mode={mode}"
