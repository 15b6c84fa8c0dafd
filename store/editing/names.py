"""What speakers, sources and places are called: one more name, or another from now on."""

import sqlite3
from collections.abc import Sequence
from typing import TypeAlias

from store.model.errors import Already, State
from store.model.text import fold
from store.places.gazetteer import DESK_KINDS, add_names
from store.record.revisions import Change

TABLES = {"P": "places", "A": "actors", "S": "sources"}

Name: TypeAlias = list[str]
"""A name as it is written, and of which kind it is (a place's; empty for a speaker's)."""


def name_actor(db: sqlite3.Connection, number: int, alias: str) -> Change:
    """Give a speaker one more name."""
    if _name_row(db, f"A-{number}", alias):
        raise Already(f"A-{number}", State.NAMED)
    bears(db, number, alias)
    return Change(f"A-{number}", {"unnamed": alias}, {"alias": alias})


def name_place(db: sqlite3.Connection, number: int, alias: str) -> Change:
    """Give a place one more name."""
    known = _name_row(db, f"P-{number}", alias)
    if known and known[1] in DESK_KINDS:  # the desk's own word for a name makes it weigh more
        raise Already(f"P-{number}", State.NAMED)
    add_names(db, [(number, alias, "alias")])
    return Change(f"P-{number}", {"unnamed": alias, "names": [known]}, {"alias": alias})


def prefer(db: sqlite3.Connection, target: str, name: str) -> Change:
    """Call a thing by another name from now on; the one it had still finds it, but a source's."""
    table, number = TABLES[target[0]], int(target[2:])
    (before,) = db.execute(f"SELECT name FROM {table} WHERE id = ?", (number,)).fetchone()
    if before == name:
        raise Already(target, State.SAME)
    names = [_name_row(db, target, one) for one in (before, name)]
    call(db, target, name)
    if table == "actors":
        bears(db, number, name)
    elif table == "places":
        if names[0] and names[0][1] == "preferred":
            add_names(db, [(number, names[0][0], "alias")])
        add_names(db, [(number, name, "preferred")])
    return Change(target, {"name": before, "names": names}, {"name": name})


def call(db: sqlite3.Connection, target: str, name: str) -> None:
    """Write another name over the one that a thing has."""
    table = TABLES[target[0]]
    folded = ", folded = :folded" if table == "sources" else ""
    db.execute(
        f"UPDATE {table} SET name = :name{folded} WHERE id = :id",
        {"name": name, "folded": fold(name), "id": int(target[2:])},
    )


def _name_row(db: sqlite3.Connection, target: str, name: str) -> Name | None:
    """Return a name as the thing bears it, or None."""
    match target[0]:
        case "A":
            sql = "SELECT name, '' FROM actor_names WHERE folded = ? AND actor_id = ?"
        case "P":
            sql = "SELECT name, kind FROM place_names WHERE folded = ? AND place_id = ?"
        case _:
            return None
    found = db.execute(sql, (fold(name), int(target[2:]))).fetchone()
    return list(found) if found else None


def unname(db: sqlite3.Connection, target: str, name: str, names: Sequence[Name | None]) -> None:
    """Take a name away from a speaker or a place, and write those that were there as they were."""
    number, kept = int(target[2:]), [one for one in names if one]
    if target[0] == "A":
        db.execute(
            "DELETE FROM actor_names WHERE folded = ? AND actor_id = ?", (fold(name), number)
        )
        for spelt, _ in kept:
            bears(db, number, spelt)
    elif target[0] == "P":
        if fold(name) not in {fold(spelt) for spelt, _ in kept}:
            db.execute(
                "DELETE FROM place_names WHERE place_id = ? AND folded = ?", (number, fold(name))
            )
        for spelt, kind in kept:
            db.execute(
                "UPDATE place_names SET name = ?, kind = ? WHERE folded = ? AND place_id = ?",
                (spelt, kind, fold(spelt), number),
            )


def bears(db: sqlite3.Connection, number: int, name: str) -> None:
    """Let a speaker be found by a name."""
    db.execute(
        "INSERT OR REPLACE INTO actor_names (actor_id, name, folded) VALUES (?, ?, ?)",
        (number, name, fold(name)),
    )
