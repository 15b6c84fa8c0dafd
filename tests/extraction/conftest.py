"""A record filled from the seeds, with the gazetteer: what texts are read against."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Protocol

import pytest

from commands.shared.extraction.extract import extract
from commands.shared.extraction.extracted_draft import ExtractedDraft
from store.queries.known_names import load_known_names
from tests.fakes import seed_store

PUBLISHED = date(2025, 11, 18)  # a Tuesday


class ReadText(Protocol):
    def __call__(self, text: str, language: str = "auto") -> list[ExtractedDraft]: ...


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = seed_store(tmp_path_factory.mktemp("extraction") / "seeded.db")
    with closing(sqlite3.connect(path)) as db:
        yield db


@pytest.fixture
def read(record: sqlite3.Connection) -> ReadText:
    known = load_known_names(record)

    def read_text(text: str, language: str = "auto") -> list[ExtractedDraft]:
        return extract(text, PUBLISHED, known, language)

    return read_text
