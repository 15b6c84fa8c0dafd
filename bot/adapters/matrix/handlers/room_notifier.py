"""What the bot says on Matrix unasked. A repeat under the same key is the same message there.

The homeserver knows a key again for a day or so, so nothing has to be looked for: it is said again,
and is there once. No thread of its own is opened: a summary is one message, and its map the next.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.file_posts import upload_picture
from bot.adapters.matrix.delivery.outbox import MESSAGE
from bot.adapters.matrix.protocol.homeserver_errors import (
    Denied,
    LoggedOut,
    RateLimited,
    Unavailable,
    Unencryptable,
)
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.rendering.message import render
from bot.platform import Notification, SentMessage, Undeliverable

_WAIT_S = 30.0
_GONE = {"M_FORBIDDEN", "M_NOT_FOUND"}


class RoomNotifier:
    """Says things in rooms, and to people; `context` is there once the platform runs."""

    def __init__(self, context: Callable[[], AdapterContext | None]) -> None:
        self._context = context

    @property
    def ready(self) -> bool:
        """Whether it could say something now."""
        return self._context() is not None

    async def find(self, _post: Notification, _since: datetime) -> SentMessage | None:
        """Return nothing: saying it again under its key finds it."""
        return None

    async def post(self, post: Notification) -> SentMessage:
        """Say it, once for each key."""
        context = self._context()
        if context is None:
            raise Undeliverable("Matrix is not connected", wait_s=_WAIT_S)
        try:
            return SentMessage(await _send(context, post))
        except (RateLimited, LoggedOut) as error:
            raise Undeliverable(str(error), wait_s=_WAIT_S) from None
        except Unavailable as error:
            raise Undeliverable(str(error), wait_s=_WAIT_S, unsure=True) from None
        except Unencryptable:
            why = "the room is encrypted, and there are no keys to encrypt with"
            raise Undeliverable(why) from None
        except Denied as error:
            raise Undeliverable(str(error), gone=error.code in _GONE) from None

    async def publish(self, room: str, message: str) -> None:
        """Do nothing: no room of Matrix passes announcements on."""


async def _send(context: AdapterContext, post: Notification) -> str:
    room = post.room
    if post.person:
        room = await context.private_room(post.person, sealed=False, anew=False)
    known = context.rooms.get(room)
    if known is None and not post.person:
        raise Undeliverable("the bot is not in the room", gone=True)
    if not room:
        raise Undeliverable("they left the private room, or there can be none", gone=True)
    wishes = await context.port.memory.room("matrix", room)
    voice = context.port.speak(post.language or wishes.language)
    reply = replace(post.reply, actions=(post.again, *post.reply.actions))
    page = render(reply, voice, context.me.prefix, post.again)
    key = f"post-{hashlib.sha256(post.key.encode()).hexdigest()}"
    where = known or MatrixRoom(room)
    message = await context.client.send(where, MESSAGE, page.content, key)
    for number, file in enumerate((await context.port.album.hang(reply, voice)).files, 1):
        content = await upload_picture(context.client, where, file, context.port.log)
        if content is not None:
            await context.client.send(where, MESSAGE, content, f"{key}-f{number}")
    return message
