"""What is being filed: not on record, seen by its owner and by reviewers.

A draft keeps the text of each field as it was typed, so that nothing is lost when a field cannot be
read yet. Once it is filed the texts go: the entry has them.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta

from store.db.part import Part, query, update
from store.model.draft import KEPT, REJECTED_KEPT, Draft, DraftState, NewDraft
from store.model.entry import Kind
from store.model.revision import Person
from store.record.entry_rows import moment
from store.record.revisions import act_on_record, ensure_thawed
from store.workflow.draft_decisions import file_draft, note_reviewer, reject, settle
from store.workflow.draft_rows import COLUMNS, draft_of, get_draft, require_draft
from store.workflow.pseudonyms import ids_of, is_barred

SUBMISSIONS = 5
"""How many one may submit within a day."""
_A_DAY = timedelta(days=1)


def open_draft(
    db: sqlite3.Connection, key: str, owner: Person, new: NewDraft, at: datetime
) -> Draft:
    sql = f"SELECT {COLUMNS} FROM drafts WHERE key = ?"
    if row := db.execute(sql, (key,)).fetchone():
        return draft_of(row)
    ensure_thawed(db)
    db.execute(
        "INSERT INTO drafts (key, kind, state, fields, edits, base, platform, owner,"
        " name, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            new.kind,
            new.state,
            _json(new.fields),
            new.edits,
            new.base,
            owner.platform,
            owner.id,
            owner.name,
            moment(at),
            moment(at),
        ),
    )
    return draft_of(db.execute(sql, (key,)).fetchone())


def _open(db: sqlite3.Connection, key: str, owner: Person, new: NewDraft, at: datetime) -> Draft:
    """Start a draft; the same key again is the same draft. Those of long ago go."""
    _expire(db, at)
    return open_draft(db, key, owner, new, at)


def _submit(
    db: sqlite3.Connection, key: str, owner: Person, new: NewDraft, at: datetime
) -> Draft | None:
    """Start a draft that waits for a review; None to who submitted enough within a day."""
    known = db.execute("SELECT 1 FROM drafts WHERE key = ?", (key,)).fetchone()
    if not known and _count_submissions(db, owner, at - _A_DAY)[0] >= SUBMISSIONS:
        return None
    return _open(db, key, owner, new, at)


def _rebase(db: sqlite3.Connection, draft_id: int, base: int, at: datetime) -> Draft:
    """Let a draft correct a later version of its entry than the one from which it began."""
    require_draft(db, draft_id, DraftState.OPEN)
    db.execute(
        "UPDATE drafts SET base = ?, version = version + 1, changed_at = ? WHERE id = ?",
        (base, moment(at), draft_id),
    )
    return require_draft(db, draft_id, *DraftState)


def change(
    db: sqlite3.Connection,
    draft_id: int,
    fields: Mapping[str, str],
    at: datetime,
    kind: Kind | None = None,
) -> Draft:
    """Put texts into the fields of a draft; an empty one clears its field."""
    ensure_thawed(db)
    draft = require_draft(db, draft_id, DraftState.OPEN, DraftState.WAITING)
    merged = {name: text for name, text in {**draft.fields, **fields}.items() if text}
    db.execute(
        "UPDATE drafts SET fields = ?, kind = ?, version = version + 1, changed_at = ?"
        " WHERE id = ?",
        (_json(merged), kind or draft.kind, moment(at), draft_id),
    )
    return require_draft(db, draft_id, *DraftState)


def drop(db: sqlite3.Connection, draft_id: int, at: datetime) -> Draft:
    """Give a draft up; its words go."""
    require_draft(db, draft_id, DraftState.OPEN, DraftState.WAITING)
    settle(db, draft_id, DraftState.DROPPED, at)
    return require_draft(db, draft_id, *DraftState)


def _drop_all(db: sqlite3.Connection, owner: Person, at: datetime) -> int:
    """Give up every open draft of somebody; return how many those were."""
    ensure_thawed(db)
    open_ = db.execute(
        "SELECT id FROM drafts WHERE platform = ? AND owner = ? AND state = 'open'",
        (owner.platform, owner.id),
    ).fetchall()
    for (draft_id,) in open_:
        settle(db, draft_id, DraftState.DROPPED, at)
    return len(open_)


def _take(db: sqlite3.Connection, draft_id: int, reviewer: Person, at: datetime) -> Draft:
    """Note who is looking at a submission, unless somebody else is."""
    draft = require_draft(db, draft_id, *DraftState)
    other = draft.reviewer_now(at)
    if draft.state is DraftState.WAITING and (other is None or reviewer.is_same(other)):
        note_reviewer(db, draft_id, reviewer, at)
    return require_draft(db, draft_id, *DraftState)


def _waiting(db: sqlite3.Connection, after: int = 0) -> tuple[Draft | None, int]:
    """Return the next submission after a number, oldest first, and how many wait in all."""
    row = db.execute(
        f"SELECT {COLUMNS} FROM drafts WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT 1",
        (after,),
    ).fetchone()
    (count,) = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM drafts INDEXED BY drafts_waiting"
        " WHERE state = 'waiting' LIMIT 1001)"
    ).fetchone()
    return (None if row is None else draft_of(row)), count


def _of(db: sqlite3.Connection, owner: Person, limit: int) -> tuple[Draft, ...]:
    """Return somebody's drafts, newest first, but for those read from texts.

    Those from before somebody was forgotten are no longer theirs: nobody can tell whose they were.
    """
    return _list_drafts(db, owner.platform, owner.id, limit)


def _list_drafts(
    db: sqlite3.Connection, platform: str, owner: str, limit: int
) -> tuple[Draft, ...]:
    rows = db.execute(
        f"SELECT {COLUMNS} FROM drafts WHERE platform = ? AND owner = ? AND batch IS NULL"
        " ORDER BY id DESC LIMIT ?",
        (platform, owner, limit),
    )
    return tuple(map(draft_of, rows))


def _count_submissions(db: sqlite3.Connection, owner: Person, since: datetime) -> tuple[int, bool]:
    """Return how many drafts somebody opened since a moment, and whether they are barred.

    What they submitted before they were forgotten counts as well.
    """
    newest = (_list_drafts(db, owner.platform, name, 100) for name in ids_of(db, owner))
    count = sum(draft.created_at >= since for drafts in newest for draft in drafts)
    return count, is_barred(db, owner)


def _expire(db: sqlite3.Connection, at: datetime) -> int:
    """Drop drafts that nobody touched for a week, and let the words go of those turned down.

    Return how many those were.
    """
    dropped = db.execute(
        "UPDATE drafts SET state = 'dropped', fields = '{}', passage = '', version = version + 1"
        " WHERE state = 'open' AND changed_at < ?",
        (moment(at - KEPT),),
    )
    emptied = db.execute(
        "UPDATE drafts SET fields = '{}'"
        " WHERE state = 'rejected' AND fields <> '{}' AND changed_at < ?",
        (moment(at - REJECTED_KEPT),),
    )
    return dropped.rowcount + emptied.rowcount


def _json(fields: Mapping[str, str]) -> str:
    return json.dumps(dict(fields), ensure_ascii=False)


class Drafts(Part):
    """Drafts, by number. Already says that a draft no longer stands as the act needs it."""

    get = query(get_draft)
    open = update(_open)
    submit = update(_submit)
    rebase = update(_rebase)
    change = update(change)
    drop = update(drop)
    drop_all = update(_drop_all)
    file = update(file_draft)
    reject = act_on_record(reject)
    take = update(_take)
    waiting = query(_waiting)
    of = query(_of)
    count_submissions = query(_count_submissions)
    expire = update(_expire)
