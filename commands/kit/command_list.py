"""Commands by their paths, each loaded when it is first asked for."""

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import overload

from commands.kit.command import Command
from commands.kit.did_you_mean import Closeness, find_closest
from store.model.override import override

_SHOWING = ("list", "show")


class CommandList(Sequence[Command]):
    """All commands in order; one that is looked up by its path loads none of the others.

    `where` says for each path where its command stands, such as "commands.status:status".
    """

    def __init__(self, where: Mapping[str, str | Command]) -> None:
        self._where = dict(where)
        self.paths = tuple(where)
        self.keys = ParamNames(self)

    @classmethod
    def of(cls, commands: Sequence[Command]) -> "CommandList":
        """Return the catalogue of these commands."""
        if isinstance(commands, CommandList):
            return commands
        return cls({command.path: command for command in commands})

    def find(self, path: str) -> Command | None:
        """Return a command by its path."""
        known = self._where.get(path)
        if isinstance(known, str):
            module, name = known.split(":")
            known = self._where[path] = getattr(import_module(module), name)
        assert known is None or isinstance(known, Command)  # noqa: S101 -- for the type checker
        return known

    def complete(self, group: str, word: str) -> str:
        """Return what a group's name stands for: what shows it alone, its `add` with words.

        Where the first word is much like one of its commands, it is a slip and stays as typed.
        """
        start = f"{group} "
        names = [path.removeprefix(start) for path in self.paths if path.startswith(start)]
        if not names:
            return group
        if not word and (shown := next((name for name in _SHOWING if name in names), "")):
            return f"{group} {shown}"
        if word and "add" in names and find_closest(word, names, Closeness.COMMAND) is None:
            return f"{group} add"
        return f"{group} {word}".strip()

    @cached_property
    def short(self) -> Mapping[str, str]:
        """The paths of the commands that may be written without their group."""
        return {command.name: command.path for command in self if command.short}

    @overload
    def __getitem__(self, at: int) -> Command: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Command]: ...

    @override
    def __getitem__(self, at: int | slice) -> Command | Sequence[Command]:
        return tuple(self)[at]

    @override
    def __len__(self) -> int:
        return len(self.paths)

    @override
    def __iter__(self) -> Iterator[Command]:
        return (command for path in self.paths if (command := self.find(path)) is not None)


class ParamNames(Container[str]):
    """The names of all parameters that can be written, gathered when one is asked for."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = commands

    @override
    def __contains__(self, name: object) -> bool:
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        every = (param for command in self._commands for param in command.params)
        return frozenset(param.name for param in every if not param.hidden)
