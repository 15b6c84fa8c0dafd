"""`run --standby`: waits for the lease, takes the record over, and serves under a term of its own.

Whoever stands by answers nobody. What it gets in the end, a Tenure, is what a run needs to answer
under the lease.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.dispatch import Log
from bot.ops import heartbeat
from bot.replica.configuration import socket_path
from bot.settings import Settings, SettingsError
from bot.standby.lease import Grant, Lease
from bot.standby.leased import EndCheck, Leased
from bot.standby.litestream import Litestream
from bot.standby.store_lock_lease import StoreLockLease
from bot.standby.tenure import Tenure
from bot.standby.warm_copy import WarmCopy
from store.model.backoff import Backoff
from store.model.installation import name_install_line

_UNTIL_HERE = Backoff(0.5, 2.0)


async def open_lease(settings: Settings, log: Log) -> Lease:
    """Return the lease that the settings name: the store's own lock, or a key of NATS."""
    if not settings.lease:
        return StoreLockLease()
    try:
        from bot.standby.nats_lease import NatsLease, connect_servers
    except ModuleNotFoundError as error:
        if error.name != "nats":
            raise
        line = name_install_line("standby")
        raise SettingsError(f"SITREP_LEASE needs the extra “standby”: {line}") from None
    token = settings.lease_token.reveal() if settings.lease_token else ""
    servers = settings.lease.replace(",", " ").split()
    reached = await connect_servers(servers, token, log)
    return NatsLease(*reached, settings.lease_name, settings.lease_seconds)


class Standby(Struct, frozen=True):
    """How a process stands by: which lease it waits for, and what it asks before each answer."""

    open_lease: Callable[[Settings, Log], Awaitable[Lease]] = open_lease
    check_end: Callable[[Tenure], EndCheck] = lambda tenure: tenure


@asynccontextmanager
async def stand_by(standby: Standby, settings: Settings, log: Log) -> AsyncIterator[Leased]:
    """Wait until this process is to answer, and hold the lease as long as the block runs.

    By then the store is the record of the last term, whole. SettingsError says what is missing.
    """
    if settings.lease:
        if settings.durable != "shipped":
            raise SettingsError(
                "SITREP_LEASE: whoever takes over needs a record that is shipped; write"
                " SITREP_DURABLE=shipped and SITREP_REPLICA as well."
            )
        socket_path(settings)  # sooner than when this machine's turn comes
    async with AsyncExitStack() as undo:
        lease = await standby.open_lease(settings, log)
        undo.push_async_callback(lease.aclose)
        if settings.lease:
            tenure = await _take_over(undo, lease, settings, log)
        else:
            tenure = Tenure(lease, await lease.acquire(_follow_nothing), log)
        yield Leased(tenure, standby.check_end(tenure))


async def _follow_nothing(_replica: str) -> None:
    """Leave the record where it is."""


async def _take_over(undo: AsyncExitStack, lease: Lease, settings: Settings, log: Log) -> Tenure:
    copy = WarmCopy(Litestream(settings), log)
    undo.push_async_callback(copy.aclose)
    async with _beside(_beat(heartbeat.path_beside(settings.store))):
        log("standing by")
        grant = await lease.acquire(copy.follow)
        log("lease taken", term=grant.term)
        tenure = Tenure(lease, grant, log)
        await undo.enter_async_context(_beside(tenure.keep()))
        try:
            await _take_record(copy, grant, settings.store, log)
        except SettingsError:
            await tenure.give_back()
            raise
    return tenure


async def _take_record(copy: WarmCopy, grant: Grant, store: Path, log: Log) -> None:
    """Put the last term's record in place; before the first, the one that is here begins."""
    if not grant.replica:
        if not await asyncio.to_thread(store.exists):
            raise SettingsError(
                f"There is no record to take over yet, and none at {store}. Start the machine"
                " first that has the record; for a new one run `sitrep ask /about` here."
            )
        return

    def is_useful(_failures: int, error: OSError) -> bool:
        log("record not taken over yet", urgent=True, why=str(error))
        return True

    await _UNTIL_HERE.retry(lambda: copy.take(grant.replica), OSError, is_useful)


async def _beat(file: Path) -> None:
    """Say that this process is well, though no platform is connected."""
    while True:
        heartbeat.beat(file, {})
        await asyncio.sleep(heartbeat.EVERY_S)


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run something beside a block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
