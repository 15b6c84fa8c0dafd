"""Words that must not stay, taken away for good: from entry, revisions and all else that is kept.

What remains is a tombstone with the reason, and the chain, whose digests tell nothing of the words
once their salts are gone.
"""

import sqlite3
from functools import partial

from store.database import Database
from store.errors import Already, State
from store.filing import moment
from store.history import Act, Change, Revision, record

_GONE = "—"
_TO_SCRUB = "to scrub"


class Redaction:
    """Takes words away for good."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def redact(self, act: Act, entry_id: int) -> Revision:
        """Purge an entry's words, for the reason of the act; nothing brings them back."""
        revision = await self._db.write(record, act, partial(redact, act=act, entry_id=entry_id))
        await self._db.alone(scrub)
        return revision


def redact(db: sqlite3.Connection, act: Act, entry_id: int) -> Change:
    """Purge an entry's words in the transaction that is under way."""
    latest, key, redacted = db.execute(
        "SELECT latest, key, redacted_at FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    if redacted:
        raise Already(f"E-{entry_id}", State.REDACTED)
    for table in ("entry_text", "retracted_text"):
        db.execute(f"DELETE FROM {table} WHERE rowid = ?", (latest << 32 | entry_id,))
    _empty(db, act, entry_id)
    _forget_bodies(db, entry_id)
    db.execute("UPDATE links SET why = '' WHERE from_id = ?", (entry_id,))
    db.execute("UPDATE links SET why = '' WHERE to_id = ?", (entry_id,))
    db.execute("UPDATE drafts SET fields = '{}', why = '' WHERE entry_id = ?", (entry_id,))
    db.execute("UPDATE drafts SET fields = '{}', why = '' WHERE edits = ?", (entry_id,))
    db.execute("DELETE FROM lines")  # what stands behind long buttons may hold the words
    if key is not None:
        db.execute("UPDATE seeded SET digest = '' WHERE name = ?", (f"entry:{key}",))
    db.execute("INSERT OR REPLACE INTO state VALUES (?, '1')", (_TO_SCRUB,))
    return Change(f"E-{entry_id}", None, {"redacted": act.why})


def scrub(db: sqlite3.Connection) -> None:
    """Leave nothing of what was redacted in the file's free pages, its full text or its log.

    If it is stopped, whoever opens the store for writing next does it.
    """
    if not db.execute("SELECT 1 FROM state WHERE key = ?", (_TO_SCRUB,)).fetchone():
        return
    for table in ("entry_text", "retracted_text"):
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchall()
    db.execute("DELETE FROM state WHERE key = ?", (_TO_SCRUB,))


def _empty(db: sqlite3.Connection, act: Act, entry_id: int) -> None:
    at = moment(act.at)
    db.execute(
        "UPDATE entries SET text = ?, quote = '', label = '', published = '', changed_at = ?,"
        " redacted_at = ?, retracted_at = coalesce(retracted_at, ?), retracted_why = ?,"
        " version = version + 1 WHERE id = ?",
        (_GONE, at, at, at, act.why, entry_id),
    )
    db.execute("UPDATE entry_places SET detail = '', live = 0 WHERE entry_id = ?", (entry_id,))
    db.execute("UPDATE entry_sources SET live = 0 WHERE entry_id = ?", (entry_id,))


def _forget_bodies(db: sqlite3.Connection, entry_id: int) -> None:
    """Take away the bodies of its revisions, and of those by which others were linked with it."""
    target = f"E-{entry_id}"
    linked = db.execute("SELECT from_id FROM links WHERE to_id = ?", (entry_id,)).fetchall()
    found = db.execute("SELECT seq FROM revisions WHERE target = ?", (target,)).fetchall()
    for (other,) in linked:
        found += db.execute(
            "SELECT r.seq FROM revisions r CROSS JOIN revision_bodies b ON b.seq = r.seq"
            " WHERE r.target = ? AND json_extract(b.body, '$.after.to') = ?",
            (f"E-{other}", target),
        ).fetchall()
    db.executemany("UPDATE revision_bodies SET salt = NULL, body = NULL WHERE seq = ?", found)
