"""A year of summaries in five zones, the bot away for a third of it: none twice, nothing missed.

The clock is virtual. Faults are drawn: receipts get lost, posts are refused, looking is forbidden.
"""

import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.platform import Notification, Undeliverable
from store import open_store
from store.model.digest import DeliveryState, Digest, DigestDelivery, DigestSettings
from tests.store.conftest import addition, an_entry
from tests.summaries.desk import Bench, bench, copy_seeds

BEGINS, ENDS = date(2025, 3, 1), date(2026, 3, 1)
ROOMS = {
    "Europe/Kyiv": "03:30",
    "America/New_York": "02:30",
    "Australia/Lord_Howe": "01:45",
    "America/Santiago": "00:30",
    "Asia/Kathmandu": "08:00",
}
"""In all but the last, the hour is one that a clock change leaves out or brings twice."""


@pytest.mark.parametrize("zone", ROOMS)
def test_an_hour_that_a_change_leaves_out_or_repeats_is_due_once_a_day(zone: str) -> None:
    wish = DigestSettings(time.fromisoformat(ROOMS[zone]), zone)
    digest = Digest(1, "wall", "r", wish, 0, datetime(2025, 1, 1, tzinfo=UTC), "", removed=False)
    days = [BEGINS + timedelta(days=n) for n in range((ENDS - BEGINS).days)]
    due = [digest.due(day) for day in days]
    assert due == sorted(set(due))
    for day, at in zip(days, due, strict=True):
        assert digest.due_by(at) == day
        assert digest.due_by(at - timedelta(seconds=1)) == day - timedelta(days=1)
        assert digest.due_by(at + timedelta(hours=1, minutes=30)) == day
        there = at.astimezone(ZoneInfo(zone))
        assert there.date() == day
        late = timedelta(hours=there.hour, minutes=there.minute) - timedelta(
            hours=wish.time.hour, minutes=wish.time.minute
        )
        assert timedelta() <= late <= timedelta(hours=1)


class RandomFaults:
    """What goes wrong, drawn: at each call with the chance that a day has."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.share = chance, 0.0

    def refused(self, _: Notification) -> Undeliverable | None:
        return Undeliverable("refused") if self.chance.random() < self.share else None

    def lost(self, _: Notification) -> Undeliverable | None:
        lost = self.chance.random() < self.share
        return Undeliverable("lost", unsure=True) if lost else None


async def _live(here: Bench, chance: random.Random, days: int) -> None:
    """Let days go by: entries are filed, and the bot is there on two days of three."""
    faults = RandomFaults(chance)
    here.wall.before, here.wall.after = faults.refused, faults.lost
    here.wall.finding = faults.lost
    start = here.clock.now
    for number in range(days):
        day = start + timedelta(days=number)
        faults.share = chance.choice((0.0, 0.0, 0.3, 0.8))
        away = chance.random() < 1 / 3
        for moment in sorted(day + timedelta(minutes=chance.randrange(1440)) for _ in range(6)):
            here.clock.now = moment
            if chance.random() < 0.2:
                text = f"What happened at {moment:%Y-%m-%d %H:%M}."
                await here.store.history.write(here.act(text), addition(an_entry(text=text)))
            if not away:
                await here.turn()


async def _tellings(here: Bench, digest: Digest) -> list[DigestDelivery]:
    deliveries = [
        await here.store.digest_deliveries.get(digest.id, BEGINS + timedelta(days=n))
        for n in range(380)
    ]
    return [delivery for delivery in deliveries if delivery is not None]


async def _judge(here: Bench, written: int) -> dict[str, int]:
    """Hold what was seen against the ledger and the record; return figures."""
    figures = {"told": 0, "folded": 0, "looked for": len(here.wall.looked_for)}
    assert len(set(here.wall.keys())) == len(here.wall.seen), "a summary was seen twice"
    for digest, _ in await here.store.digests.all():
        tellings = await _tellings(here, digest)
        told = [delivery for delivery in tellings if delivery.state is DeliveryState.TOLD]
        assert here.wall.keys(digest.room) == [delivery.key for delivery in told]
        at = digest.begins
        for delivery in told:
            assert delivery.after == at, (
                f"{delivery.key} starts at {delivery.after}, the last ended at {at}"
            )
            at = delivery.up_to
        whole = "\n".join(here.wall.texts(digest.room))
        told_of = [
            line for line in whole.splitlines() if "What happened at" in line and "•" in line
        ]
        assert len(set(told_of)) == len(told_of) <= written
        figures["told"] += len(told)
        figures["folded"] += sum(delivery.state is DeliveryState.FOLDED for delivery in tellings)
    return figures


async def a_year(seeds_file: Path, own: Path, seed: int, days: int) -> dict[str, int]:
    chance = random.Random(seed)
    async with await open_store(copy_seeds(seeds_file, own)) as store:
        here = bench(store, now=datetime.combine(BEGINS, datetime.min.time(), UTC))
        for zone, at in ROOMS.items():
            await here.add(zone, at, zone=zone)
        before, _ = await store.history.head()
        await _live(here, chance, days)
        here.wall.before = here.wall.after = here.wall.finding = lambda _: None
        for _ in range(12):  # a last day without faults, on which all is told
            await here.turn(hours=3)
        head, _ = await store.history.head()
        figures = await _judge(here, head - before)
        for digest, _ in await store.digests.all():
            last = [
                delivery
                for delivery in await _tellings(here, digest)
                if delivery.state is DeliveryState.TOLD
            ][-1]
            assert last.up_to == head, "something was never told"
        assert here.faults() == []
        return figures | {"written": head - before}


async def test_a_year_of_summaries_tells_everything_once(seeds_file: Path, tmp_path: Path) -> None:
    figures = await a_year(seeds_file, tmp_path / "year.db", 20251107, (ENDS - BEGINS).days)
    assert figures["told"] > 365
    assert figures["folded"] > 20
    assert figures["looked for"] > 100


@pytest.mark.soak
async def test_ten_years_of_summaries_tell_everything_once(
    seeds_file: Path, tmp_path: Path
) -> None:
    """The same year ten times, with faults drawn anew each time, and its figures."""
    seed = random.SystemRandom().randrange(10**6)
    for number in range(10):
        own = tmp_path / f"{number}.db"
        figures = await a_year(seeds_file, own, seed + number, (ENDS - BEGINS).days)
        print(f"seed {seed + number}: {figures}")  # noqa: T201
