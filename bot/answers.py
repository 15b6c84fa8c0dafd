"""An answer with how it came about, and what is asked as far as it is understood."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct

from commands.kit.command import Command, Understood
from commands.kit.errors import Code, UserError
from commands.kit.inlines import T, Typed
from commands.kit.parser import write_line
from commands.kit.reply import Action, Reply, Small

if TYPE_CHECKING:
    from commands.kit.rescue import Split

Made = TypeVar("Made")


class Outcome(StrEnum):
    """How an invocation ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAULT = "fault"


class Renditions:
    """What platforms made of a reply that is kept: each is made once, and `grow` told of it."""

    def __init__(self, reply: Reply, grow: Callable[[object], None]) -> None:
        self.reply = reply
        self._made: dict[Hashable, object] = {}
        self._grow = grow

    def find(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made under a key, which holds all that it goes by, or make it."""
        if key not in self._made:
            self._made[key] = product = make()
            self._grow(product)
        return cast("Made", self._made[key])


class Answer(Struct, frozen=True):
    """A Reply, how it came about, and what asks for it again (None after a refusal).

    `understood` is what was asked, with every value that could be read (None: no such command);
    `about` are the references of what it is about, a place first; a refusal has a `code`.
    One that is kept has its `renditions`.
    """

    reply: Reply
    outcome: Outcome
    asked: Action | None = None
    understood: Action | None = None
    about: tuple[str, ...] = ()
    code: Code | None = None
    renditions: Renditions | None = None

    def render(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` makes of the answer; of one that is kept once for each key."""
        kept = self.renditions
        return kept.find(key, make) if kept and kept.reply is self.reply else make()


def note_reading(command: str, given: Mapping[str, str]) -> Small:
    """Return the line that says as what a line was read, where it was not typed so."""
    return Small((T("Read as {line}", line=Typed(write_line(command, given))),))


class AskedQuestion(Struct):
    """What is asked, as far as it is understood: what was given, and what could be read of it."""

    path: str
    command: Command | None
    given: Mapping[str, str] = {}
    read: Understood = Understood()
    splits: "Sequence[Split]" = ()

    @property
    def understood(self) -> Action | None:
        """The command with every value that could be read."""
        command = self.command
        return Action(T(command.summary), self.path, self.read.texts) if command else None

    def answer(self, reply: Reply) -> Answer:
        about = self.read.about if reply.about is None else reply.about
        asked = (reply.again or self.understood) if reply.repeatable else None
        return Answer(reply, Outcome.ANSWERED, asked, self.understood, about)

    def refuse(self, error: UserError) -> Answer:
        from bot.refused_line import refuse_values

        reply = refuse_values(error, self.path, {**self.given, **self.read.texts}, self.splits)
        code = self.splits[0].why.code if self.splits and self.splits[0].why else error.code
        return Answer(reply, Outcome.REFUSED, understood=self.understood, code=code)
