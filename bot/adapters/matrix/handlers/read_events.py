"""What came in, as it reads: who wrote it may have to be asked of the homeserver first."""

import asyncio
import json
import time

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.outbox import TOO_OLD_MS
from bot.adapters.matrix.protocol.events import Event
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from store.workflow.inbox_outbox import InboxEvent

_FIRST_S, _LONGEST_S = 0.5, 30.0


async def read_letter(scene: AdapterContext, letter: InboxEvent) -> Event | None:
    """Return what a letter says; None when it cannot be decrypted, or nobody waits any more."""
    pause = _FIRST_S
    while time.time() * 1000 < letter.at + TOO_OLD_MS:
        try:
            return await scene.opened(json.loads(letter.event))
        except Denied:
            return None
        except Unavailable:
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_S)
    return None
