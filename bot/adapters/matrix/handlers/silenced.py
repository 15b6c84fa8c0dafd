"""A room in which the bot may not write: whoever manages it learns so in private, once."""

import json
import time

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.outbox import MESSAGE, TOO_OLD_MS
from bot.adapters.matrix.protocol.event_limits import MODERATOR
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from bot.adapters.matrix.protocol.room import STATE, MatrixRoom
from bot.adapters.matrix.rendering.html_escape import words
from bot.adapters.matrix.rendering.message import notice
from commands.kit.inlines import T
from store.workflow.inbox_outbox import OutboxMessage


async def tell_manager(context: AdapterContext, room: str) -> None:
    """Tell whoever has most power in a room that the bot may not write there."""
    known, place = context.rooms.get(room) or MatrixRoom(room), f"matrix:silenced:{room}"
    if known.alone or await context.port.memory.value(place):
        return
    if not known.told:  # it was joined a moment ago, and no sync has brought its state
        known = await _look_at(context, room)
    if known.may_say(context.me.id):
        return
    manager = await _find_manager(context, known)
    private = await context.private_room(manager, sealed=False, anew=False) if manager else ""
    if not private:
        return
    wishes = await context.book.room("matrix", room)
    why = T(
        "I may not write in {room}. Let me send messages there, or remove me from it.",
        room=known.name or room,
    )
    text, until = words(context.port.speak(wishes.language).plain(why)), _until()
    post = OutboxMessage(f"silenced-{room}", private, MESSAGE, json.dumps(notice(text)), until)
    posts = await context.mail.answer("", (post,))
    await context.port.memory.keep(place, manager)
    await context.outbox.deliver(posts)


async def _look_at(context: AdapterContext, room: str) -> MatrixRoom:
    """Return what a room's state says of its power levels."""
    known = MatrixRoom(room)
    for kind in STATE:
        try:
            known.take(await context.client.state_event(room, kind))
        except (Denied, Unavailable):
            continue
    return known


async def _find_manager(context: AdapterContext, room: MatrixRoom) -> str:
    """Return who is in a room and has most power there, a moderator's at least; "" if nobody."""
    try:
        people = await context.client.people(room.id)
    except (Denied, Unavailable):
        return ""
    levels = [(-room.level(user), user) for user in people if user != context.me.id]
    managers = sorted(pair for pair in levels if -pair[0] >= MODERATOR)
    return managers[0][1] if managers else ""


def _until() -> int:
    return int(time.time() * 1000) + TOO_OLD_MS
