"""A room that is told a summary in the morning, and what it was told."""

from datetime import timedelta

from aiohttp import web

from store import Store
from tests.fakes import NOON
from tests.matrix.between import Between
from tests.matrix.desk import MatrixBot, Room, hear_out
from tests.matrix.people import Json, Somebody
from tests.matrix.rooms import until
from tests.store.conftest import addition, an_act, an_entry

MORNING = NOON + timedelta(hours=20)
KEPT = "Told in the morning."


def is_post(request: web.Request) -> bool:
    return request.method == "PUT" and "/send/m.room.message/post-" in request.path


async def set_up(room: Room) -> None:
    """Ask for a summary as its manager does: look at it, then say yes."""
    before = len(room.owner.seen)
    await room.owner.say(room.id, "!digests add")
    private = await room.owner.invited()
    await room.owner.join(private)
    looked = await room.owner.next_from(private, room.bot.id, before)
    (message,) = [event["event_id"] for event in room.owner.seen if event["content"] == looked]
    await room.owner.react(private, message, "✅")

    async def there() -> bool:
        return bool(await room.bot.store.digests.of("matrix", room.id))

    await until(there)
    await room.bot.store.history.write(an_act("new"), addition(an_entry(text=KEPT)))
    room.bot.now = MORNING


async def lose_receipt(bot: MatrixBot, anna: Somebody, boris: Somebody, between: Between) -> Room:
    """Post a room's summary so that the bot is never told that it went out, and end the bot."""
    async with bot.running() as platform:
        room = await running_room(bot, anna, boris)
        await set_up(room)
        between.after = lambda request: web.Response(status=502) if is_post(request) else None
        await bot.schedule(platform).turn()
        assert await states(bot.store) == [("claimed", True)]
    between.after = lambda _: None
    return room


async def summaries(reader: Somebody, bot: MatrixBot, room: str) -> list[Json]:
    return [event for event in await hear_out(reader, bot, room) if KEPT in event["body"]]


async def states(store: Store) -> list[tuple[str, bool]]:
    """Return how far each telling has come, and whether it may have gone out."""
    told = [
        await store.digest_deliveries.get(digest.id, last)
        for digest, last in await store.digests.all()
        if last
    ]
    return [(delivery.state.value, delivery.tried_at is not None) for delivery in told if delivery]


async def running_room(bot: MatrixBot, anna: Somebody, boris: Somebody) -> Room:
    room = await anna.room(bot.id, boris.id, room_version="11")
    await boris.join(room)
    await anna.joined(room, bot.id)
    return Room(bot, anna, room)
