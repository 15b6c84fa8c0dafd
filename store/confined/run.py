"""Start a confined process, give it bytes, and read what it makes of them."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from enum import StrEnum, auto
from pathlib import Path
from typing import IO

from msgspec import Struct

_CHILD = Path(__file__).resolve().parent / "child.py"
_GRACE_S = 5  # after the processor's time is up, before it is stopped from outside
REFUSED, NO_MEMORY = 3, 4
"""Exit codes of the child: it says why on its standard error, or memory ran out."""


class Confinement(Struct, frozen=True):
    """What a confined process may use: seconds, bytes of memory, bytes of output."""

    seconds: int = 30
    memory: int = 512_000_000
    output: int = 200_000_000


class Failure(StrEnum):
    """Why a confined process came to nothing."""

    TOO_SLOW = auto()
    TOO_MUCH = auto()
    DAMAGED = auto()
    REFUSED = auto()


class Failed(Exception):
    """A confined process came to nothing; `words` is what the task itself refuses with."""

    def __init__(self, failure: Failure, words: tuple[str, ...] = ()) -> None:
        super().__init__(failure)
        self.failure, self.words = failure, words


def run_process(
    settings: str, stdin: IO[bytes], stdout: IO[bytes], patience_s: float
) -> tuple[int, bytes]:
    """Start the process and wait for it; return its exit code and its standard error."""
    done = subprocess.run(  # noqa: S603 -- this very interpreter, on a file of ours
        [sys.executable, "-I", str(_CHILD), settings],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=patience_s,
        check=False,
        cwd="/",
        env={"PYTHONHASHSEED": "0"},
        start_new_session=True,
    )
    return done.returncode, done.stderr


RunProcess = Callable[[str, IO[bytes], IO[bytes], float], tuple[int, bytes]]
"""As `run_process`, or one that need not start an interpreter for each of thousands of files."""


def run_confined(
    task: str,
    data: bytes,
    given: Mapping[str, str],
    within: Confinement | None = None,
    run: RunProcess = run_process,
) -> IO[bytes]:
    """Run `task`, such as "store.transfer.formats.sheet:read_sheet"; return its output, to close.

    The task is a function of the bytes and of what is `given`; it yields bytes, or raises a
    `store.confined.child.TaskRefusal`. It blocks: call it in a thread. Raises Failed.
    """
    within = within or Confinement()
    stdout = tempfile.TemporaryFile()  # noqa: SIM115 -- the caller closes it
    with tempfile.TemporaryFile() as stdin:
        stdin.write(data)
        stdin.seek(0)
        limits = (within.seconds, within.memory, within.output)
        settings = json.dumps([str(_CHILD.parents[2]), task, dict(given), *limits])
        try:
            code, stderr = run(settings, stdin, stdout, within.seconds + _GRACE_S)
        except subprocess.TimeoutExpired:
            stdout.close()
            raise Failed(Failure.TOO_SLOW) from None
    if code:
        stdout.close()
        raise _failure(code, stderr)
    stdout.seek(0)
    return stdout


def _failure(code: int, stderr: bytes) -> Failed:
    if code == REFUSED:
        words = json.loads(stderr.decode().splitlines()[-1])
        return Failed(Failure.REFUSED, tuple(words))
    if code == -signal.SIGXCPU:
        return Failed(Failure.TOO_SLOW)
    if code in {NO_MEMORY, -signal.SIGXFSZ, -signal.SIGKILL}:
        return Failed(Failure.TOO_MUCH)
    return Failed(Failure.DAMAGED)
