"""Who asks, where, with which files and under which key."""

from collections.abc import Awaitable, Callable, Mapping
from enum import IntEnum

from msgspec import Struct


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
    `private`: nobody else is there, and nobody has a role. It is `open` if the bot may write a
    message of its own there. `rooms` are those of its server that the
    caller manages too: id → name, "" where the caller does not see it.
    """

    platform: str
    id: str
    name: str = ""
    managed: bool = False
    of_server: bool = False
    private: bool = False
    open: bool = False
    rooms: Mapping[str, str] = {}


class Upload(Struct, frozen=True):
    """A file that came with a question: not read before somebody asks. `size` is in bytes."""

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


class Invocation(Struct, frozen=True):
    """Who asks, where, and under which key; `uploads` come with the question.

    An answer that is `whole` leaves nothing for a second question: it is read as data.
    """

    caller: Caller
    room: Room
    key: str
    uploads: tuple[Upload, ...] = ()
    whole: bool = False
