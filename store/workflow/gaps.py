"""What people asked and the record did not answer: the number of a day, and nothing of who asked.

Who asks is told apart in memory alone, and only until midnight (bot/gap_tally.py).
"""

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from store.db.part import Part, query, update, update_aside
from store.model.entry import Kind
from store.model.subject import Subject

FEWEST = 3
"""People of a day; fewer are not written."""
KEPT = timedelta(days=90)


class DayCount(Struct, frozen=True):
    """How many people asked about something on a day, at least."""

    subject: Subject
    day: date
    people: int


class Gap(Struct, frozen=True):
    """What was asked in vain, by place, speaker and type.

    On `days` days three or more asked, on its `busiest` day `people` of them. `newest` is the
    number of the place's newest entry, None if it has none; `waiting` asked to be told.
    """

    subject: Subject
    days: int
    busiest: date
    people: int
    newest: int | None
    waiting: int


def _keep(db: sqlite3.Connection, counts: Iterable[DayCount], today: date) -> None:
    """Keep the numbers of days, the higher where one is there; let go of those kept long enough."""
    for count in counts:
        subject = count.subject
        if count.people >= FEWEST:
            db.execute(
                "INSERT INTO gaps VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                " SET people = max(people, excluded.people)",
                (
                    *(subject.place_id, subject.actor_id, subject.type),
                    *(count.day.isoformat(), count.people),
                ),
            )
    db.execute("DELETE FROM gaps WHERE day <= ?", ((today - KEPT).isoformat(),))


def _largest(db: sqlite3.Connection, most: int) -> tuple[Gap, ...]:
    """Return what was asked in vain, on most days first."""
    rows = db.execute(
        "SELECT place_id, actor_id, type, count(*) AS days, day, max(people) AS people FROM gaps"
        " GROUP BY place_id, actor_id, type ORDER BY days DESC, people DESC LIMIT ?",
        (most,),
    ).fetchall()
    return tuple(
        Gap(
            subject := Subject(place, actor, type_),
            *(days, date.fromisoformat(day), people),
            _find_newest(db, place),
            _count_waiting(db, subject),
        )
        for place, actor, type_, days, day, people in rows
    )


def _find_newest(db: sqlite3.Connection, place_id: int) -> int | None:
    newest = [
        row
        for kind in Kind
        for row in db.execute(
            "SELECT latest, entry_id FROM entry_places WHERE place_id = ? AND kind = ?"
            " AND live = 1 ORDER BY latest DESC, entry_id DESC LIMIT 1",
            (place_id, kind),
        )
    ]
    return int(max(newest)[1]) if newest else None


def _count_waiting(db: sqlite3.Connection, subject: Subject) -> int:
    (people,) = db.execute(
        "SELECT count(*) FROM inquiries WHERE place_id = ? AND actor_id = ? AND type = ?",
        (subject.place_id, subject.actor_id, subject.type),
    ).fetchone()
    return int(people)


def _clear(db: sqlite3.Connection) -> None:
    """Let go of all numbers."""
    db.execute("DELETE FROM gaps")


class Gaps(Part):
    """What was asked in vain."""

    keep = update_aside(_keep)
    largest = query(_largest)
    clear = update(_clear)
