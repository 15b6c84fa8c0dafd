"""A change of the record: who makes it, what it does, and what is kept of it."""

from datetime import datetime

from msgspec import Struct

from store.model.canonical_json import Json


class Person(Struct, frozen=True):
    """Who did it: an id of a platform, and the name it showed."""

    platform: str
    id: str
    name: str

    def is_same(self, other: "Person | None") -> bool:
        """Tell whether it is the same person, whatever name they show."""
        return other is not None and (self.platform, self.id) == (other.platform, other.id)


class Act(Struct, frozen=True):
    """What is being done. A `key` is used once: a repeat gets the first revision again."""

    key: str
    act: str
    by: Person
    at: datetime
    why: str


class Change(Struct, frozen=True):
    """What a write did: to what ("E-42"), from what (None: new) to what (None: gone)."""

    target: str
    before: Json
    after: Json


class Revision(Struct, frozen=True):
    """One change on record. `by` is empty when forgotten, `body` None when redacted."""

    seq: int
    key: str
    act: str
    target: str
    at: datetime
    platform: str
    by: str
    why: str
    before: Json
    after: Json
    hash: str
