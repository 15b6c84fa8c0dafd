"""How long is waited before what failed is tried again: longer each time, never all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.backoff import Backoff


class Away(Exception):
    """What is asked is not there now."""


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_wait_is_between_half_and_the_whole_and_never_over_the_longest(
    failures: int, chance: float
) -> None:
    whole = Backoff(2, 60, chance=lambda: 1).wait_s(failures)
    assert whole <= 60
    assert whole / 2 <= Backoff(2, 60, chance=lambda: chance).wait_s(failures) <= whole


def test_waits_double() -> None:
    backoff = Backoff(2, 60, chance=lambda: 1)
    assert [backoff.wait_s(failures) for failures in range(6)] == [2, 4, 8, 16, 32, 60]


async def test_it_is_tried_until_it_succeeds_with_a_wait_after_each_failure() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def work() -> str:
        if len(waits) < 2:
            raise Away
        return "there"

    backoff = Backoff(1, 60, chance=lambda: 1, sleep=sleep)
    assert await backoff.retry(work, Away) == "there"
    assert waits == [1, 2]


async def test_when_another_try_is_of_no_use_the_last_failure_is_raised_at_once() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def work() -> None:
        raise Away

    backoff = Backoff(1, 60, chance=lambda: 1, sleep=sleep)
    with pytest.raises(Away):
        await backoff.retry(work, Away, lambda failures, _: failures < 3)
    assert waits == [1, 2]


async def test_another_error_is_raised_at_once() -> None:
    async def work() -> None:
        raise ValueError("not of this kind")

    with pytest.raises(ValueError, match="not of this kind"):
        await Backoff(1, 60).retry(work, Away)
