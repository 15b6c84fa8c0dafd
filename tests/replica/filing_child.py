"""A bot that is to be killed: files so many claims a second, and prints what it called filed.

    filing_child.py STORE REPLICA DURABLE INTERVAL_MS A_SECOND FIRST

Each line it prints is the number of a claim and the moment, in seconds, at which it was filed.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from msgspec import structs
from msgspec.structs import replace

from bot.dispatch import Dispatch
from bot.replica.shipping import ship_beside
from bot.settings import Settings
from store import open_store
from tests.commands.filing import MODERATOR, add, file_line
from tests.fakes import Talk
from tests.replica.shipper import short_socket

NOTE = "not yet copied elsewhere"


def text_of(number: int) -> str:
    """Return the sentence of a claim; no other has it."""
    return f"The road out was cut for the time numbered {number}."


async def file_one(desk: Talk, number: int) -> None:
    """File a claim, and print it if that was said without reserve."""
    line = f'/add claim "{text_of(number)}" by:Putin place:Pokrovsk day:2025-11-05 source:S-1'
    draft = await add(desk, line)
    if not any(line.startswith("/draft file") for line in draft.offered):
        return  # a busy machine was too slow for it
    answer = await desk(file_line(draft), as_=MODERATOR)
    if answer.first.startswith("Filed as ") and NOTE not in answer.text:
        print(number, time.time(), flush=True)  # noqa: T201


async def main(*told: str) -> None:
    store, replica, durable, interval, rate, first = told
    settings = replace(
        Settings(),
        store=Path(store),
        replica=replica,
        durable=durable,
        replica_interval=int(interval),
        replica_socket=str(short_socket(Path(store).parent)),
    )
    async with (
        await open_store(settings.store) as record,
        ship_beside(settings, lambda: datetime.now(UTC), lambda *_, **__: None, record) as shipped,
    ):
        desk = Talk(record)
        own = structs.replace(desk.dispatch.desk, acknowledger=shipped.acknowledger)
        desk.dispatch = Dispatch(own, lambda *_, **__: None)
        filing: set[asyncio.Task[None]] = set()
        due = time.monotonic()
        for number in count(int(first)):
            task = asyncio.create_task(file_one(desk, number))
            filing.add(task)
            task.add_done_callback(filing.discard)
            due += 1 / float(rate)
            await asyncio.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
