"""A record that one question is asked of, in the thread that asks: no other, and no event loop.

Who asks from a shell waits for nothing else meanwhile, and loading what would let them costs more
than the answer.
"""

import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from store.db.database import READING, Database, snapshot, uri_of
from store.db.explain import explain
from store.db.migrate import latest, readable_version
from store.db.packing import teach
from store.model.override import override
from store.model.refusals import NoStore, OlderStore, StoreBusy

P = ParamSpec("P")
R = TypeVar("R")

_LOOKED_EVERY = 10_000  # steps of SQLite's machine, well under a millisecond


def open_directly(path: Path) -> "DirectDatabase":
    """Open `path` for reading; refused as by `open_database`."""
    if not path.exists():
        raise NoStore(f"There is no store at {path}.")
    with explain(path), ExitStack() as undo:
        db = sqlite3.connect(uri_of(path, "ro"), uri=True, isolation_level=None)
        undo.callback(db.close)
        teach(db)
        if readable_version(db, path) < latest():
            raise OlderStore(f"{path} is not up to date.")
        for pragma in READING:
            db.execute(pragma)
        undo.pop_all()
    return DirectDatabase(db)


class DirectDatabase(Database):
    """The file, open for reading on one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        self._db = db

    @property
    @override
    def writable(self) -> bool:
        return False

    @override
    async def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        return snapshot(self._db, lambda: work(self._db, *args, **kwargs))

    @override
    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        _refuse()

    @override
    async def write_lightly(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        _refuse()

    @override
    async def alone(self, work: Callable[[sqlite3.Connection], R]) -> R:
        _refuse()

    @override
    @asynccontextmanager
    async def limit(self, seconds: float) -> AsyncIterator[None]:
        until = time.monotonic() + seconds
        self._db.set_progress_handler(lambda: time.monotonic() > until, _LOOKED_EVERY)
        try:
            yield
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise TimeoutError from None
            raise
        finally:
            self._db.set_progress_handler(None, 0)

    @override
    async def aclose(self) -> None:
        self._db.close()


def _refuse() -> NoReturn:
    raise StoreBusy("This store is open for reading only.")
