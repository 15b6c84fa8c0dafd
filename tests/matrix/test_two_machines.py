"""Two machines in rooms of Matrix, plain and encrypted: one dies, the other goes on in silence."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from benchmarks.homeserver import NAME, PASSWORD, Homeserver
from bot.adapters.matrix.crypto.cross_signing import FILE as RECOVERY_FILE
from store import open_store
from store.model.digest import DigestSettings
from store.model.revision import Act, Person
from tests.fakes import copy_store
from tests.matrix.desk import fresh
from tests.matrix.people import Somebody, relation
from tests.matrix.sealed import Strict, knows_devices, make_encrypted_room, strict
from tests.replica.shipper import until
from tests.standby.machines import Cluster, Machine, a_site, is_in_term

SOAK_KILLS = 20
DESK = Person("matrix", "@manager", "Manager")
STATE = "sitrep.matrix"


@dataclass
class TwoRooms:
    """A plain room of one person's and an encrypted one of another's, with the bot in both."""

    bot: str
    plain: str
    sealed: str
    boris: Somebody
    anna: Strict
    asked: dict[str, list[str]]

    async def ask(self) -> None:
        """Ask a question in each room, and wait for nothing."""
        self.asked[self.plain].append(await self.boris.say(self.plain, "!about"))
        self.asked[self.sealed].append(await self.anna.say(self.sealed, "!status Pokrovsk"))

    async def ask_and_hear(self) -> None:
        """Ask a question in each room, and wait for the answers."""
        await self.ask()
        await self.boris.answer(self.plain, self.asked[self.plain][-1])
        await self.anna.answer(self.sealed, self.asked[self.sealed][-1])

    def count_answers(self, room: str) -> list[int]:
        """Return how often each question of a room was answered."""
        answers = Counter(self._replies(room))
        return [answers[question] for question in self.asked[room]]

    def unasked(self, room: str) -> int:
        """Return how many messages of the bot's answer nobody: its greeting, and summaries."""
        return self._replies(room).count("")

    def _replies(self, room: str) -> list[str]:
        """Return what each message of the bot's in a room answers."""
        if room == self.sealed:
            mine = [
                event
                for event in self.anna.read
                if (event.room_id, event.sender) == (room, self.bot)
            ]
            return [event.content.get_reply_to() or "" for event in mine]
        return [
            relation(event).get("m.in_reply_to", {}).get("event_id", "")
            for event in self.boris.seen
            if (event["room_id"], event["sender"], event["type"])
            == (room, self.bot, "m.room.message")
        ]


@asynccontextmanager
async def desk_of_two(
    server: Homeserver, filled: Path, boris: Somebody, folder: Path
) -> AsyncIterator[tuple[Cluster, Machine, TwoRooms]]:
    """Run a machine that is in both rooms, where a summary is due as soon as it starts again."""
    name, key = fresh("sitrep"), folder / "key"
    await server.register(name)
    key.write_text("not made yet")
    settings = {
        "SITREP_MATRIX_HOMESERVER": server.url,
        "SITREP_MATRIX_USER": f"@{name}:{NAME}",
        "SITREP_MATRIX_PASSWORD": PASSWORD,
        "SITREP_MATRIX_RECOVERY_KEY_FILE": str(key),
        "SITREP_MATRIX_INVITES": NAME,
    }
    async with a_site(folder, settings) as site, strict(server, fresh("anna"), folder) as anna:
        first, bot = site.machine("first"), settings["SITREP_MATRIX_USER"]
        copy_store(filled, first.store)
        first.start()
        plain = await boris.room(bot, str(anna.client.mxid))
        sealed = await make_encrypted_room(anna, bot, boris.id)
        await boris.next_from(plain, bot)
        await anna.wait(lambda event: event.sender == bot)
        key.write_text((first.folder / STATE / RECOVERY_FILE).read_text())
        first.stop_bot()
        assert await first.ended() == 0
        await add_summaries(first.store, plain, sealed)
        yield site, first, TwoRooms(bot, plain, sealed, boris, anna, {plain: [], sealed: []})


async def add_summaries(store: Path, *rooms: str) -> None:
    """Have rooms want a summary that has been due for ten minutes."""
    now = datetime.now(UTC)
    due = (now - timedelta(minutes=10)).time().replace(second=0, microsecond=0)
    settings = DigestSettings(time(due.hour, due.minute), "UTC")
    async with await open_store(store) as opened:
        for room in rooms:
            act = Act(f"add:{room}", "digest", DESK, now - timedelta(days=2), "To see it.")
            await opened.digests.add(act, "matrix", room, settings)


async def kill_in_turn(
    site: Cluster, first: Machine, rooms: TwoRooms, kills: int, seed: int
) -> None:
    """Kill whoever answers while it posts and answers, again and again; then look at the rooms."""
    chance, second = random.Random(seed), site.machine("second")
    first.start()
    await until(partial(is_in_term, first, 2))
    second.start()
    for term in range(2, kills + 2):
        await until(partial(is_in_term, first, term))
        await until(second.follows)
        await rooms.ask_and_hear()  # by then the term is shipped, and summaries are due in it
        await rooms.ask()
        await asyncio.sleep(chance.uniform(0, 2))
        await first.kill()
        await until(partial(is_in_term, second, term + 1))
        await knows_devices(rooms.anna, rooms.bot, 2)
        await rooms.ask_and_hear()
        first.start()
        first, second = second, first
    await rooms.boris.quiet(rooms.plain, rooms.bot, 3)
    assert set(rooms.count_answers(rooms.plain)) == {1}
    sealed = rooms.count_answers(rooms.sealed)
    assert set(sealed[1::3]) <= {0, 1}  # only the dead machine may have had the key for it
    assert set(sealed[::3] + sealed[2::3]) == {1}
    greeting_and_summary = 2
    assert rooms.unasked(rooms.plain) == rooms.unasked(rooms.sealed) == greeting_and_summary
    assert rooms.anna.unread(rooms.bot) == []
    keys = await rooms.boris.call("POST", "keys", "query", device_keys={rooms.bot: []})
    known = keys["device_keys"][rooms.bot].values()
    assert [len(device["signatures"][rooms.bot]) for device in known] == [2, 2]


async def test_when_one_machine_dies_the_other_answers_as_a_signed_device_and_nothing_comes_twice(
    server: Homeserver, seeds_file: Path, boris: Somebody, tmp_path: Path
) -> None:
    async with desk_of_two(server, seeds_file, boris, tmp_path) as (site, first, rooms):
        await kill_in_turn(site, first, rooms, kills=1, seed=5)


@pytest.mark.soak
async def test_twenty_deaths_in_rooms_of_matrix(
    server: Homeserver, seeds_file: Path, boris: Somebody, tmp_path: Path
) -> None:
    drawn = random.SystemRandom().randrange(10**6)
    async with desk_of_two(server, seeds_file, boris, tmp_path) as (site, first, rooms):
        await kill_in_turn(site, first, rooms, SOAK_KILLS, drawn)
        lost = rooms.count_answers(rooms.sealed).count(0)
    print(  # noqa: T201
        f"seed {drawn}: {SOAK_KILLS} deaths, {6 * SOAK_KILLS} questions, none answered twice,"
        f" {lost} in the encrypted room not at all; a summary in each room; two signed devices"
    )
