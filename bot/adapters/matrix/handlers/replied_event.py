"""The message to which another is a reply, as it reads: out of the same room, decrypted."""

import asyncio

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.protocol.events import Event, reply_target, text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable

_PAUSES_S = (0.5, 1.0, 2.0)


async def read_replied_event(scene: AdapterContext, event: Event) -> Event | None:
    """Return the message to which an event is a reply; None where there is none to be read.

    It is looked for in the event's own room alone. One that was taken back has no content left.
    """
    message, room = reply_target(event), text_at(event, "room_id")
    if not message or not room:
        return None
    for pause in _PAUSES_S:
        try:
            return await _read(scene, room, message)
        except Denied:
            return None
        except Unavailable:
            await asyncio.sleep(pause)
    return None


async def _read(scene: AdapterContext, room: str, message: str) -> Event | None:
    found = await scene.client.event(room, message)
    if found.get("event_id") != message or found.get("room_id", room) != room:
        return None
    return await scene.opened({**found, "room_id": room})
