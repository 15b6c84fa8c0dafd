"""Posts go out in turn, each until it is there, refused, or too late to be of use."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.adapters.matrix.client.homeserver_client import HomeserverClient
from bot.adapters.matrix.client.succession import Succession
from bot.adapters.matrix.delivery.file_posts import upload_file_post
from bot.adapters.matrix.ports import PLATFORM, Mail, Pages
from bot.adapters.matrix.protocol.events import BACK, ON, YES
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.rendering.message import Content
from bot.dispatch import Log
from store.model.backoff import Backoff
from store.workflow.inbox_outbox import FILE, OutboxMessage

BARE = "sealed-"
"""What the keys of those lines begin with that go into an encrypted room as they are, where nothing
can be encrypted: they say that, and nothing of the record."""
MESSAGE, REACTION, REDACTION = "m.room.message", "m.reaction", "m.room.redaction"
"""Kinds of posts. The content of a REDACTION is the id of the message that is taken back."""
_FORBIDDEN = "M_FORBIDDEN"
TOO_OLD_MS = 600_000
"""Nobody waits for an answer longer than this; what is older gets none."""
_BACKOFF = Backoff(0.5, 30.0)


class Outbox:
    """Sends posts. When the homeserver wants fewer, all of them wait."""

    def __init__(
        self,
        client: HomeserverClient,
        mail: Mail,
        rooms: Mapping[str, MatrixRoom],
        log: Log,
        succession: Succession,
    ) -> None:
        self._client, self._mail, self._rooms, self._log = client, mail, rooms, log
        self._succession = succession
        self._failures = 0
        self._free_at = 0.0
        self._under_way: dict[str, tuple[str, asyncio.Event]] = {}
        self._given_up: set[str] = set()
        self.when_forbidden: Callable[[str], None] = lambda _: None
        """What is done when the homeserver lets nothing be said in a room."""

    async def deliver(self, posts: Sequence[OutboxMessage]) -> None:
        """Send posts that were kept, and what follows from them."""
        for post in posts:
            self._under_way.setdefault(post.key, (post.room, asyncio.Event()))
        try:
            for post in posts:
                message = await self._through(post)
                then = await self._mail.mark_sent(post.key, message, tuple(_after(post, message)))
                self._noted(post)
                await self.deliver(then)
        finally:
            for post in posts:
                self._noted(post)

    async def settled(self, room: str) -> None:
        """Wait until it is known what has become of all that is on its way to a room.

        Somebody may see a message, and choose from it, before its receipt is here.
        """
        for there, noted in list(self._under_way.values()):
            if there == room:
                await noted.wait()

    def give_up(self, incoming: str) -> None:
        """Send nothing more of the answer to what came in."""
        self._given_up |= {key for key in self._under_way if _answers(key, incoming)}

    async def settle_answer(self, incoming: str) -> None:
        """Wait until it is known what has become of the answer to what came in, giving it up."""
        self.give_up(incoming)
        for key, (_, noted) in list(self._under_way.items()):
            if _answers(key, incoming):
                await noted.wait()

    def _noted(self, post: OutboxMessage) -> None:
        self._given_up.discard(post.key)
        _, noted = self._under_way.pop(post.key, ("", None))
        if noted is not None:
            noted.set()

    async def _through(self, post: OutboxMessage) -> str:
        """Return what a post became; "" when it was given up."""
        event: tuple[str, Content] | None = None
        while time.time() * 1000 < post.until:
            await asyncio.sleep(max(0.0, self._free_at - time.monotonic()))
            if post.key in self._given_up or not await self._mail.is_unsent(post.key):
                return ""
            try:
                room = self._rooms.get(post.room) or MatrixRoom(post.room)
                if post.kind == REDACTION:
                    return await self._client.redact(room.id, post.content, post.key)
                sent = await self._find(post)
                if not sent:
                    event = event or await self._made(room, post)
                    bare = post.key.startswith(BARE)
                    sent = await self._client.send(room, *event, post.key, bare=bare)
            except Unavailable:
                self._free_at = time.monotonic() + _BACKOFF.wait_s(self._failures)
                self._failures += 1
            except Denied as error:
                self._log("undelivered", platform=PLATFORM, code=error.code)
                if error.code == _FORBIDDEN:
                    self.when_forbidden(post.room)
                return ""
            else:
                self._failures = 0
                return sent
        self._log("undelivered", platform=PLATFORM, code="too late")
        return ""

    async def _find(self, post: OutboxMessage) -> str:
        """Return the message that a post became, if another device may have sent it; else ""."""
        kept_at = post.until - TOO_OLD_MS
        if post.kind == REACTION or not self._succession.is_after(kept_at):
            return ""
        return await self._client.find_sent(post.room, post.key, kept_at)

    async def _made(self, room: MatrixRoom, post: OutboxMessage) -> tuple[str, Content]:
        """Return the kind and the content of the event that a post is to become."""
        if post.kind == FILE:
            return MESSAGE, await upload_file_post(self._client, room, post.content, self._log)
        return post.kind, json.loads(post.content)


def _answers(key: str, incoming: str) -> bool:
    """Tell whether the key of a post is one of the answer to what came in."""
    return key == f"r-{incoming}" or key.startswith(f"r-{incoming}-")


def _after(post: OutboxMessage, message: str) -> Iterator[OutboxMessage]:
    pages = Pages.read(post.pages)
    if pages is not None and message:
        yield from page_reactions(message, post.room, pages, post.until)


def page_reactions(message: str, room: str, pages: Pages, until: int) -> Iterator[OutboxMessage]:
    """Yield the reactions by which an answer's page is turned, and what it shows is confirmed."""
    if len(pages.trail) > 1:
        yield reaction(f"back-{message}", room, message, BACK, until)
    if pages.after is not None:
        yield reaction(f"on-{message}", room, message, ON, until)
    if pages.offers.confirms:
        yield reaction(f"yes-{message}", room, message, YES, until)


def reaction(key: str, room: str, message: str, sign: str, until: int) -> OutboxMessage:
    """Return a reaction to a message."""
    relation = {"rel_type": "m.annotation", "event_id": message, "key": sign}
    return OutboxMessage(key, room, REACTION, json.dumps({"m.relates_to": relation}), until)
