"""The floor: what the product asks of SQLite, asked again by bare `sqlite3` in one thread.

A rehearsal runs an operation through the product's own functions and writes down every statement
with its values, transactions included. Those are then run, in order and with all rows fetched,
with nothing around them: no event loop, no thread, no models.
"""

import sqlite3
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from typing_extensions import override

from store import Store
from store.db.database import READING, snapshot, transaction
from store.db.direct import DirectDatabase
from store.db.packing import teach
from store.model.aside import run_alone
from store.open import WRITING

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Step:
    """One statement with its values, or with many rows of them."""

    sql: str
    values: Any
    many: bool = False


class Tape(sqlite3.Connection):
    """A connection that writes down what it is asked. It takes back what it should commit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- sqlite3's own
        super().__init__(*args, **kwargs)
        self.steps: list[Step] = []

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        self.steps.append(Step(sql, parameters))
        return super().execute("ROLLBACK" if sql == "COMMIT" else sql, parameters)

    @override
    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        rows = list(parameters)
        self.steps.append(Step(sql, rows, many=True))
        return super().executemany(sql, rows)


class Rehearsal(DirectDatabase):
    """The product's way to the store, on one taped connection in this thread."""

    def __init__(self, file: Path) -> None:
        self._tape = plain(file, Tape, AS_WRITER)
        self._together = False
        super().__init__(self._tape)
        self._store = Store(self)  # one for all steps: what it keeps between calls counts once

    @override
    async def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        if self._together:
            return work(self._tape, *args, **kwargs)
        return snapshot(self._tape, lambda: work(self._tape, *args, **kwargs))

    @override
    async def read_together(self, work: Callable[[], Coroutine[Any, Any, R]]) -> R:
        self._together = True
        try:
            return snapshot(self._tape, lambda: run_alone(work()))
        finally:
            self._together = False

    @override
    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        return transaction(self._tape, lambda: work(self._tape, *args, **kwargs))

    @override
    async def aclose(self) -> None:
        self._tape.close()

    async def steps(self, call: Callable[[Store], Any]) -> list[Step]:
        """Return what the product would execute for `call`, which is taken back."""
        self._tape.steps = []
        await call(self._store)
        return self._tape.steps


C = TypeVar("C", bound=sqlite3.Connection)


AS_READER, AS_WRITER = READING, (*READING, *WRITING)
"""What the product tells its first reader, and its writer: how many pages to keep, above all."""


def plain(file: Path, kind: type[C], pragmas: Iterable[str]) -> C:
    """Open a store's file with the pragmas of one of the product's connections."""
    db = sqlite3.connect(file, isolation_level=None, cached_statements=256, factory=kind)
    teach(db)
    for pragma in pragmas:
        sqlite3.Connection.execute(db, pragma)
    return db


def replay(db: sqlite3.Connection, steps: Iterable[Step]) -> None:
    """Run statements and fetch their rows."""
    for step in steps:
        if step.many:
            db.executemany(step.sql, step.values)
        else:
            db.execute(step.sql, step.values).fetchall()
