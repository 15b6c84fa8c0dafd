"""Speakers and assessors, by any of their names."""

import sqlite3
from collections.abc import Iterator, Mapping

from store.db.part import Part, query
from store.model.entry import Actor
from store.model.spelling import LOOKED_AT, closest
from store.model.text import fold
from store.queries.person_names import Likeness, is_begun, is_called, name_likeness

COLUMNS = "a.id, a.name, a.role, a.kind, a.local_name, a.local_role"
_CANDIDATES = 60


def find_by_name(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors of exactly this name or alias."""
    rows = db.execute(
        f"SELECT DISTINCT {COLUMNS} FROM actor_names n CROSS JOIN actors a ON a.id = n.actor_id"
        " WHERE n.folded = ? ORDER BY n.actor_id",
        (fold(text),),
    )
    return tuple(Actor(*row) for row in rows)


def find_called(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors one of whose names, or a person's surname, `text` is in any spelling."""
    called = {
        actor for actor, name in _read_names(db) if is_called(text, name, person=_is_person(actor))
    }
    return tuple(sorted(called, key=lambda actor: actor.id))


def like(db: sqlite3.Connection, text: str, limit: int) -> tuple[Actor, ...]:
    """Return actors one of whose names starts like `text`, best first."""
    wanted = fold(text)[:60]
    rows = db.execute(
        f"SELECT {COLUMNS} FROM (SELECT actor_id FROM actor_names"
        " WHERE folded >= ? AND folded < ? ORDER BY folded, actor_id LIMIT ?) n"
        " CROSS JOIN actors a ON a.id = n.actor_id",
        (wanted, wanted + "\U0010ffff", _CANDIDATES),
    )
    actors = dict.fromkeys(Actor(*row) for row in rows)
    return tuple(actors)[:limit]


def find_begun(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors one of whose names begins with `text`, into what tells them apart."""
    wanted = fold(text)
    likeness = {
        actor: Likeness.SURNAME
        for actor, name in _read_names(db)
        if fold(name).startswith(wanted) and is_begun(text, name, person=_is_person(actor))
    }
    return _surest(likeness)


def find_meant(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors whom words name in a sentence: declined, titled, by surname alone.

    Those whom they name most surely; several where they are equally sure.
    """
    alone = len(text.split()) == 1  # one name of a person's is a surname, however it is on record
    likeness: dict[Actor, Likeness] = {}
    for actor, name in _read_names(db):
        person = _is_person(actor)
        likely = name_likeness(text, name, person=person)
        if likely >= Likeness.SURNAME:
            likely = Likeness.SURNAME if alone and person else likely
            likeness[actor] = max(likely, likeness.get(actor, likely))
    return _surest(likeness)


def find_hinted(db: sqlite3.Connection, text: str, limit: int) -> tuple[Actor, ...]:
    """Return the actors whom a first name, a word of a role or the beginning of either may mean."""
    hinted = (
        actor
        for actor, name in _read_names(db)
        if name_likeness(text, name, person=_is_person(actor)) > Likeness.NONE
    )
    return tuple(dict.fromkeys((*like(db, text, limit), *hinted)))[:limit]


def _surest(likeness: Mapping[Actor, Likeness]) -> tuple[Actor, ...]:
    surest = max(likeness.values(), default=Likeness.NONE)
    likely = (actor for actor, how_likely in likeness.items() if how_likely == surest)
    return tuple(sorted(likely, key=lambda actor: actor.id))


def _read_names(db: sqlite3.Connection) -> Iterator[tuple[Actor, str]]:
    rows = db.execute(
        f"SELECT {COLUMNS}, n.name FROM (SELECT actor_id, name FROM actor_names LIMIT ?) n"
        " CROSS JOIN actors a ON a.id = n.actor_id",
        (LOOKED_AT,),
    )
    for *columns, name in rows:
        yield Actor(*columns), name


def _is_person(actor: Actor) -> bool:
    return actor.kind == "person"


def _near(db: sqlite3.Connection, text: str, limit: int) -> tuple[Actor, ...]:
    """Return actors one of whose names is spelt much like `text`, best first."""
    names = db.execute("SELECT actor_id, folded FROM actor_names LIMIT ?", (LOOKED_AT,))
    actors = (get(db, number) for number in closest(text, names, limit))
    return tuple(actor for actor in actors if actor is not None)


def get(db: sqlite3.Connection, actor_id: int) -> Actor | None:
    """Return an actor by number."""
    row = db.execute(f"SELECT {COLUMNS} FROM actors a WHERE a.id = ?", (actor_id,)).fetchone()
    return None if row is None else Actor(*row)


class Actors(Part):
    """Who says and who judges."""

    get = query(get)
    by_name = query(find_by_name)
    like = query(like)
    near = query(_near)
    meant = query(find_meant)
    called = query(find_called)
    begun = query(find_begun)
    hinted = query(find_hinted)
