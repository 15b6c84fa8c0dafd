"""Many rows of one table in one statement.

SQLite makes the list of a `CHECK (… IN (…))` anew in every statement, and that takes as long as all
else there is to writing a row: in a statement of many rows it is made once for all of them.
"""

import sqlite3
from collections.abc import Sequence
from functools import cache
from itertools import chain

Row = Sequence[str | bytes | int | None]

_TOGETHER = 1000  # rows of one statement
_VALUES = 32_766  # that a statement takes wherever SQLite is built as it comes


def insert_rows(db: sqlite3.Connection, insert: str, rows: Sequence[Row]) -> None:
    """Write rows by the statement for one of them, which ends in its marks.

    Not for full text, of which SQLite writes out what it has before each statement of many rows.
    """
    start = 0
    if len(rows) >= _TOGETHER:
        together = min(_TOGETHER, _VALUES // len(rows[0]))
        statement = _for_many(insert, together)
        for start in range(together, len(rows) + 1, together):
            part = rows[start - together : start]
            db.execute(statement, list(chain.from_iterable(part)))
    db.executemany(insert, rows[start:])


@cache
def _for_many(insert: str, rows: int) -> str:
    head, values, marks = insert.rpartition(" VALUES ")
    return head + values + ", ".join([marks] * rows)
