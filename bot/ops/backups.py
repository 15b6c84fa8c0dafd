"""Copies of the store while the bot runs: due so many hours after the newest there is."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bot.dispatch import Log
from store.model.refusals import StoreError

_LOOK_S = 60.0
_AGAIN = timedelta(minutes=30)


class BackupPlan(Struct, frozen=True):
    """What to copy, where to, how often, and how many copies stay."""

    store: Path
    folder: Path
    every: timedelta
    keep: int


@asynccontextmanager
async def backing_up(
    plan: BackupPlan | None, log: Log, clock: Callable[[], datetime], look_s: float = _LOOK_S
) -> AsyncIterator[None]:
    """Make copies as long as the block runs; one that is being made is finished first."""
    if plan is None:
        yield
        return
    stop = asyncio.Event()
    task = asyncio.create_task(_loop(plan, log, clock, look_s, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def _loop(
    plan: BackupPlan, log: Log, clock: Callable[[], datetime], look_s: float, stop: asyncio.Event
) -> None:
    failed: datetime | None = None
    while not stop.is_set():
        now = clock()
        if _due(plan, now) and (failed is None or now - failed >= _AGAIN):
            failed = None if await _back_up(plan, log, now) else now
        try:
            await asyncio.wait_for(stop.wait(), look_s)
        except TimeoutError:
            continue


def _due(plan: BackupPlan, now: datetime) -> bool:
    from store.maintenance.backup import backups_of

    backups = backups_of(plan.store, plan.folder)
    return not backups or now - backups[-1][0] >= plan.every


async def _back_up(plan: BackupPlan, log: Log, now: datetime) -> bool:
    from store.maintenance.backup import back_up

    try:
        backup = await asyncio.to_thread(back_up, plan.store, plan.folder, plan.keep, now)
    except (OSError, sqlite3.Error, StoreError) as error:
        log("backup failed", why=str(error))
        return False
    log("backup", file=str(backup.path), bytes=backup.size, rotated=len(backup.rotated))
    return True
