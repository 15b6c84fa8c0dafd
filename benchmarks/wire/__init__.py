"""python -m bot bench --wire: how fast somebody on Discord is answered, on made entries.

The bot is a process of its own, and so is a small Discord, which the tests have. A time is from
when that sends off what a member asks to when the answer has arrived there.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.wire.processes import is_there, resident_mb, run_bare_bot, run_bot, run_server
from benchmarks.wire.processor import AskedBot, compare, compare_together
from benchmarks.wire.wire_report import MemoryUse, WireFigure, WireFigures, as_data, figure, table
from benchmarks.wire.workload import (
    ALONE,
    CLAIMS,
    CROWD,
    EARLIER,
    MIXED,
    STATUS,
    TRIVIAL,
    draw_distinct,
    draw_questions,
)
from bot.bench import keep_stores, make_store
from bot.bench.questions import Questions

CALLS, ANSWERS = 1000, 5000
_WARM = 100


async def bench_wire(  # noqa: PLR0913, PLR0917 -- as the command line has it
    size: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    calls: int = CALLS,
    answers: int = ANSWERS,
    keep: Path | None = None,
) -> int:
    """Make a store, ask a bot on it over sockets, and tell the figures; return the exit code.

    The store stands in the folder that is to `keep` it, or in one that is gone afterwards.
    """
    if not is_there():
        _tell("bench --wire needs the Discord of the tests, and there is no tests/ beside bot/.")
        return 1
    with keep_stores(keep) as folder:
        figures = await _measure(await make_store(folder, size), calls, answers)
    out(json.dumps(as_data(figures), indent=1) if as_json else table(figures))
    return 0


async def _measure(file: Path, calls: int, answers: int) -> WireFigures:
    questions = Questions(file, "wire")
    async with (
        run_server() as (server, where),
        run_server() as (bare_server, bare_where),
        run_bare_bot(file.parent, bare_where) as bare_bot,
        run_bot(file, where) as bot,
    ):
        own, bare = AskedBot(server, bot), AskedBot(bare_server, bare_bot)
        for bot_server, kinds in ((bare_server, (STATUS,)), (server, (TRIVIAL, CLAIMS, EARLIER))):
            await bot_server.ask(draw_questions(questions, kinds, min(_WARM, calls)))
        _tell(f"asking a bare bot the same, in turn: {STATUS.name}")
        processor = await compare(own, bare, questions, calls)
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
        together: list[WireFigure] = []
        for asked in (
            draw_distinct(questions, EARLIER, calls),
            draw_questions(questions, (CROWD,), calls),
        ):
            _tell(f"asking {len(asked):,} times at once: {STATUS.name}")
            at_once, cost = await compare_together(own, bare, asked)
            together.append(figure(cost.name, at_once))
            processor.append(cost)
    return WireFigures(questions.size, alone, together, memory, processor)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201
