"""The bot on the tests' own Discord; no conversation may break a rule or show a bug."""

from collections.abc import AsyncIterator

import pytest

from store import Store
from tests.discord.loopback import Loopback
from tests.discord.simulation import DiscordBot
from tests.discord.wire.office import Office
from tests.discord.wire.stage import Stage


@pytest.fixture
async def stage(store: Store) -> AsyncIterator[Stage]:
    """A server, a room, a reader, and the bot that does not run yet."""
    async with Loopback() as server:
        guild = server.guild("Server")
        room, reader = server.channel(guild, "general"), server.member(guild, "Reader One")
        stage = Stage(server, DiscordBot(store, homes=set()), guild, room, reader)
        yield stage
        stage.holds()


@pytest.fixture
async def live(stage: Stage) -> AsyncIterator[Stage]:
    """The same, with the bot connected."""
    async with stage.running():
        yield stage


@pytest.fixture
async def office(stage: Stage) -> AsyncIterator[Office]:
    """The schedule of a running bot."""
    async with stage.running() as platform:
        office = Office(stage, platform.client)
        stage.bot.now = office.now()
        yield office
