"""A desk of each test's own, on a copy of the seeds' store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import open_store
from tests.fakes import Talk, copy_store, seed_store


@pytest.fixture(scope="session")
def seeds_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store filled from the seeds, to be copied and never opened."""
    return seed_store(tmp_path_factory.mktemp("replica") / "seeds.db")


@pytest.fixture
async def desk(seeds_path: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk of the test's own, to write to."""
    async with await open_store(copy_store(seeds_path, tmp_path / "desk.db")) as store:
        yield Talk(store)
