"""What becomes of a draft: it goes on record, or it is turned down."""

import sqlite3
from datetime import datetime

from store.model.draft import Draft, DraftState
from store.model.entry import LinkType
from store.model.filing import Filing
from store.model.ref import Ref
from store.model.refusals import Outdated
from store.model.revision import Act, Change, Person, Revision
from store.record import entry_rows, moderation
from store.record.entry_rows import moment
from store.record.revisions import record
from store.workflow.draft_rows import require_draft

Linked = tuple[LinkType, int]

FILED_WITH = ":link"
"""Ends the key of a link that was filed together with its entry."""


def file_draft(
    db: sqlite3.Connection, act: Act, draft: Draft, content: Filing, linked: Linked | None = None
) -> Revision:
    """Put a draft on record, as a new entry or as a correction of the one it edits.

    Outdated when it, or that entry, was changed since it was read.
    """
    revision = record(db, act, lambda db: _file(db, act, draft, content))
    if linked:
        link_act = Act(f"{act.key}{FILED_WITH}", "link", act.by, act.at, act.why)
        number = Ref.parse(revision.target).number
        record(db, link_act, lambda db: moderation.link(db, link_act, number, *linked))
    return revision


def _file(db: sqlite3.Connection, act: Act, seen: Draft, content: Filing) -> Change:
    draft = require_draft(db, seen.id, DraftState.OPEN, DraftState.WAITING)
    if draft.version != seen.version:
        raise Outdated(draft.ref)
    if draft.edits is None:
        change = entry_rows.file(db, content, act.at)
    else:
        change = moderation.correct(db, act, draft.edits, draft.base, content)
    settle(db, draft.id, DraftState.FILED, act.at, Ref.parse(change.target).number)
    note_reviewer(db, draft.id, act.by, act.at)
    _tell(db, draft, act)
    return change


def reject(db: sqlite3.Connection, act: Act, draft_id: int) -> Change:
    """Turn a submission down, for the reason of the act."""
    draft = require_draft(db, draft_id, DraftState.WAITING)
    settle(db, draft_id, DraftState.REJECTED, act.at)
    note_reviewer(db, draft_id, act.by, act.at)
    db.execute("UPDATE drafts SET why = ? WHERE id = ?", (act.why, draft_id))
    _tell(db, draft, act)
    return Change(draft.ref, {"state": "waiting"}, {"state": "rejected"})


def settle(
    db: sqlite3.Connection,
    draft_id: int,
    state: DraftState,
    at: datetime,
    entry_id: int | None = None,
) -> None:
    """Note what became of a draft; what was filed or dropped keeps none of its texts."""
    fields = (
        ", fields = '{}', passage = ''" if state in {DraftState.FILED, DraftState.DROPPED} else ""
    )
    db.execute(
        f"UPDATE drafts SET state = ?, entry_id = ?, changed_at = ?, version = version + 1{fields}"
        " WHERE id = ?",
        (state, entry_id, moment(at), draft_id),
    )


def note_reviewer(db: sqlite3.Connection, draft_id: int, by: Person, at: datetime) -> None:
    """Note who looks at a draft, or decided on it."""
    db.execute(
        "UPDATE drafts SET reviewer_platform = ?, reviewer = ?, reviewer_name = ?, reviewed_at = ?"
        " WHERE id = ?",
        (by.platform, by.id, by.name, moment(at), draft_id),
    )


def _tell(db: sqlite3.Connection, draft: Draft, act: Act) -> None:
    """Have its owner told what became of it, unless that is who decided."""
    owner = draft.owner
    if draft.state is DraftState.WAITING and not owner.is_same(act.by):
        db.execute(
            "INSERT OR IGNORE INTO notices (key, platform, person, line, due)"
            " VALUES (?, ?, ?, ?, ?)",
            (f"draft:{draft.id}", owner.platform, owner.id, f"/me ref:{draft.ref}", moment(act.at)),
        )
