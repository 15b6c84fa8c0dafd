"""What the desk covers: the situation's name and terms, and how much is on record."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from store.db.part import Part, query
from store.model.entry import CAP, Kind, Total, day_number, number_day


class Situation(Struct, frozen=True):
    """What is covered, how many entries of each kind there are, and how fresh they are."""

    name: str
    about: str
    totals: Mapping[Kind, Total]
    places: int
    newest_day: date | None
    changed_at: datetime | None
    head: tuple[int, str]


class ControlStatus(Struct, frozen=True):
    """A status that control of a place can have here: `key` on record, the rest as it is shown."""

    key: str
    label: str
    symbol: str
    labels: Mapping[str, str] = {}


class EventType(Struct, frozen=True):
    """A kind of event that is told apart here: `key` on record, the rest as it is shown."""

    key: str
    label: str
    labels: Mapping[str, str] = {}


def read_controls(db: sqlite3.Connection) -> tuple[ControlStatus, ...]:
    """Return the statuses of control, in the order in which they are shown."""
    rows = db.execute("SELECT position, key, label, symbol, labels FROM controls").fetchall()
    return tuple(
        ControlStatus(key, label, symbol, json.loads(labels))
        for _, key, label, symbol, labels in sorted(rows)
    )


def read_event_types(db: sqlite3.Connection) -> tuple[EventType, ...]:
    """Return the kinds of event, in the order in which they are shown."""
    rows = db.execute("SELECT position, key, label, labels FROM event_types").fetchall()
    return tuple(
        EventType(key, label, json.loads(labels)) for _, key, label, labels in sorted(rows)
    )


def _situation(db: sqlite3.Connection, today: date) -> Situation:
    """Return the situation as it stands on record; its newest day is none that is to come."""
    meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
    totals, days = {}, []
    for kind in Kind:
        live = "entries WHERE kind = ? AND retracted_at IS NULL"
        (number,) = db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {live} LIMIT {CAP + 1})", (kind,)
        ).fetchone()
        totals[kind] = Total(min(number, CAP), capped=number > CAP)
        days += db.execute(
            f"SELECT latest FROM {live} AND latest <= ? ORDER BY latest DESC LIMIT 1",
            (kind, day_number(today)),
        ).fetchall()
    (places,) = db.execute("SELECT count(*) FROM places").fetchone()
    head = db.execute("SELECT seq, digest, at FROM revisions ORDER BY seq DESC LIMIT 1").fetchone()
    return Situation(
        name=meta.get("name", ""),
        about=meta.get("about", ""),
        totals=totals,
        places=places,
        newest_day=number_day(max(days)[0]) if days else None,
        changed_at=datetime.fromisoformat(head[2]) if head else None,
        head=(head[0], head[1].hex()) if head else (0, ""),
    )


class Situations(Part):
    """The one situation of this store."""

    now = query(_situation)
    controls = query(read_controls)
    event_types = query(read_event_types)
