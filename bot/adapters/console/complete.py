"""Completion as one types: commands, parameters, and whatever a parameter's type suggests."""

import re
from collections.abc import AsyncGenerator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from typing_extensions import override

from bot.dispatch import Dispatch
from bot.i18n.formatter import Voice
from commands.kit.command import Command, Param
from commands.kit.inlines import T
from commands.kit.invocation import Caller

_KEYED = re.compile(r"(?:^|\s)([a-z][a-z0-9_]*):([^:]*)$")


class LineCompleter(Completer):
    """Completes the line before the cursor."""

    def __init__(self, dispatch: Dispatch, caller: Caller, voice: Voice) -> None:
        self._dispatch, self._caller, self._voice = dispatch, caller, voice

    @override
    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> list[Completion]:
        return []  # the prompt asks asynchronously

    @override
    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        text = document.text_before_cursor
        path, rest = self._dispatch.split(text)
        command = self._dispatch.find(path)
        if command is None or " " not in text.lstrip():
            for completion in self._commands(text):
                yield completion
            return
        param, typed = _under_cursor(command, rest)
        if param is not None:
            for choice in await self._dispatch.suggest(self._caller, command, param.name, typed):
                label = self._voice.plain(choice.label)
                yield Completion(choice.value, -len(typed), display=label)
        for completion in self._names(command, text):
            yield completion

    def _commands(self, text: str) -> list[Completion]:
        typed = text.lstrip("/! ")
        return [
            Completion(
                f"/{command.path} ",
                -len(text),
                display=f"/{command.path}",
                display_meta=self._voice.plain(T(command.summary)),
            )
            for command in self._dispatch.desk.commands
            if command.path.startswith(typed) and command.role <= self._caller.role
        ]

    def _names(self, command: Command, text: str) -> list[Completion]:
        word = text.rpartition(" ")[2]
        return [
            Completion(
                f"{param.name}:",
                -len(word),
                display_meta=self._voice.plain(param.type.help),
            )
            for param in command.params
            if not param.hidden
            and param.role <= self._caller.role
            and param.name.startswith(word)
            and f"{param.name}:" not in text
        ]


def _under_cursor(command: Command, rest: str) -> tuple[Param | None, str]:
    """Return the parameter that is being typed, and what there is of it."""
    if keyed := _KEYED.search(f" {rest}"):
        return command.param(keyed[1]), keyed[2]
    first = next((param for param in command.params if param.positional), None)
    return (first, rest) if first and ":" not in rest else (None, "")
