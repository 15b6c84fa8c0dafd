"""The message to which another is a reply, as it reads: out of the same room, decrypted."""

import asyncio

from bot.adapters.matrix.context import Scene
from bot.adapters.matrix.protocol.errors import Denied, Later
from bot.adapters.matrix.protocol.events import Event, replied_to, text_at

_PAUSES_S = (0.5, 1.0, 2.0)


async def replied(scene: Scene, event: Event) -> Event | None:
    """Return the message to which an event is a reply; None where there is none to be read.

    It is looked for in the event's own room alone. One that was taken back has no content left.
    """
    message, room = replied_to(event), text_at(event, "room_id")
    if not message or not room:
        return None
    for pause in _PAUSES_S:
        try:
            return await _read(scene, room, message)
        except Denied:
            return None
        except Later:
            await asyncio.sleep(pause)
    return None


async def _read(scene: Scene, room: str, message: str) -> Event | None:
    found = await scene.client.event(room, message)
    if found.get("event_id") != message or found.get("room_id", room) != room:
        return None
    return await scene.opened({**found, "room_id": room})
