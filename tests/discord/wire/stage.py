"""The bot as it runs, connected to the tests' own Discord: the real platform, client and store."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from bot.adapters.discord.discord_client import DiscordClient
from bot.adapters.discord.discord_platform import DiscordPlatform
from commands import COMMANDS
from commands.kit.command import Command, command
from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import T
from commands.kit.reply import Action, Reply
from store.model.revision import Act, Person
from store.workflow.state import RoomSettings
from tests.discord.loopback import Channel, Guild, Loopback, Member, Message
from tests.discord.loopback.rules_components import inside
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.discord.simulation import DiscordBot
from tests.discord.trial_commands import note

CALLBACK = ("POST", r"/interactions/.*/callback")
POSTED = ("POST", r"/channels/\d+/messages")
FOLLOW_UP = ("PATCH|POST|DELETE", r"/webhooks/.*")
MESSAGE = ("POST", r"/channels/\d+/messages")
"""Requests, as faults name them: a first response, what follows it, a message in a room."""
WAIT, WAIT_TO_CHANGE = 5, 6
"""Kinds of a first response that promise an answer."""


class Quick(DiscordClient):
    """The product's client, without the pauses that only the real Discord needs."""

    @override
    async def setup_hook(self) -> None:
        self._connection.guild_ready_timeout = 0.02
        await super().setup_hook()

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds between two shards."""


@dataclass
class Stage:
    """A server with a room and a reader, and the bot that is to be run in it."""

    server: Loopback
    bot: DiscordBot
    guild: Guild
    room: Channel
    reader: Member
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """What the commands of `slow` wait for."""

    def platform(self, token: str = "", gateway: str = "") -> DiscordPlatform:
        """Return the platform, pointed at the server; `server.pointed()` points back."""
        port = self.bot.port()
        platform = DiscordPlatform(port, token or self.server.token, self.server.api, gateway)
        platform.client = Quick(port, gateway)
        return platform

    @asynccontextmanager
    async def running(self, shards: int = 1, gateway: str = "") -> AsyncIterator[DiscordPlatform]:
        """Run the bot: from when it could answer until it is closed."""
        with self.server.pointed():
            platform = self.platform(gateway=gateway)
            running = asyncio.create_task(platform.run())
            try:
                await self.server.connected(shards)
                await self.server.until(lambda: platform.ready, "the bot to be ready")
                yield platform
            finally:
                await platform.aclose()
                await asyncio.wait({running}, timeout=1)
                running.cancel()
                (wrong,) = await asyncio.gather(running, return_exceptions=True)
                assert wrong is None or isinstance(wrong, asyncio.CancelledError), wrong

    def log(self, event: str) -> list[dict[str, Any]]:
        """Return the fields of each line of the log of this kind."""
        hidden = ("event", "error", "platform")
        lines = [line for line in self.bot.logged if line["event"] == event]
        return [{k: v for k, v in line.items() if k not in hidden} for line in lines]

    async def logs(self, event: str, times: int = 1) -> list[dict[str, Any]]:
        """Wait for lines of the log, and return them all."""
        await self.server.until(lambda: len(self.log(event)) >= times, f"{times} × {event!r}")
        return self.log(event)

    def holds(self) -> None:
        """Hold what is true of every conversation: no rule broken, no bug, nothing strange."""
        assert self.server.violations == []
        assert [line for line in self.bot.logged if line["error"] is not None] == []

    def slow(self) -> tuple[Command, ...]:
        """Return commands that wait for the gate: one answers, one refuses, one writes."""
        gate = self.gate

        @command()
        async def slow(ctx: Context) -> Reply:
            """Answer late."""
            await gate.wait()
            return Reply((f"At last, {ctx.caller.name}",), (), (Action(T("Again"), "slow"),))

        @command()
        async def reluctant(_: Context) -> Reply:
            """Refuse late."""
            await gate.wait()
            raise NotAllowed(T("Not that, after all."))

        @command()
        async def settle(ctx: Context) -> Reply:
            """Make the room's answers public, late."""
            await gate.wait()
            who = Person(ctx.caller.platform, ctx.caller.id, ctx.caller.name)
            act = Act(ctx.key, "room", who, ctx.now, "To see that it is kept.")
            public = RoomSettings(public=True)
            await ctx.store.program_state.set_room(act, "discord", ctx.room.id, public)
            return Reply(("Settled",))

        return (slow, reluctant, settle)

    async def public(self, room: Channel) -> bool:
        """Return whether the answers of a room are on record as public."""
        store = self.bot.store
        settled = len(await store.history.of(f"room:discord:{room.id}")) == 1
        return settled and (await store.program_state.room("discord", str(room.id))).public


def labels(message: Message) -> dict[str, str]:
    """Return the buttons of a message: label → id."""
    components = inside(message.components)
    return {
        str(component["label"]): str(component["custom_id"])
        for component in components
        if component.get("label")
    }


def plain(message: Message) -> str:
    """Return what a message says as it reads, without what is bold and what is escaped."""
    text = message.text.replace("**", "").replace("\u00a0", " ")
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def first_line(message: Message) -> str:
    """Return the line that answers."""
    return plain(message).partition("\n")[0]


async def noting(stage: Stage) -> tuple[Member, Message]:
    """Return a moderator of a home where messages can be filed, and a message."""
    role = stage.server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.commands = (*COMMANDS, note)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    who = stage.server.member(stage.guild, "Moderator One", roles=[role])
    return who, await stage.reader.say(stage.room, "The bridge is *down*.")
