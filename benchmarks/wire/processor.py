"""Processor time of answers, in turns with a bare bot whose card never changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.wire.processes import Server, Times, processor_s
from benchmarks.wire.workload import STATUS, Question, draw_distinct
from bot.bench.questions import Questions

_BLOCK = 50


@dataclass(frozen=True)
class ProcessorTime:
    """Milliseconds of processor time an answer, of the bot and of the bare one."""

    name: str
    answers: int
    ms: float
    bare_ms: float
    ratio: float


@dataclass(frozen=True)
class AskedBot:
    """A bot by its number, and the server on which it is asked."""

    server: Server
    pid: int

    async def cost(
        self, asked: Sequence[Question], *, together: bool = False
    ) -> tuple[float, Times]:
        """Ask; return the seconds of processor time that it took the bot, and when it answered."""
        begun = processor_s(self.pid)
        times = await self.server.ask(asked, together=together)
        return processor_s(self.pid) - begun, times


async def compare(
    own: AskedBot, bare: AskedBot, questions: Questions, calls: int
) -> list[ProcessorTime]:
    """Ask both the same in turn: what was not asked before, and the same at once again."""
    asked = draw_distinct(questions, STATUS, calls)
    first = again = plain = 0.0
    for start in range(0, len(asked), _BLOCK):
        block = asked[start : start + _BLOCK]
        plain += (await bare.cost(block))[0]
        first += (await own.cost(block))[0]
        again += (await own.cost(block))[0]
    return [
        _time(f"{STATUS.name}, first time", len(asked), first, plain),
        _time(f"{STATUS.name}, asked before", len(asked), again, plain),
    ]


async def compare_together(
    own: AskedBot, bare: AskedBot, asked: Sequence[Question]
) -> tuple[Times, ProcessorTime]:
    """Ask both the same questions at once; return when the bot answered, and what it took."""
    plain, _ = await bare.cost(asked, together=True)
    took, times = await own.cost(asked, together=True)
    different = len(set(map(str, asked)))
    name = f"{len(asked):,} {STATUS.name} at once, {different:,} different"
    return times, _time(name, len(asked), took, plain)


def _time(name: str, answers: int, own: float, bare: float) -> ProcessorTime:
    ratio = round(own / bare, 2) if bare else 0.0
    ms, bare_ms = (round(1000 * seconds / answers, 3) for seconds in (own, bare))
    return ProcessorTime(name, answers, ms, bare_ms, ratio)
