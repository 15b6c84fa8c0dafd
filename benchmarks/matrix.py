"""python -m bot bench --matrix: how long a person waits for an answer on Matrix, and why.

The product's own platform answers on a homeserver beside it: /status on a made store, and in turn a
command that does nothing, which takes what the homeserver and the two syncs take.
"""

import asyncio
import json
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.asker import Asker
from benchmarks.homeserver import MISSING, NAME, PASSWORD, Homeserver
from bot.adapters.matrix.client.login import Setup
from bot.adapters.matrix.matrix_platform import MatrixPlatform
from bot.bench.cast import LAST_DAY, seed
from bot.bench.filling import fill
from bot.bench.questions import Questions
from bot.dispatch import Desk, Dispatch
from bot.i18n.formatter import Voice
from bot.permissions import Homes
from bot.platform import Port
from commands import COMMANDS
from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.reply import Reply
from store import Store, open_store

CALLS = 200
TARGET = 1.3  # times what a command that does nothing takes
_WARM, _BLOCK = 20, 10
_LOOK_S = 0.1


@command()
async def nothing(_ctx: Context) -> Reply:
    """Answer without asking the store anything."""
    return Reply(("Nothing",))


@dataclass(frozen=True)
class WaitFigure:
    """How long one kind of question took; names as in the JSON."""

    name: str
    size: int
    p50_ms: float
    p99_ms: float
    ratio_p50: float


async def bench_matrix(
    sizes: Sequence[int],
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    calls: int = CALLS,
) -> int:
    """Time answers on a store of each size and tell the figures; return the exit code."""
    if MISSING:
        out(f"{MISSING}: install requirements-dev.txt.")
        return 1
    figures: list[WaitFigure] = []
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as folder:
        seeded = Path(folder, "seeded.db")
        await seed(seeded)
        server = Homeserver(Path(folder))
        try:
            await server.start()
            for size in sorted(sizes):
                with tempfile.TemporaryDirectory(prefix="made-", dir=folder) as own:
                    store = Path(own, "made.db")
                    fill(seeded, store, size)
                    figures += await _time_answers(server, store, f"{size}", calls)
        finally:
            server.stop()
    if as_json:
        out(json.dumps({"matrix": [asdict(figure) for figure in figures]}, indent=1))
    else:
        out("\n".join(map(_line, figures)))
    return 0


async def _time_answers(server: Homeserver, file: Path, name: str, calls: int) -> list[WaitFigure]:
    questions = Questions(file, "status")
    bot = f"@bot{name}:{NAME}"
    await server.register(f"bot{name}")
    async with await open_store(file) as store:
        platform = make_platform(store, server.url, bot, file.with_name(f"state-{name}"))
        running = asyncio.create_task(platform.run())
        try:
            async with Asker(server, f"asker{name}") as asker:
                room = await asker.room_with(bot)
                status, empty = await _in_turn(asker, room, questions, calls)
        finally:
            await platform.aclose()
            await running
    floor = median(empty)
    return [
        _wait_figure("status", questions.size, status, floor),
        _wait_figure("nothing", questions.size, empty, floor),
    ]


async def _in_turn(
    asker: Asker, room: str, questions: Questions, calls: int
) -> tuple[list[float], list[float]]:
    """Ask blocks of both in turn, so that a slow machine slows both; the first are not counted."""
    warm = min(_WARM, calls)
    status: list[float] = []
    empty: list[float] = []
    while len(status) < warm + calls:
        lines = [f"!status {questions.place()}" for _ in range(_BLOCK)]
        status += [await _seconds(asker, room, line) for line in lines]
        empty += [await _seconds(asker, room, "!nothing") for _ in range(_BLOCK)]
    return status[warm:], empty[warm:]


async def _seconds(asker: Asker, room: str, line: str) -> float:
    """Return how long somebody waits for an answer, who then takes a moment to look at it."""
    begun = perf_counter()
    await asker.ask(room, line)
    waited = perf_counter() - begun
    await asyncio.sleep(_LOOK_S)
    return waited


def _wait_figure(name: str, size: int, seconds: list[float], floor: float) -> WaitFigure:
    ordered = sorted(seconds)
    p99 = ordered[math.ceil(0.99 * len(ordered)) - 1]
    half = median(ordered)
    return WaitFigure(
        name, size, round(1000 * half, 2), round(1000 * p99, 2), round(half / floor, 2)
    )


def _line(figure: WaitFigure) -> str:
    times = (
        f"p50 {figure.p50_ms:8.2f} ms   p99 {figure.p99_ms:8.2f} ms   ratio {figure.ratio_p50:.2f}"
    )
    target = "" if figure.name == "nothing" else f"   at most {TARGET}"
    return f"{figure.size:>9,} entries   {figure.name:<8} {times}{target}"


def make_platform(store: Store, address: str, user: str, state: Path) -> MatrixPlatform:
    """Return the product's platform as an account of the homeserver, with its own state."""

    def log(event: str, /, *, error: BaseException | None = None, **_: str | float) -> None:
        if error is not None:
            raise RuntimeError(event) from error

    async def presence() -> str:
        return ""

    zone = LAST_DAY.tzinfo
    if zone is None:
        raise ValueError("the last day has a zone")
    dispatch = Dispatch(Desk(store, (*COMMANDS, nothing), lambda: LAST_DAY, zone, 7), log)
    port = Port(dispatch, store.program_state, Homes(), log, lambda _: Voice(zone), presence)
    setup = Setup(address, user, "", "", PASSWORD, state, "!", {NAME})
    return MatrixPlatform(port, store.mailbox, store.program_state, store.digests, setup)
