"""The log as an operator sees it, on a terminal and anywhere else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
from bot.ops.log import make_log

def ask(token):
    raise ValueError("No such place")

try:
    ask("not.to" + ".be.shown")
except ValueError as error:
    make_log("error")("invocation", error=error, bug="0badf00d")
"""


def log_bug(*, terminal: bool) -> str:
    """Return what is on standard error when a bug is logged."""
    reader, writer = os.openpty() if terminal else os.pipe()
    code = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, stderr=writer).wait()
    os.close(writer)
    assert code == 0
    with open(reader, "rb", buffering=0) as pipe:  # noqa: PTH123 -- it has no path
        return pipe.read(100_000).decode()


@pytest.mark.parametrize("terminal", [True, False])
def test_a_bug_is_logged_with_its_place_and_without_what_was_being_handled(
    terminal: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    """On a terminal the traceback showed what every variable held, the token among them."""
    lines = log_bug(terminal=terminal)
    assert "0badf00d" in lines
    assert "No such place" in lines
    assert "in ask" in lines
    assert "not.to.be.shown" not in lines


def test_anywhere_but_on_a_terminal_each_line_is_json() -> None:
    (line,) = log_bug(terminal=False).splitlines()
    assert json.loads(line)["level"] == "error"
