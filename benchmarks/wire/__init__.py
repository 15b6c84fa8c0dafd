"""python -m bot bench --wire: how fast somebody on Discord is answered, on made entries.

The bot is a process of its own, and so is a small Discord, which the tests have. A time is from
when that sends off what a member asks to when the answer has arrived there.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.wire.processes import is_there, resident_mb, run_bot, run_server
from benchmarks.wire.wire_report import MemoryUse, WireFigure, WireFigures, as_data, figure, table
from benchmarks.wire.workload import ALONE, MIXED, STATUS, draw_questions
from bot.bench.cast import seed
from bot.bench.filling import fill
from bot.bench.questions import Questions

CALLS, ANSWERS = 1000, 5000
_WARM = 100


async def bench_wire(
    size: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    calls: int = CALLS,
    answers: int = ANSWERS,
) -> int:
    """Make a store, ask a bot on it over sockets, and tell the figures; return the exit code.

    The store stands in the system's folder for temporary files (TMPDIR): 2.6 GB for a million.
    """
    if not is_there():
        _tell("bench --wire needs the Discord of the tests, and there is no tests/ beside bot/.")
        return 1
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as folder:
        seeded, file = Path(folder, "seeded.db"), Path(folder, "made.db")
        await seed(seeded)
        fill(seeded, file, size)
        figures = await _measure(file, calls, answers)
    out(json.dumps(as_data(figures), indent=1) if as_json else table(figures))
    return 0


async def _measure(file: Path, calls: int, answers: int) -> WireFigures:
    questions = Questions(file, "wire")
    async with run_server() as (server, where), run_bot(file, where) as bot:
        await server.ask(draw_questions(questions, ALONE, min(_WARM, calls)))
        alone: list[WireFigure] = []
        for kind in ALONE:
            _tell(f"asking {calls:,} times, one after the other: {kind.name}")
            alone.append(
                figure(kind.name, await server.ask(draw_questions(questions, (kind,), calls)))
            )
        _tell(f"asking {answers:,} times, to see what stays in memory")
        before = resident_mb(bot)
        await server.ask(draw_questions(questions, MIXED, answers))
        memory = MemoryUse(answers, round(before, 1), round(resident_mb(bot), 1))
        _tell(f"asking {calls:,} times at once: {STATUS.name}")
        at_once = await server.ask(draw_questions(questions, (STATUS,), calls), together=True)
        together = figure(f"{calls:,} {STATUS.name} at once", at_once)
    return WireFigures(questions.size, alone, together, memory)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201
