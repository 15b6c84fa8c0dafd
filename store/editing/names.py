"""What speakers, sources and places are called: one more name, or another from now on."""

import sqlite3
from collections.abc import Sequence
from typing import TypeAlias

from store.model.ref import ACTOR, PLACE, Ref, RefKind
from store.model.refusals import Already, Borne, State
from store.model.revision import Change
from store.model.text import fold
from store.places.gazetteer import DESK_KINDS, add_names
from store.places.ground import NEAR_KM
from store.places.name_key import name_key
from store.places.stored import StoredNames, load_ground
from store.queries.actors import find_called
from store.record.naming import TABLES, write_name

Name: TypeAlias = list[str]
"""A name as it is written, and of which kind it is (a place's; empty for a speaker's)."""

_NAMES_OF_TODAY = frozenset({"preferred", "local"})


def name_actor(db: sqlite3.Connection, number: int, alias: str) -> Change:
    """Give a speaker one more name; Borne says that it is another's name or surname."""
    if _name_row(db, Ref(ACTOR, number), alias):
        raise Already(Ref(ACTOR, number), State.NAMED)
    _ensure_no_speakers(db, number, alias)
    bears(db, number, alias)
    return Change(str(Ref(ACTOR, number)), {"unnamed": alias}, {"alias": alias})


def name_place(db: sqlite3.Connection, number: int, alias: str) -> Change:
    """Give a place one more name; Borne says that another place here is called so."""
    known = _name_row(db, Ref(PLACE, number), alias)
    if known and known[1] in DESK_KINDS:  # the desk's own word for a name makes it weigh more
        raise Already(Ref(PLACE, number), State.NAMED)
    _ensure_no_places(db, number, alias)
    add_names(db, [(number, alias, "alias")])
    return Change(str(Ref(PLACE, number)), {"unnamed": alias, "names": [known]}, {"alias": alias})


def prefer(db: sqlite3.Connection, target: str, name: str) -> Change:
    """Call a place, a speaker or a source (by reference) by another name from now on.

    The one that it had still finds it, but a source's. Borne says that the name is another's.
    """
    ref = Ref.parse(target)
    table, number = TABLES[ref.kind], ref.number
    (before,) = db.execute(f"SELECT name FROM {table} WHERE id = ?", (number,)).fetchone()
    if before == name:
        raise Already(target, State.SAME)
    names = [_name_row(db, ref, spelt) for spelt in (before, name)]
    if ref.kind is ACTOR:
        _ensure_no_speakers(db, number, name)
    elif ref.kind is PLACE:
        _ensure_no_places(db, number, name)
    write_name(db, target, name)
    if table == "actors":
        bears(db, number, name)
    elif table == "places":
        if names[0] and names[0][1] == "preferred":
            add_names(db, [(number, names[0][0], "alias")])
        add_names(db, [(number, name, "preferred")])
    return Change(target, {"name": before, "names": names}, {"name": name})


def localise(db: sqlite3.Connection, number: int, name: str) -> Change:
    """Give a speaker this name in the language of the place; Borne says that it is another's."""
    target = Ref(ACTOR, number)
    (before,) = db.execute("SELECT local_name FROM actors WHERE id = ?", (number,)).fetchone()
    if before == name:
        raise Already(target, State.SAME)
    _ensure_no_speakers(db, number, name)
    known = _name_row(db, target, name)
    write_local_name(db, number, name)
    bears(db, number, name)
    return Change(str(target), {"local_name": before, "names": [known]}, {"local_name": name})


def write_local_name(db: sqlite3.Connection, number: int, name: str) -> None:
    """Write what a speaker is called in the language of the place; empty where nothing is."""
    db.execute("UPDATE actors SET local_name = ? WHERE id = ?", (name, number))


def _ensure_no_speakers(db: sqlite3.Connection, number: int, name: str) -> None:
    """Refuse a name that is another speaker's: words that name them would lead elsewhere."""
    others = (actor for actor in find_called(db, name) if actor.id != number)
    if other := next(others, None):
        raise Borne(name, other)


def _ensure_no_places(db: sqlite3.Connection, number: int, name: str) -> None:
    """Refuse the name of today of another place on record or near what is.

    Somewhere far off many villages bear any name; nobody here means them.
    """
    ground = load_ground(db)
    for bearer in StoredNames(db).find([name_key(name)]):
        other = bearer.place
        called_so = bearer.official or bearer.kind in _NAMES_OF_TODAY
        if called_so and other.id != number and ground.measure(other) <= NEAR_KM:
            raise Borne(name, other)


def _name_row(db: sqlite3.Connection, ref: Ref, name: str) -> Name | None:
    """Return a name as the thing bears it, or None."""
    match ref.kind:
        case RefKind.ACTOR:
            sql = "SELECT name, '' FROM actor_names WHERE folded = ? AND actor_id = ?"
        case RefKind.PLACE:
            sql = "SELECT name, kind FROM place_names WHERE folded = ? AND place_id = ?"
        case _:
            return None
    row = db.execute(sql, (fold(name), ref.number)).fetchone()
    return list(row) if row else None


def unname(db: sqlite3.Connection, target: str, name: str, names: Sequence[Name | None]) -> None:
    """Take a name away from a speaker or a place, and write those that were there as they were."""
    ref, kept = Ref.parse(target), [row for row in names if row]
    number = ref.number
    if ref.kind is ACTOR:
        db.execute(
            "DELETE FROM actor_names WHERE folded = ? AND actor_id = ?", (fold(name), number)
        )
        for spelt, _ in kept:
            bears(db, number, spelt)
    elif ref.kind is PLACE:
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
