"""A gazetteer → the file that ships, and back."""

import gzip
import sqlite3
from contextlib import closing

from msgspec.structs import astuple, fields

from store.db import migrate
from store.model.text import fold
from store.places.build.rows import Gazetteer, PlaceRow
from store.places.name_key import name_key

_TABLES = ("places", "place_names")

Rows = dict[str, list[tuple[object, ...]]]


def pack(gazetteer: Gazetteer) -> bytes:
    """Return the packed database of a gazetteer: its two tables, laid as the store lays them."""
    with closing(_memory()) as store:
        migrate.build(store)
        _insert(store, gazetteer)
        return pack_tables(store)


def pack_tables(store: sqlite3.Connection) -> bytes:
    """Return the two tables of a store as a packed database."""
    with closing(_memory()) as file:
        for table in _TABLES:
            (sql,) = store.execute(
                "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
            ).fetchone()
            file.execute(sql)
            rows = store.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            marks = ", ".join("?" * len(rows[0]))
            file.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        file.execute("VACUUM")
        return gzip.compress(file.serialize(), 9, mtime=0)


def unpack(packed: bytes) -> Rows:
    """Return the rows of a packed gazetteer, by table: two builds may lay the same rows apart."""
    with closing(_memory()) as file:
        file.deserialize(gzip.decompress(packed))
        return {
            table: file.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in _TABLES
        }


def _insert(db: sqlite3.Connection, gazetteer: Gazetteer) -> None:
    columns = [field.name for field in fields(PlaceRow)]
    marks = ", ".join("?" * len(columns))
    db.executemany(
        f"INSERT INTO places ({', '.join(columns)}) VALUES ({marks})",
        [astuple(place) for place in gazetteer.places],
    )
    db.executemany(
        "INSERT INTO place_names (place_id, folded, name, kind, key) VALUES (?, ?, ?, ?, ?)",
        [(n.place_id, fold(n.name), n.name, n.kind, name_key(n.name)) for n in gazetteer.names],
    )


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)
