"""Who asked to be told when there is something on record about a place: told once, then forgotten.

It is no watch: it ends with the first entry that answers it, or after 30 days. What is to be told
becomes a notice in the transaction that ends the inquiry, so a stop can neither lose nor repeat it.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from store.db.as_list import as_list
from store.db.part import Part, query, update
from store.model.ref import ENTRY, PLACE, Ref
from store.model.refusals import Already, State
from store.model.subject import Subject
from store.record.entry_rows import moment
from store.workflow.notices import PendingNotice, tell

KEPT = timedelta(days=30)
MOST_A_PERSON = 20
_AT_ONCE = 200
_FITS = "(i.actor_id = 0 OR e.actor_id = i.actor_id) AND (i.type = '' OR e.type = i.type)"
"""Whether an entry `e` is by whom an inquiry `i` is about, and of its kind."""


class Inquirer(Struct, frozen=True):
    """A person of a platform."""

    platform: str
    person: str


class Inquiry(Struct, frozen=True):
    """What somebody asked to be told of."""

    id: int
    subject: Subject
    place: str
    ends_at: datetime


def _add(db: sqlite3.Connection, who: Inquirer, subject: Subject, at: datetime) -> bool:
    """Have somebody told once; False if they are already. Already if they ask for too much."""
    if len(_of(db, who)) >= MOST_A_PERSON:
        raise Already(Ref(PLACE, subject.place_id), State.FULL)
    (seen,) = db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    added = db.execute(
        "INSERT OR IGNORE INTO inquiries"
        " (platform, person, place_id, actor_id, type, seen, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(who.platform, who.person),
            *(subject.place_id, subject.actor_id, subject.type),
            *(seen, moment(at + KEPT)),
        ),
    )
    return added.rowcount == 1


def _remove(db: sqlite3.Connection, who: Inquirer, place_id: int) -> bool:
    """Tell somebody no more about a place; False if there was nothing to end."""
    gone = db.execute(
        "DELETE FROM inquiries WHERE platform = ? AND person = ? AND place_id = ?",
        (who.platform, who.person, place_id),
    )
    return gone.rowcount > 0


def _of(db: sqlite3.Connection, who: Inquirer) -> tuple[Inquiry, ...]:
    """Return what somebody asked to be told of."""
    rows = db.execute(
        "SELECT i.id, i.place_id, i.actor_id, i.type, p.name, i.ends_at FROM inquiries i"
        " CROSS JOIN places p ON p.id = i.place_id WHERE i.platform = ? AND i.person = ?",
        (who.platform, who.person),
    )
    return tuple(
        Inquiry(number, Subject(place, actor, type_), name, datetime.fromisoformat(ends))
        for number, place, actor, type_, name, ends in sorted(rows)
    )


def _settle(db: sqlite3.Connection, at: datetime) -> int:
    """Make notices of what can be told by now, and let go what has ended; return how many."""
    db.execute("DELETE FROM inquiries WHERE ends_at <= ?", (moment(at),))
    rows = db.execute(
        "SELECT i.id, i.platform, i.person, i.place_id, min(t.entry_id) FROM inquiries i"
        " CROSS JOIN entry_places t ON t.place_id = i.place_id AND t.entry_id > i.seen"
        " AND t.live = 1 CROSS JOIN entries e ON e.id = t.entry_id"
        f" WHERE {_FITS} GROUP BY i.id LIMIT ?",
        (_AT_ONCE,),
    ).fetchall()
    for number, platform, person, place_id, entry_id in rows:
        line = f"/tell {Ref(PLACE, place_id)} news:{Ref(ENTRY, entry_id)}"
        tell(db, PendingNotice(f"I-{number}", platform, person, line), at)
        db.execute("DELETE FROM inquiries WHERE id = ?", (number,))
    return len(rows)


def _count_asking(db: sqlite3.Connection, entry_ids: Sequence[int]) -> int:
    """Return how many people asked to be told of what these entries say."""
    rows = db.execute(
        "SELECT i.platform, i.person FROM json_each(?) AS wanted"
        " CROSS JOIN entry_places t ON t.entry_id = wanted.value AND t.live = 1"
        " CROSS JOIN inquiries i ON i.place_id = t.place_id AND i.seen < t.entry_id"
        " CROSS JOIN entries e ON e.id = t.entry_id"
        f" WHERE {_FITS}",
        (as_list(entry_ids),),
    )
    return len(set(rows))


def _clear(db: sqlite3.Connection) -> None:
    """Let go of all that anybody asked to be told of."""
    db.execute("DELETE FROM inquiries")


class Inquiries(Part):
    """What people asked to be told of."""

    add = update(_add)
    remove = update(_remove)
    of = query(_of)
    count_asking = query(_count_asking)
    settle = update(_settle)
    clear = update(_clear)
