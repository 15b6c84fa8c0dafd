"""What a text can name: places, speakers and statuses of control, to be looked up while reading it.

Read-only, and on one snapshot of the record: work that asks about hundreds of names goes to the
connection once, not once a name.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from store.db.part import Part
from store.model.entry import Actor
from store.places.bearers import Names
from store.places.ground import Ground
from store.places.name_key import name_key
from store.places.stored import StoredNames, load_ground
from store.queries.actors import COLUMNS
from store.queries.situation import EventType, read_controls, read_event_types

R = TypeVar("R")

_MOST_ACTORS = 5_000
_OPENING = 3  # letters; a name that is declined or spelt otherwise keeps them
_SOFTENED = str.maketrans("szt", "hhk")  # but for the last of a stem: Бугу, Бузі


class ActorWithNames(Struct, frozen=True):
    """A speaker with all names, the own one first.

    `openings` are the first letters, as keys, of the words of which one has to stand in a text.
    """

    actor: Actor
    names: tuple[str, ...]
    openings: frozenset[str]


class KnownNames(Struct, frozen=True):
    """Names of places and the desk's ground; the speakers with all their names; the terms."""

    places: Names
    ground: Ground
    actors: Sequence[ActorWithNames] = ()
    statuses: frozenset[str] = frozenset()
    event_types: Sequence[EventType] = ()


def read_openings(*names: str) -> frozenset[str]:
    """Return how the words of names begin: two names that share none are not alike.

    It is far cheaper than comparing them, which thousands of speakers on record would make slow.
    """
    return frozenset(_fold_opening(word) for name in names for word in name.split())


def _gather_names(actor: Actor, names: Iterable[str]) -> ActorWithNames:
    every = tuple(names)
    telling = [name.rpartition(" ")[2] for name in every] if actor.kind == "person" else every
    openings = read_openings(*telling)
    return ActorWithNames(actor, every, read_openings(*every) if "" in openings else openings)


@lru_cache(4096)
def _fold_opening(word: str) -> str:
    return name_key(word[: _OPENING + 1])[:_OPENING].translate(_SOFTENED)


def load_known_names(db: sqlite3.Connection) -> KnownNames:
    """Return what the record knows; good as long as the connection's snapshot."""
    rows = db.execute(
        f"SELECT {COLUMNS}, n.name FROM (SELECT * FROM actors ORDER BY id DESC LIMIT ?) a"
        " CROSS JOIN actor_names n ON n.actor_id = a.id",
        (_MOST_ACTORS,),
    )
    names: dict[Actor, list[str]] = {}
    for *actor, name in sorted(rows):
        names.setdefault(Actor(*actor), []).append(name)
    actors = tuple(
        _gather_names(actor, dict.fromkeys((actor.name, *own))) for actor, own in names.items()
    )
    statuses = frozenset(status.key for status in read_controls(db))
    return KnownNames(StoredNames(db), load_ground(db), actors, statuses, read_event_types(db))


class NamesOnRecord(Part):
    """Lets a reader of texts look names up."""

    async def consult(self, work: Callable[[KnownNames], R]) -> R:
        """Run `work` on one snapshot of what is known."""
        return await self.db.read(lambda db: work(load_known_names(db)))
