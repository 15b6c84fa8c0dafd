"""From what somebody sent to a Reply: role, parameters, time limit, errors, one log line.

The only place that catches every exception: whatever goes wrong in a command, the asker gets an
answer and the log gets the rest.
"""

import asyncio
import math
import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.command import Command, Understood
from commands.kit.context import Context
from commands.kit.did_you_mean import Closeness, find_closest
from commands.kit.errors import BadParam, Code, NotAllowed, NotFound, UserError
from commands.kit.inlines import Line, T, Typed
from commands.kit.invocation import Caller, Invocation, Role, Room, Upload
from commands.kit.parser import PREFIXES, read_line, split_line, write_line
from commands.kit.reply import Action, Audience, Choice, Reply, Small, Text, Tone
from commands.kit.rescue import Split, split_value
from commands.shared.questions import Question, read_question
from commands.shared.views.store_errors import explain_refusal
from store import Store
from store.model.refusals import Refusal, StoreBusy
from store.places import recognition

if TYPE_CHECKING:
    from bot.rate_limit import RateLimiter

_NAME_WORDS = 5
_SHOWN = 80
LIMIT_S = 10.0
SUGGEST_S = 2.0


class Outcome(StrEnum):
    """ReadAs an invocation ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAULT = "fault"


class Answer(Struct, frozen=True):
    """A Reply, how it came about, and what asks for it again (None after a refusal).

    `understood` is what was asked, with every value that could be read (None: no such command);
    `about` are the references of what it is about, a place first; a refusal has a `code`.
    """

    reply: Reply
    outcome: Outcome
    asked: Action | None = None
    understood: Action | None = None
    about: tuple[str, ...] = ()
    code: Code | None = None


class Log(Protocol):
    """Writes one line with its fields; `error` is a bug of ours, `urgent` another trouble."""

    def __call__(
        self,
        event: str,
        /,
        *,
        error: BaseException | None = None,
        urgent: bool = False,
        **fields: str | float,
    ) -> None: ...


class Desk(Struct, frozen=True):
    """What every invocation shares. `open_file` opens what a terminal's line names by path."""

    store: Store
    commands: tuple[Command, ...]
    clock: Callable[[], datetime]
    zone: tzinfo
    stale_days: int
    open_file: Callable[[str], Upload | None] | None = None


