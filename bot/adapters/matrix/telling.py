"""Telling somebody, in a private room, what they did not just ask."""

import json
import time

from bot.adapters.matrix.errors import MatrixTrouble
from bot.adapters.matrix.render import render
from bot.adapters.matrix.scene import Scene
from bot.adapters.matrix.sending import MESSAGE
from commands.kit.reply import Reply
from store.mailbox import Post

_WORTH_MS = 86_400_000
"""News of what somebody sent is still news a day later."""


async def told(scene: Scene, person: str, reply: Reply, key: str) -> tuple[Post, ...] | None:
    """Keep what somebody is to be told, once for each key, and return what is to be sent.

    None where there is no private room with them and none can be made now.
    """
    try:
        room = await scene.private_room(person, sealed=False)
    except MatrixTrouble:
        return None
    if not room:
        return None
    page = render(reply, scene.port.speak(""), scene.me.prefix)
    until = int(time.time() * 1000) + _WORTH_MS
    post = Post(f"tell-{key}", room, MESSAGE, json.dumps(page.content), until)
    return await scene.mail.answer("", (post,))
