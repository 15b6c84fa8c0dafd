"""A machine that slept, and wakes when another has taken over: it ends, and answers nobody."""

import asyncio
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.replica.shipper import until
from tests.standby.filer import Filer, hash_on_record, terms_on_record, words_on_record
from tests.standby.machines import Machine, a_site, two_machines
from tests.standby.slow_renewal import be_slow, be_unchecked

SOAK_STOPS, SLEEP_S = 20, 10.0
CHECKS = {"checked": be_slow, "unchecked": be_unchecked}
MISSED = 5
"""What is filed while nobody is awake: the one who sleeps reads it when it wakes."""


@dataclass
class Woken:
    """What a machine did that slept: its exit code, and what was confirmed and is not on record."""

    code: int
    lost: set[str]
    foreign: set[str]
    """What is on record in the next term, and was never asked of that machine."""
    confirmed_late: set[str]
    """What was confirmed after it woke, and is on record: it was safe before it slept."""


@pytest.mark.parametrize(
    ("prepare", "after_s"),
    [(None, 0.5), (be_slow, 0)],
    ids=["in the midst of filings", "with all that it missed to confirm"],
)
async def test_who_wakes_without_the_lease_ends_and_nothing_is_lost(
    seeds_path: Path, tmp_path: Path, prepare: Callable[[], None] | None, after_s: float
) -> None:
    async with a_site(tmp_path) as site:
        sleeper, other = await two_machines(site, seeds_path, prepare)
        woken = await sleep_and_wake(sleeper, other, Filer(site), after_s)
    assert (woken.code, woken.lost, woken.foreign) == (1, set(), set())


async def test_without_the_end_check_what_it_confirmed_when_it_woke_is_lost(
    seeds_path: Path, tmp_path: Path
) -> None:
    """What the test above would miss if it could not fail."""
    async with a_site(tmp_path) as site:
        sleeper, other = await two_machines(site, seeds_path, be_unchecked)
        woken = await sleep_and_wake(sleeper, other, Filer(site), after_s=0)
    assert woken.code == 1
    assert woken.lost


@pytest.mark.soak
@pytest.mark.parametrize("check", ["checked", "unchecked"])
async def test_who_wakes_at_many_moments(seeds_path: Path, tmp_path: Path, check: str) -> None:
    """Ten seconds of sleep at twenty drawn moments, with the end check and without; figures."""
    drawn = random.SystemRandom().randrange(10**6)
    chance = random.Random(drawn)
    lost, late = [], 0
    async with a_site(tmp_path) as site:
        sleeper, other = await two_machines(site, seeds_path, CHECKS[check])
        filer = Filer(site)
        for _ in range(SOAK_STOPS):
            woken = await sleep_and_wake(
                sleeper, other, filer, chance.choice([0, chance.uniform(0, 2)]), SLEEP_S
            )
            assert (woken.code, woken.foreign) == (1, set())
            lost.append(len(woken.lost))
            late += len(woken.confirmed_late)
            filer.confirmed -= woken.lost
            sleeper.start(CHECKS[check])
            await until(sleeper.follows)
            sleeper, other = other, sleeper
    print(  # noqa: T201
        f"seed {drawn}, {check}: {SOAK_STOPS} sleeps of {SLEEP_S:.0f} s, exit code 1 each time;"
        f" {len(filer.confirmed) + sum(lost):,} confirmed, {sum(lost)} of them lost in"
        f" {sum(map(bool, lost))} sleeps; {late} that were safe before were confirmed after it"
    )
    assert bool(sum(lost)) == (check == "unchecked")


async def sleep_and_wake(
    sleeper: Machine, other: Machine, filer: Filer, after_s: float, sleep_s: float = 0
) -> Woken:
    """Stop whoever answers, after so many seconds of filing if any, until the other does; wake it.

    If nothing is under way when it is stopped, it has all that it missed to confirm when it wakes.
    """
    site = filer.site
    site.server._api.prompt_s = 600  # a room of Matrix takes an answer after any sleep
    await filer.confirm_one()
    if after_s:
        async with filer.filing():
            await asyncio.sleep(after_s)
            sleeper.signal(signal.SIGSTOP)
    sleeper.signal(signal.SIGSTOP)
    slept = asyncio.create_task(asyncio.sleep(sleep_s))
    missed = {await filer.ask() for _ in range(MISSED)}
    term = sleeper.term + 1
    await until(lambda: other.term == term)
    await site.server.until(lambda: len(site.server.hub.live) == 2, "the other to connect")
    await filer.confirm_one()
    await slept
    safe = set(filer.confirmed)
    sleeper.signal(signal.SIGCONT)
    code = await sleeper.ended()
    await filer.confirm_one()
    record = words_on_record(other.store)
    after_seq = dict(terms_on_record(other.store))[term]
    assert hash_on_record(other.store, after_seq) == hash_on_record(sleeper.store, after_seq)
    return Woken(
        code,
        lost=filer.confirmed - record,
        foreign=words_on_record(other.store, after_seq) & missed,
        confirmed_late=(filer.confirmed & record) - safe - words_on_record(other.store, after_seq),
    )
