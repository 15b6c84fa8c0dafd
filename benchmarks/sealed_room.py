"""python -m bot bench --matrix --devices 300: answers in a big encrypted room, and in another.

The product's own platform answers on a homeserver beside it, in a room where everybody has three
devices. Somebody asks there and somebody else, at the same moment, in a small encrypted room: with
nothing changed, right after somebody came, and right after somebody left. At the end every device
has to read the last answer.
"""

import asyncio
import json
import math
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import aiohttp

from benchmarks.homeserver import MISSING, NAME, Homeserver
from benchmarks.matrix import make_platform
from benchmarks.member import Member
from bot.bench.cast import seed
from store import open_store

ROUNDS = 10
TARGET_MS = 600.0
_DEVICES_EACH = 3
_AT_ONCE = 6
_BOT = f"@bot:{NAME}"


@dataclass(frozen=True)
class SharingFigure:
    """How long answers took in the big room and beside it; names as in the JSON."""

    name: str
    devices: int
    p50_ms: float
    worst_ms: float
    other_p50_ms: float
    other_worst_ms: float
    cpu_ms: float
    """Processor time of the bot and of those who ask, for both answers; the median."""


async def bench_sealed_room(
    devices: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    rounds: int = ROUNDS,
) -> int:
    """Time answers in a room of so many devices and tell the figures; return the exit code."""
    if MISSING:
        out(f"{MISSING}: install requirements-dev.txt.")
        return 1
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sitrep-bench-")))
        await seed(folder / "seeded.db")
        server = Homeserver(folder)
        stack.callback(server.stop)
        await server.start()
        web = await stack.enter_async_context(aiohttp.ClientSession())
        rooms = await _make_rooms(server, web, devices, rounds)
        store = await stack.enter_async_context(await open_store(folder / "seeded.db"))
        platform = make_platform(store, server.url, _BOT, folder / "state")
        running = asyncio.create_task(platform.run())
        try:
            figures = await _figures(rooms)
            unread = await rooms.unread()
        finally:
            await platform.aclose()
            await running
    if as_json:
        out(json.dumps({"sharing": [asdict(figure) for figure in figures], "unread": unread}))
    else:
        out("\n".join([*map(_line, figures), f"devices that could not read it: {unread}"]))
    return 1 if unread else 0


@dataclass
class _Rooms:
    """A big room and a small one, who asks in each, and who will come into the big one."""

    big: str
    small: str
    asker: Member
    other: Member
    crowd: list[Member]
    newcomers: list[Member]

    @property
    def devices(self) -> int:
        return sum(len(member.devices) for member in (self.asker, *self.crowd))

    async def bring_bot(self) -> tuple[float, float, float]:
        """Invite the bot into both rooms; return the seconds until it greets, as `ask_both`."""
        begun = process_time()
        there, beside = await asyncio.gather(
            self.asker.bring(self.big, _BOT), self.other.bring(self.small, _BOT)
        )
        return there, beside, process_time() - begun

    async def ask_both(self) -> tuple[float, float, float]:
        """Ask in both rooms at once; return the seconds in each and the processor's."""
        begun = process_time()
        (there, answer), (beside, answer_beside) = await asyncio.gather(
            self.asker.ask(self.big, "!nothing"), self.other.ask(self.small, "!nothing")
        )
        used = process_time() - begun
        self.asker.devices[0].read(answer)
        self.other.devices[0].read(answer_beside)
        return there, beside, used

    async def unread(self) -> int:
        """Return how many devices of the big room cannot read an answer after all came back."""
        await _at_once([member.join(self.big) for member in self.newcomers])
        _, answer = await self.asker.ask(self.big, "!nothing")
        members = (self.asker, *self.crowd, *self.newcomers)
        await _at_once([member.take_keys() for member in members])
        return sum(
            not _reads(device.read, answer) for member in members for device in member.devices
        )


def _reads(read: Callable[[Any], Any], answer: object) -> bool:
    try:
        read(answer)
    except LookupError:
        return False
    return True


async def _make_rooms(
    server: Homeserver, web: aiohttp.ClientSession, devices: int, rounds: int
) -> _Rooms:
    people = math.ceil((devices - 1) / _DEVICES_EACH)
    crowd = [Member(server, web, f"member{number}") for number in range(people)]
    newcomers = [Member(server, web, f"newcomer{number}") for number in range(rounds)]
    asker, other = Member(server, web, "asker"), Member(server, web, "other")
    await _at_once([member.begin(_DEVICES_EACH) for member in crowd])
    await _at_once([member.begin(1) for member in (asker, other, *newcomers)])
    await server.register("bot")
    big = await asker.make_room(preset="public_chat")
    await _at_once([member.join(big) for member in crowd])
    small = await other.make_room(asker.id)
    await asker.join(small)
    return _Rooms(big, small, asker, other, crowd, newcomers)


async def _at_once(work: list[Awaitable[None]]) -> None:
    """Do it, a few at a time."""
    free = asyncio.Semaphore(_AT_ONCE)

    async def wait(each: Awaitable[None]) -> None:
        async with free:
            await each

    await asyncio.gather(*map(wait, work))


async def _figures(rooms: _Rooms) -> list[SharingFigure]:
    first = [await rooms.bring_bot()]
    calm = [await rooms.ask_both() for _ in rooms.newcomers]
    came: list[tuple[float, float, float]] = []
    left: list[tuple[float, float, float]] = []
    for member in rooms.newcomers:
        await member.join(rooms.big)
        came.append(await rooms.ask_both())
    for member in rooms.newcomers:
        await member.leave(rooms.big)
        left.append(await rooms.ask_both())
    return [
        _figure("the bot came", rooms.devices, first),
        _figure("nothing changed", rooms.devices, calm),
        _figure("somebody came", rooms.devices, came),
        _figure("somebody left", rooms.devices, left),
    ]


def _figure(name: str, devices: int, taken: list[tuple[float, float, float]]) -> SharingFigure:
    there, beside, used = ([1000 * second for second in each] for each in zip(*taken, strict=True))
    times = (median(there), max(there), median(beside), max(beside), median(used))
    return SharingFigure(name, devices, *(round(time, 1) for time in times))


def _line(figure: SharingFigure) -> str:
    target = f"   at most {TARGET_MS:.0f} ms" if figure.name == "somebody came" else ""
    return (
        f"{figure.devices:>5} devices   {figure.name:<16} p50 {figure.p50_ms:8.1f} ms"
        f"   worst {figure.worst_ms:8.1f} ms   another room {figure.other_p50_ms:8.1f} ms"
        f"   worst {figure.other_worst_ms:8.1f} ms   processor {figure.cpu_ms:6.1f} ms{target}"
    )
