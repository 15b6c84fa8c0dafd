"""What the parts of the platform share: the session, the rooms, the mailbox, and who is who."""

from dataclasses import dataclass, field

from bot.adapters.matrix.client.homeserver_client import HomeserverClient
from bot.adapters.matrix.client.succession import Succession
from bot.adapters.matrix.delivery.outbox import Outbox
from bot.adapters.matrix.ports import PLATFORM, Mail, RoomBook, Summaries
from bot.adapters.matrix.protocol.event_limits import MODERATOR
from bot.adapters.matrix.protocol.events import Event, is_encrypted, text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied
from bot.adapters.matrix.protocol.pills import Me
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.permissions import identity_by_power
from bot.platform import Port
from commands.kit.invocation import Role
from store.model.revision import Act, Person
from store.workflow.state import RoomSettings

DIRECT = "m.direct"
_MADE_FOR = "sitrep.made_for"


@dataclass
class AdapterContext:
    """One running session."""

    port: Port
    mail: Mail
    book: RoomBook
    summaries: Summaries
    client: HomeserverClient
    me: Me
    outbox: Outbox
    succession: Succession
    rooms: dict[str, MatrixRoom] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    """The home that a room has replaced, by the room."""
    _met: set[str] = field(default_factory=set)
    _encrypts_all: bool = False
    _direct: dict[str, list[str]] | None = None

    def home_of(self, room: str) -> str:
        """Return the home that a room stands for: itself, or the one it has replaced."""
        return self.homes.get(room, room)

    def manages(self, room: MatrixRoom, user: str) -> bool:
        """Tell whether somebody may say how the bot behaves in a room."""
        return room.level(user) >= MODERATOR

    def role(self, room: MatrixRoom, user: str) -> Role:
        """Return what somebody may in a room; alone with the bot everyone reads."""
        level = None if room.alone else identity_by_power(self.home_of(room.id), room.level(user))
        return self.port.homes.role(level)

    async def meet(self, room: MatrixRoom) -> None:
        """Set what holds in a room until somebody sets it otherwise: answers for all."""
        if not room.alone and room.id not in self._met:
            act = self.act(f"matrix:met:{room.id}", "On Matrix answers are for all at first.")
            await self.book.set_room(act, PLATFORM, room.id, RoomSettings(public=True))
            self._met.add(room.id)

    def act(self, key: str, why: str) -> Act:
        """Return an act of the bot's own on a room's settings."""
        me = Person(PLATFORM, self.me.id, self.me.name)
        return Act(key, "room", me, self.port.dispatch.desk.clock(), why)

    async def opened(self, event: Event) -> Event | None:
        """Return what an event says; None when it is encrypted and its key is not here."""
        return await self.client.opened(event) if is_encrypted(event) else event

    async def private_room(self, user: str, *, sealed: bool, anew: bool = True) -> str:
        """Return a room with somebody alone, made if there is none; "" where that is refused.

        What was asked in an encrypted room (`sealed`) is answered in an encrypted one. Not `anew`:
        none is made for somebody who has left the last, declined it, or had the bot leave it.
        """
        direct = await self._directs()
        own = [room for room, known in self.rooms.items() if self._made_for(known) == user]
        there = [*own, *direct.get(user, ())]
        for room in there:
            known = self.rooms.get(room)
            if known is None or not known.alone or (sealed and not known.encrypted):
                continue
            if not self.cannot_encrypt(known) and await self._is_there(room, user):
                return known.id
        closed = there and (
            there[-1] not in self.rooms or not await self._is_there(there[-1], user)
        )
        return "" if closed and not anew else await self._make_for(user, sealed=sealed)

    def cannot_encrypt(self, room: MatrixRoom) -> bool:
        """Tell whether nothing can be said in a room: it is encrypted, and there are no keys."""
        return room.encrypted and self.client.encryption is None

    async def _make_for(self, user: str, *, sealed: bool) -> str:
        """Make a room with somebody alone; "" where that is refused.

        Where the homeserver encrypts what nobody asked it to, none is of use without keys.
        """
        if self._encrypts_all:
            return ""
        try:
            new, state = await self.client.write_to(user, {_MADE_FOR: user}, sealed=sealed)
        except Denied as error:
            self.port.log("no private room", platform=PLATFORM, code=error.code)
            return ""
        room = self.rooms.setdefault(new, MatrixRoom(new))
        if self.client.encryption is None and await self.client.is_encrypted(room):
            self._encrypts_all = True
            self.port.log("no private room", platform=PLATFORM, code="ENCRYPTED")
            self.rooms.pop(new, None)
            await self.client.leave(new)
            return ""
        room.summary.setdefault("m.joined_member_count", 2)
        for event in state:
            room.take(event)
        await self.note_direct(user, new)
        return new

    async def note_direct(self, user: str, room: str) -> None:
        """Note with the account that a room is for somebody alone, as clients do."""
        direct = await self._directs()
        if room not in direct.get(user, []):
            direct[user] = [*direct.get(user, []), room]
            await self.client.keep(DIRECT, dict(direct))

    async def _directs(self) -> dict[str, list[str]]:
        if self._direct is None:
            rooms_by_user = await self.client.account_data(DIRECT)
            self._direct = {user: list(rooms) for user, rooms in rooms_by_user.items()}
        return self._direct

    def _made_for(self, room: MatrixRoom) -> str:
        create = room.state.get("m.room.create", {})
        ours = text_at(create, "sender") == self.me.id
        return text_at(create, "content", _MADE_FOR) if ours else ""

    async def _is_there(self, room: str, user: str) -> bool:
        try:
            member = await self.client.state(room, "m.room.member", user)
        except Denied:
            return False
        return member.get("membership") in {"join", "invite"}
