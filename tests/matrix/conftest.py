"""A bot and people of each test's own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from benchmarks.homeserver import Homeserver
from commands import COMMANDS
from store import Store, open_store
from tests.fakes import copy_store, seed_store
from tests.matrix.desk import MatrixBot, Room, fresh
from tests.matrix.home import DEEDS, Home, perform, propose, whom
from tests.matrix.people import Somebody


@pytest.fixture(scope="session")
def server(homeserver: Homeserver) -> Homeserver:
    return homeserver


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the seeds, closed."""
    return seed_store(tmp_path_factory.mktemp("filled") / "filled.db")


@pytest.fixture
async def store(seeds_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A store of the test's own."""
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as own_store:
        yield own_store


@pytest.fixture
async def bot(server: Homeserver, store: Store, tmp_path: Path) -> MatrixBot:
    """A bot with an account, not running yet."""
    name = fresh("sitrep")
    await server.register(name)
    return MatrixBot(server, store, tmp_path / "state", name)


@pytest.fixture
async def anna(server: Homeserver) -> AsyncIterator[Somebody]:
    """Somebody with an account."""
    async with Somebody(server, fresh("anna")) as person:
        yield person


@pytest.fixture
async def boris(server: Homeserver) -> AsyncIterator[Somebody]:
    """Somebody else with an account."""
    async with Somebody(server, fresh("boris")) as person:
        yield person


@pytest.fixture
async def room(bot: MatrixBot, anna: Somebody, boris: Somebody) -> AsyncIterator[Room]:
    """A room of anna's with boris and the running bot in it."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(bot.running())
        room = await anna.room(bot.id, boris.id)
        await boris.join(room)
        await anna.joined(room, bot.id)
        yield Room(bot, anna, room)


@pytest.fixture
async def home(bot: MatrixBot, anna: Somebody, boris: Somebody) -> AsyncIterator[Home]:
    """A home room of anna's with boris, who reads, and the running bot in it."""
    DEEDS.done.clear()
    bot.commands = (*COMMANDS, propose, perform, whom)
    room = await anna.room(boris.id, room_version="11")
    await boris.join(room)
    bot.homes = {room}
    async with bot.running():
        await anna.invite(room, bot.id)
        await anna.joined(room, bot.id)
        await boris.joined(room, bot.id)
        yield Home(bot, anna, boris, room)
