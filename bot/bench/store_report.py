"""The figures as data, and as a table with the targets they are held to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.bench.measuring import Measured

TOGETHER = "all together"
_ALL_TARGET, _EACH_TARGET = 1.35, 2.0  # times raw
_GROWTH_TARGET, _INSERT_GROWTH_TARGET = 1.5, 2.0  # times the smallest size
_COLUMNS = ("p50 ms", "p99 ms", "raw p50", "cpu ms", "raw cpu", "ratio", "growth")


@dataclass(frozen=True)
class StoreFigure:
    """One line of the result; names as in the JSON. Ratio and growth are of processor time."""

    name: str
    size: int
    p50_ms: float
    p99_ms: float
    raw_p50_ms: float
    cpu_p50_ms: float
    raw_cpu_p50_ms: float
    ratio_p50: float
    growth: float

    @property
    def growth_target(self) -> float:
        return _INSERT_GROWTH_TARGET if self.name == "insert" else _GROWTH_TARGET


def figures(rounds: Sequence[Sequence[Measured]]) -> list[StoreFigure]:
    """Return the lines of all sizes, smallest first, each size's sum at its end."""
    smallest = {measured.name: measured.cpu_p50 for measured in _with_sum(rounds[0])}
    return [
        StoreFigure(
            line.name,
            line.size,
            p50_ms=round(1000 * line.p50, 4),
            p99_ms=round(1000 * line.p99, 4),
            raw_p50_ms=round(1000 * line.raw_p50, 4),
            cpu_p50_ms=round(1000 * line.cpu_p50, 4),
            raw_cpu_p50_ms=round(1000 * line.raw_cpu_p50, 4),
            ratio_p50=round(line.cpu_p50 / line.raw_cpu_p50, 2),
            growth=round(line.cpu_p50 / smallest[line.name], 2),
        )
        for measured in rounds
        for line in _with_sum(measured)
    ]


def _with_sum(measured: Sequence[Measured]) -> list[Measured]:
    times = ((m.p50, m.p99, m.raw_p50, m.cpu_p50, m.raw_cpu_p50) for m in measured)
    sums = [sum(part) for part in zip(*times, strict=True)]
    return [*measured, Measured(TOGETHER, measured[0].size, *sums)]


def as_data(results: Sequence[StoreFigure]) -> dict[str, list[dict[str, str | int | float]]]:
    """Return the figures as the JSON documented in docs/performance.md."""
    return {"store": [asdict(figure) for figure in results]}


def table(results: Sequence[StoreFigure]) -> str:
    """Return the figures, a table a size, and how the targets are met at the largest."""
    width = max(len(figure.name) for figure in results)
    lines: list[str] = []
    for size in dict.fromkeys(figure.size for figure in results):
        lines += [f"{f'{size:,} entries':<{width}}" + "".join(f"{c:>9}" for c in _COLUMNS)]
        lines += [_line(figure, width) for figure in results if figure.size == size]
        lines += [""]
    return "\n".join([*lines, *_targets(results)])


def _line(figure: StoreFigure, width: int) -> str:
    clock = (figure.p50_ms, figure.p99_ms, figure.raw_p50_ms)
    spent = (figure.cpu_p50_ms, figure.raw_cpu_p50_ms)
    times = "".join(f"{ms:9.3f}" for ms in (*clock, *spent))
    return f"{figure.name:<{width}}{times}{figure.ratio_p50:9.2f}{figure.growth:9.2f}"


def _targets(results: Sequence[StoreFigure]) -> list[str]:
    size = results[-1].size
    last = [figure for figure in results if figure.size == size]
    each, together = last[:-1], last[-1]
    slow = [
        f"{figure.name} {figure.ratio_p50}" for figure in each if figure.ratio_p50 > _EACH_TARGET
    ]
    grown = [
        f"{figure.name} {figure.growth}" for figure in each if figure.growth > figure.growth_target
    ]
    met = together.ratio_p50 <= _ALL_TARGET
    return [
        f"At {size:,} entries:",
        _target(
            f"all together at most {_ALL_TARGET} times raw",
            [] if met else [str(together.ratio_p50)],
        ),
        _target(f"none over {_EACH_TARGET} times raw", slow),
        _target(f"growth at most {_GROWTH_TARGET}, insert {_INSERT_GROWTH_TARGET}", grown),
    ]


def _target(what: str, misses: list[str]) -> str:
    return f"  missed  {what}: {', '.join(misses)}" if misses else f"  met     {what}"