class Dispatch:
    """Answers invocations. Never raises but for cancellation."""

    def __init__(
        self, desk: Desk, log: Log, limit_s: float = LIMIT_S, paces: "RateLimiter | None" = None
    ) -> None:
        self.desk, self._log, self._limit_s, self._paces = desk, log, limit_s, paces
        self._by_path = {command.path: command for command in desk.commands}
        every = (param for command in desk.commands for param in command.params)
        self._keys = {param.name for param in every if not param.hidden}

    async def line(  # noqa: PLR0913, PLR0917 -- as below
        self,
        caller: Caller,
        line: str,
        room: Room | None = None,
        key: str = "",
        more: Mapping[str, str] = {},
        uploads: tuple[Upload, ...] = (),
    ) -> Answer:
        """Answer a line of text such as "/status Pokrovsk", with parameters that are apart."""
        path, words = self.split(line)
        here = room or Room(caller.platform, "local", managed=caller.role is Role.ADMIN)
        scene = Invocation(caller, here, key or _new_key(), uploads)
        if path not in self._by_path and not line.lstrip().startswith(tuple(PREFIXES)):
            return await self._answer_question(scene, line, path, more)

        def read(command: Command) -> Mapping[str, str]:
            return {
                **_single_upload(command, uploads),
                **read_line(command, words, self._keys),
                **more,
            }

        answer = await self._answer(scene, path, read)
        if answer.outcome is Outcome.REFUSED and "\n" in words.strip():
            return await self._offer_lines(scene, path, words, answer)
        return answer

    async def _offer_lines(
        self, scene: Invocation, path: str, words: str, refused: Answer
    ) -> Answer:
        """Offer each line by itself where those below the first are what could not be read."""
        first, _, below = words.strip().partition("\n")
        command = self.find(path)
        params = command.params if command else ()
        if any(param.type.raw or f"{param.name}:" in below for param in params):
            return refused
        alone = await self._read_action(scene, path, first)
        if alone is None:
            return refused
        other, rest = self.split(below)
        known = below.lstrip().startswith(tuple(PREFIXES))
        after = await self._read_action(scene, other, rest) if known else None
        shown = " ".join(below.split())[:_SHOWN]
        title = (T("One command at a time: “{below}” was not read with it.", below=shown),)
        offers = (alone, after) if after else (alone,)
        reply = Reply(title, (), offers, Tone.REFUSAL, Audience.ASKER)
        return replace(refused, reply=reply, code=Code.TOO_MANY_WORDS)

    async def _read_action(self, scene: Invocation, path: str, words: str) -> Action | None:
        """Return the command of one line as it can be asked again, or None if it cannot be read."""
        command = self.find(path)
        if command is None:
            return None
        try:
            given = read_line(command, words, self._keys)
        except UserError:
            return None
        read = await command.read(given, self._context(scene))
        label = T("Only “{words}”", words=" ".join(words.split())[:_SHOWN])
        return Action(label, path, read.texts) if not read.wrong else None

    async def _answer_question(
        self, scene: Invocation, line: str, path: str, more: Mapping[str, str]
    ) -> Answer:
        """Answer a plain question such as "who holds Pokrovsk?", saying how it was read."""
        today = self.desk.clock().astimezone(self.desk.zone).date()
        question = read_question(line, today, self.desk.zone) or await self._read_name(line)
        if question is None:
            close = find_closest(path, list(self._by_path), Closeness.COMMAND)
            return await self._answer(scene, path if close else "", lambda _: {})
        given = {**question.given, **more}
        answer = await self._answer(scene, question.command, lambda _: given)
        if answer.outcome is not Outcome.ANSWERED:
            return answer
        note = Small((T("Read as {line}", line=Typed(write_line(question.command, given))),))
        reply = replace(answer.reply, blocks=(note, *answer.reply.blocks))
        return replace(answer, reply=reply)

    async def _read_name(self, line: str) -> Question | None:
        """Read the bare name of a place as a question for its status."""
        name = line.strip(" ?!.")
        if not name or len(name.split()) > _NAME_WORDS:
            return None
        known = await self.desk.store.places.recognise(name)
        if known.outcome is recognition.Certainty.UNKNOWN:
            return None
        return Question("status", {"place": name})

    async def call(  # noqa: PLR0913, PLR0917 -- all that a platform knows of an invocation
        self,
        caller: Caller,
        path: str,
        given: Mapping[str, str],
        room: Room,
        key: str,
        uploads: tuple[Upload, ...] = (),
    ) -> Answer:
        """Answer a command whose parameters are apart already; each is still only text."""
        return await self._answer(Invocation(caller, room, key, uploads), path, lambda _: given)

    def split(self, line: str) -> tuple[str, str]:
        """Return the path of a line's command, known or not, and all that follows it."""
        head, rest = split_line(line)
        sub = (rest.split(maxsplit=1) or [""])[0].casefold()
        if f"{head} {sub}" in self._by_path:
            return f"{head} {sub}", rest[len(sub) :]
        return head, rest

    def find(self, path: str) -> Command | None:
        """Return a command by its path."""
        return self._by_path.get(path)

    def of_line(self, line: str) -> Command | None:
        """Return the command of a line."""
        return self.find(self.split(line)[0])

    async def suggest(
        self, caller: Caller, command: Command, name: str, text: str
    ) -> Sequence[Choice]:
        """Return values for a parameter that start like `text`; none rather than an error."""
        param = command.param(name)
        if param is None or caller.role < max(param.role, command.role):
            return []
        try:
            async with asyncio.timeout(SUGGEST_S):
                scene = Invocation(caller, Room(caller.platform, ""), "")
                return await param.type.suggest(text, self._context(scene))
        except (TimeoutError, UserError):
            return []

    async def _answer(
        self, scene: Invocation, path: str, read: Callable[[Command], Mapping[str, str]]
    ) -> Answer:
        started = time.perf_counter()
        fields: dict[str, Any] = {
            "platform": scene.caller.platform,
            "role": scene.caller.role.name,
        }
        error: Exception | None = None
        question = _Question(path, self._by_path.get(path))
        try:
            answer = await self._run(scene, question, read)
        except UserError as refusal:
            answer = question.refuse(refusal)
        except (Refusal, StoreBusy) as refusal:
            answer = question.refuse(explain_refusal(refusal))
        except TimeoutError:
            slow = T("That took too long, and was given up. Ask for less, such as one place.")
            answer = question.refuse(UserError(slow, code=Code.TOO_SLOW))
        except Exception as caught:
            bug, error = os.urandom(4).hex(), caught
            fields["bug"] = bug
            answer = Answer(_bug(bug), Outcome.FAULT, understood=question.understood)
        known = path if question.command else "unknown"
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        outcome = answer.outcome
        self._log(
            "invocation", error=error, command=known, outcome=outcome, ms=milliseconds, **fields
        )
        return answer

    async def _run(
        self,
        scene: Invocation,
        question: "_Question",
        read: Callable[[Command], Mapping[str, str]],
    ) -> Answer:
        command = question.command
        if command is None:
            raise _unknown(question.path, self.desk.commands)
        self._keep_pace(scene)
        question.given = read(command)
        async with asyncio.timeout(self._limit_s):
            ctx = self._context(self._with_files(scene, command, question.given))
            question.read = await command.read(question.given, ctx)
            if question.read.wrong is not None:
                wrong = question.read.wrong
                question.splits = await split_value(command, question.given, wrong.param, ctx)
            return question.answer(await command.answer(question.read.require(), ctx))

    def _keep_pace(self, scene: Invocation) -> None:
        """Refuse a reader who asks too fast; a terminal has one reader and no crowd."""
        caller, room = scene.caller, scene.room
        if self._paces is None or caller.role > Role.READER:
            return
        person = f"{caller.platform}:{caller.id}"
        wait = self._paces.wait(person, f"{room.platform}:{room.id}")
        if wait:
            seconds = T("{n} second", "{n} seconds", n=math.ceil(wait))
            fast = T("That was fast. Ask again in {seconds}.", seconds=seconds)
            raise NotAllowed(fast, code=Code.TOO_FAST)

    def _with_files(
        self, scene: Invocation, command: Command, given: Mapping[str, str]
    ) -> Invocation:
        """Return the scene with the files that a terminal's line names by their paths."""
        names = [
            given[param.name] for param in command.params if param.upload and param.name in given
        ]
        if not names or self.desk.open_file is None:
            return scene
        opened = tuple(file for name in names if (file := self.desk.open_file(name.strip())))
        return Invocation(scene.caller, scene.room, scene.key, (*scene.uploads, *opened))

    def _context(self, scene: Invocation) -> Context:
        desk = self.desk
        return Context(
            caller=scene.caller,
            room=scene.room,
            key=scene.key,
            store=desk.store,
            now=desk.clock(),
            zone=desk.zone,
            stale_days=desk.stale_days,
            commands=desk.commands,
            uploads=scene.uploads,
        )


