"""What a command may use to answer."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from commands.kit.command import Command
from commands.kit.i18n import Translate
from commands.kit.invocation import Invocation
from store import Store
from store.model.revision import Act, Person
from store.model.span import Span

if TYPE_CHECKING:
    from commands.kit.documents import Documents


class Context(Invocation, frozen=True, kw_only=True):
    """What a command knows. It cannot send: it answers by what it returns.

    `key` is the invocation's own: what a command writes is written once under it. `translations`
    loads the words of every language but English.
    """

    store: Store
    now: datetime
    zone: tzinfo
    stale_days: int
    commands: Sequence[Command]
    documents: "Documents | None" = None
    remembers: bool = True
    map_delay: timedelta = timedelta(hours=24)
    tells_records: bool = True
    translations: Callable[[], Sequence[Translate]] = tuple

    @property
    def person(self) -> Person:
        """Who asks, as the record names them."""
        return Person(self.caller.platform, self.caller.id, self.caller.name)

    def act(self, name: str, why: str, key: str = "") -> Act:
        """Return what is being done, under the invocation's key or one that outlives it."""
        return Act(key or self.key, name, self.person, self.now, why)

    @property
    def today(self) -> date:
        """The day it is, in the desk's zone."""
        return self.now.astimezone(self.zone).date()

    def last_of(self, days: Span | None) -> date:
        """Return the last of some days that has begun; of none, and of a year not over, today."""
        return min(days.latest, self.today) if days else self.today

    @property
    def settled(self) -> date:
        """The last day that has been over for as long as maps wait to show what is fine."""
        return (self.now - self.map_delay).astimezone(self.zone).date() - timedelta(days=1)

    @property
    def zone_name(self) -> str:
        return str(self.zone)
