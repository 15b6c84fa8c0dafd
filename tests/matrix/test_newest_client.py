"""Encrypted rooms, between the bot and a strict client of the newest matrix-js-sdk."""

from collections.abc import AsyncIterator

import pytest

from benchmarks.homeserver import Homeserver
from tests.matrix.desk import MatrixBot, fresh
from tests.matrix.people import Somebody
from tests.matrix.strict.client import (
    NEWEST,
    Event,
    StrictClient,
    is_trusted,
    missing_newest,
    strict_client,
)

WHY = missing_newest()
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)


@pytest.fixture
async def anna(server: Homeserver) -> AsyncIterator[StrictClient]:
    """Somebody with such a client."""
    async with strict_client(server, fresh("anna"), NEWEST) as person:
        yield person


@pytest.fixture
async def carol(server: Homeserver) -> AsyncIterator[StrictClient]:
    """Somebody who comes later."""
    async with strict_client(server, fresh("carol"), NEWEST) as person:
        yield person


async def answer_before(anna: StrictClient, bot: MatrixBot, room: str) -> str:
    """Return the id of an answer in a room with others."""
    await anna.next_from(room, bot.id)
    answer = await anna.ask(room, "!status Pokrovsk")
    assert is_trusted(answer)
    return str(answer["event_id"])


async def come_later(anna: StrictClient, carol: StrictClient, room: str) -> Event:
    """Have carol come into a room; return what he is answered, which he can always read."""
    await anna.invite(room, carol.id)
    await carol.invited()
    await carol.join(room)
    return await carol.ask(room, "!about")


async def test_an_answer_is_read_by_somebody_who_came_later(
    bot: MatrixBot, anna: StrictClient, boris: Somebody, carol: StrictClient
) -> None:
    """It stayed unreadable, beside what everybody else had written."""
    async with bot.running():
        room = await anna.room(bot.id, boris.id)
        await boris.join(room)
        old = await answer_before(anna, bot, room)
        assert is_trusted(await come_later(anna, carol, room))
        answer = await carol.wait(lambda event: event["event_id"] == old)
    assert "Pokrovsk" in answer["content"]["body"]


async def test_an_answer_in_a_home_room_is_not_read_by_somebody_who_came_later(
    bot: MatrixBot, anna: StrictClient, boris: Somebody, carol: StrictClient
) -> None:
    """Drafts are previewed there."""
    home = await anna.room(boris.id)
    await boris.join(home)
    bot.homes = {home}
    async with bot.running():
        await anna.invite(home, bot.id)
        old = await answer_before(anna, bot, home)
        assert is_trusted(await come_later(anna, carol, home))
        await carol.wait_sealed(lambda event: event["event_id"] == old)