def _single_upload(command: Command, uploads: Sequence[Upload]) -> Mapping[str, str]:
    """Return what a line need not name: the one file there is, for the command that takes one."""
    names = [param.name for param in command.params if param.upload]
    return {names[0]: uploads[0].name} if len(names) == len(uploads) == 1 else {}


def _new_key() -> str:
    return f"line:{os.urandom(8).hex()}"


class _Question(Struct):
    """What is asked, as far as it is understood: what was given, and what could be read of it."""

    path: str
    command: Command | None
    given: Mapping[str, str] = {}
    read: Understood = Understood()
    splits: Sequence[Split] = ()

    @property
    def understood(self) -> Action | None:
        """The command with every value that could be read."""
        command = self.command
        return Action(T(command.summary), self.path, self.read.texts) if command else None

    def answer(self, reply: Reply) -> Answer:
        about = self.read.about if reply.about is None else reply.about
        asked = reply.again or self.understood
        return Answer(reply, Outcome.ANSWERED, asked, self.understood, about)

    def refuse(self, error: UserError) -> Answer:
        reply = _refusal(error, self.path, {**self.given, **self.read.texts}, self.splits)
        return Answer(reply, Outcome.REFUSED, understood=self.understood, code=error.code)


def _refusal(
    error: UserError, path: str, given: Mapping[str, str], splits: Sequence[Split]
) -> Reply:
    """Say what is wrong; each choice is the same command with that value, or with one apart."""
    more: tuple[Text, ...] = (Text(tuple(error.more)),) if error.more and not splits else ()
    for split in splits[:1]:
        more += (Text((T("If you mean {typed}, write it so.", typed=Typed(split.typed)),)),)
    title: Line = (error.message,)
    named = f"{error.param}:" in error.message.message
    if isinstance(error, BadParam) and error.param and not named:
        title = (f"{error.param}: ", error.message)
    apart = tuple(Action(T("With {typed}", typed=s.typed), path, s.given) for s in splits)
    choices = tuple(
        Action(choice.label, path, {**given, error.param: choice.value}) for choice in error.choices
    )
    return Reply(title, more, (*apart, *choices), Tone.REFUSAL, Audience.ASKER)


def _unknown(path: str, commands: Sequence[Command]) -> NotFound:
    if not path:
        unread = T("I did not understand that. Ask about a place, a speaker or a day:")
        return NotFound(unread, T("Who holds Pokrovsk?"), code=Code.UNKNOWN_COMMAND)
    shown = path[:40]
    close = find_closest(path, [command.path for command in commands], Closeness.COMMAND)
    if close is None:
        none = T("There is no command “{name}”. For all of them:", name=shown)
        return NotFound(none, Typed("/help"), code=Code.UNKNOWN_COMMAND)
    near = T("There is no command “{name}”. Did you mean this?", name=shown)
    return NotFound(near, Typed(f"/{close}"), code=Code.UNKNOWN_COMMAND)


def _bug(bug: str) -> Reply:
    title = (T("Something went wrong here, and it is logged as {bug}.", bug=bug),)
    return Reply(title, tone=Tone.FAULT, audience=Audience.ASKER)
