"""What is done in rooms of Matrix, step by step, and what is waited for there."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.matrix.desk import MatrixBot
from tests.matrix.people import Somebody
from tests.patience import PATIENCE_S


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not await holds():  # noqa: ASYNC110 -- nothing here is told by an event
            await asyncio.sleep(0.1)


async def members(person: Somebody, room: str) -> set[str]:
    return set((await person.call("GET", "rooms", room, "joined_members"))["joined"])


async def alone_with(bot: MatrixBot, person: Somebody) -> str:
    """Make a room for somebody and the bot, and wait until it has said hello."""
    room = await person.room(bot.id, is_direct=True, preset="trusted_private_chat")
    await person.next_from(room, bot.id)
    return room
