"""The desk on each platform, on a store of the test's own, with everybody there."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.homeserver import NAME, Homeserver
from store import Store, open_store
from tests.conversations.discord import Discord
from tests.conversations.matrix import Matrix, Person
from tests.conversations.saying import Who
from tests.conversations.terminal import Terminal
from tests.discord.loopback import Loopback
from tests.discord.simulation import DiscordBot
from tests.discord.wire.stage import Stage
from tests.fakes import NOON, copy_store, seed_store
from tests.matrix import desk
from tests.matrix.people import ENCRYPTION, Somebody
from tests.matrix.strict.client import is_trusted, missing, strict_client

_NAMES = {
    Who.READER: "reader",
    Who.SECOND: "second",
    Who.MODERATOR: "moderator",
    Who.ADMIN: "admin",
}
_LEVELS = {Who.MODERATOR: 50, Who.ADMIN: 100}


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the seeds, closed."""
    return seed_store(tmp_path_factory.mktemp("filled") / "filled.db")


@pytest.fixture
def own(seeds_file: Path, tmp_path: Path) -> Path:
    """A store of the test's own, closed."""
    return copy_store(seeds_file, tmp_path / "own.db")


@pytest.fixture
async def store(own: Path) -> AsyncIterator[Store]:
    async with await open_store(own) as own_store:
        yield own_store


@pytest.fixture
async def terminal(own: Path) -> AsyncIterator[Terminal]:
    platform = Terminal(own)
    yield platform
    await platform.aclose()


@pytest.fixture
async def discord(store: Store) -> AsyncIterator[Discord]:
    async with _home(store, by_name=False) as platform:
        yield platform


@pytest.fixture
async def by_name(store: Store) -> AsyncIterator[Discord]:
    async with _home(store, by_name=True) as platform:
        yield platform


@asynccontextmanager
async def _home(store: Store, *, by_name: bool) -> AsyncIterator[Discord]:
    async with Loopback() as server:
        guild = server.guild("Home")
        room, reader = server.channel(guild, "general"), server.member(guild, Who.READER)
        stage = Stage(server, DiscordBot(store, homes=set(), now=NOON), guild, room, reader)
        platform = Discord(stage, by_name=by_name)
        async with stage.running():
            await platform.say(Who.ADMIN, "/room answers:public")
            yield platform
        stage.holds()


@pytest.fixture
async def matrix(homeserver: Homeserver, store: Store, tmp_path: Path) -> AsyncIterator[Matrix]:
    async with _home_room(homeserver, store, tmp_path, Somebody) as platform:
        yield platform


@pytest.fixture
async def matrix_with_keys(
    homeserver: Homeserver, store: Store, tmp_path: Path
) -> AsyncIterator[Matrix]:
    """An encrypted room, where all who ask have a strict client of another make."""
    if why := missing():
        pytest.skip(why)

    @asynccontextmanager
    async def come(server: Homeserver, name: str) -> AsyncIterator[Person]:
        async with strict_client(server, name) as person:
            yield person
        messages = [event for event in person.seen if event["type"] == "m.room.message"]
        assert all(is_trusted(message) for message in messages)

    async with _home_room(
        homeserver, store, tmp_path, come, initial_state=[ENCRYPTION]
    ) as platform:
        yield platform


@asynccontextmanager
async def _home_room(
    homeserver: Homeserver,
    store: Store,
    folder: Path,
    person: Callable[[Homeserver, str], AbstractAsyncContextManager[Person]],
    **how: Any,
) -> AsyncIterator[Matrix]:
    name = desk.fresh("sitrep")
    await homeserver.register(name)
    bot = desk.MatrixBot(homeserver, store, folder / "state", name)
    names = {who: desk.fresh(short) for who, short in _NAMES.items()}
    levels = {f"@{names[who]}:{NAME}": level for who, level in _LEVELS.items()}
    async with AsyncExitStack() as stack:

        async def come(who: Who) -> Person:
            return await stack.enter_async_context(person(homeserver, names[who]))

        host = await stack.enter_async_context(Somebody(homeserver, desk.fresh("host")))
        powers = {"users": {host.id: 100, **levels}}
        home = await host.room(
            bot.id,
            preset="public_chat",
            power_level_content_override=powers,
            room_version="11",
            **how,
        )
        bot.homes = {home}
        await stack.enter_async_context(bot.running())
        await host.joined(home, bot.id)
        yield Matrix(bot, home, names, come)
