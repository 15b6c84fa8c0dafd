"""Real stores to test with: an empty one, one filled from the seeds, and what to put in them."""

import asyncio
import gzip
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from store import SEEDS, Store, open_store
from store.model.entry import Kind
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.revision import Act, Change, Person
from store.model.span import Span
from store.record import entry_rows
from tests import fakes

AT = datetime(2025, 11, 7, 12, tzinfo=UTC)
DAY = date(2025, 11, 7)
POKROVSK, MYRNOHRAD, KUPIANSK = 704422, 710035, 703656
DESK = Person("console", "desk", "The desk")


def an_entry(**fields: Any) -> Filing:
    """Make an event at Pokrovsk on 7 November 2025, read in the first source, or what differs."""
    plain: dict[str, Any] = {
        "kind": Kind.EVENT,
        "type": "fighting",
        "text": "Fighting goes on.",
        "day": Span.on(DAY),
        "sources": (FiledSource(1),),
        "places": (FiledPlace(POKROVSK),),
    }
    return Filing(**plain | fields)


def an_act(key: str, act: str = "file", by: Person = DESK) -> Act:
    return Act(key, act, by, AT, "To see what happens.")


def addition(entry: Filing) -> Callable[[sqlite3.Connection], Change]:
    """Return the change that puts `entry` on record."""
    return partial(entry_rows.file, filing=entry, at=AT)


def correction(entry_id: int, entry: Filing) -> Callable[[sqlite3.Connection], Change]:
    """Return the change that makes `entry` the content of an entry on record."""
    return partial(entry_rows.correct, entry_id=entry_id, filing=entry, at=AT)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store."""
    async with await open_store(tmp_path / "empty.db") as empty:
        yield empty


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store filled from the seeds, to be copied and never opened."""
    return fakes.seed_store(tmp_path_factory.mktemp("seeds") / "seeded.db", AT)


@pytest.fixture(scope="session")
def small_file() -> Path:
    """The same, with no more of the gazetteer than the situation's own places; its seeds beside."""
    return _small()


@cache
def _small() -> Path:
    path = small_seeds() / "small.db"
    asyncio.run(_fill(path))
    return path


def few_places(folder: Path) -> None:
    """Copy the seeds to `folder`, with a gazetteer of the places that places.toml names."""
    for file in (*small_seeds().glob("*.toml"), small_seeds() / "gazetteer.db.gz"):
        shutil.copyfile(file, folder / file.name)


@cache
def small_seeds() -> Path:
    """Return a folder with such seeds, to be read."""
    folder = fakes.folder()
    for file in SEEDS.glob("*.toml"):
        shutil.copyfile(file, folder / file.name)
    wanted = re.findall(r"geoname = (\d+)", (SEEDS / "places.toml").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(gzip.decompress((SEEDS / "gazetteer.db.gz").read_bytes()))
        db.execute(
            "DELETE FROM places WHERE kind NOT IN ('region', 'country')"
            " AND id NOT IN (SELECT value FROM json_each(?))",
            (f"[{', '.join(wanted)}]",),
        )
        db.execute("DELETE FROM place_names WHERE place_id NOT IN (SELECT id FROM places)")
        db.execute("VACUUM")
        (folder / "gazetteer.db.gz").write_bytes(gzip.compress(db.serialize(), 1, mtime=0))
    return folder


async def _fill(path: Path) -> None:
    async with await open_store(path) as new:
        await new.load_seeds(AT, path.parent)


@pytest.fixture
def full_file(tmp_path: Path, seeds_file: Path) -> Path:
    """A file of one's own with the seeds in it."""
    return shutil.copyfile(seeds_file, tmp_path / "seeded.db")


@pytest.fixture
async def small(small_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A store with the entries of the seeds and few places."""
    async with await open_store(shutil.copyfile(small_file, tmp_path / "small.db")) as few:
        yield few


@pytest.fixture
async def full(full_file: Path) -> AsyncIterator[Store]:
    """A store filled from the seeds."""
    async with await open_store(full_file) as full:
        yield full
