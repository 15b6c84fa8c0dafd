"""The figures as data, and as a table with the targets they are held to."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import starmap
from statistics import median
from typing import Any

from benchmarks.wire.processes import Times
from benchmarks.wire.processor import ProcessorTime
from benchmarks.wire.workload import STATUS, TRIVIAL

_RATIO_TARGET = 2.0  # times the trivial command
_LATEST_S = 3.0  # as long as Discord waits for a first sign
_GROWTH_TARGET_MB = 1.0
_COST_TARGETS = (1.7, 1.2, 1.3, 1.3)  # first time, asked before, at once; times a bare bot
_COLUMNS = ("p50 ms", "p99 ms", "worst", "first sign", "times /help")


@dataclass(frozen=True)
class WireFigure:
    """How long answers took; `first_worst_ms` is until the latest first sign of one."""

    name: str
    calls: int
    unanswered: int
    p50_ms: float
    p99_ms: float
    worst_ms: float
    first_worst_ms: float


@dataclass(frozen=True)
class MemoryUse:
    """The bot's resident memory before and after so many answers."""

    answers: int
    before_mb: float
    after_mb: float


@dataclass(frozen=True)
class WireFigures:
    """All that was measured on a store of `size` entries."""

    size: int
    alone: list[WireFigure]
    together: list[WireFigure]
    memory: MemoryUse
    processor: list[ProcessorTime]


def figure(name: str, times: Times) -> WireFigure:
    """Return what one kind of question came to."""
    shown = sorted(seconds for seconds in times.shown if seconds is not None)
    first = [seconds for seconds in times.first if seconds is not None]
    unanswered = len(times.shown) - len(shown)
    if not shown:
        return WireFigure(name, len(times.shown), unanswered, 0, 0, 0, 0)
    return WireFigure(
        name,
        len(times.shown),
        unanswered,
        p50_ms=round(1000 * median(shown), 3),
        p99_ms=round(1000 * shown[math.ceil(0.99 * len(shown)) - 1], 3),
        worst_ms=round(1000 * shown[-1], 3),
        first_worst_ms=round(1000 * max(first), 3),
    )


def as_data(figures: WireFigures) -> dict[str, dict[str, Any]]:
    """Return the figures as the JSON documented in docs/performance.md."""
    return {"wire": asdict(figures)}


def table(figures: WireFigures) -> str:
    """Return the figures as a table, and how the targets are met."""
    shown = [*figures.alone, *figures.together]
    width = max(len(line.name) for line in shown)
    head = f"{f'{figures.size:,} entries':<{width}}" + "".join(
        f"{column:>13}" for column in _COLUMNS
    )
    lines = [head, *(_line(line, width, figures) for line in shown)]
    return "\n".join(
        [
            *lines,
            "",
            _memory(figures.memory),
            "",
            *map(_processor, figures.processor),
            "",
            *_targets(figures),
        ]
    )


def _memory(memory: MemoryUse) -> str:
    return f"Memory: {memory.before_mb} MB; after {memory.answers:,} answers {memory.after_mb} MB."


def _processor(took: ProcessorTime) -> str:
    return (
        f"{took.name}: {took.ms:.2f} ms of processor time an answer,"
        f" {took.ratio:.2f} times the {took.bare_ms:.2f} of a bare bot"
    )


def _line(line: WireFigure, width: int, figures: WireFigures) -> str:
    times = (line.p50_ms, line.p99_ms, line.worst_ms, line.first_worst_ms)
    cells = "".join(f"{ms:13.2f}" for ms in times)
    ratio = f"{_ratio(line, figures):13.2f}" if line in figures.alone else ""
    lost = f"  {line.unanswered} unanswered" if line.unanswered else ""
    return f"{line.name:<{width}}{cells}{ratio}{lost}"


def _ratio(line: WireFigure, figures: WireFigures) -> float:
    trivial = next(each for each in figures.alone if each.name == TRIVIAL.name)
    return line.p50_ms / trivial.p50_ms if trivial.p50_ms else math.inf


def _targets(figures: WireFigures) -> Sequence[str]:
    status = next(line for line in figures.alone if line.name == STATUS.name)
    ratio = _ratio(status, figures)
    shown = [*figures.alone, *figures.together]
    late = [
        f"{line.name} {line.first_worst_ms / 1000:.1f} s, {line.unanswered} unanswered"
        for line in shown
        if line.unanswered or line.first_worst_ms > 1000 * _LATEST_S
    ]
    grown = figures.memory.after_mb - figures.memory.before_mb
    return [
        *starmap(_cost_target, zip(figures.processor, _COST_TARGETS, strict=False)),
        _target(
            f"{STATUS.name} at most {_RATIO_TARGET} times {TRIVIAL.name}",
            [f"{ratio:.2f}"] if ratio > _RATIO_TARGET else [],
        ),
        _target(f"no first sign after {_LATEST_S:.0f} s", late),
        _target(
            f"memory grows by at most {_GROWTH_TARGET_MB:.0f} MB",
            [f"{grown:.1f}"] if grown > _GROWTH_TARGET_MB else [],
        ),
    ]


def _cost_target(took: ProcessorTime, most: float) -> str:
    missed = [f"{took.ratio:.2f}"] if took.ratio > most else []
    return _target(f"{took.name}: at most {most} times a bare bot's processor time", missed)


def _target(what: str, misses: list[str]) -> str:
    return f"  missed  {what}: {', '.join(misses)}" if misses else f"  met     {what}"
