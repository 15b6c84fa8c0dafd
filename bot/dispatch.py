"""From what somebody sent to a Reply: role, parameters, time limit, errors, one log line.

The only place that catches every exception: whatever goes wrong in a command, the asker gets an
answer and the log gets the rest.
"""

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import asdict, replace

from bot.answers import (
    Answer,
    AskedQuestion,
    Outcome,
    note_below,
    show_question,
    work_out,
)
from bot.i18n.catalogues import load_translations
from commands.kit.command import Command
from commands.kit.command_list import CommandList
from commands.kit.context import Context
from commands.kit.did_you_mean import Closeness, find_closest
from commands.kit.errors import Code, UserError
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Invocation, Role, Room, Upload
from commands.kit.parser import (
    PREFIXES,
    fill_in,
    longest_line,
    name_single_upload,
    read_line,
    split_below,
    split_line,
)
from commands.kit.reply import Action, Choice
from store import Store
from store.model.entry import Place
from store.model.refusals import Refusal, StoreBusy

if TYPE_CHECKING:
    from bot.gap_tally import GapTally
    from bot.kept_answers import KeptAnswers
    from bot.rate_limit import RateLimiter
    from bot.replica.acknowledge import Acknowledger
    from commands.kit.documents import Documents
    from commands.shared.questions import Question

__all__ = ["Answer", "Desk", "Dispatch", "Log", "Outcome"]

_TELL_ME = re.compile(r"tell (?:me|us)\b", re.IGNORECASE)
"""How a question begins, though /tell is a command: "tell me about Pokrovsk"."""
LIMIT_S = 10.0
SUGGEST_S = 2.0


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
    """What every invocation shares. `open_file` opens what a terminal's line names by path.

    Whether it `remembers` who asks is a setting; `tally` counts who asks in vain; `acknowledger`
    says how safe it is what a command wrote (None: on this disk is safe enough).
    """

    store: Store
    commands: Sequence[Command]
    clock: Callable[[], datetime]
    zone: tzinfo
    stale_days: int
    open_file: Callable[[str], Upload | None] | None = None
    documents: "Documents | None" = None
    remembers: bool = True
    map_delay: timedelta = timedelta(hours=24)
    tells_records: bool = True
    tally: "GapTally | None" = None
    kept: "KeptAnswers | None" = None
    acknowledger: "Acknowledger | None" = None


