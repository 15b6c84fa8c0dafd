"""The log of the record: its revisions, newest first, by whom and of what."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.ref import BATCH, DRAFT, ENTRY, SOURCE, Ref
from store.model.revision import Person, Revision
from store.model.text import fold
from store.queries.situation import read_controls, read_event_types
from store.record.naming import TABLES
from store.record.revisions import CHAIN, COLUMNS, first_since, revision_of


class LogFilter(Struct, frozen=True):
    """Which revisions: of a target such as E-42, by somebody, since a moment, before a number.

    Those of an import, B-1, are also those of all that it filed, and took back.
    """

    target: str = ""
    by: Person | None = None
    since: datetime | None = None
    before: int = 2**62


_OF_ONE = (
    " FROM revision_people p INDEXED BY revision_people_who CROSS JOIN revisions r ON r.seq = p.seq"
    " CROSS JOIN revision_bodies b ON b.seq = p.seq"
)


_OF_BATCH = (
    "SELECT seq FROM (SELECT seq FROM revisions WHERE target = ?1"
    " UNION ALL SELECT seq FROM revisions WHERE key > 'import:' || ?1 || ':'"
    " AND key < 'import:' || ?1 || ';'"
    " UNION ALL SELECT seq FROM revisions WHERE key > 'undo:' || ?1 || ':'"
    " AND key < 'undo:' || ?1 || ';') WHERE seq < ?2 ORDER BY seq DESC LIMIT ?3"
)
"""An import's revisions are named by their keys, so they come from two ranges of one index."""


def page(db: sqlite3.Connection, wanted: LogFilter, size: int) -> tuple[Revision, ...]:
    """Return up to `size` revisions, newest first."""
    source, seq = CHAIN, "r.seq"
    where: list[str] = []
    values: list[Any] = []
    batch = Ref.match(wanted.target)
    if batch is not None and batch.kind is BATCH:  # all of it is by one person
        numbers = db.execute(_OF_BATCH, (wanted.target, wanted.before, size)).fetchall()
        where.append("r.seq IN (SELECT value FROM json_each(?))")
        values.append(as_list([number for (number,) in numbers]))
    elif wanted.target:
        where.append("r.target = ?")
        values.append(wanted.target)
    if wanted.by is not None:
        if not wanted.target:  # else the few of the target are read, and whose they are
            source, seq = _OF_ONE, "p.seq"
        where.append("json_extract(p.person, '$.platform') = ?")
        where.append("json_extract(p.person, '$.id') = ?")
        values += [wanted.by.platform, wanted.by.id]
    first = first_since(db, wanted.since) if wanted.since else 0
    where += [f"{seq} >= ?", f"{seq} < ?"]
    rows = db.execute(
        f"SELECT {COLUMNS}{source} WHERE {' AND '.join(where)} ORDER BY {seq} DESC LIMIT ?",
        (*values, first, wanted.before, size),
    )
    return tuple(revision_of(row) for row in rows)


class RecordedName(Struct, frozen=True):
    """What something is called on record; a place has a local name too, and a speaker may."""

    name: str
    local_name: str = ""


def names(db: sqlite3.Connection, refs: Iterable[str]) -> dict[str, RecordedName]:
    """Return the names of places, speakers and sources by reference; all control statuses."""
    by_ref: dict[str, RecordedName] = {}
    things = [ref for ref in map(Ref.match, refs) if ref is not None]
    for kind, table in TABLES.items():
        numbers = [ref.number for ref in things if ref.kind is kind]
        local = "''" if kind is SOURCE else "t.local_name"
        rows = db.execute(
            f"SELECT t.id, t.name, {local} FROM json_each(?) wanted CROSS JOIN {table} t"
            " ON t.id = wanted.value",
            (as_list(numbers),),
        )
        by_ref |= {str(Ref(kind, number)): RecordedName(*name) for number, *name in rows}
    terms = {f"control:{status.key}": status.label for status in read_controls(db)}
    terms |= {f"type:{kind.key}": kind.label for kind in read_event_types(db)}
    return by_ref | {ref: RecordedName(label) for ref, label in terms.items()}


_EVERY_TABLE = TABLES | {ENTRY: "entries", DRAFT: "drafts", BATCH: "batches"}


def _has(db: sqlite3.Connection, ref: Ref) -> bool:
    """Tell whether something has a reference, or had it and left a trace."""
    row = db.execute(
        f"SELECT 1 FROM {_EVERY_TABLE[ref.kind]} WHERE id = ?"
        " UNION ALL SELECT 1 FROM revisions WHERE target = ? LIMIT 1",
        (ref.number, str(ref)),
    ).fetchone()
    return row is not None


def _authors(db: sqlite3.Connection, name: str) -> tuple[Person, ...]:
    """Return those on record whose shown name starts with `name`, or of that platform:id."""
    people = [Person(*row) for row in db.execute("SELECT platform, id, name FROM authors")]
    if exact := [person for person in people if f"{person.platform}:{person.id}" == name]:
        return tuple(exact)
    wanted = fold(name)
    matching = [person for person in people if fold(person.name).startswith(wanted)]
    return tuple(sorted(matching, key=lambda person: (person.name, person.platform, person.id)))


class AuditLog(Part):
    """What was done to the record."""

    page = query(page)
    names = query(names)
    authors = query(_authors)
    has = query(_has)
