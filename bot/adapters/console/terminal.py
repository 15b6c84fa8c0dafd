"""The terminal as a platform: a prompt with history and completion, and answers under it."""

import sys
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.adapters.console.layout import layout
from bot.adapters.console.local_files import save_attachments
from bot.adapters.console.paint import paint, width_of
from bot.dispatch import Dispatch
from bot.i18n.formatter import Voice
from bot.pictures.album import Album
from commands.kit.inlines import Moment, T
from commands.kit.invocation import Caller
from commands.kit.parser import write_line
from store.model.aside import run_aside

if TYPE_CHECKING:
    from prompt_toolkit.history import History

    from commands.kit.reply import Action

_HISTORY = Path("~/.local/state/sitrep/history")
_LEAVE = {"exit", "quit", "bye", "/exit", "/quit"}


class Terminal:
    """One person at a terminal."""

    def __init__(self, dispatch: Dispatch, caller: Caller, voice: Voice) -> None:
        self._dispatch, self._caller, self._voice = dispatch, caller, voice
        self._album = Album()
        self._offered: tuple[Action, ...] = ()

    async def tour(self, lines: Sequence[str], day: datetime) -> None:
        """Ask some lines aloud, saying where the clock stands."""
        clock = T("The clock stands at {moment}, the day of the first source.", moment=Moment(day))
        print(self._voice.plain(clock), end="\n\n")
        for line in lines:
            print(f"> {line}\n")
            await self._answer(line)
            print()

    async def run(self) -> int:
        """Take lines until end of input; a number asks what was offered under that number."""
        async for typed in self._prompt() if sys.stdin.isatty() else _read_lines():
            line = typed.strip()
            if line.casefold() in _LEAVE:
                break
            if line:
                await self._answer(self._resolve_number(line))
                print()
        return 0

    async def _prompt(self) -> AsyncIterator[str]:
        """Yield what is typed, line by line."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.patch_stdout import patch_stdout

        from bot.adapters.console.complete import LineCompleter

        prompt: PromptSession[str] = PromptSession(
            history=_open_history(),
            completer=LineCompleter(self._dispatch, self._caller, self._voice),
            complete_while_typing=True,
        )
        line = f"/{await self._dispatch.exemplify()}"
        hello = T("Ask, such as {line}; /help lists the commands, exit leaves.", line=line)
        print(self._voice.plain(hello), end="\n\n")
        while True:
            try:
                with patch_stdout(raw=True):  # a summary may come while something is typed
                    line = await prompt.prompt_async("sitrep> ")
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            yield line

    def _resolve_number(self, line: str) -> str:
        number = int(line.strip("[]")) if line.strip("[]").isdecimal() else 0
        if not 0 < number <= len(self._offered):
            return line
        action = self._offered[number - 1]
        chosen = write_line(action.command, action.given)
        print(chosen, end="\n\n")
        return chosen

    async def _answer(self, line: str) -> None:
        answer = await self._dispatch.line(self._caller, line)
        shown = replace(answer.reply, illustration=None)  # a terminal would only save it
        files = (await self._album.hang(shown, self._voice)).files
        self._offered = (*answer.reply.actions, *answer.reply.openings)
        paint(layout(answer.reply, self._voice, width_of(sys.stdout), numbered=True), sys.stdout)
        try:
            for written in save_attachments(files, self._voice):
                print(written)
        except OSError as error:
            why = T(
                "{file} cannot be written: {why}.", file=error.filename, why=str(error.strerror)
            )
            print(self._voice.plain(why))


async def _read_lines() -> AsyncIterator[str]:
    """Yield the lines of a file or a pipe, so that others are served meanwhile."""
    while line := await run_aside(sys.stdin.readline):
        yield line


def _open_history() -> "History":
    """Return what was typed before, and keeps it; for this once where that cannot be written."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    file = _HISTORY.expanduser()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))
