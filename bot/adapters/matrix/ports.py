"""What the platform keeps over a restart, and what others wrote about rooms."""

from collections.abc import Sequence
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.matrix.rendering.actions import Offers
from bot.adapters.matrix.rendering.message import Place
from store.record.revisions import Act
from store.workflow.inbox_outbox import Letter, Post
from store.workflow.state import RoomSettings

PLATFORM = "matrix"


class Mail(Protocol):
    """What came in and what has to go out (store/workflow/inbox_outbox.py)."""

    async def receive(
        self, place: str, token: str, letters: Sequence[Letter]
    ) -> tuple[Letter, ...]: ...

    async def waiting(self) -> tuple[Letter, ...]: ...

    async def answer(
        self,
        letter: str,
        posts: Sequence[Post] = (),
        turned: tuple[str, str] | None = None,
        left: str = "",
    ) -> tuple[Post, ...]: ...

    async def left(self, letter: str) -> str: ...

    async def unsent(self) -> tuple[Post, ...]: ...

    async def sent(self, key: str, message: str, then: Sequence[Post] = ()) -> tuple[Post, ...]: ...

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

    def turned(self, by: int) -> tuple[Place, ...] | None:
        """Return the way to the next page or the one before; None where there is none."""
        if by > 0:
            return (*self.trail, self.after) if self.after else None
        return self.trail[:-1] or None

    def spent(self) -> "Pages":
        """Return the same without the yes, which was said."""
        return replace(self, offers=replace(self.offers, confirms=0))

    def note(self) -> str:
        """Return it as it is kept; "" where there is nothing to do."""
        if not (self.trail or self.after or self.offers.lines or self.offers.more):
            return ""
        return msgspec.json.encode(self).decode()

    @classmethod
    def read(cls, note: str) -> "Pages | None":
        return msgspec.json.decode(note, type=cls) if note else None
