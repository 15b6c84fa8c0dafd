"""What every test shares."""

import gc
import os
import shutil
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# A hundred tests start the program as a process of its own, and each worker rewrites the asserts of
# every test and of Hypothesis: with bytecode kept, that is done once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

from hypothesis import settings  # noqa: E402 -- its bytecode is to be kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.homeserver import Homeserver

TESTS, MEMORY = Path(__file__).parent, Path("/dev/shm")  # noqa: S108 -- pytest makes a folder there
ENOUGH_BYTES = 2**31
LONG = (
    *("matrix", "conversations", "standby", "replica", "summaries"),
    *("store", "bulk", "bot", "discord"),
)
"""The folders whose tests take longest, the slowest first."""

# Every write of a store waits for the disk. In memory it does not, and no test loses power.
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# The same examples each time: what is found by chance fails no change that did not bring it.
settings.register_profile("sitrep", deadline=None, derandomize=True)
settings.load_profile("sitrep")

# A worker holds seven thousand tests and all that they load. Looked through after every few
# hundred new objects, most of which are soon gone, that was a fifteenth of the processor time.
gc.set_threshold(20_000)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers run the tests, unless `-n` says: one more than there are processors.

    For a quarter of a run a test waits for its server.
    """
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the slowest folders, so that no worker is left with one of theirs at the end.

    A worker is given one stretch of the tests to begin with: the files are dealt, so that each has
    some of the slowest. Within a folder the order stays as random as it is.
    """
    items.sort(key=lambda item: rank(item.path))
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    files = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    items[:] = [test for first in range(workers) for file in files[first::workers] for test in file]


def rank(file: Path) -> int:
    """Return where a test's file comes in the order: 0 for the slowest."""
    folder = file.relative_to(TESTS).parts[0]
    return LONG.index(folder) if folder in LONG else len(LONG)


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Homeserver]":
    """A homeserver, started once for all tests of a process that are on Matrix."""
    from tests.matrix.desk import serving  # noqa: PLC0415 -- what needs none need not load it

    with serving(tmp_path_factory.mktemp("synapse")) as server:
        yield server
