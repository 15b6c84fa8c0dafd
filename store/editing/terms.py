"""The words of the situation, added to in chat: control statuses, and kinds of event."""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from store.db.part import Part
from store.model.entry import Kind
from store.model.refusals import Already, State, TermInUse
from store.model.revision import Change
from store.model.text import fold
from store.record.revisions import on_record


class NewStatus(Struct, frozen=True):
    """A status of control: its label as it is shown, and the character that stands for it.

    `labels` are its label in other languages, by their codes.
    """

    label: str
    symbol: str
    labels: Mapping[str, str] = {}

    @property
    def key(self) -> str:
        """The key on record."""
        return make_key(self.label)


class NewEventType(Struct, frozen=True):
    """A kind of event: its label as it is shown, and in other languages, by their codes."""

    label: str
    labels: Mapping[str, str] = {}

    @property
    def key(self) -> str:
        """The key on record."""
        return make_key(self.label)


def make_key(label: str) -> str:
    """Return the key of a term: the label's words, joined by underscores; "" if it has none."""
    return "_".join(re.findall(r"\w+", fold(label)))


def add_status(db: sqlite3.Connection, new: NewStatus) -> Change:
    """Put a status after those that there are; Already if one has its key or one of its labels."""
    _require_free(db.execute("SELECT key, label, labels FROM controls"), new)
    (last,) = db.execute("SELECT coalesce(max(position), -1) FROM controls").fetchone()
    db.execute(
        "INSERT INTO controls (key, label, labels, symbol, position) VALUES (?, ?, ?, ?, ?)",
        (new.key, new.label, write_labels(new.labels), new.symbol, last + 1),
    )
    content = {"key": new.key, "label": new.label, "symbol": new.symbol}
    return Change(f"status:{new.key}", None, {"status": {**content, **_labels(new)}})


def add_event_type(db: sqlite3.Connection, new: NewEventType) -> Change:
    """Put a kind of event after those that there are; Already if one has one of its names."""
    _require_free(db.execute("SELECT key, label, labels FROM event_types"), new)
    (last,) = db.execute("SELECT coalesce(max(position), -1) FROM event_types").fetchone()
    db.execute(
        "INSERT INTO event_types (key, label, labels, position) VALUES (?, ?, ?, ?)",
        (new.key, new.label, write_labels(new.labels), last + 1),
    )
    content = {"key": new.key, "label": new.label}
    return Change(f"type:{new.key}", None, {"event_type": {**content, **_labels(new)}})


def write_labels(labels: Mapping[str, str]) -> str:
    """Return labels by language as the store keeps them."""
    return json.dumps(dict(labels), ensure_ascii=False, sort_keys=True)


def _labels(new: NewStatus | NewEventType) -> dict[str, Any]:
    return {"labels": {**new.labels}} if new.labels else {}


def _require_free(known: Iterable[tuple[str, str, str]], new: NewStatus | NewEventType) -> None:
    wanted = {new.key, *map(fold, (new.label, *new.labels.values()))}
    for key, label, labels in known:
        if wanted & {key, *map(fold, (label, *json.loads(labels).values()))}:
            raise Already(key, State.NAMED)


def undo_adding(
    db: sqlite3.Connection, target: str, seq: int, after: Mapping[str, Any]
) -> Change | None:
    """Take back a term that the revision `seq` added; None if it added none.

    TermInUse names an entry that has it, or had it since: it could not be put back as it was.
    """
    match after:
        case {"status": {"key": key}}:
            field, table, of = "control", "controls", tuple(Kind)
        case {"event_type": {"key": key}}:
            field, table, of = "type", "event_types", (Kind.EVENT,)
        case _:
            return None
    if user := _user(db, field, key, of, seq):
        raise TermInUse(after[_NAMES[table]]["label"], user)
    db.execute(f"DELETE FROM {table} WHERE key = ?", (key,))
    return Change(target, after, {_NAMES[table]: None})


_NAMES = {"controls": "status", "event_types": "event_type"}
"""What a table holds, as revisions call it."""


def _user(
    db: sqlite3.Connection, field: str, key: str, kinds: Sequence[Kind], since: int
) -> str | None:
    """Return an entry of these kinds that has the term, or had it since then, if one did."""
    marks = ", ".join("?" * len(kinds))
    row = db.execute(
        "SELECT r.target FROM revisions r CROSS JOIN revision_bodies b ON b.seq = r.seq"
        " CROSS JOIN entries e ON e.id = CAST(substr(r.target, 3) AS INTEGER)"
        f" WHERE r.seq > ? AND r.target GLOB 'E-*' AND e.kind IN ({marks})"
        f" AND (e.{field} = ? OR b.body ->> '$.after.{field}' = ?) LIMIT 1",
        (since, *kinds, key, key),
    ).fetchone()
    return str(row[0]) if row else None


class Terms(Part):
    """The situation's own terms, as people add to them."""

    add_status = on_record(add_status)
    add_event_type = on_record(add_event_type)
