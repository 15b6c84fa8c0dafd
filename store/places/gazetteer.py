"""The shipped gazetteer → places and their names.

The file is a packed SQLite database of two tables, laid as the store lays its own: their rows are
copied as they are, keys and all. `scripts/make_gazetteer.py` makes it.
"""

import gzip
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from store.model.text import fold
from store.places.name_key import name_key

DESK_KINDS = ("preferred", "local", "former", "alias")
"""Kinds of names that the desk gave a place itself."""
SHIPPED_KINDS = ("official", "romanised", "renamed", "other")
"""Kinds of names that the shipped gazetteer gives."""

_FILE = "gazetteer"  # the name under which the file's tables are seen
_SHIPPED = ", ".join(f"'{kind}'" for kind in SHIPPED_KINDS)


def fill(db: sqlite3.Connection, file: Path) -> int:
    """Bring the places and names of the file in, inside a transaction; return how many are new.

    The desk's own names stay, and so does a point that is better known here. `let_go` is called
    when the transaction is over.
    """
    let_go(db)
    db.execute(f"ATTACH ':memory:' AS {_FILE}")
    db.deserialize(gzip.decompress(file.read_bytes()), name=_FILE)
    (known,) = db.execute("SELECT count(*) FROM places").fetchone()
    if known:
        _renew(db)
    else:
        _copy_all(db)
    set_missing_keys(db)
    return int(db.execute("SELECT count(*) FROM places").fetchone()[0]) - int(known)


def let_go(db: sqlite3.Connection) -> None:
    """Close the file that `fill` had open; a transaction that reads it cannot."""
    if any(name == _FILE for _, name, _ in db.execute("PRAGMA database_list")):
        db.execute(f"DETACH {_FILE}")


def _copy_all(db: sqlite3.Connection) -> None:
    """Copy the tables whole. Their indexes are laid afterwards, in half the time."""
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_schema"
        " WHERE type = 'index' AND tbl_name IN ('places', 'place_names') AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    for table in ("places", "place_names"):
        columns = ", ".join(_columns(db, table))
        if _columns(db, table) == _columns(db, table, "main"):
            # Told so, SQLite hands the rows over without taking them apart.
            db.execute(f"INSERT INTO main.{table} SELECT * FROM {_FILE}.{table}")
        else:
            db.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM {_FILE}.{table}"
            )
    for _, sql in indexes:
        db.execute(sql)


def _renew(db: sqlite3.Connection) -> None:
    """Bring in what is new and what changed, and take out the names that the file has no more."""
    _renew_places(db)
    set_missing_keys(db)
    db.execute(
        "CREATE TEMP TABLE old_names AS SELECT place_id, name, key FROM main.place_names"
        " WHERE kind = 'other'"
    )
    db.execute(
        f"DELETE FROM main.place_names WHERE kind IN ({_SHIPPED})"
        f" AND place_id IN (SELECT id FROM {_FILE}.places)"
    )
    names = ", ".join(_columns(db, "place_names"))
    db.execute(
        f"INSERT INTO main.place_names ({names}) SELECT {names} FROM {_FILE}.place_names WHERE true"
        " ON CONFLICT (place_id, folded) DO UPDATE SET kind = excluded.kind"
        " WHERE kind = 'gazetteer'"
    )
    _note_misleading_names(db)
    db.execute("DROP TABLE old_names")


def _renew_places(db: sqlite3.Connection) -> None:
    columns = _columns(db, "places")
    sets = {column: f"excluded.{column}" for column in columns if column not in {"id", "key"}}
    for column, kind in (("name", "preferred"), ("local_name", "local")):
        sets[column] = (
            "iif(EXISTS (SELECT 1 FROM main.place_names n WHERE n.place_id = places.id"
            f" AND n.kind = '{kind}'), places.{column}, excluded.{column})"
        )
    for column in ("latitude", "longitude", "approximate"):
        sets[column] = (
            "iif(places.latitude IS NOT NULL AND places.approximate < excluded.approximate,"
            f" places.{column}, excluded.{column})"
        )
    listed, changes = ", ".join(columns), ", ".join(f"{c} = {value}" for c, value in sets.items())
    db.execute(
        f"INSERT INTO main.places ({listed}) SELECT {listed} FROM {_FILE}.places WHERE true"
        f" ON CONFLICT (id) DO UPDATE SET {changes}"
    )


def _note_misleading_names(db: sqlite3.Connection) -> None:
    """Keep in mind which names a place had that are the official name of another one.

    What was filed under one of them may be filed wrongly; doctor lists it.
    """
    db.execute(
        "INSERT OR IGNORE INTO misleading_names (place_id, name) SELECT old.place_id, old.name"
        " FROM old_names old WHERE EXISTS (SELECT 1 FROM main.place_names n"
        " WHERE n.key = old.key AND n.kind = 'official' AND n.place_id <> old.place_id)"
        " AND NOT EXISTS (SELECT 1 FROM main.place_names n"
        " WHERE n.key = old.key AND n.place_id = old.place_id)"
    )


def _columns(db: sqlite3.Connection, table: str, schema: str = _FILE) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA {schema}.table_info({table})")]


def add_names(db: sqlite3.Connection, names: Iterable[tuple[int, str, str]]) -> None:
    """Add names (place, name, kind). One that the place bears already takes the new kind."""
    db.executemany(
        "INSERT INTO place_names (place_id, folded, name, kind, key) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (place_id, folded) DO UPDATE SET name = excluded.name, kind = excluded.kind",
        [
            (place, folded, name, kind, name_key(name))
            for place, name, kind in names
            if (folded := fold(name))
        ],
    )


def set_missing_keys(db: sqlite3.Connection) -> None:
    """Give each name its key that has none yet: those of a store that knew no keys."""
    rows = db.execute("SELECT place_id, folded, name FROM place_names WHERE key = ''").fetchall()
    db.executemany(
        "UPDATE place_names SET key = ? WHERE place_id = ? AND folded = ?",
        [(name_key(name), place, folded) for place, folded, name in rows if name_key(name)],
    )
