"""A small store as a version leaves it: `python -m tests.releases.sample` makes this version's.

It is made once, when a version is released, and never again: every later version has to open it.
"""

import asyncio
import gzip
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import __version__
from bot.dispatch import Desk, Dispatch
from commands import COMMANDS
from commands.kit.invocation import Caller, Role, Room
from store import Store, open_store
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage
from store.workflow.notices import PendingNotice
from tests.care.traces import leave_traces
from tests.fakes import NOON, ZONE
from tests.store.conftest import small_seeds

FOLDER = Path(__file__).parent
_LINES = (
    "/add claim The road is cut. attribution:anonymous place:Pokrovsk day:2025-11-05 source:S-1",
    "/desk area add Pokrovsk front places:Pokrovsk, Myrnohrad",
    "/desk source add Daily One kind:article url:https://daily.example/1",
    "/desk status add Flooded symbol:≈ uk:Затоплено",
    "/link E-1 contradicts E-2 Both cannot be.",
    "/digests add time:08:00",
    "/watch add Pokrovsk",
)


async def fill(store: Store) -> None:
    """Leave something in every part of a store."""
    await store.load_seeds(NOON, small_seeds())
    await leave_traces(store)
    dispatch = Dispatch(Desk(store, COMMANDS, lambda: NOON, ZONE, 7), lambda *_, **__: None)
    moderator = Caller("console", "1", "Moderator", Role.ADMIN)
    room = Room("console", "desk", managed=True)
    for line in _LINES:
        answer = await dispatch.line(moderator, line, room)
        while confirming := [each for each in answer.reply.actions if each.confirms]:
            action = confirming[0]
            answer = await dispatch.call(
                moderator, action.command, action.given, room, f"yes:{line}"
            )
        if answer.code is not None:
            sys.exit(f"{line}: {answer.reply.title}")
    letter = InboxEvent("$1", "!room", "{}", 1_762_509_600_000)
    await store.mailbox.receive("matrix:read:@sitrep:example.org/ONE", "s1", (letter,))
    post = OutboxMessage("r-$2", "!room", "m.room.message", "{}", 1_762_509_600_000)
    await store.mailbox.answer("$2", (post,))
    await store.notice_queue.tell(PendingNotice("n", "console", "1", "/help"), NOON)


def pack(store: Path) -> bytes:
    """Return a closed store, as small as it can be."""
    with closing(sqlite3.connect(store)) as db, TemporaryDirectory() as folder:
        packed = Path(folder) / "packed.db"
        db.execute("VACUUM INTO ?", (str(packed),))
        return gzip.compress(packed.read_bytes(), 9, mtime=0)


async def _make(store: Path) -> None:
    async with await open_store(store) as own_store:
        await fill(own_store)


def _write_sample() -> None:
    sample = FOLDER / f"sitrep-{__version__}.db.gz"
    with TemporaryDirectory() as folder:
        store = Path(folder) / "sample.db"
        asyncio.run(_make(store))
        sample.write_bytes(pack(store))
    sys.stdout.write(f"{sample}: {sample.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    _write_sample()
