"""What a platform is to the program, and what it may ask of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Protocol

from msgspec import Struct

from bot.dispatch import Dispatch, Log
from bot.roles import Homes
from bot.voice import Voice
from commands.kit.reply import Reply


class RoomWishes(Protocol):
    """How a room wants its answers; `language` "" is the desk's."""

    @property
    def public(self) -> bool: ...

    @property
    def language(self) -> str: ...


class Memory(Protocol):
    """What a platform may keep over a restart."""

    async def value(self, key: str) -> str | None: ...

    async def keep(self, key: str, value: str) -> None: ...

    async def keep_lines(self, lines: Mapping[str, str], today: date) -> None: ...

    async def line(self, key: str) -> str | None: ...

    async def room(self, platform: str, room: str) -> RoomWishes: ...


class Port(Struct, frozen=True):
    """All that a platform is given: it names no store and reads no settings.

    `speak` returns the voice of a language; `presence` says in one line how old the data is.
    """

    dispatch: Dispatch
    memory: Memory
    homes: Homes
    log: Log
    speak: Callable[[str], Voice]
    presence: Callable[[], Awaitable[str]]


class Platform(Protocol):
    """One chat platform. `run` returns when it is closed, and raises when it cannot go on."""

    @property
    def name(self) -> str: ...

    @property
    def ready(self) -> bool:
        """Whether it could answer now."""
        ...

    async def run(self) -> None: ...

    async def tell(self, person: str, reply: Reply, key: str) -> bool:
        """Tell a person something in private, once for each key; False if it cannot be now."""
        ...

    async def aclose(self) -> None: ...
