"""A folder in which the program has a record already."""

from pathlib import Path

import pytest

from tests.fakes import seed_store


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    """The folder of the test, with a store filled from the seeds where the program looks for it."""
    seed_store(tmp_path / "sitrep.db")
    return tmp_path
