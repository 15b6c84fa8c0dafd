"""How fast one may ask: so many questions in a while, for each person and for each room."""

import math
from collections import OrderedDict
from collections.abc import Callable

from msgspec import Struct

from commands.kit.errors import Code, NotAllowed
from commands.kit.inlines import T
from commands.kit.invocation import Invocation, Role

_REMEMBERED = 10_000


class RateLimit(Struct, frozen=True):
    """A bucket of `most` questions that fills again within `seconds`."""

    most: int
    seconds: float


PERSON = RateLimit(12, 60)
ROOM = RateLimit(60, 60)


class RateLimiter:
    """The buckets of everyone who asked lately."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[RateLimit, str], tuple[float, float]] = OrderedDict()

    def wait(self, person: str, room: str) -> float:
        """Take one question of both buckets; return the seconds to wait if there is none."""
        wanted = [(PERSON, person), (ROOM, room)]
        waits = [self._missing(key) for key in wanted]
        if any(waits):
            return max(waits)
        for key in wanted:
            self._take(key)
        return 0.0

    def _missing(self, key: tuple[RateLimit, str]) -> float:
        pace = key[0]
        return max(0.0, (1 - self._level(key)) * pace.seconds / pace.most)

    def _level(self, key: tuple[RateLimit, str]) -> float:
        pace = key[0]
        level, at = self._buckets.get(key, (float(pace.most), self._clock()))
        return min(float(pace.most), level + (self._clock() - at) * pace.most / pace.seconds)

    def _take(self, key: tuple[RateLimit, str]) -> None:
        self._buckets[key] = (self._level(key) - 1, self._clock())
        self._buckets.move_to_end(key)
        while len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)


def keep_pace(limiter: RateLimiter, scene: Invocation) -> None:
    """Refuse a reader who asks too fast; a terminal has one reader and no crowd."""
    caller, room = scene.caller, scene.room
    if caller.role > Role.READER:
        return
    wait = limiter.wait(f"{caller.platform}:{caller.id}", f"{room.platform}:{room.id}")
    if wait:
        seconds = T("{n} second", "{n} seconds", n=math.ceil(wait))
        fast = T("Too fast. Ask again in {seconds}.", seconds=seconds)
        raise NotAllowed(fast, code=Code.TOO_FAST)
