"""A draft: what somebody is filing, field by field as they typed it."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct

from store.model.entry import Kind
from store.model.ref import DRAFT, ENTRY, Ref
from store.model.refusals import Already, State
from store.model.revision import Person

Row = tuple[Any, ...]

KEPT = timedelta(days=7)
"""How long an open draft stays that nobody touches."""
REJECTED_KEPT = timedelta(days=30)
"""How long the words of a submission stay that was turned down, for whoever sent it."""
_REVIEWING = timedelta(minutes=15)


class DraftState(StrEnum):
    """How far a draft has come."""

    OPEN = "open"
    WAITING = "waiting"
    FILED = "filed"
    REJECTED = "rejected"
    DROPPED = "dropped"


class Draft(Struct, frozen=True):
    """Something being filed. `edits` is the entry it corrects, `base` that entry's version."""

    id: int
    kind: Kind
    state: DraftState
    fields: Mapping[str, str]
    edits: int | None
    base: int
    owner: Person
    reviewer: Person | None
    reviewed_at: datetime | None
    entry_id: int | None
    why: str
    version: int
    created_at: datetime
    changed_at: datetime

    @property
    def ref(self) -> str:
        return str(Ref(DRAFT, self.id))

    def belongs_to(self, who: Person) -> bool:
        """Tell whether it is somebody's own."""
        return self.owner.is_same(who)

    def decided_by(self, who: Person) -> bool:
        """Tell whether it is somebody's own doing how it stands, or theirs to look at now."""
        return who.is_same(self.reviewer)

    def expired(self, at: datetime) -> bool:
        """Tell whether it is one that nobody touched for a week."""
        return self.state is DraftState.OPEN and at - self.changed_at > KEPT

    def reviewer_now(self, at: datetime) -> Person | None:
        """Return who is looking at it, if they looked not long ago."""
        recent = self.reviewed_at is not None and at - self.reviewed_at < _REVIEWING
        return self.reviewer if recent else None


class NewDraft(Struct, frozen=True):
    """What a draft starts from."""

    kind: Kind
    fields: Mapping[str, str]
    edits: int | None = None
    base: int = 0
    state: DraftState = DraftState.OPEN


COLUMNS = (
    "id, kind, state, fields, edits, base, platform, owner, name, reviewer_platform, reviewer,"
    " reviewer_name, reviewed_at, entry_id, why, version, created_at, changed_at"
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
    )
