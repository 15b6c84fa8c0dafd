"""Many rows at once: what functions would write one by one, gathered and written by statement."""

import gc
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

Row = tuple[Any, ...]


@contextmanager
def pause_gc() -> Iterator[None]:
    """Look for no garbage meanwhile: ten thousands of new rows are none, and asking takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class BufferedCursor(Struct, frozen=True):
    """What is asked of a cursor after a statement; whoever gathers rows numbers them."""

    row: Row | None = None
    lastrowid: int | None = None

    def fetchone(self) -> Row | None:
        return self.row


_WRITTEN = BufferedCursor()


class WriteBuffer:
    """Stands where a connection would: keeps what is to be written, and reads each thing once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._db = db
        self._read: dict[tuple[str, Row], BufferedCursor] = {}

    def execute(self, sql: str, values: Row = (), /) -> BufferedCursor:
        if not sql.startswith("SELECT"):
            self.rows[sql].append(values)
            return _WRITTEN
        asked = sql, values
        cursor = self._read.get(asked)
        if cursor is None:
            cursor = self._read[asked] = BufferedCursor(self._db.execute(sql, values).fetchone())
        return cursor

    def executemany(self, sql: str, rows: Iterable[Row], /) -> None:
        self.rows[sql].extend(rows)

    def in_order(self) -> dict[str, list[Row]]:
        """Return the rows by statement; full text wants those of one day beside each other.

        In any other order it writes out what it has so far at every row. A word is written once,
        and so is the one author of many rows.
        """
        for sql, rows in self.rows.items():
            if "INTO entry_text" in sql or "INTO entry_signals" in sql:
                rows.sort()
            elif "INTO entry_words" in sql:
                rows[:] = sorted(set(rows))
            elif "INTO authors" in sql:
                rows[:] = dict.fromkeys(rows)
        return dict(self.rows)

    def write(self) -> None:
        """Write what was gathered, in the transaction that is under way."""
        for sql, rows in self.in_order().items():
            self._db.executemany(sql, rows)
        self.rows.clear()
