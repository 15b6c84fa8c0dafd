"""Many rows of one table in few statements.

SQLite makes the list of a `CHECK (… IN (…))` anew in every statement, and that takes as long as all
else there is to writing a row: in a statement of many rows it is made once for all of them.
"""

import sqlite3
from collections.abc import Sequence
from functools import cache
from itertools import chain

Row = Sequence[str | bytes | int | None]

_FEW = 64
_VALUES = 32_766  # that a statement takes wherever SQLite is built as it comes


def insert_rows(db: sqlite3.Connection, insert: str, rows: Sequence[Row]) -> None:
    """Write rows by the statement for one of them, which ends in its marks.

    A statement has a power of two of rows, so that a dozen kept ones do for any number; few rows go
    one by one. Full text writes out what it has at the end of each: give it few at a time.
    """
    start = 0
    while len(rows) - start >= _FEW:
        most = min(len(rows) - start, _VALUES // len(rows[0]))
        together = 1 << (most.bit_length() - 1)
        values = list(chain.from_iterable(rows[start : start + together]))
        db.execute(_for_many(insert, together), values)
        start += together
    db.executemany(insert, rows[start:])


@cache
def _for_many(insert: str, rows: int) -> str:
    head, values, marks = insert.rpartition(" VALUES ")
    return head + values + ", ".join([marks] * rows)
