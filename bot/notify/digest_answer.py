"""What is said unasked: how it is made, and how long to wait before it is tried again."""

from datetime import timedelta

from bot.dispatch import Answer, Dispatch
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Room
from commands.kit.reply import Action

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
_DOUBLINGS = 8


async def answer_digest(dispatch: Dispatch, platform: str, room: str, key: str) -> Answer:
    """Return what a summary or a piece of news says, by its key."""
    caller = Caller(platform, "schedule", "Schedule")
    return await dispatch.call(caller, "digest", {"of": key}, Room(platform, room), f"post:{key}")


def again(key: str) -> Action:
    """Return what asks for a summary or a piece of news again."""
    return Action(T("As it stands now"), "digest", {"of": key})


def longer(tries: int, wait_s: float) -> timedelta:
    """Return how long to wait: each time twice as long, or as the platform asks if that is more."""
    doubled: timedelta = _FIRST_WAIT * 2 ** min(tries, _DOUBLINGS)
    return max(min(doubled, _LONGEST_WAIT), timedelta(seconds=wait_s))
