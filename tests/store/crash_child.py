"""A program that kills itself with SIGKILL at the n-th statement of a write, for each n.

    python crash_child.py BASE FOLDER WRITE N…|all

For each n it copies the store BASE to FOLDER/n.db, forks, opens the copy through the product and
does the write; the fork dies just before its n-th statement runs. The statement after the last one
is the return from the write, and the one after that its acknowledgement, a file FOLDER/n.ack. It
ends when nothing was left to die at; FOLDER/statements then says how many statements there were.
Seeds are loaded from the folder of BASE.
"""

import asyncio
import itertools
import os
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from store import Store, open_store
from store.database import hop
from store.filing import link
from store.models import LinkType
from tests.store.conftest import AT, an_act, an_entry, corrected, filed

Write = Callable[[Store, Path], Awaitable[object]]


async def _file(store: Store, _: Path) -> object:
    return await store.history.write(an_act("crash:file"), filed(an_entry(text="Filed.")))


async def _correct(store: Store, _: Path) -> object:
    entry = an_entry(text="Corrected.", places=())
    return await store.history.write(an_act("crash:correct", "correct"), corrected(1, entry))


async def _link(store: Store, _: Path) -> object:
    return await store.history.write(
        an_act("crash:link", "link"), lambda db: link(db, 1, LinkType.FOLLOWS, 2, "Later.")
    )


async def _seeds(store: Store, folder: Path) -> object:
    return await store.load_seeds(AT, folder)


WRITES: dict[str, Write] = {"file": _file, "correct": _correct, "link": _link, "seeds": _seeds}


class Countdown:
    """Kills this process when it is called for the n-th time."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, _: object = None) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


async def _die_at(
    path: Path, write: Callable[[Store], Awaitable[object]], countdown: Countdown
) -> None:
    async with await open_store(path) as store:
        writer = store._db._writer
        assert writer is not None
        await hop(writer, lambda db: db.set_trace_callback(countdown))
        await write(store)
        await hop(writer, lambda db: db.set_trace_callback(None))
        countdown()  # committed, but nobody knows
        path.with_suffix(".ack").touch()
        countdown()


def main(base: str, folder: str, write: str, *points: str) -> None:
    do, beside = WRITES[write], Path(base).parent
    every: Iterable[int] = itertools.count(1) if points == ("all",) else map(int, points)
    for n in every:
        path = shutil.copyfile(base, Path(folder, f"{n}.db"))
        if (child := os.fork()) == 0:
            countdown = Countdown(n)
            asyncio.run(_die_at(path, lambda store: do(store, beside), countdown))
            Path(folder, "statements").write_text(str(n - countdown.left - 2), encoding="utf-8")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status == 0:
            return
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            sys.exit(f"the write failed at {n}: {status}")


if __name__ == "__main__":
    main(*sys.argv[1:])
