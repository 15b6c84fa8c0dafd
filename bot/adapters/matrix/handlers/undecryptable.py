"""Encrypted rooms while nothing can be encrypted: one line a room a day, and nothing of the record.

That line goes as it is, since there is no other way to say it.
"""

import json

from bot.adapters.matrix.context import Scene
from bot.adapters.matrix.delivery.outbox import BARE, MESSAGE
from bot.adapters.matrix.rendering.escape import words
from bot.adapters.matrix.rendering.message import notice
from commands.kit.i18n import T
from store.workflow.inbox_outbox import Post


def sealed_line(scene: Scene, room: str, until: int) -> Post:
    """Return what is said, once a room a day, where something could not be read or answered."""
    if scene.client.encryption is None:
        said = T("I cannot read encrypted messages. Ask me in a room without encryption.")
    else:
        said = T("I could not decrypt a message here. Send it again, please.")
    text = words(scene.port.speak("").plain(said))
    key = f"{BARE}{room}-{scene.port.dispatch.desk.clock().date()}"
    return Post(key, room, MESSAGE, json.dumps(notice(text)), until)
