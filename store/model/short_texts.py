"""What is worked out of a text, kept for texts that are no longer than names and words are."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Work = Callable[Concatenate[str, P], R]

LONGEST = 200
"""Characters; nobody asks for a longer one again, and a few thousand of them fill the memory."""


def cache_short(most: int) -> Callable[[Work[P, R]], Work[P, R]]:
    """Return what keeps the results of `most` short texts, and works out those of others anew."""

    def keep(work: Work[P, R]) -> Work[P, R]:
        kept = lru_cache(most)(work)

        @wraps(work)
        def look_up(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            return (kept if len(text) <= LONGEST else work)(text, *args, **kwargs)

        return look_up

    return keep
