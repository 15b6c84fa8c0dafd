"""Rows that are written many in a statement."""

import sqlite3
from contextlib import closing

import pytest

from store.db.insert_rows import insert_rows

_INSERT = "INSERT INTO things (number, name) VALUES (?, ?)"


def _things() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute(
        "CREATE TABLE things (number INTEGER PRIMARY KEY,"
        " name TEXT CHECK (name IN ('a', 'b', 'c')))"
    )
    return db


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1000, 1024, 3071, 20_000])
def test_every_row_is_written_once_however_many_there_are(count: int) -> None:
    rows = [(number, "abc"[number % 3]) for number in range(count)]
    with closing(_things()) as db:
        insert_rows(db, _INSERT, rows)
        assert db.execute("SELECT number, name FROM things ORDER BY number").fetchall() == rows


@pytest.mark.parametrize("bad", [5, 1500])
def test_a_check_refuses_a_row_among_many_as_it_would_alone(bad: int) -> None:
    rows = [(number, "d" if number == bad else "a") for number in range(1600)]
    with closing(_things()) as db, pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        insert_rows(db, _INSERT, rows)


def test_rows_of_many_columns_take_no_more_values_than_a_statement_may_have() -> None:
    insert = f"INSERT INTO wide VALUES ({', '.join('?' * 100)})"  # noqa: S608 -- marks
    rows = [tuple(range(start, start + 100)) for start in range(1100)]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
        db.execute(f"CREATE TABLE wide ({', '.join(f'c{number}' for number in range(100))})")
        insert_rows(db, insert, rows)
        assert db.execute("SELECT * FROM wide ORDER BY rowid").fetchall() == rows
