"""Events as they read, decrypted: what came in, and the message to which it is a reply."""

import json
import time
from functools import partial

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.outbox import TOO_OLD_MS
from bot.adapters.matrix.protocol.events import Event, reply_target, text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from store.model.backoff import Backoff
from store.workflow.inbox_outbox import InboxEvent

_BACKOFF = Backoff(0.5, 30.0)
_TRIES = 3


async def read_inbox_event(context: AdapterContext, incoming: InboxEvent) -> Event | None:
    """Return what came in as it reads; None when it cannot be decrypted, or nobody waits any more.

    Who wrote it may have to be asked of the homeserver first.
    """
    until = incoming.at + TOO_OLD_MS
    work = partial(context.opened, json.loads(incoming.event))
    try:
        return await _BACKOFF.retry(work, Unavailable, lambda *_: time.time() * 1000 < until)
    except (Denied, Unavailable):
        return None


async def read_replied_event(context: AdapterContext, event: Event) -> Event | None:
    """Return the message to which an event is a reply; None where there is none to be read.

    It is looked for in the event's own room alone. One that was taken back has no content left.
    """
    message, room = reply_target(event), text_at(event, "room_id")
    if not message or not room:
        return None
    work = partial(_read, context, room, message)
    try:
        return await _BACKOFF.retry(work, Unavailable, lambda failures, _: failures < _TRIES)
    except (Denied, Unavailable):
        return None


async def _read(context: AdapterContext, room: str, message: str) -> Event | None:
    event = await context.client.event(room, message)
    if event.get("event_id") != message or event.get("room_id", room) != room:
        return None
    return await context.opened({**event, "room_id": room})
