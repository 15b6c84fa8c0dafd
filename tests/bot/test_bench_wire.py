"""The bench over the wire: two real processes, figures under stable names, targets told."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.wire import bench_wire
from benchmarks.wire.processes import Times
from benchmarks.wire.processor import ProcessorTime
from benchmarks.wire.wire_report import MemoryUse, WireFigure, WireFigures, figure, table
from benchmarks.wire.workload import ALONE
from bot.cli.main import main
from tests.fakes import ROOT
from tests.patience import PATIENCE_S

SIZE, CALLS, ANSWERS = 300, 4, 6
FIGURE = ["name", "calls", "unanswered", "p50_ms", "p99_ms", "worst_ms", "first_worst_ms"]


async def test_the_figures_are_data_under_stable_names_and_all_is_answered() -> None:
    lines: list[str] = []
    assert await bench_wire(SIZE, True, lines.append, CALLS, ANSWERS) == 0  # noqa: FBT003
    (figures,) = json.loads(lines[0]).values()
    assert list(json.loads(lines[0])) == ["wire"]
    assert list(figures) == ["size", "alone", "together", "memory", "processor"]
    assert figures["size"] == SIZE
    assert [operation["name"] for operation in figures["alone"]] == [
        operation.name for operation in ALONE
    ]
    assert len(figures["together"]) == 2
    for timed in (*figures["alone"], *figures["together"]):
        assert list(timed) == FIGURE
        assert (timed["calls"], timed["unanswered"]) == (CALLS, 0)
        assert 0 < timed["p50_ms"] <= timed["p99_ms"] <= timed["worst_ms"]
    for took in figures["processor"]:
        assert list(took) == ["name", "answers", "ms", "bare_ms", "ratio"]
        assert took["answers"] <= CALLS
    memory = figures["memory"]
    assert list(memory) == ["answers", "before_mb", "after_mb"]
    assert memory["answers"] == ANSWERS
    assert 20 < memory["before_mb"] < 1000


@pytest.mark.parametrize("option", ["--wire", "--matrix"])
def test_without_a_checkout_it_says_in_a_sentence_that_it_cannot(
    tmp_path: Path, option: str
) -> None:
    for part in ("bot", "commands", "store"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    result = subprocess.run(
        [sys.executable, "-m", "bot", "bench", option],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        f"bench {option} needs a checkout: there is no benchmarks/ beside bot/.\n"
    )


def test_what_had_no_answer_is_counted_and_kept_out_of_the_times() -> None:
    figures = figure("/status", Times([0.1, None, 0.2], [0.3, None, None]))
    assert figures == WireFigure("/status", 3, 2, 300, 300, 300, 200)
    assert figure("/status", Times([None], [None])).unanswered == 1


def test_the_table_says_which_targets_are_missed() -> None:
    """The ratio is held to 2, the first sign to 3 s, memory to 1 MB; no answer is a miss."""

    def found(ratio: float, first_ms: float, grown: float, unanswered: int = 0) -> list[str]:
        alone = [
            WireFigure("/help", 10, 0, 1, 2, 3, 3),
            WireFigure("/status", 10, 0, ratio, 9, 9, 9),
        ]
        together = WireFigure("10 /status at once", 10, unanswered, 50, 90, 4000, first_ms)
        memory = MemoryUse(5, 80, 80 + grown)
        return table(WireFigures(100, alone, [together], memory, [])).splitlines()[-3:]

    assert [line.split()[0] for line in found(2, 3000, 1)] == ["met"] * 3
    missed = found(2.5, 3100, 1.5)
    assert [line.split()[0] for line in missed] == ["missed"] * 3
    assert missed[0].endswith("/status at most 2.0 times /help: 2.50")
    assert missed[1].endswith("after 3 s: 10 /status at once 3.1 s, 0 unanswered")
    assert missed[2].endswith("by at most 1 MB: 1.5")
    assert found(1, 1, 0, unanswered=1)[1].split()[0] == "missed"


@pytest.mark.parametrize("size", [["--sizes", "5"], ["--size", "5"], ["--size", "10k,1m"]])
def test_a_wrong_size_is_refused_in_a_sentence(
    size: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It ended in a traceback."""
    assert main(["bench", *size]) == 2
    assert "write" in capsys.readouterr().err.splitlines()[-1]


def test_the_table_says_how_many_bare_bots_an_answer_takes() -> None:
    def told(*ratios: float) -> list[str]:
        alone = [WireFigure(name, 10, 0, 1, 2, 3, 3) for name in ("/help", "/status")]
        names = ("first time", "asked before", "at once")
        took = [ProcessorTime(name, 9, r, 1, r) for name, r in zip(names, ratios, strict=True)]
        figures = WireFigures(100, alone, alone[1:], MemoryUse(5, 80, 80), took)
        lines = table(figures).splitlines()
        assert f"{names[0]}: {ratios[0]:.2f} ms of processor time an answer" in "\n".join(lines)
        return [line.split()[0] for line in lines[-6:-3]]

    assert told(1.7, 1.2, 1.3) == ["met"] * 3
    assert told(1.8, 1.3, 1.4) == ["missed"] * 3
