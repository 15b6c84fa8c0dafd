"""The bot's connection to Discord."""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import discord
from discord import app_commands
from discord.app_commands import Choice
from typing_extensions import override

from bot.adapters.discord.declaration.app_commands import declare_commands
from bot.adapters.discord.declaration.sync_commands import Declarations
from bot.adapters.discord.declaration.translator import Catalogue
from bot.adapters.discord.gateway import Connection
from bot.adapters.discord.interactions.changed_commands import (
    name_of,
    options_of,
    report_changed,
)
from bot.adapters.discord.interactions.context_menus import menus
from bot.adapters.discord.interactions.delivery import LOST, log_what_is_lost
from bot.adapters.discord.interactions.identity import PLATFORM, Interaction, identify_caller
from bot.adapters.discord.interactions.mentions import reply_to
from bot.adapters.discord.interactions.modal_submit import reopen, submit
from bot.adapters.discord.interactions.respond import (
    Presentation,
    answer,
    press,
    report_strange,
)
from bot.adapters.discord.rendering import limits
from bot.adapters.discord.rendering.attachments import uploads_of
from bot.adapters.discord.rendering.custom_ids import PressedComponent, parse_custom_id
from bot.adapters.discord.rendering.views import LineButton, LineMenu
from bot.platform import Port
from commands.kit.command import Command

P = ParamSpec("P")

_AFTER_NAME = " \t\n,:;.!–—-"
"""What people write between the bot's name and what they ask."""
_CHANGED = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)
"""What the library raises for a command, or an option of one, that it does not know so."""


