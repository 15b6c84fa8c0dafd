"""The two processes that talk: the bot as `python -m bot run`, and a Discord from the tests."""

import asyncio
import json
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.wire.workload import Question

ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = ROOT / "tests" / "discord" / "loopback" / "serve.py"
_LONGEST_LINE = 1 << 26


@dataclass(frozen=True)
class Times:
    """After how many seconds each question had a first sign, and its answer; None for never."""

    first: list[float | None]
    shown: list[float | None]


def is_there() -> bool:
    """Tell whether there is a Discord to run: the image has no tests."""
    return _SCRIPT.exists()


class Server:
    """A Discord of which the members ask what they are told to."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def ask(self, asked: Sequence[Question], *, together: bool = False) -> Times:
        """Have it asked, one after the other or all at once."""
        return Times(**await self._say({"asked": asked, "together": together}))

    async def _say(self, line: object) -> Mapping[str, list[float | None]]:
        assert self._process.stdin is not None  # noqa: S101 -- it was started with one
        self._process.stdin.write(json.dumps(line).encode() + b"\n")
        return await self.hear()

    async def hear(self) -> Mapping[str, list[float | None]]:
        """Return what it says next."""
        assert self._process.stdout is not None  # noqa: S101 -- as above
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("The bot did not connect to the server of tests/; see above.")
        heard: Mapping[str, list[float | None]] = json.loads(line)
        return heard


@asynccontextmanager
async def run_server() -> AsyncIterator[tuple[Server, Mapping[str, str]]]:
    """Run the server; yield it, and where it is: `api`, `gateway`, `token`."""
    command = (sys.executable, "-m", ".".join(_SCRIPT.relative_to(ROOT).with_suffix("").parts))
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdin=PIPE, stdout=PIPE, limit=_LONGEST_LINE
    )
    try:
        server = Server(process)
        where = {name: str(value) for name, value in (await server.hear()).items()}
        yield server, where
    finally:
        await _end(process)


@asynccontextmanager
async def run_bot(store: Path, where: Mapping[str, str]) -> AsyncIterator[int]:
    """Run the bot on a store, as anyone would but for where its Discord is; yield its number."""
    words = ("bot", "run", "--no-seeds", "--store", str(store))
    async with _run(words, where, store.with_suffix(".log")) as number:
        yield number


@asynccontextmanager
async def run_bare_bot(folder: Path, where: Mapping[str, str]) -> AsyncIterator[int]:
    """Run the bot that answers the same to everything; yield its number."""
    async with _run(("benchmarks.wire.bare_bot",), where, folder / "bare.log") as number:
        yield number


@asynccontextmanager
async def _run(words: Sequence[str], where: Mapping[str, str], log: Path) -> AsyncIterator[int]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    env |= {f"SITREP_DISCORD_{name.upper()}": value for name, value in where.items()}
    with log.open("wb") as err:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *words),
            cwd=log.parent,
            env={**env, "PYTHONPATH": str(ROOT)},
            stderr=err,
        )
    try:
        yield process.pid
    finally:
        if process.returncode is not None:
            print(_end_of(log), file=sys.stderr)  # noqa: T201
        await _end(process)


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8")[-2000:]


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()


def resident_mb(pid: int) -> float:
    """Return how much memory a process has in use, in MB."""
    statm = Path(f"/proc/{pid}/statm")  # Linux
    if statm.exists():
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    ps = ("ps", "-o", "rss=", "-p", str(pid))
    return int(subprocess.run(ps, capture_output=True, check=True).stdout) * 1024 / 1e6  # noqa: S603


def processor_s(pid: int) -> float:
    """Return how many seconds of processor time a process has taken, in all its threads."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    user, system = stat[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
