"""What can be done with somebody's message, from its menu."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.adapters.discord.declaration.app_commands import (
    ANYONE,
    EVERYWHERE,
    MODERATORS,
    SERVER,
    SERVERS,
)
from bot.adapters.discord.interactions.identity import Interaction, identify_caller
from bot.adapters.discord.interactions.message_reading import SeenMessage, read_message
from bot.adapters.discord.interactions.respond import open_form, refuse
from bot.adapters.discord.rendering import limits
from bot.adapters.discord.rendering.modals import form_of
from bot.platform import Port
from commands.kit.command import Command
from commands.kit.documents import is_readable
from commands.kit.inlines import T, Typed
from commands.kit.invocation import Role
from commands.kit.reply import Audience, Reply, Tone

Ask = Callable[
    [Interaction, str, Mapping[str, str], tuple[discord.Attachment, ...]], Awaitable[None]
]
"""Answers a command with what is given, and files, as a slash command would."""


def menus(
    commands: Iterable[Command], port: Port, ask: Ask, *, moderators: bool
) -> Iterator[app_commands.ContextMenu]:
    """Yield a menu entry for each command that has one."""
    for command in commands:
        if command.menu and (command.role > Role.READER) is moderators:
            yield _menu(command, port, ask)


def _menu(command: Command, port: Port, ask: Ask) -> app_commands.ContextMenu:
    async def run(interaction: Interaction, message: discord.Message) -> None:
        caller, _ = identify_caller(interaction, port.homes)
        if caller.role < command.role:
            await ask(interaction, command.path, {}, ())
            return
        voice, zone = port.speak(str(interaction.locale)), port.dispatch.desk.zone
        seen = await read_message(interaction, message, voice, zone)
        given, files = values_of(command, seen), _files_of(command, seen)
        if files:
            await ask(interaction, command.path, {**given, "attached": "yes"}, files)
        elif "text" not in given:
            await refuse(port, interaction, _wordless(command))
        elif command.form and _fits(command, given):
            hints = {"by": voice.plain(_perhaps(seen.perhaps_by))} if seen.perhaps_by else {}
            await open_form(port, interaction, form_of(command, given, command.form, {}, hints))
        else:  # what is too long for its form is kept, if the command keeps it
            await ask(interaction, command.path, given, ())

    reader = command.role is Role.READER
    menu = app_commands.ContextMenu(
        name=locale_str(command.menu),
        callback=run,
        allowed_contexts=EVERYWHERE if reader else SERVERS,
        allowed_installs=ANYONE if reader else SERVER,
    )
    menu.default_permissions = None if reader else MODERATORS
    return menu


def values_of(command: Command, seen: SeenMessage) -> Mapping[str, str]:
    """Return what a message says of a command's parameters: its words, day, speaker, address.

    A command without a form reads all that is seen, and no more of it than it can take.
    """
    text = seen.words if command.form else "\n".join(filter(None, (seen.words, seen.around)))
    param = command.param("text")
    if not command.form and param is not None and param.type.longest:
        text = limits.cut(text, param.type.longest)
    known = {"text": text, "day": seen.day.isoformat(), "by": seen.by, "source": seen.source}
    return {name: value for name, value in known.items() if command.param(name) and value}


def _files_of(command: Command, seen: SeenMessage) -> tuple[discord.Attachment, ...]:
    """Return the files of a message that a command reads with its words."""
    if command.param("attached") is None:
        return ()
    return tuple(file for file in seen.files if is_readable(file.filename))


def _fits(command: Command, given: Mapping[str, str]) -> bool:
    longest = {param.name: param.type.longest for param in command.params}
    return all(len(value) <= (longest[name] or limits.INPUT) for name, value in given.items())


def _wordless(command: Command) -> Reply:
    """Say in one sentence that a message has nothing to read."""
    title = T("That message has no text.")
    if command.form:
        line = Typed(f"/{command.path}")
        title = T("That message has no text; write your own with {line}.", line=line)
    return Reply((title,), tone=Tone.REFUSAL, audience=Audience.ASKER)


def _perhaps(name: str) -> T:
    return T("Perhaps {name}", name=name)
