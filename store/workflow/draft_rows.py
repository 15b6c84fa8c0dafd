"""Drafts as rows."""

import json
import sqlite3
from datetime import datetime
from typing import Any

from msgspec.json import decode as json_decode

from store.model.draft import Draft, DraftState
from store.model.entry import Kind
from store.model.passage import Passage
from store.model.ref import DRAFT, ENTRY, Ref
from store.model.refusals import Already, State
from store.model.revision import Person

Row = tuple[Any, ...]


COLUMNS = (
    "id, kind, state, fields, edits, base, platform, owner, name, reviewer_platform, reviewer,"
    " reviewer_name, reviewed_at, entry_id, why, version, created_at, changed_at, batch, passage"
)


def get_draft(db: sqlite3.Connection, draft_id: int) -> Draft | None:
    """Return a draft by number."""
    row = db.execute(f"SELECT {COLUMNS} FROM drafts WHERE id = ?", (draft_id,)).fetchone()
    return None if row is None else draft_of(row)


def require_draft(db: sqlite3.Connection, draft_id: int, *states: DraftState) -> Draft:
    """Return a draft that is in one of these states; Already if it is not."""
    draft = get_draft(db, draft_id)
    if draft is None:
        raise Already(Ref(DRAFT, draft_id), State.DROPPED)
    if draft.state not in states:
        by = draft.reviewer.name if draft.reviewer else ""
        target = str(Ref(ENTRY, draft.entry_id)) if draft.entry_id else draft.ref
        raise Already(target, State(draft.state.value), by)
    return draft


def draft_of(row: Row) -> Draft:
    """Return the draft of a row of COLUMNS."""
    reviewer = Person(row[9], row[10], row[11]) if row[10] else None
    return Draft(
        id=row[0],
        kind=Kind(row[1]),
        state=DraftState(row[2]),
        fields=json.loads(row[3]),
        edits=row[4],
        base=row[5],
        owner=Person(row[6], row[7], row[8]),
        reviewer=reviewer,
        reviewed_at=datetime.fromisoformat(row[12]) if row[12] else None,
        entry_id=row[13],
        why=row[14],
        version=row[15],
        created_at=datetime.fromisoformat(row[16]),
        changed_at=datetime.fromisoformat(row[17]),
        batch=row[18],
        passage=json_decode(row[19], type=Passage) if row[19] else None,
    )
