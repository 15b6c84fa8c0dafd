"""The connections to Discord's gateway: where they go, and whether they are there."""

import discord
from typing_extensions import override
from yarl import URL

from bot.adapters.discord.interactions.respond import NOBODY


class Connection(discord.AutoShardedClient):
    """The library's client of as many shards as Discord wants, with no more intents than needed.

    `gateway` is where every connection goes, whatever Discord says ("": where Discord says).
    """

    def __init__(self, gateway: str = "") -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(intents=intents, allowed_mentions=NOBODY, max_messages=None)
        self._gateway = URL(gateway) if gateway else None
        self._up: set[int] = set()

    @property
    def connected(self) -> bool:
        """Whether every shard is: the library is ready for ever once it was."""
        return self.is_ready() and not self.is_closed() and len(self._up) == self.shard_count

    @override
    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Make a shard's first connection: where the settings say, whatever the API says."""
        await super().launch_shard(self._gateway or gateway, shard_id, initial=initial)

    async def on_shard_connect(self, shard: int) -> None:
        """Count a shard as connected; after a break it goes where it was, whatever READY says."""
        self._up.add(shard)
        if self._gateway is not None:
            self._get_websocket(shard_id=shard).gateway = self._gateway

    async def on_shard_resumed(self, shard: int) -> None:
        """Count a shard as connected."""
        self._up.add(shard)

    async def on_shard_disconnect(self, shard: int) -> None:
        """Count a shard as connected no more."""
        self._up.discard(shard)
