"""What happens in the rooms, in order, again and again until the session ends.

What asks something is kept together with how far was read, in one step: after a crash it is all
there, and nothing is read twice.
"""

import json
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.outbox import TOO_OLD_MS
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.events import (
    VERIFICATION,
    Event,
    is_encrypted,
    read_request,
    text_at,
)
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from bot.adapters.matrix.protocol.room import STATE, MatrixRoom, events_of
from store.model.backoff import Backoff
from store.workflow.inbox_outbox import InboxEvent

R = TypeVar("R")
_WAIT_S = 30.0
_UNTIL_BACK = Backoff(1.0, 60.0)
_PAGES = 20
_NOTHING: Mapping[str, Any] = {"types": []}
_KEY_CHANGES = ("m.room.member", "m.room.history_visibility")
_ASKS = ("m.room.message", "m.room.encrypted", "m.reaction", "m.room.redaction")
SYNC_FILTER: Mapping[str, Any] = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
        "state": {"types": STATE, "lazy_load_members": True},
        "timeline": {"types": [*_ASKS, *STATE], "limit": 50, "lazy_load_members": True},
    },
}
"""What of a sync the bot wants to be told."""


def initial_filter() -> Mapping[str, Any]:
    """Return what the bot wants to be told when it starts: how the rooms are, and no message.

    A homeserver may answer the same first question with what it said minutes ago, when the bot was
    not in the room yet. So no two of them are the same: a room that is none is left out of each.
    """
    timeline = {"types": [], "limit": 0, "lazy_load_members": True}
    rooms = {
        **SYNC_FILTER["room"],
        "timeline": timeline,
        "not_rooms": [f"!{os.urandom(8).hex()}:none.invalid"],
    }
    return {**SYNC_FILTER, "room": rooms}


class EventSink(Protocol):
    """Starts what was read, each in a task of its own; nothing here is waited for but `begin`."""

    async def begin(self) -> None: ...

    def receive(self, incoming: InboxEvent) -> None: ...

    def invited(self, room: str, invitation: Mapping[str, Any]) -> None: ...

    def gone(self, room: str) -> None: ...

    def key_renewed(self, room: MatrixRoom) -> None: ...

    def asked_to_verify(self, event: Event) -> None: ...

    def changed(self, room: MatrixRoom) -> None: ...


