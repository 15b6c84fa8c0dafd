"""Which rooms the bot comes into, which it leaves, and where it follows when one moves."""

import json
import time
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.outbox import MESSAGE, TOO_OLD_MS
from bot.adapters.matrix.handlers.undecryptable import undecryptable_notice
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.event_limits import ADMIN
from bot.adapters.matrix.protocol.events import Event, text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from bot.adapters.matrix.protocol.room import MatrixRoom, events_of, is_space
from bot.adapters.matrix.rendering.html_escape import words
from bot.adapters.matrix.rendering.message import notice
from commands.kit.inlines import T
from store.model.backoff import Backoff
from store.workflow.inbox_outbox import OutboxMessage

_TRIES, _PATIENCE = 8, Backoff(2.0, 256.0)
_FOLLOWED = "matrix:follows:"


class Membership:
    """Comes and goes. `allowed` are people and servers whose invitations are taken."""

    def __init__(self, context: AdapterContext, allowed: AbstractSet[str]) -> None:
        self._context, self._allowed = context, allowed
        self._busy: set[str] = set()

    async def invited(self, room: str, invitation: Mapping[str, Any]) -> None:
        """Take an invitation if the settings allow it, else decline it."""
        if room in self._busy:  # an invitation is told more than once
            return
        self._busy.add(room)
        try:
            await self._invited(room, events_of(invitation, "invite_state"))
        finally:
            self._busy.discard(room)

    async def _invited(self, room: str, events: Iterable[Event]) -> None:
        me = self._context.me.id
        mine = [event for event in events if text_at(event, "state_key") == me]
        inviter = text_at(mine[-1], "sender") if mine else ""
        client = self._context.client
        if not self._is_allowed(room, inviter):
            await self._persist(lambda: client.leave(room))
            self._context.port.log("invitation declined", platform=PLATFORM)
            return
        if not await self._persist(lambda: client.join(room, _server(inviter))):
            return
        content = mine[-1].get("content") if mine else None
        if isinstance(content, Mapping) and content.get("is_direct") is True:
            await self._context.note_direct(inviter, room)
        if not self._is_moved(room) and not await self._is_space(room):
            await self._greet(room)

    async def _is_space(self, room: str) -> bool:
        try:
            content = await self._context.client.state(room, "m.room.create")
        except (Denied, Unavailable):
            return False
        return is_space({"content": content})

    def _is_moved(self, room: str) -> bool:
        return any(known.successor == room for known in self._context.rooms.values())

    def _is_allowed(self, room: str, inviter: str) -> bool:
        known_room = room in self._context.port.homes.homes or self._is_moved(room)
        return known_room or bool({inviter, _server(inviter)} & self._allowed)

    async def _greet(self, room: str) -> None:
        until, client = int(time.time() * 1000) + TOO_OLD_MS, self._context.client
        known = self._context.rooms.get(room) or MatrixRoom(room)
        if client.encryption is None and await client.is_encrypted(known):
            post = undecryptable_notice(self._context, room, until)
        else:
            post = await self._hello(room, until)
        await self._context.outbox.deliver(await self._context.mail.answer("", (post,)))

    async def _joined_by(self, room: str) -> str:
        """Return what tells this stay in a room from one before; "" where nothing does."""
        try:
            me = self._context.me.id
            event = await self._context.client.state_event(room, "m.room.member", me)
            return text_at(event, "event_id")
        except (Denied, Unavailable):
            return ""

    async def _hello(self, room: str, until: int) -> OutboxMessage:
        stay = await self._joined_by(room)
        line = f"{self._context.me.prefix}{await self._context.port.dispatch.exemplify()}"
        help_ = f"{self._context.me.prefix}help"
        hello = T("Ask, such as {line}; {help} lists the commands.", line=line, help=help_)
        text = words(self._context.port.speak("").plain(hello))
        return OutboxMessage(f"hello-{room}{stay}", room, MESSAGE, json.dumps(notice(text)), until)

    async def leave_if_told(self, room: MatrixRoom, user: str) -> None:
        """Leave a room when somebody says so who may: who manages it, or who has the bot alone."""
        if room.alone or self._context.manages(room, user):
            await self._persist(lambda: self._context.client.leave(room.id))

    async def gone(self, room: str) -> None:
        """Forget a room out of which the bot was taken."""
        if self._context.rooms.pop(room, None) is not None:
            await self._persist(lambda: self._context.client.forget(room))

    async def recall(self) -> None:
        """Know again which rooms have replaced homes."""
        for home in self._context.port.homes.homes:
            room = home
            while (room := await self._context.port.memory.value(_FOLLOWED + room) or "") != "":
                self._context.homes[room] = home

    async def follow(self, old: MatrixRoom) -> None:
        """Go where a room moved, and take its settings, summaries and watches along."""
        new, sender = old.successor, text_at(old.state["m.room.tombstone"], "sender")
        client, memory = self._context.client, self._context.port.memory
        if not new or new == old.id or await memory.value(_FOLLOWED + old.id) == new:
            return
        if not await self._persist(lambda: client.join(new, _server(sender))):
            return
        create = await client.state(new, "m.room.create")
        if text_at(create, "predecessor", "room_id") != old.id:
            self._context.port.log("room moved to one that knows nothing of it", platform=PLATFORM)
            return
        wishes = await self._context.book.room(PLATFORM, old.id)
        await self._context.meet(
            MatrixRoom(new)
        )  # or it would be met later, and lose what it brings
        act = self._context.act(f"matrix:moved:{old.id}", "The room was upgraded.")
        await self._context.book.set_room(act, PLATFORM, new, wishes)
        along = self._context.act(f"matrix:along:{old.id}", "The room was upgraded.")
        await self._context.summaries.move(along, PLATFORM, old.id, new)
        home = self._context.home_of(old.id)
        if home in self._context.port.homes.homes and old.level(sender) >= ADMIN:
            self._context.homes[new] = home
            self._context.port.log("home moved: write its new id", platform=PLATFORM, room=new)
        await memory.keep(_FOLLOWED + old.id, new)

    async def _persist(self, work: Any) -> bool:  # noqa: ANN401 -- a call that can be made again
        """Do something that the homeserver may want later; tell whether it was done."""
        try:
            await _PATIENCE.retry(work, Unavailable, lambda failures, _: failures < _TRIES)
        except Unavailable:
            return False
        except Denied as error:
            self._context.port.log("refused", platform=PLATFORM, code=error.code)
            return False
        return True


def _server(user: str) -> str:
    return user.partition(":")[2]
