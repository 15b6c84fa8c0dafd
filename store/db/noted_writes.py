"""Whether anything was written on behalf of somebody, for who then waits until it is safe."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


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
