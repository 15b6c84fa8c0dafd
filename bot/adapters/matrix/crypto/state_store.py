"""What the encrypting machine asks of rooms: whether they are encrypted, and who shares one."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from mautrix.types import EncryptionAlgorithm, RoomEncryptionStateEventContent, RoomID, UserID

from bot.adapters.matrix.protocol.room import MatrixRoom

Rooms = Mapping[str, MatrixRoom]

_SHARED_ROOM: ContextVar[str] = ContextVar("_SHARED_ROOM", default="")
_WEEK_MS, _MESSAGES = 604_800_000, 100


class SealedRooms:
    """The rooms as they stand.

    `shared` is with whom a room's key was shared lately, `moves` how often somebody came or went
    or has other devices, so that it has to be looked at who has the key. `device_changes` is how
    often a sync said that somebody's devices changed. `is_desk` tells of which rooms the keys are
    never passed on, since drafts may be previewed there: all, until it is known which.
    """

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.shared: dict[str, set[str]] = {}
        self.moves: Counter[str] = Counter()
        self.device_changes: Counter[str] = Counter()
        self.is_desk: Callable[[str], bool] = lambda _: True

    def shares_history(self, room: str) -> bool:
        """Tell whether people who come later may read what is written in a room now."""
        known = self._rooms.get(room)
        if known is None or known.alone or not known.told or self.is_desk(room):
            return False
        return known.shows_history

    def is_encrypted(self, room: str) -> bool:
        known = self._rooms.get(room)
        return known is not None and known.encrypted

    def encryption_of(self, room: str) -> RoomEncryptionStateEventContent:
        """Return how a room is encrypted.

        What its state says wrong is left out, and of a room that is not known it is what holds
        unless a room says otherwise: the library would ask the homeserver, in the midst of taking a
        key that somebody sent for whatever room.
        """
        known = self._rooms.get(room)
        event = known.state.get("m.room.encryption", {}) if known is not None else {}
        written = event.get("content")
        content = written if isinstance(written, Mapping) else {}
        return RoomEncryptionStateEventContent(
            algorithm=EncryptionAlgorithm.MEGOLM_V1,
            rotation_period_ms=_within(content.get("rotation_period_ms"), _WEEK_MS),
            rotation_period_msgs=_within(content.get("rotation_period_msgs"), _MESSAGES),
        )

    def note_devices(self, user: str) -> None:
        """Note that somebody has other devices, but for the room whose key is being shared now."""
        self.moves.update(set(self.shared_with(user)) - {_SHARED_ROOM.get()})

    @contextmanager
    def sharing(self, room: str) -> Iterator[None]:
        """Say that what is found of devices goes into the key that this task shares with a room."""
        token = _SHARED_ROOM.set(room)
        try:
            yield
        finally:
            _SHARED_ROOM.reset(token)

    def shared_with(self, user: str) -> list[str]:
        """Return the rooms whose key somebody may have."""
        return [room for room, people in self.shared.items() if user in people]


def _within(value: Any, most: int) -> int:  # noqa: ANN401 -- whatever somebody wrote
    return value if isinstance(value, int) and 0 < value <= most else most


def state_store(sealed: SealedRooms) -> Any:  # noqa: ANN401 -- a class of a library that is an extra
    """Return the rooms as the library wants to be told of them."""
    from mautrix.crypto import StateStore
    from typing_extensions import override

    class Rooms(StateStore):
        @override
        async def is_encrypted(self, room_id: RoomID) -> bool:
            return sealed.is_encrypted(room_id)

        @override
        async def get_encryption_info(self, room_id: RoomID) -> RoomEncryptionStateEventContent:
            return sealed.encryption_of(room_id)

        @override
        async def find_shared_rooms(self, user_id: UserID) -> list[RoomID]:
            return [RoomID(room) for room in sealed.shared_with(user_id)]

    return Rooms()
