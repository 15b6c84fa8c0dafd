"""What goes wrong on purpose: the next requests that match are refused, held, or cut off."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from tests.discord.loopback.clock import Json

EVERY = ".*"


class Kind(Enum):
    LIMITED = auto()
    BROKEN = auto()
    HELD = auto()
    CUT = auto()


@dataclass
class Fault:
    """One thing that goes wrong, `times` times, for what matches."""

    kind: Kind
    method: str
    path: str
    times: int = 1
    status: int = 0
    seconds: float = 0
    everywhere: bool = False
    banned: bool = False
    done: bool = False
    """Whether the request is carried out all the same, its answer lost."""
    hits: int = 0

    def suits(self, method: str, path: str) -> bool:
        return (
            self.hits < self.times
            and re.fullmatch(self.method, method) is not None
            and re.fullmatch(self.path, path) is not None
        )


@dataclass
class Bucket:
    """A limit that is kept and announced, as a real one is."""

    method: str
    path: str
    limit: int
    per: float
    used: int = 0
    since: float = 0


class Faults:
    """The faults that are still to happen; each method returns the fault, to count its hits."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._buckets: list[Bucket] = []

    def limited(
        self,
        method: str = EVERY,
        path: str = EVERY,
        *,
        times: int = 1,
        retry_after: float = 0.1,
        everywhere: bool = False,
        banned: bool = False,
    ) -> Fault:
        """Answer 429: of this route, of all routes, or (`banned`) from before Discord itself."""
        return self._add(
            Fault(Kind.LIMITED, method, path, times, 429, retry_after, everywhere, banned)
        )

    def broken(
        self,
        status: int = 502,
        method: str = EVERY,
        path: str = EVERY,
        *,
        times: int = 1,
        done: bool = False,
    ) -> Fault:
        """Answer 500, 502, 503 and the like."""
        return self._add(Fault(Kind.BROKEN, method, path, times, status, done=done))

    def held(
        self, seconds: float, method: str = EVERY, path: str = EVERY, *, times: int = 1
    ) -> Fault:
        """Answer as usual, later."""
        return self._add(Fault(Kind.HELD, method, path, times, seconds=seconds))

    def cut(
        self, method: str = EVERY, path: str = EVERY, *, times: int = 1, done: bool = False
    ) -> Fault:
        """Close the connection with no answer."""
        return self._add(Fault(Kind.CUT, method, path, times, done=done))

    def bucket(self, method: str, path: str, limit: int, per: float) -> Bucket:
        """Keep a limit from now on: so many requests in so many seconds."""
        self._buckets.append(Bucket(method, path, limit, per))
        return self._buckets[-1]

    def clear(self) -> None:
        self._waiting.clear()
        self._buckets.clear()

    def _add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        return fault

    def next(self, method: str, path: str) -> Fault | None:
        """Return what goes wrong with this request, if anything does."""
        for waiter in self._waiting:
            if waiter.suits(method, path):
                waiter.hits += 1
                return waiter
        return None

    def take(self, method: str, path: str, now: float) -> tuple[dict[str, str], bool]:
        """Count a request; return its rate-limit headers, and whether it is one too many."""
        shape = re.sub(r"\d{6,}", "0", path)
        for bucket in self._buckets:
            if re.fullmatch(bucket.method, method) and re.fullmatch(bucket.path, path):
                if now - bucket.since >= bucket.per:
                    bucket.used, bucket.since = 0, now
                bucket.used += 1
                left, wait = bucket.limit - bucket.used, bucket.since + bucket.per - now
                return limit_headers(bucket.limit, max(left, 0), wait, now, shape), left < 0
        return limit_headers(50, 49, 1.0, now, shape), False


def limit_headers(limit: int, left: int, wait: float, now: float, bucket: str) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset": f"{now + wait:.3f}",
        "X-RateLimit-Reset-After": f"{wait:.3f}",
        "X-RateLimit-Bucket": f"{hash_of(bucket):08x}",
        "Via": "1.1 google",
    }


def hash_of(text: str) -> int:
    count = 0
    for character in text:
        count = (count * 31 + ord(character)) & 0xFFFFFFFF
    return count


def rate_limit_body(wait: float, *, everywhere: bool) -> Json:
    return {
        "message": "You are being rate limited.",
        "retry_after": wait,
        "global": everywhere,
    }
