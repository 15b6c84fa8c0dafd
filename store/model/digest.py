"""A daily summary as a room wished it, and one telling of it."""

import json
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from store.model.ref import DIGEST, Ref

Row = tuple[Any, ...]


class DigestSettings(Struct, frozen=True):
    """When and about what a room wants to be told: no `places` are all, no `language` its own."""

    time: time
    zone: str
    places: tuple[int, ...] = ()
    quiet: bool = False
    language: str = ""
    thread: bool = False


class Digest(Struct, frozen=True):
    """A room's daily summary. It tells what was written after the revision `begins`."""

    id: int
    platform: str
    room: str
    settings: DigestSettings
    begins: int
    since: datetime
    person: str
    removed: bool

    @property
    def ref(self) -> str:
        return str(Ref(DIGEST, self.id))

    def due_by(self, now: datetime) -> date:
        """Return the last local day whose summary is due by now."""
        today = now.astimezone(ZoneInfo(self.settings.zone)).date()
        return today if self.due(today) <= now else today - timedelta(days=1)

    def due(self, day: date) -> datetime:
        """Return the moment at which it is due on a local day.

        An hour that a clock change leaves out falls after it, one that comes twice is the first.
        """
        return datetime.combine(day, self.settings.time, ZoneInfo(self.settings.zone)).astimezone(
            UTC
        )


class DeliveryState(StrEnum):
    """How far one summary of one day has come.

    FOLDED could not be told and is told with the next; DROPPED was taken back before it was told.
    """

    CLAIMED = "claimed"
    TOLD = "told"
    SILENT = "silent"
    FOLDED = "folded"
    DROPPED = "dropped"


class DigestDelivery(Struct, frozen=True):
    """One summary of one local day: what was written after one revision, up to another.

    `tried_at` is when it was sent last, if nobody knows whether it went out.
    """

    digest: Digest
    day: date
    after: int
    up_to: int
    state: DeliveryState
    tried_at: datetime | None
    tries: int
    again_at: datetime | None
    why: str
    message: str

    @property
    def key(self) -> str:
        """What the post carries, by which it is known again."""
        return f"{self.digest.ref}-{self.day:%Y%m%d}"

    @property
    def due(self) -> datetime:
        """The moment at which it was due."""
        return self.digest.due(self.day)


DIGEST_COLUMNS = (
    "d.id, d.platform, d.room, d.time, d.zone, d.places, d.quiet, d.language, d.thread, d.begins,"
    " d.since, d.person, d.removed_at"
)
DELIVERY_COLUMNS = (
    "t.day, t.after_seq, t.up_to, t.state, t.tried_at, t.tries, t.again_at, t.why, t.message"
)
_DIGEST_COLUMNS = len(DIGEST_COLUMNS.split(","))


def digest_of(row: Row) -> Digest:
    """Return the summary of a row of DIGEST."""
    number, platform, room, *wish, begins, since, who, removed = row
    at, zone, places, quiet, language, thread = wish
    return Digest(
        number,
        platform,
        room,
        DigestSettings(
            time.fromisoformat(at),
            zone,
            tuple(json.loads(places)),
            bool(quiet),
            language,
            bool(thread),
        ),
        begins,
        datetime.fromisoformat(since),
        who,
        removed is not None,
    )


def delivery_of(row: Row) -> DigestDelivery:
    """Return the telling of a row of DIGEST and TELLING."""
    day, after, up_to, state, tried, tries, again, why, message = row[_DIGEST_COLUMNS:]
    return DigestDelivery(
        digest_of(row[:_DIGEST_COLUMNS]),
        date.fromisoformat(day),
        after,
        up_to,
        DeliveryState(state),
        moment_or_none(tried),
        tries,
        moment_or_none(again),
        why,
        message,
    )


def moment_or_none(text: str) -> datetime | None:
    """Return the moment that a column holds; none where it is empty."""
    return datetime.fromisoformat(text) if text else None
