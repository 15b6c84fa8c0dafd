"""Who asks, where, and what a command may use to answer."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, tzinfo
from enum import IntEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from store import Store
from store.model.revision import Act, Person

if TYPE_CHECKING:
    from commands.kit.command import Command


class Role(IntEnum):
    """What somebody may do, each more than the one before."""

    READER = 0
    MODERATOR = 1
    ADMIN = 2


class Caller(Struct, frozen=True):
    """Who asks, by an id of their platform."""

    platform: str
    id: str
    name: str
    role: Role = Role.READER


class Room(Struct, frozen=True):
    """Where it is asked. `managed`: the caller manages this room.

    `of_server`: who manages the server to which it belongs manages it, and its language counts.
    `private`: nobody else is there, and nobody has a role.
    """

    platform: str
    id: str
    name: str = ""
    managed: bool = False
    of_server: bool = False
    private: bool = False


class Upload(Struct, frozen=True):
    """A file that came with a question: not read before somebody asks. `size` is in bytes."""

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


class Context(Struct, frozen=True):
    """What a command knows. It cannot send: it answers by what it returns.

    `key` is the invocation's own: what a command writes is written once under it.
    """

    caller: Caller
    room: Room
    key: str
    store: Store
    now: datetime
    zone: tzinfo
    stale_days: int
    commands: tuple["Command", ...]
    uploads: tuple[Upload, ...] = ()

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

    @property
    def zone_name(self) -> str:
        return str(self.zone)
