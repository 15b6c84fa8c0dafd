"""A store with the entries of the seeds and few places, and the schedule on it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import open_store
from tests.store.conftest import small_seeds
from tests.summaries.desk import Bench, bench, copy_seeds

LOADED = datetime(2025, 10, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with the seeds in it, to be copied and never opened."""
    path = tmp_path_factory.mktemp("summaries") / "made.db"

    async def fill() -> None:
        async with await open_store(path) as store:
            await store.load_seeds(LOADED, small_seeds())

    asyncio.run(fill())
    return path


@pytest.fixture
async def here(seeds_file: Path, tmp_path: Path) -> AsyncIterator[Bench]:
    """A schedule on a store of the test's own; nothing in it may fail unseen."""
    async with await open_store(copy_seeds(seeds_file, tmp_path / "own.db")) as store:
        bench_desk = bench(store)
        yield bench_desk
        assert bench_desk.faults() == []
