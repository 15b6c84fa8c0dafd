"""The whole record as text, table by table, revisions verbatim: written, and read into a new file.

A line a row: the table's name, then the row's values in the order of its columns. The first line
says what it is, the last how many rows there were.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from store.db import migrate
from store.db.packing import teach
from store.model.refusals import NewerStore, NotAStore
from store.record.entry_words import renew_words
from store.record.revisions import head

_NOT_ON_RECORD = frozenset(
    {"state", "lines", "drafts", "notices", "inquiries", "gaps", "entry_vectors"}
)
_WORDS = ("entry_text", "retracted_text")
_GRAMS = "place_grams"  # in a store of schema 8 and before
_SIGNALS = "entry_signals"  # made anew when the store is opened
_VOCABULARIES = {"entry_vocabulary", "retracted_vocabulary", "entry_signal_terms"}
_SHIPPERS = "_litestream_"  # what a shipper of the file keeps in it for itself
_DERIVED = {_GRAMS, _SIGNALS, "entry_words", *_VOCABULARIES}
_KEPT_STATE = "people"  # by which those who were forgotten are known again
_BATCH = 5000


def record_lines(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the record as it stands in one moment, line by line."""
    teach(db)
    db.execute("BEGIN")
    try:
        seq, last = head(db)
        first = {"sitrep": "record", "schema": migrate.version(db), "head": [seq, last]}
        yield _line(first)
        count = 0
        for table, columns in _tables(db).items():
            shown = ", ".join(column.shown for column in columns)
            for row in db.execute(f"SELECT {shown} FROM {table}{_which(table)}"):
                count += 1
                yield _line([table, *row])
        yield _line({"rows": count})
    finally:
        db.execute("ROLLBACK")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


class _Column(Struct, frozen=True):
    """A column of a table: its name, how it is selected as text, and inserted from that."""

    name: str
    shown: str
    taken: str = "?"


def _tables(db: sqlite3.Connection) -> dict[str, list[_Column]]:
    """Return the tables that are on record, each with its columns."""
    rows = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    virtual = (*_WORDS, _GRAMS, _SIGNALS)
    tables = {}
    for (name,) in rows.fetchall():
        shadow = name.startswith((*(f"{table}_" for table in virtual), "sqlite_", _SHIPPERS))
        if name in _WORDS:
            tables[name] = [_Column(column, column) for column in ("rowid", "words", "tags")]
        elif (
            not shadow and name not in _DERIVED and (name not in _NOT_ON_RECORD or name == "state")
        ):
            columns = db.execute(f"SELECT name, type FROM pragma_table_info('{name}')")
            tables[name] = [_describe(name, *column) for column in columns]
    return tables


def _describe(table: str, column: str, kind: str) -> _Column:
    if (table, column) == ("packed_bodies", "body"):
        return _Column(column, f"unpack({column})", "pack(?)")
    if kind == "BLOB":
        return _Column(column, f"to_hex({column})", "from_hex(?)")
    return _Column(column, column)


def _is_history(table: str) -> bool:
    return table.startswith(("revision", "packed_bodies"))


def _which(table: str) -> str:
    if table == "state":
        return f" WHERE key = '{_KEPT_STATE}'"
    return " ORDER BY seq" if _is_history(table) else ""


def read_heading(lines: Iterator[str]) -> dict[str, Any]:
    """Return what the first line of a record says of it; NotAStore where it is another file's."""
    first = _parse_line(next(lines, ""), 1)
    if not (isinstance(first, dict) and first.get("sitrep") == "record"):
        raise NotAStore("The file is no record: its first line does not say so.")
    return first


def read_record(db: sqlite3.Connection, lines: Iterable[str]) -> None:
    """Fill an empty database from the lines of a record; NotAStore where they are not whole."""
    source = iter(lines)
    first = read_heading(source)
    schema: int = first["schema"]
    if schema > migrate.latest():
        raise NewerStore(
            f"The record was written by a later version of Sitrep (schema {schema}, this program"
            f" knows {migrate.latest()}): update the program."
        )
    migrate.build(db, schema)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN")
    for table in _tables_to_empty(db):
        db.execute(f"DELETE FROM {table}")
    complete = _fill(db, source)
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (_GRAMS,)).fetchone():
        db.execute(f"INSERT INTO {_GRAMS} ({_GRAMS}) VALUES ('rebuild')")
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry_words'").fetchone():
        renew_words(db)
    db.execute("COMMIT")
    if list(head(db)) != first["head"] or not complete:
        raise NotAStore("The record is not whole: its last lines are missing.")


def _tables_to_empty(db: sqlite3.Connection) -> list[str]:
    """Return the tables that a migration may have filled."""
    return [table for table in _tables(db) if not _is_history(table)]


def _fill(db: sqlite3.Connection, source: Iterator[str]) -> bool:
    """Insert the rows of a record; return whether it ended as it should."""
    into = _tables(db)
    waiting: list[list[Any]] = []
    table = ""
    for count, line in enumerate(source):
        row = _parse_line(line, count + 2)
        if isinstance(row, dict):
            _insert(db, table, into, waiting)
            return bool(row == {"rows": count})
        if row[0] != table or len(waiting) >= _BATCH:
            _insert(db, table, into, waiting)
            table, waiting = row[0], []
        waiting.append(row[1:])
    return False


def _insert(
    db: sqlite3.Connection, table: str, into: dict[str, list[_Column]], rows: list[list[Any]]
) -> None:
    if not rows:
        return
    if table not in into:
        raise NotAStore(f"The record has a table that no store has: {table[:40]}.")
    names = ", ".join(column.name for column in into[table])
    marks = ", ".join(column.taken for column in into[table])
    try:
        db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    except (sqlite3.Error, OverflowError) as error:
        raise NotAStore(f"The record cannot be read, at {table}: {error}.") from None


def _parse_line(line: str, number: int) -> Any:  # noqa: ANN401 -- whatever it holds
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        value = None
    if not isinstance(value, dict) and not (isinstance(value, list) and len(value) > 1):
        raise NotAStore(f"The file is no record: line {number} cannot be read.")
    return value
