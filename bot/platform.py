"""What a platform is to the program, and what it may ask of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct, field

from bot.dispatch import Dispatch, Log
from bot.i18n.formatter import Voice
from bot.permissions import Homes
from bot.pictures.album import Album
from commands.kit.inlines import Inline
from commands.kit.reply import Action, Reply


class RoomPreferences(Protocol):
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

    async def room(self, platform: str, room: str) -> RoomPreferences: ...


async def _end_nothing(_platform: str, _room: str, /) -> None:
    """Let a room go of which nothing is kept."""


class Port(Struct, frozen=True):
    """All that a platform is given: it names no store and reads no settings.

    `speak` returns the voice of a language; `presence` says in one line how old the data is;
    `album` draws pictures; `room_deleted` is told a platform and a room of it that is no more.
    """

    dispatch: Dispatch
    memory: Memory
    homes: Homes
    log: Log
    speak: Callable[[str], Voice]
    presence: Callable[[], Awaitable[str]]
    album: Album = field(default_factory=Album)
    room_deleted: Callable[[str, str], Awaitable[None]] = _end_nothing


class Platform(Protocol):
    """One chat platform. `run` returns when it is closed, and raises when it cannot go on."""

    @property
    def name(self) -> str: ...

    @property
    def ready(self) -> bool:
        """Whether it could answer now."""
        ...

    async def run(self) -> None: ...

    async def aclose(self) -> None: ...


class Notification(Struct, frozen=True):
    """Something to say unasked: in a `room`, or to a `person` alone.

    By its `key` a platform says it once; `again` is what asks for it again, and whatever shows the
    post carries it, so that it can be found. `thread` names a thread of its own for it, where
    there are threads.
    """

    reply: Reply
    key: str
    again: Action
    room: str = ""
    person: str = ""
    language: str = ""
    thread: Inline | None = None


class SentMessage(Struct, frozen=True):
    """A message that is out; `publish` if it is an announcement that may be passed on."""

    message: str
    publish: bool = False


class Undeliverable(Exception):
    """It cannot be said now, and why.

    `gone`: nor ever; `wait_s`: not before so many seconds; `unsure`: it may have been said.
    `deleted`: there is no such room any more, for anybody.
    """

    def __init__(
        self,
        why: str,
        *,
        gone: bool = False,
        wait_s: float = 0,
        unsure: bool = False,
        deleted: bool = False,
    ) -> None:
        super().__init__(why)
        self.gone, self.wait_s, self.unsure = gone or deleted, wait_s, unsure
        self.deleted = deleted


class Notifier(Protocol):
    """What a platform does unasked. Each raises Undeliverable."""

    @property
    def ready(self) -> bool: ...

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:
        """Return the post if it went out in the minutes after a moment."""
        ...

    async def post(self, post: Notification) -> SentMessage:
        """Say something; the same key again within a few minutes is the same message."""
        ...

    async def publish(self, room: str, message: str) -> None:
        """Pass an announcement on to those who follow the room; once, however often asked."""
        ...
