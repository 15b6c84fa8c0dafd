"""Summaries are due in many rooms, and whoever posts them dies: each room has exactly one."""

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store import open_store
from store.model.digest import DigestSettings
from store.model.revision import Act, Person
from tests.discord.loopback import Channel, Message
from tests.fakes import copy_store
from tests.replica.shipper import until
from tests.standby.machines import Cluster, Machine, a_site, is_in_term

ROOMS, KILLS = 40, 2
SOAK_ROOMS, SOAK_KILLS = 1_000, 20
ZONE = ZoneInfo("UTC")
DESK = Person("discord", "7", "Manager")


async def test_each_room_has_its_summary_once_whoever_dies_meanwhile(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with a_site(tmp_path) as site:
        rooms, store = await set_up(site, seeds_path, ROOMS)
        await post_and_kill(site, rooms, store, KILLS, random.Random(6))


@pytest.mark.soak
async def test_each_of_many_rooms_has_its_summary_once(seeds_path: Path, tmp_path: Path) -> None:
    """A thousand rooms, and twenty kills at drawn moments; and the figures."""
    drawn = random.SystemRandom().randrange(10**6)
    async with a_site(tmp_path) as site:
        rooms, store = await set_up(site, seeds_path, SOAK_ROOMS)
        fell = await post_and_kill(site, rooms, store, SOAK_KILLS, random.Random(drawn))
    print(f"seed {drawn}: {SOAK_ROOMS:,} rooms, one message each; kills after {fell} posts")  # noqa: T201


async def set_up(site: Cluster, seeds: Path, count: int) -> tuple[list[Channel], Path]:
    """Make rooms, and a store in which all of them have a summary due for ten minutes."""
    store = copy_store(seeds, site.folder / "due.db")
    rooms = [site.server.channel(site.home, f"room-{number}") for number in range(count)]
    now = datetime.now(UTC)
    due = (now - timedelta(minutes=10)).time().replace(second=0, microsecond=0)
    settings = DigestSettings(time(due.hour, due.minute), str(ZONE))
    async with await open_store(store) as opened:
        for room in rooms:
            act = Act(f"add:{room.id}", "digest", DESK, now - timedelta(days=2), "To see it.")
            await opened.digests.add(act, "discord", str(room.id), settings)
    return rooms, store


async def post_and_kill(
    site: Cluster, rooms: list[Channel], store: Path, kills: int, chance: random.Random
) -> list[int]:
    """Kill whoever posts at drawn moments until all rooms have theirs; return after how many."""
    first, second = site.machine("first"), site.machine("second")
    copy_store(store, first.store)
    first.start()
    await until(lambda: any(site.folder.glob("replicas/**/*.ltx")))  # the second has what to follow
    second.start()
    fell = []
    for number in range(1, kills + 1):
        await until(second.follows)
        goal = count_posts(site, rooms) + len(rooms) // (kills + 2)
        await site.server.until(partial(are_posted, site, rooms, goal), f"{goal} posts")
        await asyncio.sleep(chance.uniform(0, 0.2))
        await first.kill()
        fell.append(count_posts(site, rooms))
        await until(partial(is_in_term, second, number + 1))
        first.start()
        first, second = second, first
    await site.server.until(partial(are_posted, site, rooms, len(rooms)), "a post in each room")
    await until(lambda: count_told(first) == len(rooms))
    assert Counter(len(own_posts(site, room)) for room in rooms) == {1: len(rooms)}
    assert site.server.violations == []
    return fell


def own_posts(site: Cluster, room: Channel) -> list[Message]:
    return [each for each in room.messages.values() if each.author is site.server.world.bot]


def count_posts(site: Cluster, rooms: list[Channel]) -> int:
    return sum(len(own_posts(site, room)) for room in rooms)


def are_posted(site: Cluster, rooms: list[Channel], goal: int) -> bool:
    return count_posts(site, rooms) >= goal


def count_told(machine: Machine) -> int:
    """Return of how many rooms a machine knows that they have their summary."""
    with closing(sqlite3.connect(f"file:{machine.store}?mode=ro", uri=True)) as db:
        (count,) = db.execute("SELECT count(*) FROM tellings WHERE state = 'told'").fetchone()
        return int(count)
