"""A command that is taken back, or corrected: its answer goes, or is written anew in its place.

What was asked and not answered yet is not answered. A write that is under way ends as it began:
what it did is on record, and only its answer is missing.
"""

import hashlib
import json
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.outbox import MESSAGE, REACTION, REDACTION, page_reactions
from bot.adapters.matrix.ports import Pages
from bot.adapters.matrix.protocol.events import Event, text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.rendering.message import edit
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage, SentPost

_EDIT_MS = 60_000
"""How long after a command a correction of it is expected to be answered."""


class Correction(Struct, frozen=True):
    """The command that an edit corrects, and what was sent in answer to it."""

    command: Event
    answer: tuple[SentPost, ...]

    @property
    def id(self) -> str:
        return text_at(self.command, "event_id")


class Withdrawals:
    """Takes answers back."""

    def __init__(self, context: AdapterContext) -> None:
        self._context, self._mail = context, context.mail
        self._cancelled: set[str] = set()

    def cancel(self, command: str) -> None:
        """Answer a command that is under way no more."""
        self._cancelled.add(command)
        self._context.outbox.give_up(command)

    def is_cancelled(self, command: str) -> bool:
        return command in self._cancelled

    def end(self, command: str) -> None:
        """Forget a command that is not under way any more."""
        self._cancelled.discard(command)

    async def take_back(self, command: str, until: int) -> tuple[OutboxMessage, ...]:
        """Return what takes the answer to a command back."""
        sent = await self._mail.withdraw(command)
        await self._context.outbox.settle_answer(command)
        again = await self._mail.withdraw(command)  # with what was on its way
        return await self._redactions({post.message: post for post in (*sent, *again)}, until)

    async def _redactions(self, sent: dict[str, SentPost], until: int) -> tuple[OutboxMessage, ...]:
        redactions = []
        for post in sent.values():
            for message in (post.message, *await self._edits(post)):
                key = f"x-{message}"
                redactions.append(OutboxMessage(key, post.room, REDACTION, message, until))
        return tuple(redactions)

    async def _edits(self, post: SentPost) -> Sequence[str]:
        """Return the edits of a message, such as a page that was turned: they hold its words."""
        try:
            return await self._context.client.edits_of(post.room, post.message)
        except (Denied, Unavailable):
            return ()

    async def correction(self, room: MatrixRoom, event: Event, command: str) -> Correction | None:
        """Return what an edit corrects; None where it is somebody else's, or came too late."""
        try:
            original = await self._context.client.event(room.id, command)
        except Denied:
            return None
        sent_at, edited_at = (e.get("origin_server_ts") for e in (original, event))
        if not isinstance(sent_at, int) or not isinstance(edited_at, int):
            return None
        theirs = text_at(original, "sender") == text_at(event, "sender")
        if not (theirs and original.get("content") and edited_at - sent_at <= _EDIT_MS):
            return None
        await self._context.outbox.settle_answer(command)
        return Correction(original, await self._mail.withdraw(command))

    async def put_in_place(
        self, correction: Correction, posts: tuple[OutboxMessage, ...], until: int
    ) -> tuple[tuple[OutboxMessage, ...], tuple[str, str] | None]:
        """Return posts so that the first edits the old answer, if it is in the same room.

        What is left of the old answer is taken back. The note of the message that is edited comes
        beside them.
        """
        first = posts[0]
        texts = [post for post in correction.answer if post.kind == MESSAGE]
        old = next((post for post in texts if post.room == first.room), None)
        left = {post.message: post for post in correction.answer if post is not old}
        if old is None:
            return (*posts, *await self._redactions(left, until)), None
        others = [post for post in posts[1:] if post.kind != REACTION]
        left = {key: post for key, post in left.items() if post.kind != REACTION}
        shown = {k: v for k, v in json.loads(first.content).items() if k != "m.relates_to"}
        content = json.dumps(edit(shown, old.message))
        edited = replace(first, key=f"e-{first.key}", content=content, pages="")
        pages = Pages.read(first.pages)
        signs = page_reactions(old.message, first.room, pages, until) if pages else ()
        back = await self._redactions(left, until)
        return (edited, *others, *signs, *back), (old.message, first.pages)


def identify_correction(incoming: InboxEvent, correction: Correction) -> InboxEvent:
    """Return an edit so that what answers it is found as an answer to the command."""
    digest = hashlib.sha256(incoming.id.encode()).hexdigest()[:12]
    return replace(incoming, id=f"{correction.id}-{digest}")
