"""What is said unasked: how it is made, and how long to wait before it is tried again."""

from datetime import timedelta

from bot.dispatch import Answer, Dispatch
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Room
from commands.kit.reply import Action
from store.model.backoff import Backoff

BACKOFF = Backoff(timedelta(minutes=2).total_seconds(), timedelta(hours=6).total_seconds())


async def answer_digest(dispatch: Dispatch, platform: str, room: str, key: str) -> Answer:
    """Return what a summary or a piece of news says, by its key."""
    caller = Caller(platform, "schedule", "Schedule")
    return await dispatch.call(caller, "digest", {"of": key}, Room(platform, room), f"post:{key}")


def ask_again(key: str) -> Action:
    """Return what asks for a summary or a piece of news again."""
    return Action(T("As it stands now"), "digest", {"of": key})


def put_off_for(tries: int, asked_s: float) -> timedelta:
    """Return how long to put something off: longer each time, at least what the platform asks."""
    return timedelta(seconds=max(BACKOFF.wait_s(tries), asked_s))
