"""Commands as Discord's app commands, made from their declarations; nothing is written per command.

Every parameter but a file travels as text, to be read by the one reader that all platforms share.
What takes a role on a command for everyone is left out: Discord cannot show a parameter to some
people only, and the text grammar takes it.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from keyword import iskeyword

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from typing_extensions import override

from bot.adapters.discord.rendering import limits
from commands.kit.command import Command, Param, ParamType
from commands.kit.invocation import Role

Interaction = discord.Interaction[discord.Client]
Files = tuple[discord.Attachment, ...]
Answer = Callable[[Interaction, str, Mapping[str, str], Files], Awaitable[None]]
Suggest = Callable[[Interaction, Command, str, str], Awaitable[Sequence[Choice[str]]]]
AppCommand = app_commands.Command[app_commands.Group, ..., None] | app_commands.Group

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
ANYONE = app_commands.AppInstallationType(guild=True, user=True)
SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
SERVER = app_commands.AppInstallationType(guild=True, user=False)
MODERATORS = discord.Permissions(manage_messages=True)
"""Who finds a moderators' command in the picker, until a server says otherwise. A role decides."""


def declare_commands(
    commands: Iterable[Command], answer: Answer, suggest: Suggest
) -> tuple[list[AppCommand], list[AppCommand]]:
    """Return the readers' commands and the moderators', each as the tree takes them."""
    readers: list[AppCommand] = []
    moderators: list[AppCommand] = []
    groups: dict[str, app_commands.Group] = {}
    for command in commands:
        target = readers if command.role is Role.READER else moderators
        app_command = _command(command, answer, suggest)
        if not command.group:
            target.append(app_command)
            continue
        if command.group not in groups:
            groups[command.group] = _group(command)
            target.append(groups[command.group])
        groups[command.group].add_command(app_command)
    return readers, moderators


class _Given(app_commands.Transformer):
    """One parameter, as text. What has fixed choices has nothing to suggest: not both."""

    def __init__(self, kind: ParamType) -> None:
        self._kind = kind

    @property
    @override
    def choices(self) -> list[Choice[str | int | float]] | None:
        return [
            Choice(name=locale_str(getattr(choice.label, "message", "")), value=choice.value)
            for choice in self._kind.fixed
        ] or None

    @property
    @override
    def max_value(self) -> int | None:
        """The most characters, as the library calls it of a text."""
        return min(self._kind.longest, limits.OPTION_TEXT) or None

    @override
    async def transform(self, interaction: Interaction, value: str, /) -> str:
        return value


class _Suggested(_Given):
    """One parameter, with the suggestions of its type."""

    def __init__(self, command: Command, param: Param, suggest: Suggest) -> None:
        super().__init__(param.type)
        self._command, self._param, self._suggest = command, param, suggest

    @override
    async def autocomplete(  # type: ignore[override]  # the library's own signature is too wide
        self, interaction: Interaction, value: str, /
    ) -> list[Choice[str]]:
        return list(await self._suggest(interaction, self._command, self._param.name, value))


def _command(
    command: Command, answer: Answer, suggest: Suggest
) -> app_commands.Command[app_commands.Group, ..., None]:
    async def run(interaction: Interaction, **given: str | discord.Attachment | None) -> None:
        if not _is_as_declared(interaction, params):
            raise app_commands.CommandSignatureMismatch(app_command)
        files = tuple(value for value in given.values() if isinstance(value, discord.Attachment))
        kept = {
            names[word]: value.filename if isinstance(value, discord.Attachment) else value
            for word, value in given.items()
            if value
        }
        await answer(interaction, command.path, kept, files)

    params = [p for p in command.params if _is_option(p, command)]
    names = {_python_name(param): param.name for param in params}
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # functions take any
        [inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        + [_parameter(command, param, suggest) for param in params]
    )
    described = app_commands.describe(
        **{_python_name(p): locale_str(p.type.help.message) for p in params}
    )
    renamed = app_commands.rename(**{_python_name(p): p.option for p in params})
    reader = command.role is Role.READER
    app_command: app_commands.Command[app_commands.Group, ..., None] = app_commands.Command(
        name=command.name,
        description=locale_str(limits.cut(command.summary, limits.DESCRIPTION)),
        callback=renamed(described(run)),
        allowed_contexts=EVERYWHERE if reader else SERVERS,
        allowed_installs=ANYONE if reader else SERVER,
    )
    app_command.default_permissions = None if reader else MODERATORS
    return app_command


def _is_option(param: Param, command: Command) -> bool:
    return not (param.hidden or param.line_only) and param.role <= command.role


def _is_as_declared(interaction: Interaction, params: Sequence[Param]) -> bool:
    """Return whether a client knows the options as they are: the library drops those that went."""
    kinds = {param.option: param.upload for param in params}
    return all(
        kinds.get(name) is isinstance(value, discord.Attachment)
        for name, value in interaction.namespace
    )


def _python_name(param: Param) -> str:
    """Return a name that the library can call an option by: one such as "from" is none."""
    return f"{param.option}_" if iskeyword(param.option) else param.option


def _parameter(command: Command, param: Param, suggest: Suggest) -> inspect.Parameter:
    fixed = _Given(param.type) if param.type.fixed else None
    sort = discord.Attachment if param.upload else fixed or _Suggested(command, param, suggest)
    return inspect.Parameter(
        _python_name(param),
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if param.required else None,
        annotation=sort if param.required or not param.upload else sort | None,
    )


def _group(command: Command) -> app_commands.Group:
    reader = command.role is Role.READER
    return app_commands.Group(
        name=command.group,
        description=locale_str(command.group.capitalize()),
        default_permissions=None if reader else MODERATORS,
        allowed_contexts=EVERYWHERE if reader else SERVERS,
        allowed_installs=ANYONE if reader else SERVER,
    )
