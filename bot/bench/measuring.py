"""Times the product and the floor under it, in turns, on one made store.

By the clock, and by processor time in all threads: only that compares on a machine that does other
work as well.
"""

import math
import sqlite3
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Self

from bot.bench.baseline import AS_READER, AS_WRITER, Rehearsal, Step, plain, replay
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
    cpu_p50: float
    raw_cpu_p50: float


@dataclass(frozen=True)
class Lap:
    """What one call took: by the clock, and of processor time."""

    clock: float
    cpu: float


class Stopwatch:
    """Begins when it is made."""

    def __init__(self) -> None:
        self._clock, self._cpu = perf_counter(), process_time()

    def stop(self) -> Lap:
        cpu = process_time() - self._cpu
        return Lap(perf_counter() - self._clock, cpu)


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
        self, file: Path, store: Store, raw: Sequence[sqlite3.Connection], rehearsal: Rehearsal
    ) -> None:
        self._file, self._store, self._rehearsal = file, store, rehearsal
        self._reader, self._writer = raw

    @classmethod
    async def on(cls, file: Path, stack: AsyncExitStack) -> Self:
        """Open the store at `file` in three ways, until `stack` is left."""
        store = await stack.enter_async_context(await open_store(file))
        raw = [
            stack.enter_context(closing(plain(file, sqlite3.Connection, pragmas)))
            for pragmas in (AS_READER, AS_WRITER)
        ]
        rehearsal = Rehearsal(file)
        stack.push_async_callback(rehearsal.aclose)
        return cls(file, store, raw, rehearsal)

    async def time(self, operation: TimedOperation, calls: int) -> Measured:
        """Time one operation: in blocks, the product first in one and the floor in the next."""
        questions = Questions(self._file, operation.name)
        warm = min(_WARM, calls)
        asked = [operation.ask(questions) for _ in range(warm + calls)]
        product: list[Lap] = []
        raw: list[Lap] = []
        for number, start in enumerate(range(0, len(asked), _BLOCK)):
            block = asked[start : start + _BLOCK]
            if number % 2:
                raw += await self._bare(block, operation)
                product += await self._through(block, operation)
            else:
                product += await self._through(block, operation)
                raw += await self._bare(block, operation)
        laps, bare = product[warm:], raw[warm:]
        times = sorted(lap.clock for lap in laps)
        return Measured(
            operation.name,
            questions.size,
            p50=median(times),
            p99=times[math.ceil(0.99 * len(times)) - 1],
            raw_p50=median(lap.clock for lap in bare),
            cpu_p50=median(lap.cpu for lap in laps),
            raw_cpu_p50=median(lap.cpu for lap in bare),
        )

    async def _through(self, block: list[Call], operation: TimedOperation) -> list[Lap]:
        laps = []
        for call in block:
            watch = Stopwatch()
            await operation.run(call, self._store)
            laps.append(watch.stop())
        return laps

    async def _bare(self, block: list[Call], operation: TimedOperation) -> list[Lap]:
        if operation.writes:  # what comes next has the next numbers, so each is rehearsed alone
            return [_replay(self._writer, await self._rehearse(call, operation)) for call in block]
        rehearsed = [await self._rehearse(call, operation) for call in block]
        return [_replay(self._reader, steps) for steps in rehearsed]

    async def _rehearse(self, call: Call, operation: TimedOperation) -> list[Step]:
        return await self._rehearsal.steps(partial(operation.run, call))


def _replay(db: sqlite3.Connection, steps: list[Step]) -> Lap:
    watch = Stopwatch()
    replay(db, steps)
    return watch.stop()
