"""The figures as data, and as a table with the targets they are held to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.bench.measuring import Measured

TOGETHER = "all together"
_ALL_TARGET, _EACH_TARGET = 1.5, 3.0  # times raw
_GROWTH_TARGET, _INSERT_GROWTH_TARGET = 1.5, 2.0  # times the smallest size
_COLUMNS = ("p50 ms", "p99 ms", "raw p50", "ratio", "growth")


@dataclass(frozen=True)
class StoreFigure:
    """One line of the result; names as in the JSON."""

    name: str
    size: int
    p50_ms: float
    p99_ms: float
    raw_p50_ms: float
    ratio_p50: float
    growth: float

    @property
    def growth_target(self) -> float:
        return _INSERT_GROWTH_TARGET if self.name == "insert" else _GROWTH_TARGET


def figures(rounds: Sequence[Sequence[Measured]]) -> list[StoreFigure]:
    """Return the lines of all sizes, smallest first, each size's sum at its end."""
    smallest = {one.name: one.p50 for one in _with_sum(rounds[0])}
    return [
        StoreFigure(
            one.name,
            one.size,
            p50_ms=round(1000 * one.p50, 4),
            p99_ms=round(1000 * one.p99, 4),
            raw_p50_ms=round(1000 * one.raw_p50, 4),
            ratio_p50=round(one.p50 / one.raw_p50, 2),
            growth=round(one.p50 / smallest[one.name], 2),
        )
        for measured in rounds
        for one in _with_sum(measured)
    ]


def _with_sum(measured: Sequence[Measured]) -> list[Measured]:
    sums = [sum(part) for part in zip(*((m.p50, m.p99, m.raw_p50) for m in measured), strict=True)]
    return [*measured, Measured(TOGETHER, measured[0].size, *sums)]


def as_data(found: Sequence[StoreFigure]) -> dict[str, list[dict[str, str | int | float]]]:
    """Return the figures as the JSON documented in docs/performance.md."""
    return {"store": [asdict(one) for one in found]}


def table(found: Sequence[StoreFigure]) -> str:
    """Return the figures, a table a size, and how the targets are met at the largest."""
    width = max(len(one.name) for one in found)
    lines: list[str] = []
    for size in dict.fromkeys(one.size for one in found):
        lines += [f"{f'{size:,} entries':<{width}}" + "".join(f"{c:>9}" for c in _COLUMNS)]
        lines += [_line(one, width) for one in found if one.size == size]
        lines += [""]
    return "\n".join([*lines, *_targets(found)])


def _line(one: StoreFigure, width: int) -> str:
    times = "".join(f"{ms:9.3f}" for ms in (one.p50_ms, one.p99_ms, one.raw_p50_ms))
    return f"{one.name:<{width}}{times}{one.ratio_p50:9.2f}{one.growth:9.2f}"


def _targets(found: Sequence[StoreFigure]) -> list[str]:
    size = found[-1].size
    last = [one for one in found if one.size == size]
    each, together = last[:-1], last[-1]
    slow = [f"{one.name} {one.ratio_p50}" for one in each if one.ratio_p50 > _EACH_TARGET]
    grown = [f"{one.name} {one.growth}" for one in each if one.growth > one.growth_target]
    met = together.ratio_p50 <= _ALL_TARGET
    return [
        f"At {size:,} entries:",
        _target(f"all together at most {_ALL_TARGET} times raw", [] if met else
                [str(together.ratio_p50)]),
        _target(f"none over {_EACH_TARGET} times raw", slow),
        _target(f"growth at most {_GROWTH_TARGET}, insert {_INSERT_GROWTH_TARGET}", grown),
    ]  # fmt: skip


def _target(what: str, misses: list[str]) -> str:
    return f"  missed  {what}: {', '.join(misses)}" if misses else f"  met     {what}"
