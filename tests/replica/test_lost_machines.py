"""A machine dies while it files: what it called filed is on the next, and no more than once."""

import asyncio
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from bot.replica.fetch_replica import restore_replica
from bot.settings import Settings
from store.maintenance.doctor import Level, examine
from tests.fakes import ROOT, copy_store
from tests.replica.filing_child import text_of
from tests.replica.shipper import Process, plain_environment, ship_once, shipping_from, short_socket

CHILD = ROOT / "tests/replica/filing_child.py"
A_SECOND = 20
LATEST_S = 1.0
"""How much of what nobody waited for may be lost, at an interval of half a second."""


class Run:
    """One machine after another, each on what the one before had shipped."""

    def __init__(self, folder: Path, seeds: Path, durable: str) -> None:
        self._folder, self._durable = folder, durable
        self._machines = 0
        self.settings = self._machine()
        copy_store(seeds, self.settings.store)
        self.called_filed: dict[int, float] = {}

    def _machine(self) -> Settings:
        folder = self._folder / f"machine-{self._machines}"
        folder.mkdir()
        self._machines += 1
        return replace(
            Settings(),
            store=folder / "desk.db",
            replica=str(self._folder / "elsewhere"),
            replica_interval=500,
            replica_socket=str(short_socket(folder)),
        )

    async def file_until_killed(self, least: int, more_s: float) -> float:
        """File claims, and kill bot and shipper a while after so many; return when that was."""
        settings, first = self.settings, 1000 * self._machines
        async with AsyncExitStack() as undo:
            shipper = await undo.enter_async_context(shipping_from(settings))
            await ship_once(settings)
            told = (str(settings.store), settings.replica, self._durable, "500", str(A_SECOND))
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, str(CHILD), *told, str(first)),
                stdout=asyncio.subprocess.PIPE,
                env=plain_environment(PYTHONPATH=str(ROOT)),
                cwd=ROOT,
            )
            undo.push_async_callback(Process(child).kill)
            assert child.stdout is not None
            lines = [await child.stdout.readline() for _ in range(least)]
            await asyncio.sleep(more_s)
            killed_at = time.time()
            child.kill()
            await shipper.kill()
            lines += (await child.stdout.read()).splitlines()
        filed = [line.split() for line in lines if len(line.split()) == 2]
        self.called_filed |= {int(number): float(at) for number, at in filed}
        return killed_at

    def restore(self) -> Mapping[int, int]:
        """Put the record on a new machine; return how often each claim is there."""
        self.settings = self._machine()
        restore_replica(self.settings, datetime.now(UTC))
        findings = examine(self.settings.store, datetime.now(UTC))
        assert [each for each in findings if each.level is Level.FAIL] == []
        with closing(sqlite3.connect(self.settings.store)) as db:
            there = Counter(text for (text,) in db.execute("SELECT text FROM entries"))
        return {number: there[text_of(number)] for number in self.called_filed}


async def lose_machines(run: Run, seed: int, times: int) -> None:
    """Lose machine after machine at drawn moments; nothing that was called filed may be gone."""
    chance = Random(seed)
    for _ in range(times):
        await run.file_until_killed(chance.randint(1, 30), chance.random() / 5)
        assert set(run.restore().values()) == {1}


async def test_nothing_that_was_called_filed_is_lost_with_the_machine(
    tmp_path: Path, seeds_path: Path
) -> None:
    await lose_machines(Run(tmp_path, seeds_path, "shipped"), seed=1, times=1)


@pytest.mark.soak
async def test_nothing_is_lost_at_twenty_drawn_moments(tmp_path: Path, seeds_path: Path) -> None:
    run = Run(tmp_path, seeds_path, "shipped")
    await lose_machines(run, seed=2, times=20)
    print(f"{len(run.called_filed)} called filed over 20 kills, none missing, none twice")  # noqa: T201


async def test_without_waiting_only_the_last_of_it_is_lost(
    tmp_path: Path, seeds_path: Path
) -> None:
    run = Run(tmp_path, seeds_path, "local")
    await run.file_until_killed(15, 0.1)
    there = run.restore()
    kept = [number for number, times in there.items() if times]
    lost = [number for number, times in there.items() if not times]
    assert max(there.values()) <= 1
    assert not lost or not kept or max(kept) < min(lost)


@pytest.mark.soak
async def test_without_waiting_at_most_a_second_is_lost(tmp_path: Path, seeds_path: Path) -> None:
    run, chance, worst = Run(tmp_path, seeds_path, "local"), Random(3), 0.0
    for _ in range(20):
        killed_at = await run.file_until_killed(chance.randint(10, 40), chance.random() / 2)
        lost = [run.called_filed[number] for number, times in run.restore().items() if not times]
        worst = max([worst, *(killed_at - at for at in lost)])
        run.called_filed.clear()
    print(f"without waiting at most {worst * 1000:.0f} ms of filings were lost")  # noqa: T201
    assert worst <= LATEST_S
