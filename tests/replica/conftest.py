"""A desk of the test's own, on a copy of the seeds' store with few places: all of it is shipped."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import open_store
from tests.fakes import Talk, copy_store
from tests.store.conftest import small_file

__all__ = ["small_file"]


@pytest.fixture(scope="session")
def seeds_path(small_file: Path) -> Path:
    """The file of a store filled from the seeds, to be copied and never opened."""
    return small_file


@pytest.fixture
async def desk(seeds_path: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk of the test's own, to write to."""
    async with await open_store(copy_store(seeds_path, tmp_path / "desk.db")) as store:
        yield Talk(store)
