"""A seeded store of each test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import Store, open_store
from tests.discord.simulation import NOW
from tests.fakes import copy_store, seed_store


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the seeds, closed."""
    return seed_store(tmp_path_factory.mktemp("filled") / "filled.db", NOW)


@pytest.fixture
async def store(seeds_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A store of the test's own."""
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as own_store:
        yield own_store
