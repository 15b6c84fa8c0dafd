"""What can be done with somebody's message, from its menu."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import tzinfo

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
from bot.adapters.discord.interactions.respond import open_form
from bot.adapters.discord.rendering.modals import form_of
from bot.platform import Port
from commands.kit.command import Command
from commands.kit.invocation import Role

Ask = Callable[[Interaction, str, Mapping[str, str]], Awaitable[None]]
"""Answers a command with what is given, as a slash command would."""


def menus(
    commands: Iterable[Command], port: Port, ask: Ask, *, moderators: bool
) -> Iterator[app_commands.ContextMenu]:
    """Yield a menu entry for each command that has one."""
    for command in commands:
        if command.menu and (command.role > Role.READER) is moderators:
            yield _menu(command, port, ask)


def _menu(command: Command, port: Port, ask: Ask) -> app_commands.ContextMenu:
    async def run(interaction: Interaction, message: discord.Message) -> None:
        given = from_message(command, message, port.dispatch.desk.zone)
        caller, _ = identify_caller(interaction, port.homes)
        if command.form and caller.role >= command.role:
            form = form_of(command, given, command.form, {})
            await open_form(port, interaction, form)
        else:
            await ask(interaction, command.path, given)

    reader = command.role is Role.READER
    menu = app_commands.ContextMenu(
        name=locale_str(command.menu),
        callback=run,
        allowed_contexts=EVERYWHERE if reader else SERVERS,
        allowed_installs=ANYONE if reader else SERVER,
    )
    menu.default_permissions = None if reader else MODERATORS
    return menu


def from_message(command: Command, message: discord.Message, zone: tzinfo) -> Mapping[str, str]:
    """Return what a message says of a command's parameters: its words, day, author, address."""
    known = {
        "text": message.content,
        "day": message.created_at.astimezone(zone).date().isoformat(),
        "by": message.author.display_name,
        "source": message.jump_url,
    }
    return {name: value for name, value in known.items() if command.param(name) and value}
