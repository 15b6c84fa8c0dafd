"""What an entry was in an earlier version, and what was done to it since."""

import sqlite3
from typing import Any

from store.record.entries import Filing, current, restored
from store.record.revisions import Revision, revisions_of

_NEW_VERSION = {"kind", "retracted", "restored", "redacted"}
"""What is after a revision that made a new version of its entry; a link or a verdict makes none."""


def since(db: sqlite3.Connection, entry_id: int, version: int) -> tuple[Revision, ...]:
    """Return the revisions that made the versions after this one, oldest first."""
    (now,) = db.execute("SELECT version FROM entries WHERE id = ?", (entry_id,)).fetchone()
    made = [one for one in revisions_of(db, f"E-{entry_id}") if _NEW_VERSION & _after(one).keys()]
    later = max(now - version, 0)
    return tuple(made[len(made) - later :])


def content_at(db: sqlite3.Connection, entry_id: int, version: int) -> Filing:
    """Return the content of an entry as it was in a version of it."""
    for one in since(db, entry_id, version):
        if "kind" in _after(one) and isinstance(one.before, dict):
            return restored(one.before)
    return current(db, entry_id)


def _after(one: Revision) -> dict[str, Any]:
    return one.after if isinstance(one.after, dict) else {}
