"""Work that takes a while: beside the event loop where there is one, and else at once."""

import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

R = TypeVar("R")


async def run_aside(work: Callable[[], R]) -> R:
    """Run `work` in another thread, so that others are served; here where there is nobody else."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None or asyncio._get_running_loop() is None:  # noqa: SLF001 -- public, but for its name
        return work()
    return await asyncio.to_thread(work)  # type: ignore[no-any-return]  # a module found by name


def run_alone(work: Coroutine[Any, Any, R]) -> R:
    """Run to its end what waits for nothing: no event loop is there to wake it."""
    try:
        work.send(None)
    except StopIteration as end:
        result: R = end.value
        return result
    work.close()
    raise RuntimeError("This waits for something, and nothing runs that could wake it.")
