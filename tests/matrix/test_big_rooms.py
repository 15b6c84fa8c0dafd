"""Encrypted rooms with many devices, on a homeserver: the timing itself sees that all can read."""

import json
from importlib.util import find_spec

import pytest

from benchmarks.homeserver import MISSING

if MISSING or not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("needs a homeserver and requirements-e2ee.txt", allow_module_level=True)

from benchmarks.sealed_room import bench_sealed_room


async def test_all_read_what_is_answered_after_somebody_came_and_so_does_another_room() -> None:
    told: list[str] = []
    assert await bench_sealed_room(8, True, told.append, rounds=2) == 0, told  # noqa: FBT003
    figures = json.loads(told[0])
    assert figures["unread"] == 0
    assert [each["name"] for each in figures["sharing"]] == [
        "the bot came",
        "nothing changed",
        "somebody came",
        "somebody left",
    ]
    assert {each["devices"] for each in figures["sharing"]} == {10}
