"""Speakers and assessors, by any of their names."""

import sqlite3

from store.db.part import Part, query
from store.model.entry import Actor
from store.model.text import fold
from store.queries.person_names import Likeness, is_called, name_likeness
from store.queries.spelling import LOOKED_AT, closest

_ACTOR = "a.id, a.name, a.role, a.kind"
_CANDIDATES = 60


def find_by_name(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors of exactly this name or alias."""
    rows = db.execute(
        f"SELECT DISTINCT {_ACTOR} FROM actor_names n CROSS JOIN actors a ON a.id = n.actor_id"
        " WHERE n.folded = ? ORDER BY n.actor_id",
        (fold(text),),
    )
    return tuple(Actor(*row) for row in rows)


def find_called(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors one of whose names, or a person's surname, `text` is in any spelling."""
    rows = db.execute(
        f"SELECT {_ACTOR}, n.name FROM (SELECT actor_id, name FROM actor_names LIMIT ?) n"
        " CROSS JOIN actors a ON a.id = n.actor_id",
        (LOOKED_AT,),
    )
    actors = [(Actor(*columns), name) for *columns, name in rows]
    called = {
        actor for actor, name in actors if is_called(text, name, person=actor.kind == "person")
    }
    return tuple(sorted(called, key=lambda actor: actor.id))


def like(db: sqlite3.Connection, text: str, limit: int) -> tuple[Actor, ...]:
    """Return actors one of whose names starts like `text`, best first."""
    wanted = fold(text)[:60]
    rows = db.execute(
        f"SELECT {_ACTOR} FROM (SELECT actor_id FROM actor_names"
        " WHERE folded >= ? AND folded < ? ORDER BY folded, actor_id LIMIT ?) n"
        " CROSS JOIN actors a ON a.id = n.actor_id",
        (wanted, wanted + "\U0010ffff", _CANDIDATES),
    )
    actors = dict.fromkeys(Actor(*row) for row in rows)
    return tuple(actors)[:limit]


def find_meant(db: sqlite3.Connection, text: str) -> tuple[Actor, ...]:
    """Return the actors whom words name in a sentence: declined, titled, by surname alone.

    Those whom they name most surely; several where they are equally sure.
    """
    rows = db.execute(
        f"SELECT {_ACTOR}, n.name FROM (SELECT actor_id, name FROM actor_names LIMIT ?) n"
        " CROSS JOIN actors a ON a.id = n.actor_id",
        (LOOKED_AT,),
    )
    best: dict[Actor, Likeness] = {}
    for *columns, name in rows:
        actor = Actor(*columns)
        likeness = name_likeness(text, name, person=actor.kind == "person")
        if likeness >= Likeness.SURNAME:
            best[actor] = max(likeness, best.get(actor, likeness))
    surest = max(best.values(), default=Likeness.NONE)
    likely = (actor for actor, likeness in best.items() if likeness == surest)
    return tuple(sorted(likely, key=lambda actor: actor.id))


def _near(db: sqlite3.Connection, text: str, limit: int) -> tuple[Actor, ...]:
    """Return actors one of whose names is spelt much like `text`, best first."""
    names = db.execute("SELECT actor_id, folded FROM actor_names LIMIT ?", (LOOKED_AT,))
    actors = (get(db, number) for number in closest(text, names, limit))
    return tuple(actor for actor in actors if actor is not None)


def get(db: sqlite3.Connection, actor_id: int) -> Actor | None:
    """Return an actor by number."""
    row = db.execute(f"SELECT {_ACTOR} FROM actors a WHERE a.id = ?", (actor_id,)).fetchone()
    return None if row is None else Actor(*row)


class Actors(Part):
    """Who says and who judges."""

    get = query(get)
    by_name = query(find_by_name)
    like = query(like)
    near = query(_near)
    meant = query(find_meant)
