"""What people say to the desk and what it has to answer, in the same words on every platform."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from commands.kit.invocation import Role

PRESS = "→ "
"""What a line begins with that presses what the answer before it offers under a label."""


class On(StrEnum):
    """Where the desk is asked."""

    TERMINAL = "terminal"
    DISCORD = "Discord"
    MATRIX = "Matrix"


class Who(StrEnum):
    """Those who ask."""

    READER = "Reader One"
    SECOND = "Reader Two"
    MODERATOR = "Moderator One"
    ADMIN = "Admin One"

    @property
    def role(self) -> Role:
        return _ROLES.get(self, Role.READER)

    @property
    def called(self) -> str:
        """What a conversation's name says of them."""
        return f"{'an' if self is Who.ADMIN else 'a'} {self.role.name.lower()}"

    @property
    def noted(self) -> str:
        """What stands for their name in an answer, such as {moderator}."""
        return f"{{{self.role.name.lower()}}}"


_ROLES = {Who.MODERATOR: Role.MODERATOR, Who.ADMIN: Role.ADMIN}


class File(Struct, frozen=True):
    """A file that comes with a line, which names it."""

    name: str
    text: str


class Says(Struct, frozen=True):
    """A line, and its answer.

    `first` is the answer's first line, or its beginning if that ends in "…". `has` must be in the
    whole answer and `lacks` must not. `alone` is an answer that only the asker gets to see. `noted`
    is a name for the first reference of the first line: later, `{name}` stands for it, as
    `{reader}`, `{moderator}` and `{admin}` stand for people's names.
    """

    who: Who
    line: str
    first: str
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    refused: bool = False
    alone: bool = False
    noted: str = ""
    file: File | None = None


class Conversation(Struct, frozen=True):
    """What is said on a new store, one after another. `without` says where not, and why."""

    name: str
    steps: tuple[Says, ...]
    without: Mapping[On, str] = {}


class PlainAnswer(Struct, frozen=True):
    """An answer as somebody has it: its words, without the marks of the platform.

    None stands for what cannot be seen there.
    """

    first: str
    text: str
    refused: bool | None
    alone: bool | None


class PlatformDesk(Protocol):
    """The desk on one platform, with everybody there."""

    on: On

    def name(self, who: Who) -> str:
        """Return how the desk calls somebody."""
        ...

    async def say(self, who: Who, line: str, file: File | None = None) -> PlainAnswer: ...
