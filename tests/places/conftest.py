"""A desk on the seeds, and what it reads a name as."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from store.places.ground import Ground
from store.places.recognise import recognise
from store.places.recognition import Recognition
from store.places.stored import StoredNames, load_ground
from tests.fakes import seed_store


class Read(Protocol):
    """Reads a name as the desk does: for a question, or for what is written."""

    def __call__(self, text: str, *, writing: bool = False) -> Recognition: ...


@pytest.fixture(scope="session")
def seeds_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store filled from the seeds, to be read or copied."""
    return seed_store(tmp_path_factory.mktemp("places") / "seeds.db")


@pytest.fixture(scope="session")
def db(seeds_path: Path) -> Iterator[sqlite3.Connection]:
    """A store filled from the seeds, to be read."""
    with closing(sqlite3.connect(f"file:{seeds_path}?mode=ro", uri=True)) as db:
        yield db


@pytest.fixture(scope="session")
def names(db: sqlite3.Connection) -> StoredNames:
    return StoredNames(db)


@pytest.fixture(scope="session")
def ground(db: sqlite3.Connection) -> Ground:
    return load_ground(db)


@pytest.fixture(scope="session")
def read(names: StoredNames, ground: Ground) -> Read:
    def read_name(text: str, *, writing: bool = False) -> Recognition:
        return recognise(text, names, ground, writing=writing)

    return read_name