def _track(
    work: Callable[Concatenate["DiscordClient", P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate["DiscordClient", P], Coroutine[Any, Any, None]]:
    """Count what is being answered, so that a closing bot can wait for it."""

    @wraps(work)
    async def counted(self: "DiscordClient", /, *args: P.args, **kwargs: P.kwargs) -> None:
        task = asyncio.ensure_future(work(self, *args, **kwargs))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        await asyncio.shield(task)

    return counted


class Tree(app_commands.CommandTree["DiscordClient"]):
    """The library's tree: its errors in our log, and what has changed said to who asks."""

    @override
    async def on_error(
        self,
        interaction: discord.Interaction["DiscordClient"],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        port = self.client.port
        if not isinstance(error, _CHANGED):
            port.log("interaction failed", platform=PLATFORM, error=error)
        elif interaction.type is discord.InteractionType.autocomplete:
            async with log_what_is_lost(port.log):
                await interaction.response.autocomplete([])
        else:
            words = options_of(interaction)
            await report_changed(port, interaction, name_of(interaction), words)


class DiscordClient(Connection):
    """Declares the desk's commands, and hands what people do to dispatch."""

    def __init__(self, port: Port, gateway: str = "") -> None:
        super().__init__(gateway)
        self.port = port
        self.running: set[asyncio.Task[Any]] = set()
        self.tree = Tree(self)
        self._declarations = Declarations(self.tree, port)

    @override
    async def setup_hook(self) -> None:
        self.add_dynamic_items(LineButton, LineMenu)
        await self.tree.set_translator(Catalogue(self.port.speak))
        commands = self.port.dispatch.desk.commands
        readers, moderators = declare_commands(commands, self.ask, self.suggest)
        for command in (*readers, *menus(commands, self.port, self.ask, moderators=False)):
            self.tree.add_command(command)
        homes = [discord.Object(int(home)) for home in sorted(self.port.homes.homes)]
        for home in homes:  # without a home they are declared nowhere
            for command in (*moderators, *menus(commands, self.port, self.ask, moderators=True)):
                self.tree.add_command(command, guild=home)
        for where in (None, *homes):
            await self._declarations.sync(where)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Declare what belongs to a home, where it was not yet or was lost when the bot left."""
        if str(guild.id) in self.port.homes.homes:
            await self._declarations.sync(discord.Object(guild.id))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Do the same; the gateway does not always tell one from the other."""
        await self.on_guild_join(guild)

    @_track
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End what a channel was told, and tell who asked for it."""
        await self.port.room_deleted(PLATFORM, str(channel.id))

    @_track
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Do the same for a thread."""
        await self.port.room_deleted(PLATFORM, str(thread.thread_id))

    @_track
    async def ask(
        self,
        interaction: Interaction,
        path: str,
        given: Mapping[str, str],
        files: tuple[discord.Attachment, ...] = (),
    ) -> None:
        """Answer a slash command."""
        caller, room = identify_caller(interaction, self.port.homes)
        wishes = await self.port.memory.room(PLATFORM, room.id)
        key, uploads = f"discord:{interaction.id}", uploads_of(files)
        work = self.port.dispatch.call(caller, path, given, room, key, uploads)
        public = wishes.public and interaction.guild_id is not None
        await answer(self.port, interaction, work, Presentation(public=public))

    async def suggest(
        self, interaction: Interaction, command: Command, name: str, text: str
    ) -> Sequence[Choice[str]]:
        """Return values for a parameter: no more than Discord takes, none twice.

        It refuses them all where two are called the same: twins are called by their values too.
        """
        caller, _ = identify_caller(interaction, self.port.homes)
        voice = self.port.speak(str(interaction.locale))
        suggestions = await self.port.dispatch.suggest(caller, command, name, text)
        labels = {
            choice.value: limits.cut(voice.plain(choice.label), limits.CHOICE).strip()
            or choice.value
            for choice in suggestions
            if 0 < len(choice.value) <= limits.CHOICE
        }
        times = Counter(labels.values())
        names = {
            value: label if times[label] == 1 else limits.cut(f"{value} · {label}", limits.CHOICE)
            for value, label in labels.items()
        }
        return [
            Choice(name=name, value=value) for value, name in list(names.items())[: limits.OPTIONS]
        ]

    @_track
    async def press(
        self, interaction: Interaction, asked: PressedComponent, given: Mapping[str, str]
    ) -> None:
        """Answer a button, or a menu with what it gives."""
        if asked.verb == "fix":
            await reopen(self.port, interaction, asked)
        else:
            await press(self.port, interaction, asked, given)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a form: the library forgets forms over a restart, so their ids tell all.

        A button or a menu that no longer leads anywhere is answered too.
        """
        if interaction.type is discord.InteractionType.modal_submit:
            await self.submit(interaction)
        elif interaction.type is discord.InteractionType.component:
            data: Mapping[str, Any] = interaction.data or {}
            if parse_custom_id(str(data.get("custom_id", ""))) is None:
                await report_strange(self.port, interaction)

    @_track
    async def submit(self, interaction: Interaction) -> None:
        """Answer a form."""
        await submit(self.port, interaction)

    @_track
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that starts by naming the bot, or that was sent to it alone."""
        line = self._line(message)
        if line is not None:
            await reply_to(self.port, message, line or "help")

    def _line(self, message: discord.Message) -> str | None:
        if message.author.bot or self.user is None:
            return None
        text = message.content.strip()
        for named in (f"<@{self.user.id}>", f"<@!{self.user.id}>"):
            if text.startswith(named):
                return text.removeprefix(named).lstrip(_AFTER_NAME).strip()
        return text if message.guild is None else None

    async def on_shard_ready(self, _shard: int) -> None:
        """Say how old the data is: each new session begins without a word."""
        await self.show_presence()

    @override
    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        self.port.log("event failed", platform=PLATFORM, name=event_method, error=sys.exception())

    async def drain(self, most_s: float) -> None:
        """Wait for the answers that are being given, so many seconds at most."""
        if self.running:
            await asyncio.wait(set(self.running), timeout=most_s)

    async def show_presence(self) -> None:
        """Say how old the data is where the bot's name is shown."""
        age = await self.port.presence()
        with suppress(*LOST):  # a new connection shows it again
            await self.change_presence(activity=discord.CustomActivity(name=age[:128]))
