"""An answer with how it came about, and what is asked as far as it is understood."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.command import Command, Understood
from commands.kit.context import Context
from commands.kit.errors import Code, UserError
from commands.kit.inlines import T, Typed
from commands.kit.parser import TooManyWords, write_line
from commands.kit.reply import Action, Reply, Small

if TYPE_CHECKING:
    from commands.kit.splits import Split
    from commands.shared.questions import Question

_SHOWN = 80
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


def show_question(answer: Answer, question: "Question", given: Mapping[str, str]) -> Answer:
    """Return the answer to a plain question with how that was read, and what it asks as well."""
    others = (Action(other.subject, other.command, other.given) for other in question.others)
    blocks, actions = answer.reply.blocks, (*answer.reply.actions, *others)
    if answer.outcome is Outcome.ANSWERED:
        left_out = (Small((question.left_out,)),) if question.left_out else ()
        blocks = (note_reading(question.command, given), *left_out, *blocks)
    return replace(answer, reply=replace(answer.reply, blocks=blocks, actions=actions))


def note_below(answer: Answer, below: str, after: Action | None) -> Answer:
    """Say that the lines below were not read with a command; offer them if they are one."""
    shown = " ".join(below.split())[:_SHOWN]
    note = Small((T("One command at a time: I ignored “{below}”.", below=shown),))
    actions = (*answer.reply.actions, after) if after else answer.reply.actions
    reply = replace(answer.reply, blocks=(note, *answer.reply.blocks), actions=actions)
    return replace(answer, reply=reply)


class AskedQuestion(Struct):
    """What is asked, as far as it is understood: what was given, and what could be read of it.

    `left` is what to say of words too many, unless they can only have been meant in one way.
    """

    path: str
    command: Command | None
    given: Mapping[str, str] = {}
    read: Understood = Understood()
    splits: "Sequence[Split]" = ()
    left: TooManyWords | None = None

    def read_line(self, read: Callable[[], Mapping[str, str]]) -> None:
        """Take what a line gives; of words too many for what only reads, see what they may be."""
        try:
            self.given = read()
        except TooManyWords as error:
            if not (self.command and self.command.changes_nothing and error.given):
                raise
            self.given, self.left = error.given, error

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


async def work_out(command: Command, question: AskedQuestion, ctx: Context) -> Answer:
    """Answer what is asked, in one hop to a reader where the command takes that."""
    if command.takes_one_hop(question.given):
        return await ctx.store.read_together(partial(_read_and_answer, command, question, ctx))
    return await _read_and_answer(command, question, ctx)


async def _read_and_answer(command: Command, question: AskedQuestion, ctx: Context) -> Answer:
    """Answer what was asked, or as it can only have been meant where that changes nothing."""
    question.read = await command.read(question.given, ctx)
    if (wrong := question.read.wrong) is None:
        return question.answer(await command.answer(question.read.require(), ctx))
    from commands.kit.rescue import only_way, split_line

    question.splits = await split_line(command, question.given, wrong, ctx)
    if command.changes_nothing and (meant := only_way(question.splits)):
        question.given, question.splits = meant, ()
        question.read = await command.read(meant, ctx)
    elif question.left:
        question.splits = ()
        raise question.left
    reply = await command.answer(question.read.require(), ctx)
    note = note_reading(command.path, question.given)
    return question.answer(replace(reply, blocks=(note, *reply.blocks)))
