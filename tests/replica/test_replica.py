"""With Litestream itself: what an answer waits for, what a late replica means, the way back."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from bot.dispatch import Dispatch
from bot.replica.acknowledge import Durability
from bot.replica.check_replica import check_replica
from bot.replica.fetch_replica import ReplicaUnreachable, require_same_record, restore_replica
from bot.replica.shipping import LIMIT_S, Shipping, ship_beside
from bot.settings import Settings
from commands.kit.invocation import Role
from store import open_store
from store.maintenance.doctor import Level, examine
from store.model.refusals import HasContent, NoStore
from tests.commands.filing import CLAIM, add, file_entry, file_line
from tests.fakes import Talk, copy_store
from tests.patience import PATIENCE_S
from tests.replica.shipper import (
    serving_files,
    serving_objects,
    settings_in,
    ship_once,
    shipping_from,
    until,
)

OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ"
AWAY_S = 60
LATEST_S = 5
NOTE = "not yet copied elsewhere"


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def talking(
    settings: Settings, limit_s: int = LIMIT_S
) -> AsyncIterator[tuple[Talk, Shipping]]:
    """Open a desk whose answers wait for its replica."""
    async with (
        await open_store(settings.store) as store,
        ship_beside(settings, now, lambda *_, **__: None, store, limit_s) as replica,
    ):
        talk = Talk(store)
        desk = structs.replace(talk.dispatch.desk, acknowledger=replica.acknowledger)
        talk.dispatch = Dispatch(desk, lambda *_, **__: None)
        assert isinstance(replica.acknowledger, Shipping)
        yield talk, replica.acknowledger


@asynccontextmanager
async def shipping_whole(settings: Settings) -> AsyncIterator[None]:
    """Ship a store; all that it has by now is there when the block begins."""
    async with shipping_from(settings):
        await ship_once(settings)
        yield


@pytest.fixture
def machine(seeds_path: Path, tmp_path: Path) -> Settings:
    """The settings of a machine with the seeds on record."""
    return machine_with_seeds(seeds_path, tmp_path / "first")


def machine_with_seeds(seeds: Path, folder: Path, **also: str) -> Settings:
    """Put the seeds on record in a new folder, and return the settings of that machine."""
    folder.mkdir()
    settings = settings_in(folder, **also)
    copy_store(seeds, settings.store)
    return settings


async def heads(settings: Settings) -> tuple[int, str]:
    async with await open_store(settings.store, writing=False) as store:
        return await store.history.head()


def faults(settings: Settings) -> list[str]:
    """Return what doctor finds wrong with a store."""
    findings = examine(settings.store, now())
    return [f"{each.what}: {each.detail}" for each in findings if each.level is Level.FAIL]


async def test_what_was_called_filed_is_there_after_the_machine_is_lost(
    machine: Settings, tmp_path: Path
) -> None:
    async with shipping_from(machine) as shipper, talking(machine) as (desk, _):
        ref = await file_entry(desk, CLAIM)
        await shipper.kill()
    second = settings_in(tmp_path / "second")
    assert restore_replica(second, now()).head == await heads(machine)
    assert faults(second) == []
    async with await open_store(second.store, writing=False) as store:
        assert "The road out is cut." in (await Talk(store)(f"/entry {ref}")).text


async def test_a_restored_machine_ships_on_and_is_restored_again(
    machine: Settings, tmp_path: Path
) -> None:
    before = machine
    for name in ("second", "third"):
        async with shipping_from(before), talking(before) as (desk, _):
            await file_entry(desk, CLAIM)
        after = settings_in(tmp_path / name)
        restore_replica(after, now())
        require_same_record(after)
        assert await heads(after) == await heads(before)
        before = after
    assert faults(before) == []


async def test_a_replica_is_never_restored_over_a_record(machine: Settings) -> None:
    async with shipping_from(machine), talking(machine) as (desk, _):
        await file_entry(desk, CLAIM)
    with pytest.raises(HasContent):
        restore_replica(machine, now())


async def test_another_record_is_never_shipped_over_the_replica(
    machine: Settings, tmp_path: Path
) -> None:
    async with shipping_from(machine), talking(machine) as (desk, _):
        await file_entry(desk, CLAIM)
    (tmp_path / "new").mkdir()
    fresh = settings_in(tmp_path / "new")
    with pytest.raises(NoStore, match="nothing to ship"):
        require_same_record(fresh)
    async with await open_store(fresh.store) as store:
        await store.load_seeds(now())
    with pytest.raises(HasContent, match="another record"):
        require_same_record(fresh)


async def test_an_empty_replica_says_that_nothing_is_there(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="no record at"):
        restore_replica(settings_in(tmp_path / "first"), now())


async def test_without_a_shipper_an_answer_says_so_and_health_knows(machine: Settings) -> None:
    async with talking(machine) as (desk, shipping):
        assert NOTE in (await add(desk, CLAIM)).text
        assert "no shipper answers" in shipping.trouble
        (finding,) = [each async for each in check_replica(machine) if each.what == "replica"]
        assert finding.level is Level.FAIL


async def test_doctor_says_how_far_the_replica_is(machine: Settings) -> None:
    async with shipping_from(machine), talking(machine) as (desk, _):
        await file_entry(desk, CLAIM)
        findings = [each async for each in check_replica(machine)]
    assert [each.level for each in findings] == [Level.OK, Level.WARN]
    assert "has everything" in findings[0].detail
    assert "own disk" in findings[1].detail


async def test_while_the_bucket_is_away_readers_go_on_and_filings_say_so(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with serving_objects(tmp_path / "objects") as server:
        machine = machine_with_seeds(seeds_path, tmp_path / "first", **server.settings())
        async with (
            shipping_whole(machine),
            talking(machine, limit_s=1) as (desk, shipping),
        ):
            filing = file_line(await add(desk, CLAIM))
            assert shipping.trouble == ""
            await server.kill()
            filed = await add(desk, filing)
            assert filed.first.startswith("Filed as E-")
            assert NOTE in filed.text
            assert shipping.trouble.startswith("The replica is late: ")
            assert NOTE not in (await desk("/status Pokrovsk")).text
            await server.start()
            await until(lambda: not shipping.trouble)
            assert await shipping.confirm() is Durability.SHIPPED
            head = await desk.store.history.head()
        second = settings_in(tmp_path / "second", **server.settings())
        assert restore_replica(second, now()).head == head
    assert faults(second) == []


@pytest.mark.soak
async def test_a_bucket_that_is_away_for_a_minute_is_caught_up_with(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with serving_objects(tmp_path / "objects") as server:
        machine = machine_with_seeds(seeds_path, tmp_path / "first", **server.settings())
        async with shipping_whole(machine), talking(machine) as (desk, shipping):
            filing = file_line(await add(desk, CLAIM))
            await server.kill()
            away = time.monotonic()
            assert NOTE in (await add(desk, filing)).text
            told_s = time.monotonic() - away
            slowest_s = 0.0
            while time.monotonic() - away < AWAY_S:
                started = time.monotonic()
                await desk("/status Pokrovsk")
                slowest_s = max(slowest_s, time.monotonic() - started)
                await asyncio.sleep(0.1)
            await server.start()
            back = time.monotonic()
            await until(lambda: not shipping.trouble)
            caught_up_s = time.monotonic() - back
            head = await desk.store.history.head()
        second = settings_in(tmp_path / "second", **server.settings())
        assert restore_replica(second, now()).head == head
    assert faults(second) == []
    print(  # noqa: T201
        f"away {AWAY_S} s: a filing said so after {told_s:.1f} s, the slowest question took"
        f" {slowest_s * 1000:.0f} ms, caught up {caught_up_s:.1f} s after"
    )
    assert told_s <= 10
    assert caught_up_s <= LATEST_S


async def test_a_server_of_files_is_shipped_to_if_it_is_the_one_that_is_known(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with serving_files(tmp_path / "files") as server:
        machine = machine_with_seeds(seeds_path, tmp_path / "first", **server.settings())
        async with shipping_from(machine), talking(machine) as (desk, _):
            await file_entry(desk, CLAIM)
        second = settings_in(tmp_path / "second", **server.settings())
        assert restore_replica(second, now()).head == await heads(machine)
        stranger = {**server.settings(), "replica_host_key": OTHER_KEY}
        with pytest.raises(ReplicaUnreachable):
            restore_replica(settings_in(tmp_path / "third", **stranger), now())


async def test_words_that_are_taken_away_leave_a_log_that_is_shipped(
    machine: Settings, tmp_path: Path
) -> None:
    """The shipper keeps the log; it lets go of it once, and ships on after that."""
    async with shipping_from(machine), talking(machine) as (desk, shipping):
        ref = await file_entry(desk, CLAIM)
        answer = await desk(f"/redact {ref} why:names sure:yes", as_=Role.ADMIN)
        assert "The last traces go once it lets go of it." in answer.text
        watching = asyncio.create_task(shipping.watch(look_s=0.05))
        async with asyncio.timeout(PATIENCE_S):
            while await desk.store.redaction.unfinished():  # noqa: ASYNC110 -- of no event
                await asyncio.sleep(0.05)
        watching.cancel()
        log = machine.store.with_name("desk.db-wal").read_bytes()
        assert b"The road out is cut" not in log
        again = await file_entry(desk, CLAIM)
        head = await desk.store.history.head()
    second = settings_in(tmp_path / "second")
    assert restore_replica(second, now()).head == head
    assert faults(second) == []
    async with await open_store(second.store, writing=False) as store:
        assert "The road out is cut." in (await Talk(store)(f"/entry {again}")).text


async def test_a_replica_of_many_writes_is_sound(machine: Settings, tmp_path: Path) -> None:
    """The log is written back meanwhile: by its shipper alone, or the replica is a broken file."""
    async with shipping_from(machine), talking(machine) as (desk, shipping):
        for number in range(150):
            for key in range(3):
                line = f"{number} {key}" * 8_000
                await desk.store.program_state.keep(f"much {7 * number % 60} {key}", line)
            if number % 4 == 0:
                assert await shipping.confirm() is Durability.SHIPPED
        await file_entry(desk, CLAIM)
    second = settings_in(tmp_path / "second")
    assert restore_replica(second, now()).head == await heads(machine)
    assert faults(second) == []
