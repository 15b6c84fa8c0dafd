"""Times the product and the floor under it, in turns, on one made store."""

import math
import sqlite3
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Self

from bot.bench.baseline import Rehearsal, plain, replay
from bot.bench.operations import OPERATIONS, Call, TimedOperation
from bot.bench.questions import Questions
from store import Store, open_store

CALLS = 400
_WARM, _BLOCK = 40, 20


@dataclass(frozen=True)
class Measured:
    """The times of one operation in seconds: through the product, and bare."""

    name: str
    size: int
    p50: float
    p99: float
    raw_p50: float


async def measure(files: Sequence[Path], calls: int = CALLS) -> list[list[Measured]]:
    """Return the times of all operations, store by store.

    Each operation is timed on every store before the next one is, so that a machine which changes
    its pace in between does not look like growth.
    """
    async with AsyncExitStack() as stack:
        benches = [await _Bench.on(file, stack) for file in files]
        times = [
            [await each.time(operation, calls) for each in benches] for operation in OPERATIONS
        ]
    return [list(of_one_store) for of_one_store in zip(*times, strict=True)]


class _Bench:
    def __init__(
        self, file: Path, store: Store, raw: sqlite3.Connection, rehearsal: Rehearsal
    ) -> None:
        self._file, self._store, self._raw, self._rehearsal = file, store, raw, rehearsal

    @classmethod
    async def on(cls, file: Path, stack: AsyncExitStack) -> Self:
        """Open the store at `file` in three ways, until `stack` is left."""
        store = await stack.enter_async_context(await open_store(file))
        raw = stack.enter_context(closing(plain(file, sqlite3.Connection)))
        rehearsal = Rehearsal(file)
        stack.push_async_callback(rehearsal.aclose)
        return cls(file, store, raw, rehearsal)

    async def time(self, operation: TimedOperation, calls: int) -> Measured:
        """Time one operation: in blocks, the product first in one and the floor in the next."""
        questions = Questions(self._file, operation.name)
        warm = min(_WARM, calls)
        asked = [operation.ask(questions) for _ in range(warm + calls)]
        product: list[float] = []
        raw: list[float] = []
        for number, start in enumerate(range(0, len(asked), _BLOCK)):
            block = asked[start : start + _BLOCK]
            if number % 2:
                raw += await self._bare(block, writes=operation.writes)
                product += await self._through(block)
            else:
                product += await self._through(block)
                raw += await self._bare(block, writes=operation.writes)
        times = sorted(product[warm:])
        p99 = times[math.ceil(0.99 * len(times)) - 1]
        return Measured(operation.name, questions.size, median(times), p99, median(raw[warm:]))

    async def _through(self, block: list[Call]) -> list[float]:
        times = []
        for call in block:
            begun = perf_counter()
            await call(self._store)
            times.append(perf_counter() - begun)
        return times

    async def _bare(self, block: list[Call], *, writes: bool) -> list[float]:
        if writes:  # numbers and keys have to be those that come next, so each is rehearsed alone
            return [replay(self._raw, await self._rehearsal.steps(call)) for call in block]
        rehearsed = [await self._rehearsal.steps(call) for call in block]
        return [replay(self._raw, steps) for steps in rehearsed]
