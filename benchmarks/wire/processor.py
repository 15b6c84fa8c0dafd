"""Processor time of answers, in turns with a bare bot whose card never changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.wire.processes import Server, processor_s
from benchmarks.wire.workload import STATUS, Question, draw_questions
from bot.bench.questions import Questions

_BLOCK = 50


@dataclass(frozen=True)
class ProcessorTime:
    """Milliseconds of processor time an answer, of the bot and of the bare one."""

    name: str
    answers: int
    ms: float
    bare_ms: float

    @property
    def ratio(self) -> float:
        return round(self.ms / self.bare_ms, 2) if self.bare_ms else 0.0


@dataclass(frozen=True)
class Asked:
    """A bot by its number, and the server on which it is asked."""

    server: Server
    pid: int

    async def cost(self, asked: Sequence[Question], *, together: bool = False) -> float:
        """Ask, and return the seconds of processor time that it took the bot."""
        begun = processor_s(self.pid)
        await self.server.ask(asked, together=together)
        return processor_s(self.pid) - begun


async def compare(own: Asked, bare: Asked, questions: Questions, calls: int) -> list[ProcessorTime]:
    """Ask both the same in turn: what was not asked before, and the same at once again."""
    asked = _draw_distinct(questions, calls)
    first = again = plain = 0.0
    for start in range(0, len(asked), _BLOCK):
        block = asked[start : start + _BLOCK]
        plain += await bare.cost(block)
        first += await own.cost(block)
        again += await own.cost(block)
    return [
        _time(f"{STATUS.name}, first time", len(asked), first, plain),
        _time(f"{STATUS.name}, asked before", len(asked), again, plain),
    ]


async def compare_together(
    own: Asked, bare: Asked, questions: Questions, calls: int
) -> ProcessorTime:
    """Ask both so many questions at once."""
    asked = draw_questions(questions, (STATUS,), calls)
    plain = await bare.cost(asked, together=True)
    took = await own.cost(asked, together=True)
    return _time(f"{calls:,} {STATUS.name} at once", calls, took, plain)


def _draw_distinct(questions: Questions, most: int) -> list[Question]:
    drawn = draw_questions(questions, (STATUS,), 4 * most)
    return list({str(question): question for question in drawn}.values())[:most]


def _time(name: str, answers: int, own: float, bare: float) -> ProcessorTime:
    return ProcessorTime(
        name, answers, round(1000 * own / answers, 3), round(1000 * bare / answers, 3)
    )
