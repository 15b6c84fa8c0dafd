"""A daily summary as a room wished it, and one telling of it."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from store.model.ref import DIGEST, PLACE, Ref


class DigestSettings(Struct, frozen=True):
    """When and about what a room wants to be told, in which `language` if not in its own.

    About `places`, and what lies around the towns of `directions`; where neither is, about all.
    """

    time: time
    zone: str
    places: tuple[int, ...] = ()
    quiet: bool = False
    language: str = ""
    thread: bool = False
    directions: tuple[int, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The references of its places and of its directions' towns, each once."""
        numbers = dict.fromkeys((*self.places, *self.directions))
        return tuple(str(Ref(PLACE, number)) for number in numbers)

    def due(self, day: date) -> datetime:
        """Return the moment at which it is due on a local day.

        An hour that a clock change leaves out falls after it, one that comes twice is the first.
        """
        return datetime.combine(day, self.time, ZoneInfo(self.zone)).astimezone(UTC)


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
        """Return the moment at which it is due on a local day."""
        return self.settings.due(day)


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
