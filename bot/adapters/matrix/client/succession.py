"""A new device that goes on where another left off: what it finds again, and what it passes over.

It has none of the keys of before. What was encrypted until others knew of it stays unread, as if
the bot had still been away, and no room is told.
"""

import time

import msgspec
from msgspec import Struct

from bot.adapters.matrix.protocol.session import DeviceSession
from bot.platform import Memory

_SETTLES_MS = 30_000
"""How long others may take to learn of a new device, and to share their keys with it."""


class Succession(Struct, frozen=True):
    """The device that runs on this store, and since when in milliseconds; nought for the first."""

    device: str
    since: int = 0

    def is_after(self, at: int) -> bool:
        """Tell whether something of a moment may have been done by another device."""
        return at < self.since

    def is_deaf_at(self, at: int) -> bool:
        """Tell whether what was encrypted at a moment was never meant for this device."""
        return at < self.since + _SETTLES_MS if self.since else False


def place_of_reading(user: str, device: str) -> str:
    """Return where it is kept how far a device has read."""
    return f"matrix:read:{user}/{device}"


async def take_over(memory: Memory, session: DeviceSession) -> Succession:
    """Take over from the device that ran on this store before, if it was another.

    What was asked in plain rooms meanwhile is answered: reading goes on where the other left off.
    A device that comes back reads on where it was, since keys wait there for it.
    """
    note = f"matrix:device:{session.user}"
    kept = await memory.value(note)
    before = msgspec.json.decode(kept, type=Succession) if kept else None
    if before is not None and before.device == session.device:
        return before
    place = place_of_reading(session.user, session.device)
    if before is not None and not await memory.value(place):
        token = await memory.value(place_of_reading(session.user, before.device))
        if token:
            await memory.keep(place, token)
    current = Succession(session.device, int(time.time() * 1000) if before is not None else 0)
    await memory.keep(note, msgspec.json.encode(current).decode())
    return current
