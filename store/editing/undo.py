"""Taking back one's own last act: as a new revision, never by erasing."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from store.db.part import Part, query, update
from store.editing import registry, terms
from store.model.entry import LinkType
from store.model.ref import BATCH, Ref
from store.model.refusals import Already, NoUndo, Outdated, State
from store.model.revision import Act, Change, Person, Revision
from store.record import entry_rows, moderation
from store.record.entry_rows import parse_snapshot
from store.record.revisions import by_key, by_seq, first_since, record
from store.workflow.draft_decisions import FILED_WITH

Rows = Iterable[tuple[int, str | None]]


def _undo_on_record(
    db: sqlite3.Connection, act: Act, since: datetime, seq: int = 0
) -> tuple[Revision, Revision]:
    """Take back the last act of who acts, or one of theirs by number; return it and the new.

    NoUndo, Already or Outdated says why it cannot be taken back.
    """
    revision = record(db, act, partial(undo, act=act, since=since, seq=seq))
    after: Any = revision.after or {}  # a repeat may find its words redacted
    return by_seq(db, after.get("undoes", revision.seq)), revision


def _batch_to_undo(db: sqlite3.Connection, act: Act, since: datetime, seq: int = 0) -> int | None:
    """Return the number of the import that `undo` would take back, or took back under this key.

    None where it is something else: an import is taken back in steps (`imports.undo_batch`).
    """
    was = by_key(db, act.key)
    if was is None:
        was = _find_act(db, act.by, since, seq) if seq else last_by(db, act.by, since)
    ref = None if was is None else Ref.match(was.target)
    return ref.number if ref is not None and ref.kind is BATCH else None


def find_act_to_undo(
    db: sqlite3.Connection, act: Act, since: datetime, seq: int = 0
) -> Revision | None:
    """Return what `undo` would take back, or took back under the key of this act."""
    if (undoing := by_key(db, act.key)) is not None:
        after: Any = undoing.after or {}
        return by_seq(db, after["undoes"]) if "undoes" in after else None
    return _find_act(db, act.by, since, seq) if seq else last_by(db, act.by, since)


def last_by(db: sqlite3.Connection, by: Person, since: datetime) -> Revision | None:
    """Return the newest act of somebody since a moment, but for undoing and what it undid."""
    seq = next(_standing(_acts(db, by, since)), None)
    return None if seq is None else by_seq(db, seq)


def undo(db: sqlite3.Connection, act: Act, since: datetime, seq: int = 0) -> Change:
    """Take back an act of who acts, in the transaction that is under way."""
    last = _find_act(db, act.by, since, seq) if seq else last_by(db, act.by, since)
    if last is None:
        raise NoUndo
    rows = db.execute(
        "SELECT r.seq, b.body FROM revisions r CROSS JOIN revision_bodies b ON b.seq = r.seq"
        " WHERE r.target = ? ORDER BY r.seq DESC",
        (last.target,),
    )
    newest = list(islice(_standing(rows), 2))
    first, linked = _filing(db, last)
    both = linked is not None and newest == [linked.seq, first.seq]
    if not both and newest[0] != last.seq:
        raise Outdated(last.target)
    undone = first if both else last
    change = _inverse(db, act, undone)
    assert isinstance(change.after, Mapping)  # noqa: S101 -- every change of ours says what is after
    too = {"undoes_too": linked.seq} if both and linked else {}
    return Change(change.target, change.before, {**change.after, "undoes": undone.seq, **too})


def _filing(db: sqlite3.Connection, last: Revision) -> tuple[Revision, Revision | None]:
    """Return what filed an entry and, if it was filed with one, its link; each leads to both."""
    first = by_key(db, last.key.removesuffix(FILED_WITH)) or last
    linked = by_key(db, f"{first.key}{FILED_WITH}")
    is_one = linked is not None and first.before is None and linked.target == first.target
    return first, linked if is_one else None


def _find_act(db: sqlite3.Connection, by: Person, since: datetime, seq: int) -> Revision | None:
    """Return the act of that number if it is somebody's, recent, and not undone (Already)."""
    theirs = list(_acts(db, by, since))
    if seq in _standing(theirs):
        return by_seq(db, seq)
    if seq in {number for number, _ in theirs}:
        raise Already(by_seq(db, seq).target, State.SAME)
    return None


def _acts(db: sqlite3.Connection, by: Person, since: datetime) -> Rows:
    """Return number and body of what somebody did since a moment, newest first."""
    return db.execute(
        "SELECT p.seq, b.body FROM revision_people p INDEXED BY revision_people_who"
        " CROSS JOIN revision_bodies b ON b.seq = p.seq"
        " WHERE json_extract(p.person, '$.platform') = ? AND json_extract(p.person, '$.id') = ?"
        " AND p.seq >= ? ORDER BY p.seq DESC",
        (by.platform, by.id, first_since(db, since)),
    )


def _standing(acts: Rows) -> Iterator[int]:
    """Yield the numbers of acts, newest first, but for undoing and what was undone."""
    undone: set[int | None] = set()
    for seq, body in acts:
        after = (json.loads(body)["after"] if body else None) or {}
        if "undoes" in after:
            undone |= {after["undoes"], after.get("undoes_too")}
        elif seq not in undone:
            yield seq


def _inverse(db: sqlite3.Connection, act: Act, last: Revision) -> Change:
    after: Any = last.after or {}  # nothing is left of what was redacted
    before: Any = last.before
    if not after:
        change = None
    elif last.target.startswith("E-"):
        change = _of_entry(db, act, last, before, after)
    else:
        change = registry.undo_naming(db, last.target, before, after)
        change = change or terms.undo_adding(db, last.target, last.seq, after)
    if change is None:
        raise NoUndo(last.target, last.act)
    return change


def _of_entry(
    db: sqlite3.Connection,
    act: Act,
    last: Revision,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
) -> Change | None:
    number = Ref.parse(last.target).number
    match after:
        case {"redacted": _}:
            return None
        case {"retracted": _}:
            return moderation.restore(db, act, number)
        case {"restored": _}:
            assert before is not None  # noqa: S101 -- what was restored had been retracted
            again = Act(act.key, act.act, act.by, act.at, before["retracted"])
            return moderation.retract(db, again, number)
        case {"verdict": _}:
            return moderation.uncheck(db, number, last.seq)
        case {"link": kind, "to": other}:
            if before is not None:
                return _link_again(db, number, LinkType(kind), other, before)
            return entry_rows.unlink(db, number, LinkType(kind), Ref.parse(other).number)
        case {"unlink": kind, "to": other}:
            assert before is not None  # noqa: S101 -- what was unlinked had been linked
            return _link_again(db, number, LinkType(kind), other, before)
        case _ if before is None:
            return moderation.retract(db, act, number)
        case _:
            return entry_rows.correct(db, number, parse_snapshot(before), act.at)


class Undo(Part):
    """Takes back what somebody did last."""

    batch = query(_batch_to_undo)
    undo = update(_undo_on_record)


def _link_again(
    db: sqlite3.Connection, number: int, kind: LinkType, other: str, before: Mapping[str, Any]
) -> Change:
    places = before.get("places", ())
    return entry_rows.link(db, number, kind, Ref.parse(other).number, before["why"], places)
