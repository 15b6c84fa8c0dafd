"""Words that must not stay, taken away for good: from entry, revisions and all else that is kept.

What remains is a tombstone with the reason, and the chain, whose hashes tell nothing of the words
once their salts are gone.
"""

import sqlite3

from store.db.part import Part, query
from store.editing import scrub as scrubbing
from store.likeness.entry_vectors import clear_vector
from store.model.ref import DRAFT, ENTRY, Ref
from store.model.refusals import Already, State
from store.model.revision import Act, Change, Revision
from store.record.entry_rows import moment
from store.record.revisions import record
from store.workflow import inbox_outbox as mailbox

_GONE = "—"


def redact(db: sqlite3.Connection, act: Act, entry_id: int) -> Change:
    """Purge an entry's words in the transaction that is under way."""
    latest, key, redacted = db.execute(
        "SELECT latest, key, redacted_at FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    if redacted:
        raise Already(Ref(ENTRY, entry_id), State.REDACTED)
    for table in ("entry_text", "retracted_text", "entry_signals"):
        db.execute(f"DELETE FROM {table} WHERE rowid = ?", (latest << 32 | entry_id,))
    clear_vector(db, entry_id)
    _empty(db, act, entry_id)
    _empty_seeded(db, entry_id, key)
    _forget_bodies(db, entry_id)
    db.execute("DELETE FROM links WHERE from_id = ?", (entry_id,))
    db.execute("DELETE FROM links WHERE to_id = ?", (entry_id,))
    db.execute(
        "UPDATE drafts SET fields = '{}', passage = '', why = '' WHERE entry_id = ?", (entry_id,)
    )
    db.execute("UPDATE drafts SET fields = '{}', why = '' WHERE edits = ?", (entry_id,))
    db.execute("DELETE FROM lines")  # what stands behind long buttons may hold the words
    mailbox.forget_offers(db)
    mailbox.withdraw_naming(db, str(Ref(ENTRY, entry_id)))
    db.execute("DELETE FROM filed_rows WHERE entry_id = ?", (entry_id,))
    _forget_outlines(db, entry_id)
    scrubbing.mark(db)
    return Change(str(Ref(ENTRY, entry_id)), None, {"redacted": act.why})


def _empty(db: sqlite3.Connection, act: Act, entry_id: int) -> None:
    at = moment(act.at)
    db.execute(
        "UPDATE entries SET text = ?, quote = '', label = '', published = '', translations = '{}',"
        " changed_at = ?, redacted_at = ?, retracted_at = coalesce(retracted_at, ?),"
        " retracted_why = ?, version = version + 1 WHERE id = ?",
        (_GONE, at, at, at, act.why, entry_id),
    )
    db.execute("UPDATE entry_places SET detail = '', live = 0 WHERE entry_id = ?", (entry_id,))
    db.execute("UPDATE entry_sources SET live = 0 WHERE entry_id = ?", (entry_id,))


def _empty_seeded(db: sqlite3.Connection, entry_id: int, key: str | None) -> None:
    """Take away the unsalted hashes of what the seeds said in it and of its links."""
    names = [f"entry:{key}"] if key is not None else []
    for number, kind, other in _ever_linked(db, entry_id):
        keys = dict(db.execute("SELECT id, key FROM entries WHERE id IN (?, ?)", (number, other)))
        names.append(f"link:{keys.get(number)}:{kind}:{keys.get(other)}")
    db.executemany("UPDATE seeded SET digest = '' WHERE name = ?", [(name,) for name in names])


def _ever_linked(db: sqlite3.Connection, entry_id: int) -> list[tuple[int, str, int]]:
    """Return every link of an entry that is or was, either way."""
    rows = db.execute(
        "SELECT r.target, b.body ->> '$.after.link', b.linked FROM revisions r"
        " CROSS JOIN revision_bodies b ON b.seq = r.seq WHERE r.target = ?",
        (str(Ref(ENTRY, entry_id)),),
    ).fetchall()
    rows += db.execute(
        "SELECT r.target, b.body ->> '$.after.link', b.linked"
        " FROM revision_bodies b CROSS JOIN revisions r ON r.seq = b.seq WHERE b.linked = ?",
        (str(Ref(ENTRY, entry_id)),),
    ).fetchall()
    return [
        (Ref.parse(target).number, kind, Ref.parse(to).number)
        for target, kind, to in rows
        if kind and to
    ]


def _forget_bodies(db: sqlite3.Connection, entry_id: int) -> None:
    """Take away the bodies of its revisions, of others' links with it, of its drafts' reviews."""
    target = str(Ref(ENTRY, entry_id))
    drafts = db.execute("SELECT id FROM drafts WHERE entry_id = ?", (entry_id,)).fetchall()
    drafts += db.execute("SELECT id FROM drafts WHERE edits = ?", (entry_id,)).fetchall()
    revisions = db.execute("SELECT seq FROM packed_bodies WHERE linked = ?", (target,)).fetchall()
    for ref in (target, *(str(Ref(DRAFT, number)) for (number,) in drafts)):
        revisions += db.execute("SELECT seq FROM revisions WHERE target = ?", (ref,)).fetchall()
    db.executemany(
        "UPDATE packed_bodies SET salt = NULL, body = NULL, linked = NULL WHERE seq = ?", revisions
    )


def _forget_outlines(db: sqlite3.Connection, entry_id: int) -> None:
    """Take away the outlines of the areas because of which an import filed it."""
    keys = db.execute("SELECT key FROM revisions WHERE target = ?", (str(Ref(ENTRY, entry_id)),))
    batches = {
        Ref.parse(key.split(":")[1]).number for (key,) in keys if key.startswith("import:B-")
    }
    db.executemany(
        "DELETE FROM batch_outlines WHERE batch_id = ?", [(number,) for number in batches]
    )


class Redaction(Part):
    """Takes words away for good."""

    unfinished = query(scrubbing.needs_scrub)

    async def empty_log(self) -> bool:
        """Empty the log of a store that is shipped; its shipper must have let go of it."""
        return await self.db.alone(scrubbing.empty_log)

    async def redact(self, act: Act, entry_id: int) -> Revision:
        """Purge an entry's words, for the reason of the act; nothing brings them back."""
        revision = await self.db.write(record, act, lambda db: redact(db, act, entry_id))
        await self.db.alone(scrubbing.scrub)
        return revision
