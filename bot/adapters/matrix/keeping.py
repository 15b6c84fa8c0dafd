"""What the platform keeps over a restart, and what others wrote about rooms."""

from collections.abc import Sequence
from typing import Protocol

import msgspec
from msgspec import Struct

from bot.adapters.matrix.render import Place
from store.history import Act
from store.mailbox import Letter, Post
from store.operation import RoomSettings

PLATFORM = "matrix"


class Mail(Protocol):
    """What came in and what has to go out (store/mailbox.py)."""

    async def receive(
        self, place: str, token: str, letters: Sequence[Letter]
    ) -> tuple[Letter, ...]: ...

    async def waiting(self) -> tuple[Letter, ...]: ...

    async def answer(
        self, letter: str, posts: Sequence[Post] = (), turned: tuple[str, str] | None = None
    ) -> tuple[Post, ...]: ...

    async def unsent(self) -> tuple[Post, ...]: ...

    async def sent(self, key: str, message: str, then: Sequence[Post] = ()) -> tuple[Post, ...]: ...

    async def pages(self, message: str) -> str: ...


class RoomBook(Protocol):
    """Rooms' settings (store/operation.py), which a room takes along when it is upgraded."""

    async def room(self, platform: str, room: str) -> RoomSettings: ...

    async def set_room(self, act: Act, platform: str, room: str, to: RoomSettings) -> object: ...


class Summaries(Protocol):
    """What rooms are told unasked (store/digests.py), which goes along too."""

    async def move(self, platform: str, old: str, new: str) -> None: ...


class Pages(Struct, frozen=True):
    """What can be turned on an answer: by whom, the way to the page shown, and the next one."""

    asker: str
    trail: tuple[Place, ...]
    after: Place | None = None

    def turned(self, by: int) -> tuple[Place, ...] | None:
        """Return the way to the next page or the one before; None where there is none."""
        if by > 0:
            return (*self.trail, self.after) if self.after else None
        return self.trail[:-1] or None

    def note(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def read(cls, note: str) -> "Pages | None":
        return msgspec.json.decode(note, type=cls) if note else None
