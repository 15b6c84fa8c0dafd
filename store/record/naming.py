"""What a place, a speaker or a source is called on record."""

import sqlite3

from store.model.ref import Ref, RefKind
from store.model.text import fold

TABLES = {RefKind.PLACE: "places", RefKind.ACTOR: "actors", RefKind.SOURCE: "sources"}


def write_name(db: sqlite3.Connection, target: str, name: str) -> None:
    """Write another name over the one that a thing has."""
    ref = Ref.parse(target)
    table = TABLES[ref.kind]
    folded = ", folded = :folded" if table == "sources" else ""
    db.execute(
        f"UPDATE {table} SET name = :name{folded} WHERE id = :id",
        {"name": name, "folded": fold(name), "id": ref.number},
    )