class Dispatch:
    """Answers invocations. Never raises but for cancellation."""

    def __init__(
        self, desk: Desk, log: Log, limit_s: float = LIMIT_S, paces: "RateLimiter | None" = None
    ) -> None:
        self.desk, self._log, self._limit_s, self._paces = desk, log, limit_s, paces
        self._commands = CommandList.of(desk.commands)

    async def line(  # noqa: PLR0913, PLR0917 -- as below
        self,
        caller: Caller,
        line: str,
        room: Room | None = None,
        key: str = "",
        more: Mapping[str, str] = {},
        uploads: tuple[Upload, ...] = (),
        *,
        whole: bool = False,
    ) -> Answer:
        """Answer a line of text such as "/status Pokrovsk", with parameters that are apart."""
        path, words = self.split(line)
        here = room or Room(caller.platform, "local", managed=caller.role is Role.ADMIN)
        scene = Invocation(caller, here, key or _new_key(), uploads, whole)
        if (asked := self.find(path)) and len(words) > longest_line(asked):
            from bot.refused_line import refuse_length

            return await self._answer(scene, path, partial(refuse_length, len(words)))
        if self._may_ask(line, path) or await self._names_something(scene, line, path):
            return await self._answer_question(scene, line.lstrip().removeprefix("!"), path, more)
        words, below = await self._split_lines(scene, path, words)

        def read(command: Command) -> Mapping[str, str]:
            line = read_line(command, words, self._commands.keys)
            return fill_in(command, {**name_single_upload(command, uploads), **line}, more)

        answer = await self._answer(scene, path, read)
        return await self._offer_below(scene, answer, below) if below else answer

    def _may_ask(self, line: str, path: str) -> bool:
        """Tell whether a line may ask: without a prefix, or a question after "!".

        One that begins with a command's name does where that answers it: claims by Putin.
        """
        bare = line.lstrip()
        prefixed = bare.startswith(tuple(PREFIXES))
        if path in self._commands.paths:
            question = None if prefixed or ":" in bare else self._read_question(bare)
            return question is not None and (
                question.command == path or _TELL_ME.match(bare) is not None
            )
        return not prefixed or (bare.startswith("!") and self._read_question(bare[1:]) is not None)

    async def _names_something(self, scene: Invocation, line: str, path: str) -> bool:
        """Tell whether a name, a day or a reference stands behind "!": !Pokrovsk."""
        bare = line.lstrip()
        if not bare.startswith("!") or path in self._commands.paths:
            return False
        return await self._find_question(scene, bare[1:]) is not None

    async def _find_question(self, scene: Invocation, line: str) -> "Question | None":
        from bot.plain_question import find_question

        role, zone = scene.caller.role, self.desk.zone
        return await find_question(self.desk.store, line, role, self._today, zone)

    def _read_question(self, line: str) -> "Question | None":
        from commands.shared.questions import read_question

        return read_question(line, self._today, self.desk.zone)

    @property
    def _today(self) -> date:
        return self.desk.clock().astimezone(self.desk.zone).date()

    async def _split_lines(self, scene: Invocation, path: str, words: str) -> tuple[str, str]:
        """Return what belongs to a command, and the lines below that cannot be read with it.

        What people add there ("thanks!") is theirs, or a command of its own.
        """
        command = self.find(path)
        first, below = split_below(command, words.strip()) if command else (words, "")
        if not below or await self._read_action(scene, path, words):
            return words, ""
        alone = await self._read_action(scene, path, first)
        return (first, below.strip()) if alone else (words, "")

    async def _offer_below(self, scene: Invocation, answer: Answer, below: str) -> Answer:
        """Say that the lines below were not read with a command; offer them if they are one."""
        path, words = self.split(below)
        known = below.startswith(tuple(PREFIXES))
        return note_below(
            answer, below, await self._read_action(scene, path, words) if known else None
        )

    async def _read_action(self, scene: Invocation, path: str, words: str) -> Action | None:
        """Return the command of one line as it can be asked again, or None if it cannot be read."""
        command = self.find(path)
        if command is None:
            return None
        try:
            read = await command.read(
                read_line(command, words, self._commands.keys), self._context(scene)
            )
        except UserError:
            return None
        return Action(T(command.summary), path, read.texts) if not read.wrong else None

    async def _answer_question(
        self, scene: Invocation, line: str, path: str, more: Mapping[str, str]
    ) -> Answer:
        """Answer a plain question such as "who holds Pokrovsk?", saying how it was read."""
        from bot.plain_question import find_unlikely_question

        question = await self._find_question(scene, line)
        if question is None and find_closest(path, self._commands.paths, Closeness.COMMAND):
            return await self._answer(scene, path, lambda _: {})
        asked = scene.caller.role, self._today, self.desk.zone
        question = question or await find_unlikely_question(self.desk.store, line, *asked)
        if question is None:
            return await self._answer(scene, "", lambda _: {})
        given = {**question.given, **more}
        answer = await self._answer(scene, question.command, lambda _: given)
        return show_question(answer, question, given)

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

    async def find_example_place(self) -> Place | None:
        """Return the place on which the desk has most; None where nothing is on record."""
        return next(iter(await self.desk.store.places.on_record(1)), None)

    async def exemplify(self) -> str:
        """Return a line that asks something here, without its prefix."""
        place = await self.find_example_place()
        return f"status {place.name}" if place else "about"

    def split(self, line: str) -> tuple[str, str]:
        """Return the path of a line's command, known or not, and all that follows it."""
        head, rest = split_line(line)
        sub = (rest.split(maxsplit=1) or [""])[0].casefold()
        paths = self._commands.paths
        if f"{head} {sub}" in paths:
            return f"{head} {sub}", rest[len(sub) :]
        if head in paths:
            return head, rest
        if rest[:1].isdigit() and (short := self._commands.short.get(head)):
            return short, rest
        return self._commands.complete(head, sub), rest

    def find(self, path: str) -> Command | None:
        """Return a command by its path."""
        return self._commands.find(path)

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
            async with self.desk.store.limit(SUGGEST_S):
                scene = Invocation(caller, Room(caller.platform, ""), "")
                return await param.type.suggest(text, self._context(scene))
        except (TimeoutError, UserError):
            return []

    async def _answer(
        self, scene: Invocation, path: str, read: Callable[[Command], Mapping[str, str]]
    ) -> Answer:
        started = time.perf_counter()
        caller = scene.caller
        fields: dict[str, Any] = {"platform": caller.platform, "role": caller.role.name}
        error: Exception | None = None
        question = AskedQuestion(path, self.find(path))
        try:
            answer = await self._run(scene, question, read)
        except UserError as refusal:
            answer = question.refuse(refusal)
        except (Refusal, StoreBusy) as refusal:
            from commands.shared.views.store_errors import explain_refusal

            answer = question.refuse(explain_refusal(refusal, caller.role))
        except TimeoutError:
            slow = T("That took too long, so I stopped. Ask for less, such as one place.")
            answer = question.refuse(UserError(slow, code=Code.TOO_SLOW))
        except Exception as caught:
            from bot.refused_line import report_bug, report_trouble

            if (reply := report_trouble(caught)) is None:
                bug, error = os.urandom(4).hex(), caught
                fields["bug"], reply = bug, report_bug(bug)
            else:
                fields["trouble"] = str(caught)
            answer = Answer(reply, Outcome.FAULT, understood=question.understood)
        fields["command"] = path if question.command else "unknown"
        fields["ms"] = round((time.perf_counter() - started) * 1000, 1)
        urgent = "trouble" in fields
        self._log("invocation", error=error, urgent=urgent, outcome=answer.outcome, **fields)
        return answer

    async def _run(
        self,
        scene: Invocation,
        question: AskedQuestion,
        read: Callable[[Command], Mapping[str, str]],
    ) -> Answer:
        command = question.command
        if command is None:
            from bot.refused_line import refuse_command

            example = await self.find_example_place()
            raise refuse_command(question.path, self.desk.commands, example, scene)
        if self._paces is not None:
            from bot.rate_limit import keep_pace

            keep_pace(self._paces, scene)
        question.read_line(partial(read, command))
        desk = self.desk
        with desk.store.note_writes() as writes:
            async with desk.store.limit(self._limit_s * command.patience):
                ctx = self._context(self._with_files(scene, command, question.given))
                kept, work = desk.kept, partial(work_out, command, question, ctx)
                answer = await (kept.answer(command, question.given, ctx, work) if kept else work())
        if writes.any and desk.acknowledger is not None:
            from bot.replica.acknowledge import confirm_reply

            reply = await confirm_reply(desk.acknowledger, answer.reply)
            answer = replace(answer, reply=reply)
        if desk.tally is not None:
            desk.tally.note(scene.caller, answer.reply.unanswered, ctx.today)
        return answer

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
        return replace(scene, uploads=(*scene.uploads, *opened))

    def _context(self, scene: Invocation) -> Context:
        desk = self.desk
        return Context(
            **asdict(scene),
            store=desk.store,
            now=desk.clock(),
            zone=desk.zone,
            stale_days=desk.stale_days,
            commands=desk.commands,
            remembers=desk.remembers,
            map_delay=desk.map_delay,
            tells_records=desk.tells_records,
            documents=desk.documents,
            translations=load_translations,
        )


def _new_key() -> str:
    return f"line:{os.urandom(8).hex()}"
