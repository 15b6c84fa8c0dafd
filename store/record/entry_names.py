"""How the record names what entries are about and who speaks in them: their rows hold it too."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct

from store.db.as_list import as_list
from store.model.filing import Filing


class EntryNames(Struct, frozen=True):
    """What rows of entries say of places and speakers, by their numbers.

    Of a place its name and its local one; of a speaker name and role, and apart from that every
    name with the roles in all languages.
    """

    places: Mapping[int, str]
    speakers: Mapping[int, str]
    every_name: Mapping[int, str]


def read_names(db: sqlite3.Connection, filings: Iterable[Filing]) -> EntryNames:
    """Return the names that the rows of some entries need."""
    place_ids: set[int] = set()
    actor_ids: set[int] = set()
    for filing in filings:
        place_ids.update([at.place_id for at in filing.places])
        if filing.actor_id is not None:
            actor_ids.add(filing.actor_id)
    places = _list_named(db, _PLACES, place_ids)
    actors = _list_named(db, _ACTORS, actor_ids)
    return EntryNames(
        dict(places),
        {number: spoken for number, spoken, _ in actors},
        {number: every for number, _, every in actors},
    )


_PLACES = (
    "SELECT p.id, p.name || ' ' || p.local_name FROM json_each(?) wanted"
    " CROSS JOIN places p ON p.id = wanted.value"
)
_ACTORS = (
    "SELECT a.id, a.name || ' ' || a.role, a.name || ' ' || a.role || ' ' || a.local_role"
    " || ' ' || coalesce((SELECT group_concat(n.name, ' ') FROM actor_names n"
    " WHERE n.actor_id = a.id), '') FROM json_each(?) wanted"
    " CROSS JOIN actors a ON a.id = wanted.value"
)


def _list_named(db: sqlite3.Connection, sql: str, numbers: Collection[int]) -> list[Any]:
    """Return what a statement says of those numbers; nothing is asked where there is none."""
    return list(db.execute(sql, (as_list(numbers),))) if numbers else []
