"""What the bot says on Matrix unasked. A repeat under the same key is the same message there.

The homeserver knows a key of the same device again for a day or so: it is said again, and is there
once. Only what another device may have said is looked for. A thread of its own is not opened: a
summary is one message, and its map the next.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
_EARLIER_MS = 60_000  # the homeserver's clock may be behind
_GONE = {"M_FORBIDDEN", "M_NOT_FOUND"}


class RoomNotifier:
    """Says things in rooms, and to people; `context` is there once the platform runs."""

    def __init__(self, context: Callable[[], AdapterContext | None]) -> None:
        self._context = context

    @property
    def ready(self) -> bool:
        """Whether it could say something now."""
        return self._context() is not None

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:
        """Return what another device said; saying it again under its key finds one's own."""
        context, since_ms = self._context(), int(since.timestamp() * 1000)
        if context is None:
            raise Undeliverable("Matrix is not connected", wait_s=_WAIT_S)
        if not context.succession.is_after(since_ms):
            return None
        with _explain_failure():
            room = await _find_room(context, post)
            message = await context.client.find_sent(room, _key_of(post), since_ms - _EARLIER_MS)
        return SentMessage(message) if message else None

    async def post(self, post: Notification) -> SentMessage:
        """Say it, once for each key."""
        context = self._context()
        if context is None:
            raise Undeliverable("Matrix is not connected", wait_s=_WAIT_S)
        with _explain_failure():
            return SentMessage(await _send(context, post))

    async def publish(self, room: str, message: str) -> None:
        """Do nothing: no room of Matrix passes announcements on."""


@contextmanager
def _explain_failure() -> Iterator[None]:
    """Turn the client's errors into what the schedule understands."""
    try:
        yield
    except (RateLimited, LoggedOut) as error:
        raise Undeliverable(str(error), wait_s=_WAIT_S) from None
    except Unavailable as error:
        raise Undeliverable(str(error), wait_s=_WAIT_S, unsure=True) from None
    except Unencryptable:
        why = "the room is encrypted, and there are no keys to encrypt with"
        raise Undeliverable(why) from None
    except Denied as error:
        raise Undeliverable(str(error), gone=error.code in _GONE) from None


async def _find_room(context: AdapterContext, post: Notification) -> str:
    """Return the room where a post belongs, which is a private one if it is for a person."""
    room = post.room
    if post.person:
        room = await context.private_room(post.person, sealed=False, anew=False)
    elif room not in context.rooms:
        raise Undeliverable("the bot is not in the room", gone=True)
    if not room:
        raise Undeliverable("they left the private room, or there can be none", gone=True)
    return room


async def _send(context: AdapterContext, post: Notification) -> str:
    room = await _find_room(context, post)
    wishes = await context.port.memory.room("matrix", room)
    voice = context.port.speak(post.language or wishes.language)
    reply = replace(post.reply, actions=(post.again, *post.reply.actions))
    page = render(reply, voice, context.me.prefix, post.again)
    known = context.rooms.get(room) or MatrixRoom(room)
    key = _key_of(post)
    message = await context.client.send(known, MESSAGE, page.content, key)
    for number, file in enumerate((await context.port.album.hang(reply, voice)).files, 1):
        content = await upload_picture(context.client, known, file, context.port.log)
        if content is not None:
            await context.client.send(known, MESSAGE, content, f"{key}-f{number}")
    return message


def _key_of(post: Notification) -> str:
    return f"post-{hashlib.sha256(post.key.encode()).hexdigest()}"
