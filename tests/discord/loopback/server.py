"""The server: a Discord of our own on this machine, for a client that knows no better."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import yarl
from aiohttp import web
from discord import Client
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord.loopback.api import Api, Call
from tests.discord.loopback.asked import Interaction
from tests.discord.loopback.clock import Pulse, ServerClock
from tests.discord.loopback.driver import Member
from tests.discord.loopback.faults import Faults
from tests.discord.loopback.gateway import Gateway, Session
from tests.discord.loopback.rest import Rest
from tests.discord.loopback.shapes import channel_json, guild_json, role_json
from tests.discord.loopback.world import (
    TEXT,
    Attachment,
    Channel,
    Guild,
    Message,
    Role,
    User,
    World,
)
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.discord.loopback.rules import Violation

TOKEN = "loopback.token.0"
GUILDS = 1 << 0


class Loopback:
    """Discord in small. Make servers, rooms and members, connect a bot, and be the members."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.clock = ServerClock()
        self.world = World(self.clock)
        self.faults = Faults()
        self.violations: list[Violation] = []
        """Every broken rule; a test asserts that there is none."""
        self._pulse = Pulse()
        self.hub = Gateway(self.world, self._pulse, self.violations, token)
        self._api = Api(self.world, self.clock, self.hub, self.faults, self._pulse, self.violations)
        self._runner: web.AppRunner | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_get("/gateway", self.hub.connect)
        app.router.add_get("/gateway/resume", self.hub.connect)
        rest = Rest(self._api, self.token)
        app.router.add_route("*", "/api/v10/{path:.*}", rest.handle)
        app.router.add_get("/attachments/{id}/{name}", self._fetched)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.hub.url = self.gateway
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._api.stopping.set()
        await asyncio.gather(*self._tasks)
        await self.hub.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    @contextmanager
    def pointed(self) -> Iterator[None]:
        """Point discord.py of this process here, and back again."""
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api, yarl.URL(self.gateway)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    @asynccontextmanager
    async def running(self, client: Client, shards: int = 1) -> AsyncIterator[None]:
        """Run a client of this process here: from when it is connected until it is closed."""
        with self.pointed():
            task = asyncio.create_task(client.start(self.token))
            connected = asyncio.create_task(self.connected(shards))
            try:
                await asyncio.wait({task, connected}, return_when=asyncio.FIRST_COMPLETED)
                if not task.done():
                    await connected
                    yield
            finally:
                connected.cancel()
                await client.close()
                await task

    # --- the world ---------------------------------------------------------------------------

    def guild(self, name: str, *, installed: bool = True, locale: str = "en-US") -> Guild:
        """Make a server; if the bot is not installed, it is there through its members alone."""
        guild = self.world.guild(name, installed=installed, locale=locale)
        if installed:
            data = guild_json(guild, self.world.bot)
            self._soon(self.hub.tell("GUILD_CREATE", data, guild, GUILDS))
        return guild

    async def kick(self, guild: Guild) -> None:
        """Remove the bot from a server, which loses the commands that were declared there."""
        guild.installed = False
        guild.members.pop(self.world.bot.id)
        self.world.commands.pop(guild.id, None)
        await self.hub.tell("GUILD_DELETE", {"id": str(guild.id)}, guild, GUILDS)

    async def invite(self, guild: Guild) -> None:
        """Let the bot into a server."""
        self.world.let_bot_in(guild)
        await self.hub.tell("GUILD_CREATE", guild_json(guild, self.world.bot), guild, GUILDS)

    def channel(self, guild: Guild, name: str, kind: int = TEXT) -> Channel:
        channel = self.world.channel(guild, name, kind)
        self._soon(self.hub.tell("CHANNEL_CREATE", channel_json(channel), guild, GUILDS))
        return channel

    def role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        role = self.world.role(guild, name, permissions)
        data = {"guild_id": str(guild.id), "role": role_json(guild, role)}
        self._soon(self.hub.tell("GUILD_ROLE_CREATE", data, guild, GUILDS))
        return role

    def member(
        self,
        guild: Guild | None,
        name: str,
        *,
        roles: Iterable[Role] = (),
        permissions: int = 0,
        locale: str = "en-US",
        installed: bool = False,
    ) -> Member:
        """Make a person: in a server or in none; `installed` adds the bot to their account."""
        user = self.world.user(name, locale=locale)
        user.installed = installed
        if guild is not None:
            own = [self.role(guild, f"of {name}", permissions)] if permissions else []
            self.world.join(guild, user, [*roles, *own])
        return Member(self._api, user)

    def join(self, guild: Guild, member: Member, *, roles: Iterable[Role] = ()) -> None:
        """Let a member into another server."""
        self.world.join(guild, member.user, roles)

    def attachment(self, name: str, data: bytes) -> Attachment:
        """Make a file for a member to send."""
        number = self.world.clock.snowflake()
        url = f"http://127.0.0.1:{self.port}/attachments/{number}/{name}"
        self.world.attachments[number] = Attachment(number, name, data, url)
        return self.world.attachments[number]

    async def _fetched(self, request: web.Request) -> web.Response:
        return web.Response(body=self.world.attachments[int(request.match_info["id"])].data)

    def private(self, *members: Member) -> Channel:
        """Return what members write each other without the bot."""
        return self.world.talk(*(member.user for member in members))

    def deny(self, channel: Channel, permissions: int, user: User | None = None) -> None:
        """Take permissions in a room from the bot, or from another."""
        who = user or self.world.bot
        channel.denied[who.id] = channel.denied.get(who.id, 0) | permissions
        data = channel_json(channel)
        self._soon(self.hub.tell("CHANNEL_UPDATE", data, channel.guild, GUILDS))

    async def delete_channel(self, channel: Channel) -> None:
        del self.world.channels[channel.id]
        if channel.guild is not None:
            data = channel_json(channel)
            del channel.guild.channels[channel.id]
            await self.hub.tell("CHANNEL_DELETE", data, channel.guild, GUILDS)

    def _soon(self, telling: Coroutine[Any, Any, None]) -> None:
        """Tell the bot, if there is one to be told."""
        if not self.hub.sessions:
            telling.close()
            return
        task = asyncio.get_running_loop().create_task(telling)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- what has happened -------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every request so far, with the status of its answer."""
        return self._api.calls

    @property
    def interactions(self) -> list[Interaction]:
        return list(self._api.interactions.values())

    def called(self, method: str, start: str) -> list[Call]:
        """Return the requests of a method whose path starts so."""
        return [
            call for call in self.calls if call.method == method and call.path.startswith(start)
        ]

    async def connected(self, shards: int = 1, seconds: float = PATIENCE_S) -> list[Session]:
        """Wait until so many shards are connected."""

        def found() -> list[Session] | None:
            return self.hub.live if len(self.hub.live) == shards else None

        return await self._pulse.until(found, f"{shards} shards", seconds)

    async def until(self, holds: Any, what: str, seconds: float = PATIENCE_S) -> Any:
        """Wait until something holds; it is looked at whenever something has happened."""
        return await self._pulse.until(holds, what, seconds)

    async def said(
        self, channel: Channel, after: Message | None = None, seconds: float = PATIENCE_S
    ) -> Message:
        """Wait for a message of the bot's in a room, after another."""

        def found() -> Message | None:
            own = (
                message for message in channel.messages.values() if message.author is self.world.bot
            )
            return next(
                (message for message in own if message.id > (after.id if after else 0)), None
            )

        return await self._pulse.until(found, "a message of the bot's", seconds)

    # --- what goes wrong with the gateway ----------------------------------------------------

    async def drop(self, shard: int = 0, code: int | None = 4000) -> None:
        """Close a shard's connection, or cut it if there is no code; it may resume."""
        await self.hub.drop(shard, code)

    async def ask_reconnect(self, shard: int = 0) -> None:
        """Ask a shard to reconnect."""
        await self.hub.ask_reconnect(shard)

    async def invalidate(self, shard: int = 0, *, resumable: bool = False) -> None:
        """Declare a shard's session invalid."""
        await self.hub.invalidate(shard, resumable=resumable)