class Sync:
    """Reads, and hands on. `place` is where it is kept how far was read."""

    def __init__(self, context: AdapterContext, sink: EventSink, place: str) -> None:
        self._context, self._sink, self._place = context, sink, place
        self.ready = False

    async def run(self) -> None:
        """Read until cancelled; LoggedOut when the session is over."""
        first = await self._synced(None, initial_filter(), 0)
        for room, part in _rooms(first, "join"):
            self._known(room).take_all(part)
        await self._sink.begin()
        kept = await self._context.port.memory.value(self._place)
        token = kept or str(first["next_batch"])
        if not kept:
            await self._context.client.take_keys(first)
        for room, part in _rooms(first, "invite"):
            self._sink.invited(room, part)
        self.ready = True
        while True:
            part = await self._synced(token, SYNC_FILTER, _WAIT_S)
            incoming_events = await self._taken(part, token)
            token = str(part["next_batch"])
            for incoming in await self._context.mail.receive(self._place, token, incoming_events):
                self._sink.receive(incoming)

    async def _synced(
        self, token: str | None, looks: Mapping[str, Any], wait_s: float
    ) -> Mapping[str, Any]:
        batch = await self._patiently(lambda: self._context.client.sync(token, looks, wait_s))
        self.ready = token is not None
        return batch

    async def _patiently(self, ask: Callable[[], Awaitable[R]]) -> R:
        def is_useful(_failures: int, error: Unavailable) -> bool:
            self.ready = False
            self._context.port.log("no homeserver", platform=PLATFORM, why=str(error))
            return True

        return await _UNTIL_BACK.retry(ask, Unavailable, is_useful)

    async def _taken(self, batch: Mapping[str, Any], token: str) -> list[InboxEvent]:
        """Take what a sync says, and return what may ask something."""
        incoming_events: list[InboxEvent] = []
        await self._context.client.take_keys(batch)
        await self._follow_keys(batch)
        for event in events_of(batch, "to_device"):
            if event.get("type") == VERIFICATION:
                self._sink.asked_to_verify(event)
        for room, part in _rooms(batch, "join"):
            incoming_events += await self._joined(room, part, token)
        for room, part in _rooms(batch, "invite"):
            self._sink.invited(room, part)
        for room, _ in _rooms(batch, "leave"):
            self._sink.gone(room)
        return incoming_events

    async def _follow_keys(self, batch: Mapping[str, Any]) -> None:
        try:
            for room in await self._patiently(lambda: self._context.client.follow_keys(batch)):
                if known := self._context.rooms.get(room):
                    self._sink.key_renewed(known)
        except Denied as error:
            self._context.port.log("refused", platform=PLATFORM, code=error.code)

    async def _joined(self, room: str, part: Mapping[str, Any], token: str) -> list[InboxEvent]:
        is_new = room not in self._context.rooms
        known = self._known(room)
        known.take_all(part)
        timeline = part.get("timeline") or {}
        events = list(events_of(part, "timeline"))
        for event in events:
            if "state_key" in event:
                known.take(event)
        if timeline.get("limited") and not is_new:
            events = [*await self._missed(room, timeline, token), *events]
        if known.encrypted and (timeline.get("limited") or _has_key_change(events)):
            self._context.client.renew_key(room)
            self._sink.key_renewed(known)
        since = _index_after_join(events, self._context.me.id)
        changed = (
            is_new or any("state_key" in event for event in events) or events_of(part, "state")
        )
        if changed:
            self._sink.changed(known)
        return [
            incoming for event in events[since:] if (incoming := self._inbox_event(known, event))
        ]

    async def _missed(self, room: str, timeline: Mapping[str, Any], token: str) -> list[Event]:
        """Return what a sync left out because it was too much, oldest first, if still of use."""
        missed: list[Event] = []
        at, oldest = timeline.get("prev_batch"), time.time() * 1000 - TOO_OLD_MS
        for _ in range(_PAGES):
            if not isinstance(at, str):
                break
            try:
                page = await self._context.client.before(room, at, token)
            except (Unavailable, Denied) as error:
                self._context.port.log("missed messages", platform=PLATFORM, why=str(error))
                break
            chunk = [event for event in page.get("chunk") or () if isinstance(event, Mapping)]
            missed += chunk
            at = page.get("end")
            if not chunk or _at(chunk[-1]) < oldest:
                break
        return missed[::-1]

    def _inbox_event(self, room: MatrixRoom, event: Event) -> InboxEvent | None:
        """Return an event to keep, if it asks something or may once it is decrypted."""
        id_, at = text_at(event, "event_id"), _at(event)
        fresh = bool(id_) and at > time.time() * 1000 - TOO_OLD_MS
        others = text_at(event, "sender") != self._context.me.id
        asks = read_request(event, self._context.me, alone=room.alone) is not None
        if not (fresh and others and (asks or is_encrypted(event))):
            return None
        now = int(time.time() * 1000)
        return InboxEvent(id_, room.id, json.dumps({**event, "room_id": room.id}), min(at, now))

    def _known(self, room: str) -> MatrixRoom:
        return self._context.rooms.setdefault(room, MatrixRoom(room))


def _rooms(batch: Mapping[str, Any], how: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    rooms = batch.get("rooms")
    parts = rooms.get(how) if isinstance(rooms, Mapping) else None
    return list(parts.items()) if isinstance(parts, Mapping) else []


def _has_key_change(events: Iterable[Event]) -> bool:
    """Tell whether somebody came or went, or whether others may read what was before them."""
    return any(text_at(event, "type") in _KEY_CHANGES for event in events)


def _index_after_join(events: "list[Event]", me: str) -> int:
    """Return where in a timeline the bot came into the room: what stands before is history."""
    for number in range(len(events) - 1, -1, -1):
        event = events[number]
        came = text_at(event, "type") == "m.room.member" and text_at(event, "state_key") == me
        if came and text_at(event, "content", "membership") == "join":
            before = text_at(event, "unsigned", "prev_content", "membership")
            if before != "join":
                return number + 1
    return 0


def _at(event: Event) -> int:
    at = event.get("origin_server_ts")
    return at if isinstance(at, int) else 0
