"""The schema: its numbered steps, how a script is split, whose file it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.db import migrate


def test_the_versions_of_the_schema_are_numbered_one_after_another() -> None:
    """Two files of one number: a store that had the one was never brought up to the other."""
    numbers = [number for number, _ in migrate._files()]
    assert numbers == list(range(1, migrate.latest() + 1))


def test_a_script_is_split_at_the_ends_of_its_statements() -> None:
    script = """-- a; comment
CREATE TABLE a (b TEXT DEFAULT ';');

CREATE TRIGGER c BEFORE
UPDATE ON a
BEGIN SELECT 1; SELECT 2; END;
SELECT 1;"""

    assert [statement.split()[:2] for statement in migrate.statements(script)] == [
        ["CREATE", "TABLE"],
        ["CREATE", "TRIGGER"],
        ["SELECT", "1;"],
    ]


@pytest.mark.parametrize("number", range(2))
def test_a_store_that_another_process_is_making_is_not_another_programs(
    tmp_path: Path, number: int
) -> None:
    """Of two first questions at once one was refused: its schema was laid between two looks."""
    path = tmp_path / "new.db"
    told: list[str] = []
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as maker,
        closing(sqlite3.connect(path, isolation_level=None)) as db,
    ):
        maker.execute("PRAGMA journal_mode = WAL")

        def make(statement: str) -> None:
            if len(told) == number:
                migrate.build(maker)
            told.append(statement)

        db.set_trace_callback(make)
        assert migrate.own_version(db, path) in {0, migrate.latest()}
        db.set_trace_callback(None)
        assert migrate.own_version(db, path) == (migrate.latest() if len(told) > number else 0)
