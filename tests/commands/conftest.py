"""A seeded desk for conversations, made once for each process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import open_store
from tests.fakes import Talk, copy_store, seed_store


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the seeds, closed."""
    return seed_store(tmp_path_factory.mktemp("seeded") / "seeded.db")


@pytest.fixture
async def ask(seeds_file: Path) -> AsyncIterator[Talk]:
    """A desk that is read only; several tests share its file."""
    async with await open_store(seeds_file, writing=False) as store:
        yield Talk(store)


@pytest.fixture
async def desk(seeds_file: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk of the test's own, to write to."""
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        yield Talk(store)
