"""Taking back what was filed together from one text: each entry by a revision of its own."""

import re
import sqlite3
from datetime import datetime
from functools import partial

from msgspec import Struct

from store.db.part import Part, query, update
from store.editing.undo import find_act_to_undo, undo
from store.model.refusals import Already, NoUndo, Outdated
from store.model.revision import Act
from store.record.revisions import by_key, record

_FILED = re.compile(r"draft:([0-9]+):file(?::link)?")


class UndoneTogether(Struct, frozen=True):
    """The entries that were taken back, and those that somebody has changed since."""

    undone: tuple[str, ...]
    kept: tuple[str, ...]


def _find_filed_together(
    db: sqlite3.Connection, act: Act, since: datetime, seq: int = 0
) -> tuple[int, ...]:
    """Return the revisions that `undo` would take back together, or took back under this key.

    None where it is one act alone.
    """
    was = find_act_to_undo(db, act, since, seq)
    match = _FILED.fullmatch(was.key) if was is not None else None
    if match is None:
        return ()
    rows = db.execute(
        "SELECT id FROM drafts WHERE filed_by = (SELECT filed_by FROM drafts WHERE id = ?)"
        " ORDER BY id",
        (int(match[1]),),
    ).fetchall()
    filed = [by_key(db, f"draft:{draft_id}:file") for (draft_id,) in rows]
    return tuple(revision.seq for revision in filed if revision) if len(filed) > 1 else ()


def _undo_together(
    db: sqlite3.Connection, act: Act, since: datetime, numbers: tuple[int, ...]
) -> UndoneTogether:
    """Take acts back, the newest first; what somebody has changed since stays."""
    undone: list[str] = []
    kept: list[str] = []
    for seq in sorted(numbers, reverse=True):
        key = act.key if seq == max(numbers) else f"{act.key}:{seq}"
        own = Act(key, act.act, act.by, act.at, act.why)
        target = _target(db, seq)
        try:
            record(db, own, partial(undo, act=own, since=since, seq=seq))
        except (Already, Outdated, NoUndo):
            kept.append(target)
        else:
            undone.append(target)
    return UndoneTogether(tuple(reversed(undone)), tuple(reversed(kept)))


def _target(db: sqlite3.Connection, seq: int) -> str:
    row = db.execute("SELECT target FROM revisions WHERE seq = ?", (seq,)).fetchone()
    return str(row[0])


class UndoTogether(Part):
    """Takes back what was filed together."""

    find = query(_find_filed_together)
    undo = update(_undo_together)
