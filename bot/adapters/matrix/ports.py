"""What the platform keeps over a restart, and what others wrote about rooms."""

from collections.abc import Sequence
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.matrix.rendering.actions import Offers
from bot.adapters.matrix.rendering.message import Place
from store.model.revision import Act
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage, SentPost
from store.workflow.state import RoomSettings

PLATFORM = "matrix"


class Mail(Protocol):
    """What came in and what has to go out (store/workflow/inbox_outbox.py)."""

    async def receive(
        self, place: str, token: str, incoming_events: Sequence[InboxEvent]
    ) -> tuple[InboxEvent, ...]: ...

    async def waiting(self) -> tuple[InboxEvent, ...]: ...

    async def answer(
        self,
        incoming: str,
        posts: Sequence[OutboxMessage] = (),
        turned: tuple[str, str] | None = None,
        left: str = "",
    ) -> tuple[OutboxMessage, ...]: ...

    async def withdraw(self, incoming: str) -> tuple[SentPost, ...]: ...

    async def forget(self, message: str) -> None: ...

    async def receipt(self, incoming: str) -> str: ...

    async def to_send(self) -> tuple[OutboxMessage, ...]: ...

    async def is_unsent(self, key: str) -> bool: ...

    async def mark_sent(
        self, key: str, message: str, then: Sequence[OutboxMessage] = ()
    ) -> tuple[OutboxMessage, ...]: ...

    async def pages(self, message: str) -> str: ...


class RoomBook(Protocol):
    """Rooms' settings (store/workflow/state.py), which a room takes along when it is upgraded."""

    async def room(self, platform: str, room: str) -> RoomSettings: ...

    async def set_room(self, act: Act, platform: str, room: str, to: RoomSettings) -> object: ...


class Summaries(Protocol):
    """What rooms are told unasked (store/workflow/digests.py), which goes along too."""

    async def move(self, act: Act, platform: str, old: str, new: str) -> object: ...


class Pages(Struct, frozen=True):
    """What can be done with an answer: by whom, the way to the page shown, the next one, offers.

    `room` is where it was asked, which counts for what follows from an answer in private, and
    `thread` the thread in which the answer stands.
    """

    asker: str
    trail: tuple[Place, ...]
    after: Place | None = None
    room: str = ""
    thread: str = ""
    offers: Offers = Offers()

    def trail_after(self, by: int) -> tuple[Place, ...] | None:
        """Return the way to the next page or the one before; None where there is none."""
        if by > 0:
            return (*self.trail, self.after) if self.after else None
        return self.trail[:-1] or None

    def without_confirmation(self) -> "Pages":
        """Return the same without the yes, which was said."""
        number = self.offers.confirms or self.offers.confirmed
        return replace(self, offers=replace(self.offers, confirms=0, confirmed=number))

    def note(self) -> str:
        """Return it as it is kept; "" where there is nothing to do."""
        if not (self.trail or self.after or self.offers.lines or self.offers.more):
            return ""
        return msgspec.json.encode(self).decode()

    @classmethod
    def read(cls, note: str) -> "Pages | None":
        return msgspec.json.decode(note, type=cls) if note else None
