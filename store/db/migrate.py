"""Numbered .sql files, each applied once, in one transaction with its record."""

import sqlite3
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from store.db.database import Tell, tell_nobody, transaction
from store.db.explain import NO_SQLITE
from store.db.packing import teach
from store.model.refusals import NewerStore, NotAStore

SCHEMA = Path(__file__).parent / "schema"
_WHOSE = """
SELECT user_version,
    (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'),
    (SELECT 1 FROM sqlite_schema WHERE type = 'table'
        AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_litestream_*')
FROM pragma_user_version
"""  # in one statement, as another process may lay the schema between two


@cache
def latest() -> int:
    """Return the version that this program's schema has."""
    return max(number for number, _ in _files())


def version(db: sqlite3.Connection) -> int:
    """Return the version of the schema in the file; 0 for a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def own_version(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of the schema in the file; NotAStore if it is another program's."""
    try:
        schema, ours, foreign = db.execute(_WHOSE).fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        is_other = error.sqlite_errorcode == sqlite3.SQLITE_NOTADB
        why = f"is no store: {NO_SQLITE}" if is_other else f"cannot be read: {error}."
        raise NotAStore(f"{path} {why}") from None
    if not (ours if schema else not foreign):
        raise NotAStore(f"{path} is no store of Sitrep: another program keeps its data there.")
    return int(schema)


def readable_version(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of the schema in the file, 0 for a new one.

    NotAStore if it is another program's, NewerStore if a later Sitrep wrote it.
    """
    schema = own_version(db, path)
    if schema > latest():
        before = copy_before(path, schema)
        back = f", or put back the copy from before: sitrep restore {before}" * before.exists()
        raise NewerStore(
            f"{path} was written by a later version of Sitrep"
            f" (schema {schema}, this program knows {latest()}): update the program{back}."
        )
    return schema


def copy_before(path: Path, schema: int) -> Path:
    """Return where the copy of a store is that was made before it was brought to a schema."""
    return path.with_name(f"{path.name}.before-{schema}")


def list_steps() -> list[tuple[int, str]]:
    """Return the steps of the schema: each with its number, and its file's name as words."""
    return [(number, file.stem.replace("_", " ")) for number, file in _files()]


def migrate(db: sqlite3.Connection, path: Path, tell: Tell = tell_nobody) -> None:
    """Bring the file up to date; a copy of an older one is left beside it first."""
    before = readable_version(db, path)
    if 0 < before < latest():
        copy = copy_before(path, latest())
        tell(f"copying it to {copy}")
        copy.unlink(missing_ok=True)
        db.execute("VACUUM INTO ?", (str(copy),))
    for number, file in _files():
        if number > before:
            if before:
                tell(f"schema {number} of {latest()}")
            transaction(db, partial(_apply, db, number, file))


def build(db: sqlite3.Connection, upto: int | None = None) -> None:
    """Lay the schema in an empty database, such as one in memory; `upto` an older version of it."""
    for number, file in _files():
        if upto is not None and number > upto:
            return
        transaction(db, partial(_apply, db, number, file))


def _apply(db: sqlite3.Connection, number: int, file: Path) -> None:
    teach(db)
    for statement in statements(file.read_text(encoding="utf-8")):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {number:d}")


def _files() -> list[tuple[int, Path]]:
    return sorted((int(file.name[:4]), file) for file in SCHEMA.glob("[0-9]*.sql"))


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements; `executescript` would commit before the first."""
    lines: list[str] = []
    for line in script.splitlines():
        if line.strip() and not line.startswith("--"):
            lines.append(line)
            if sqlite3.complete_statement("\n".join(lines)):
                yield "\n".join(lines)
                lines.clear()
