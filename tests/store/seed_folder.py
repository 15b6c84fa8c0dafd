"""A copy of the seeds that a test edits and loads, and what they say."""

import sqlite3
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from store import SEEDS, Store
from store.model.entry import Entry
from store.seeding.load import SeedReport
from tests.store.conftest import AT, few_places

ENTRIES: list[dict[str, Any]] = tomllib.loads(
    (SEEDS / "pokrovsk-2025-11.toml").read_text(encoding="utf-8")
)["entry"]
THINGS = len(ENTRIES) + sum(len(entry.get("links", [])) for entry in ENTRIES)
ENTRY = """
[[entry]]
key = "one-more"
kind = "event"
type = "other"
text = "One more."
attribution = "narrator"
day = { edtf = "2025-11-07", basis = "explicit" }
places = [{ geoname = 704422 }]
sources = [{ source = "article-2025-11-07" }]
"""
"""One more entry, as the seeds have it."""


@dataclass
class Folder:
    """A copy of the seeds to edit, with few places."""

    path: Path

    def edit(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text, old
        (self.path / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    async def load(self, store: Store) -> SeedReport:
        return await store.load_seeds(AT, self.path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the seeds to edit."""
    (path := tmp_path / "seeds").mkdir()
    few_places(path)
    return Folder(path)


async def entry_of_key(store: Store, key: str) -> Entry:
    """Return the entry that the seeds have under a key."""

    def number(db: sqlite3.Connection) -> int:
        return int(db.execute("SELECT id FROM entries WHERE key = ?", (key,)).fetchone()[0])

    entry = await store.entries.get(await store._db.read(number))
    assert entry is not None
    return entry
