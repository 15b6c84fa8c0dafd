"""The end of what a room was told that is no more."""

from collections.abc import Callable
from datetime import datetime

from bot.dispatch import Log
from bot.platform import Undeliverable
from store import Store
from store.model.refusals import Already, Refusal
from store.model.revision import Act, Person


async def end_deleted_room(
    store: Store, log: Log, clock: Callable[[], datetime], platform: str, room: str
) -> None:
    """End the summaries and watches of a room as soon as a platform says that it was deleted."""
    deleted = Undeliverable("it was deleted", deleted=True)
    await end_room(store, log, (platform, room, "deleted"), deleted, clock())


async def end_room(
    store: Store, log: Log, place: tuple[str, str, str], problem: Undeliverable, now: datetime
) -> bool:
    """End the summaries and watches of a room; False if it still stands.

    `place` is the platform, the room's id and the key of what it was to be told: of two that find
    the room gone at the same moment, the second has nothing to end. While the record takes no
    writes nothing ends, and the room is tried again.
    """
    if not problem.deleted:
        return False
    platform, room, key = place
    schedule = Person(platform, "schedule", "Schedule")
    why = f"The room is gone: {problem}."
    act = Act(f"gone:{platform}:{room}:{key}:{now:%Y%m%dT%H%M}", "digest", schedule, now, why)
    try:
        await store.room_endings.end(act, platform, room)
    except Already:  # for another of its summaries
        return True
    except Refusal:
        return False
    log("room ended", platform=platform, room=room, why=str(problem))
    return True
