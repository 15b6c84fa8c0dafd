"""Discord as a platform: logged in, kept connected, closed when the running answers are out."""

import asyncio

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.adapters.discord.client import Client
from bot.platform import Port

_PRESENCE_S = 600.0
_DRAIN_S = 3.0


class Discord:
    """The Discord platform. `api` and `gateway` point the library at an API proxy."""

    name = "discord"

    def __init__(self, port: Port, token: str, api: str = "", gateway: str = "") -> None:
        self._token = token
        self.client = Client(port)
        if api:
            Route.BASE = api.rstrip("/")
        if gateway:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)

    @property
    def ready(self) -> bool:
        """Whether it could answer now."""
        return self.client.is_ready() and not self.client.is_closed()

    async def run(self) -> None:
        """Stay connected until closed; RuntimeError says why Discord will not have us."""
        fresh = asyncio.create_task(self._refresh())
        try:
            await self.client.start(self._token)
        except discord.LoginFailure:
            raise RuntimeError(
                "Discord refused the token: check SITREP_DISCORD_TOKEN in the developer portal."
            ) from None
        except discord.DiscordException as error:
            raise RuntimeError(f"Discord: {error}") from None
        finally:
            fresh.cancel()

    async def _refresh(self) -> None:
        while True:
            await asyncio.sleep(_PRESENCE_S)
            if self.ready:
                await self.client.show_presence()

    async def aclose(self) -> None:
        """Let running answers finish, then leave."""
        await self.client.drain(_DRAIN_S)
        await self.client.close()
