"""A draft: what somebody is filing, field by field as they typed it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from store.model.entry import Kind
from store.model.passage import Passage
from store.model.ref import DRAFT, Ref
from store.model.revision import Person

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
    """Something being filed. `edits` is the entry it corrects, `base` that entry's version.

    Of one that was read from a text, `batch` is the number of the text's first draft.
    """

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
    batch: int | None = None
    passage: Passage | None = None

    @property
    def number(self) -> int:
        """Its place among the drafts of its text, from 1; 0 where it was read from none."""
        return self.id - self.batch + 1 if self.batch else 0

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
    passage: Passage | None = None
