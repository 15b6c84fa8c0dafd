"""One of three servers of the lease dies: whoever answers goes on, and nobody takes over."""

import random
import time
from pathlib import Path

import pytest

from bot.standby.nats_lease import BUCKET
from tests.standby.filer import Filer, words_on_record
from tests.standby.machines import Cluster, Machine, a_site, two_machines

STREAM = f"KV_{BUCKET}"
SERVERS, SOAK_KILLS = 3, 20
DEAD_S = 8
"""Long enough for the others to choose another leader, and for a lease to run out meanwhile."""


async def test_the_death_of_the_server_that_leads_brings_no_takeover(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with a_site(tmp_path, nats=SERVERS) as site:
        machines = await two_machines(site, seeds_path)
        leader = await site.servers.find_leader(STREAM)
        await kill_server(site, Filer(site), leader)
        assert_no_takeover(machines)


@pytest.mark.soak
async def test_the_death_of_one_server_after_the_other(seeds_path: Path, tmp_path: Path) -> None:
    """Twenty deaths, each of a server drawn anew; and the longest time without a confirmation."""
    drawn = random.SystemRandom().randrange(10**6)
    chance = random.Random(drawn)
    async with a_site(tmp_path, nats=SERVERS) as site:
        machines = await two_machines(site, seeds_path)
        filer, pauses, led = Filer(site), [], 0
        for _ in range(SOAK_KILLS):
            number = chance.randrange(SERVERS)
            led += number == await site.servers.find_leader(STREAM)
            pauses.append(await kill_server(site, filer, number))
            await site.servers.until_whole(STREAM)
        assert_no_takeover(machines)
        lost = filer.confirmed - words_on_record(machines[0].store)
    print(  # noqa: T201
        f"seed {drawn}: {SOAK_KILLS} servers killed, {led} of them led the lease: longest pause"
        f" {max(pauses):.1f} s, half within {sorted(pauses)[SOAK_KILLS // 2]:.1f} s; no takeover;"
        f" {len(filer.confirmed):,} confirmed, {len(lost)} lost"
    )
    assert not lost
    assert max(pauses) <= 6


def assert_no_takeover(machines: tuple[Machine, Machine]) -> None:
    assert [each.term for each in machines] == [1, 0]
    assert [each.running for each in machines] == [True, True]


async def kill_server(site: Cluster, filer: Filer, number: int) -> float:
    """Kill a server for so many seconds under filings; return the longest pause of these."""
    await filer.confirm_one()
    longest, last = 0.0, time.monotonic()
    async with filer.filing(0.1):
        await site.servers.kill(number)
        until = last + DEAD_S
        confirmed = len(filer.confirmed)
        while time.monotonic() < until or len(filer.confirmed) < confirmed + 3:
            await filer.confirm_one()
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
    await site.servers.start(number)
    return longest
