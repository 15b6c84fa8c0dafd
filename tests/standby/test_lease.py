"""A lease in a real NATS server: one holder, a term for each, and no doubt about who it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.standby.lease import LeaseLost
from bot.standby.nats_lease import Held, NatsLease, connect_servers, encode_key
from tests.standby.nats_servers import NatsServers, nats_running

LENGTH_S = 1000.0


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[NatsServers]:
    async with nats_running(tmp_path) as servers:
        yield servers


async def hear(_replica: str) -> None:
    """Have nothing to follow."""


def log(_event: str, /, **_: object) -> None:
    """Log nothing."""


class LeaseClock:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def leasing(
    servers: NatsServers, clock: LeaseClock, name: str = "desk"
) -> AsyncIterator[NatsLease]:
    addresses = servers.addresses.split(",")
    reached = await connect_servers(addresses, "", log)
    lease = NatsLease(*reached, name, LENGTH_S, clock)
    try:
        yield lease
    finally:
        await lease.aclose()


async def test_who_stands_by_gets_it_when_it_is_no_longer_renewed(servers: NatsServers) -> None:
    clock = LeaseClock()
    async with leasing(servers, clock) as first, leasing(servers, clock) as second:
        assert (await first.acquire(hear)).term == 1
        waiting = asyncio.create_task(second.acquire(hear))
        for _ in range(5):
            await asyncio.wait({waiting}, timeout=0.3)
            clock.now += LENGTH_S - 1
            await first.renew()
        assert not waiting.done()
        await first.ship_to("term-1")
        while not waiting.done():
            clock.now += LENGTH_S
            await asyncio.wait({waiting}, timeout=0.1)
        assert (waiting.result().term, waiting.result().replica) == (2, "term-1")
        for late in (first.renew(), first.ship_to("late"), first.release()):
            with pytest.raises(LeaseLost):
                await late
        await second.renew()


async def test_what_is_given_back_is_taken_at_once(servers: NatsServers) -> None:
    clock = LeaseClock()
    async with leasing(servers, clock) as first, leasing(servers, clock) as second:
        await first.acquire(hear)
        await first.release()
        assert (await second.acquire(hear)).term == 2


async def test_of_many_who_want_it_one_has_it(servers: NatsServers) -> None:
    clock = LeaseClock()
    async with (
        leasing(servers, clock) as first,
        leasing(servers, clock) as second,
        leasing(servers, clock) as third,
    ):
        tasks = [asyncio.create_task(each.acquire(hear)) for each in (first, second, third)]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        assert [task.result().term for task in done] == [1]
        for task in pending:
            task.cancel()


async def test_desks_with_names_that_nats_refuses_have_leases_of_their_own(
    servers: NatsServers,
) -> None:
    clock = LeaseClock()
    async with (
        leasing(servers, clock, "Покровськ") as first,
        leasing(servers, clock, "!room:home") as second,
    ):
        assert (await first.acquire(hear)).term == (await second.acquire(hear)).term == 1
    assert encode_key("Покровськ").isascii()


async def test_servers_that_were_away_are_no_reason_to_take_over(servers: NatsServers) -> None:
    """The count of who stood by went on meanwhile, and it was faster than the holder."""
    clock = LeaseClock()
    async with leasing(servers, clock) as first, leasing(servers, clock) as second:
        await first.acquire(hear)
        failed = _note_failures(second)
        waiting = asyncio.create_task(second.acquire(hear))
        await servers.kill(0)
        with pytest.raises(OSError, match="NATS"):
            await first.renew()
        await failed.wait()
        clock.now += 2 * LENGTH_S
        await servers.start(0)
        await servers.until_ready()
        await _renew_at_last(first)
        assert not waiting.done()
        waiting.cancel()


def _note_failures(lease: NatsLease) -> asyncio.Event:
    """Return what is set once a lease could not be read."""
    failed, read = asyncio.Event(), lease._read

    async def noting() -> tuple[Held, int]:
        try:
            return await read()
        except OSError:
            failed.set()
            raise

    lease._read = noting  # type: ignore[method-assign]
    return failed


async def _renew_at_last(lease: NatsLease) -> None:
    while True:
        try:
            await lease.renew()
        except OSError:
            continue
        return


async def test_a_receipt_that_was_lost_is_no_lost_lease(servers: NatsServers) -> None:
    async with leasing(servers, LeaseClock()) as lease:
        await lease.acquire(hear)
        before = lease._revision
        await lease.renew()
        lease._revision = before
        await _renew_at_last(lease)
        assert lease._revision > before
