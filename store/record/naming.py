"""What a place, a speaker or a source is called on record."""

import sqlite3

from store.model.text import fold

TABLES = {"P": "places", "A": "actors", "S": "sources"}


def write_name(db: sqlite3.Connection, target: str, name: str) -> None:
    """Write another name over the one that a thing has."""
    table = TABLES[target[0]]
    folded = ", folded = :folded" if table == "sources" else ""
    db.execute(
        f"UPDATE {table} SET name = :name{folded} WHERE id = :id",
        {"name": name, "folded": fold(name), "id": int(target[2:])},
    )
