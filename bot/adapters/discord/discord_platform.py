"""Discord as a platform: logged in, kept connected, closed when the running answers are out."""

import asyncio
from functools import cached_property

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.webhook.async_ import async_context
from yarl import URL

from bot.adapters.discord.channel_notifier import ChannelNotifier
from bot.adapters.discord.discord_client import DiscordClient
from bot.adapters.discord.interactions.callback import CallbackAdapter
from bot.adapters.discord.interactions.delivery import library_log, reason
from bot.platform import Port

_PRESENCE_S = 600.0
_DRAIN_S = 3.0
_REFUSED = "Discord refused the token: check SITREP_DISCORD_TOKEN in the developer portal."
_BAD_TOKEN = 4004
"""The gateway's code for a token that was taken back while the bot ran."""


class DiscordPlatform:
    """The Discord platform. `api` and `gateway` point the library at an API proxy."""

    name = "discord"

    def __init__(self, port: Port, token: str, api: str = "", gateway: str = "") -> None:
        self._token, self._log = token, port.log
        self.client = DiscordClient(port, gateway)
        if api:
            Route.BASE = api.rstrip("/")
        if gateway:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)

    @cached_property
    def posting(self) -> ChannelNotifier:
        """What says things unasked."""
        return ChannelNotifier(self.client)

    @property
    def ready(self) -> bool:
        """Whether it could answer now."""
        return self.client.connected

    async def run(self) -> None:
        """Stay connected until closed; RuntimeError says why Discord will not have us."""
        fresh = asyncio.create_task(self._refresh())
        async_context.set(CallbackAdapter())  # for all that the client begins from here
        try:
            with library_log(self._log):
                await self.client.start(self._token)
        except discord.LoginFailure:
            raise RuntimeError(_REFUSED) from None
        except discord.ConnectionClosed as error:
            why = _REFUSED if error.code == _BAD_TOKEN else f"Discord: {error}"
            raise RuntimeError(why) from None
        except discord.DiscordException as error:
            raise RuntimeError(f"Discord: {error}") from None
        except (aiohttp.ClientError, OSError) as error:
            raise RuntimeError(f"Discord cannot be reached: {reason(error)}") from None
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
