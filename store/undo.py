"""Taking back one's own last act: as a new revision, never by erasing."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from store import filing, keeping, registry
from store.database import Database
from store.errors import NoUndo, Outdated
from store.filing import restored
from store.history import Act, Change, Person, Revision, by_seq, last_of, record, stamp
from store.models import LinkType, VerdictValue

_LOOKED_AT = 50


class Undo:
    """Takes back what somebody did last."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def last(self, by: Person, since: datetime) -> Revision | None:
        """Return the last act of somebody that is not undone yet, if it is not too long ago."""
        return await self._db.read(last_by, by, since)

    async def undo(self, act: Act, since: datetime) -> Revision:
        """Take back the last act of who acts; NoUndo or Outdated says why it cannot be."""
        return await self._db.write(record, act, partial(undo, act=act, since=since))


def last_by(db: sqlite3.Connection, by: Person, since: datetime) -> Revision | None:
    """Return the newest act of somebody since a moment, but for undoing and what it undid."""
    rows = db.execute(
        "SELECT p.seq, b.body FROM revision_people p INDEXED BY revision_people_who"
        " CROSS JOIN revisions r ON r.seq = p.seq CROSS JOIN revision_bodies b ON b.seq = p.seq"
        " WHERE json_extract(p.person, '$.platform') = ? AND json_extract(p.person, '$.id') = ?"
        " AND r.at >= ? ORDER BY p.seq DESC LIMIT ?",
        (by.platform, by.id, stamp(since), _LOOKED_AT),
    )
    undone: set[int] = set()
    for seq, body in rows:
        after = (json.loads(body)["after"] if body else None) or {}
        if "undoes" in after:
            undone.add(after["undoes"])
        elif seq not in undone:
            return by_seq(db, seq)
    return None


def undo(db: sqlite3.Connection, act: Act, since: datetime) -> Change:
    """Take back the last act of who acts, in the transaction that is under way."""
    last = last_by(db, act.by, since)
    if last is None:
        raise NoUndo
    newest = last_of(db, last.target)
    if newest is None or newest.seq != last.seq:
        raise Outdated(last.target)
    change = _inverse(db, act, last)
    assert isinstance(change.after, dict)  # noqa: S101 -- every change of ours says what is after
    return Change(change.target, change.before, {**change.after, "undoes": last.seq})


def _inverse(db: sqlite3.Connection, act: Act, last: Revision) -> Change:
    after: Any = last.after or {}
    before: Any = last.before
    if last.target.startswith("E-"):
        change = _of_entry(db, act, int(last.target[2:]), before, after)
    else:
        change = registry.undone(db, last.target, before)
    if change is None:
        raise NoUndo(last.target, last.act)
    return change


def _of_entry(
    db: sqlite3.Connection,
    act: Act,
    number: int,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
) -> Change | None:
    match after:
        case {"redacted": _}:
            return None
        case {"retracted": _}:
            return keeping.restore(act, number, db=db)
        case {"restored": _}:
            assert before is not None  # noqa: S101 -- what was restored had been retracted
            again = Act(act.key, act.act, act.by, act.at, before["retracted"])
            return keeping.retract(again, number, db=db)
        case {"verdict": _}:
            was = before or {}
            value = VerdictValue(was["verdict"]) if was.get("verdict") else None
            return keeping.check(number, value, was.get("source"), db=db)
        case {"link": kind, "to": other}:
            if before is not None:
                return filing.link(db, number, LinkType(kind), int(other[2:]), before["why"])
            return filing.unlink(db, number, LinkType(kind), int(other[2:]))
        case {"unlink": kind, "to": other}:
            assert before is not None  # noqa: S101 -- what was unlinked had been linked
            return filing.link(db, number, LinkType(kind), int(other[2:]), before["why"])
        case _ if before is None:
            return keeping.retract(act, number, db=db)
        case _:
            return filing.correct(db, number, restored(before), act.at)
