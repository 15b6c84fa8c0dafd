"""How long an answer waits for the replica, with whom it shares that, what is told after."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.ops import heartbeat
from bot.replica.acknowledge import Durability
from bot.replica.control_socket import Shipment, ShippingFailed
from bot.replica.shipping import LIMIT_S, Shipping, ship_beside
from bot.settings import Settings, SettingsError

START = datetime(2025, 11, 7, 12, tzinfo=UTC)


class GatedShipper:
    """Ships what is committed when the test lets it; `fails` makes it say why it cannot.

    `there` says, look by look, whether the replica's place answers; `anew` counts the new tries.
    """

    def __init__(self) -> None:
        self.asked, self.fails, self.anew = 0, "", 0
        self.there = [True]
        self.open = asyncio.Event()
        self.called = asyncio.Event()

    async def ship(self, limit_s: int) -> Shipment:
        assert 0 < limit_s <= LIMIT_S
        self.asked += 1
        self.called.set()
        await self.open.wait()
        if self.fails:
            raise ShippingFailed(self.fails)
        return Shipment(self.asked)

    async def is_replica_there(self) -> bool:
        return self.there.pop(0) if len(self.there) > 1 else self.there[0]

    async def try_at_once(self) -> None:
        self.anew += 1
        self.fails = ""


class Here:
    """A shipping on a shipper that the test opens, with what it logged."""

    def __init__(self) -> None:
        self.shipper, self.logged, self.now = GatedShipper(), list[str](), START
        self.caught_up = asyncio.Event()
        self.shipping = Shipping(self.shipper, lambda: self.now, self._log)

    def _log(self, event: str, /, **_: Any) -> None:
        self.logged.append(event)
        if event == "replica caught up":
            self.caught_up.set()

    async def confirm(self, count: int) -> list[Durability]:
        return list(await asyncio.gather(*(self.shipping.confirm() for _ in range(count))))


@pytest.fixture
def here() -> Here:
    return Here()


async def test_those_who_ask_at_one_time_share_one_wait(here: Here) -> None:
    here.shipper.open.set()
    assert await here.confirm(50) == [Durability.SHIPPED] * 50
    assert here.shipper.asked == 1


async def test_who_comes_while_it_ships_waits_for_the_next(here: Here) -> None:
    """The shipment under way may have begun before what they wrote."""
    first = asyncio.create_task(here.shipping.confirm())
    await here.shipper.called.wait()
    later = [asyncio.create_task(here.shipping.confirm()) for _ in range(20)]
    await asyncio.sleep(0)
    here.shipper.open.set()
    assert {await each for each in (first, *later)} == {Durability.SHIPPED}
    assert here.shipper.asked == 2


async def test_once_it_was_in_vain_nobody_waits_until_it_has_caught_up(here: Here) -> None:
    here.shipper.fails = "the replica took longer than 4 s"
    here.shipper.open.set()
    assert await here.confirm(3) == [Durability.LATE] * 3
    assert await here.confirm(3) == [Durability.LATE] * 3
    assert here.shipper.asked == 1
    expected = "The replica is late: the replica took longer than 4 s. Last shipped: never yet."
    assert here.shipping.trouble == expected
    here.shipper.fails = ""
    watching = asyncio.create_task(here.shipping.watch(look_s=0, soon_s=0))
    await here.caught_up.wait()
    watching.cancel()
    assert await here.shipping.confirm() is Durability.SHIPPED
    assert here.logged == ["replica late", "replica caught up"]


@pytest.mark.parametrize(
    ("there", "anew"),
    [((False, False, True), 1), ((True, True), 0)],
    ids=["it was away and is back", "it was there, and the try is long"],
)
async def test_the_shipper_is_told_to_try_at_once_when_the_replica_is_back(
    here: Here, there: tuple[bool, ...], anew: int
) -> None:
    """It waited up to twenty seconds for its next try; a long first shipment is no such wait."""
    here.shipper.fails, here.shipper.there = "it is away", [*there]
    here.shipper.open.set()
    watching = asyncio.create_task(here.shipping.watch(look_s=0, soon_s=0))
    while here.shipper.asked <= len(there) + 1 and not here.caught_up.is_set():  # noqa: ASYNC110
        await asyncio.sleep(0)
    watching.cancel()
    assert (here.shipper.anew, here.caught_up.is_set()) == (anew, bool(anew))


async def test_who_waited_behind_one_that_failed_does_not_wait_again(here: Here) -> None:
    here.shipper.fails = "it is away"
    first = asyncio.create_task(here.shipping.confirm())
    await here.shipper.called.wait()
    second = asyncio.create_task(here.shipping.confirm())
    await asyncio.sleep(0)
    here.shipper.open.set()
    assert [await first, await second] == [Durability.LATE] * 2
    assert here.shipper.asked == 1


async def test_a_caller_that_goes_away_takes_nobody_with_it(here: Here) -> None:
    gone, stays = (asyncio.create_task(here.shipping.confirm()) for _ in range(2))
    await here.shipper.called.wait()
    gone.cancel()
    here.shipper.open.set()
    assert await stays is Durability.SHIPPED


async def test_trouble_says_since_when_the_replica_lacks_something(here: Here) -> None:
    here.shipper.open.set()
    await here.shipping.confirm()
    here.now += timedelta(minutes=5)
    here.shipper.fails = "it is away"
    await here.shipping.confirm()
    assert here.shipping.shipped_at == START
    expected = "The replica is late: it is away. Last shipped: 2025-11-07 12:00:00Z."
    assert here.shipping.trouble == expected


def test_health_fails_while_the_replica_is_late(tmp_path: Path) -> None:
    file = tmp_path / "desk.db.heartbeat"
    heartbeat.beat(file, {"discord": True}, "The replica is late: it is away.")
    assert heartbeat.find_trouble(file) == "The replica is late: it is away."
    heartbeat.beat(file, {"discord": True})
    assert not heartbeat.find_trouble(file)


async def test_waiting_for_a_replica_that_is_nowhere_is_refused() -> None:
    with pytest.raises(SettingsError, match="SITREP_REPLICA"):
        async with ship_beside(Settings(durable="shipped"), lambda: START, lambda *_, **__: None):
            pass
