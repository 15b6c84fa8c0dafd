"""The program forked from a process which has loaded it, so that each run of it starts at once.

Each is a process of its own, with streams, a folder and an environment of its own, as `python -m
bot` is; what it would load first, half a second's work and with a platform more than a second's, is
there already. Other programs of the tests can be forked from it as well.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from signal import Signals
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory
from threading import Lock

_LOADED = [
    "bot.__main__",
    "bot.adapters.console.once",
    "bot.adapters.console.terminal",
    "bot.adapters.discord.discord_platform",
    "bot.adapters.matrix.crypto.encryption",
    "bot.adapters.matrix.matrix_platform",
    "bot.app",
    "bot.cli.clear_replica",
    "bot.cli.main",
    "bot.cli.print_drafts",
    "bot.cli.transfer",
    "bot.ops.time_zones",
    "bot.replica.check_replica",
    "bot.serving",
    "bot.standby.nats_lease",
    "prompt_toolkit",
    "store.maintenance.doctor",
    "store.maintenance.record_dump",
    "store.record.as_of",
    "store.transfer.importer",
    "tests.fork_base",
]
"""What the process loads before it is first forked."""
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(_LOADED)

_CHILD_S = 600.0

Streams = tuple[str, str, str]
"""The paths of what it reads, writes and complains to."""


class ForkedProgram:
    """`sitrep` with some words, to be waited for; it ends with whoever started it.

    `prepare`, a function of a module, is called in the process first; it may be all that runs.
    """

    def __init__(
        self,
        words: Sequence[str],
        streams: Streams,
        folder: Path,
        environment: Mapping[str, str],
        prepare: Callable[[], None] | None = None,
    ) -> None:
        given = (["sitrep", *words], streams, str(folder), dict(environment), prepare)
        self._words, self._reading = words, Lock()
        self._process = _FORKS.Process(target=_be_program, args=given, daemon=True)
        self._process.start()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def signal_group(self, number: Signals) -> None:
        """Send a signal to it and to all that it started."""
        pid = self._process.pid
        assert pid is not None
        if self.poll() is None:
            os.kill(pid, number)  # it may lead no group yet
        with suppress(ProcessLookupError):
            os.killpg(pid, number)

    def wait(self, patience_s: float | None = None) -> int:
        """Return its exit code, below 0 the signal that ended it; TimeoutExpired."""
        wait([self._process.sentinel], patience_s)
        code = self.poll()
        if code is None:
            self.kill()
            raise TimeoutExpired(list(self._words), patience_s or 0)
        return code

    def poll(self) -> int | None:
        """Return its exit code, None while it runs; also while another thread waits for it."""
        with self._reading:
            return self._process.exitcode


def run_child(child: Callable[[], None], *words: str) -> None:
    """Have a function of a module be a program with some words, until it ends, and ends well."""
    with TemporaryDirectory(prefix="sitrep-") as own:
        errors = Path(own, "errors")
        streams = os.devnull, os.devnull, str(errors)
        code = ForkedProgram(words, streams, Path(own), os.environ, child).wait(_CHILD_S)
        assert code == 0, errors.read_text(encoding="utf-8")


def _be_program(
    argv: list[str],
    streams: Streams,
    folder: str,
    environment: dict[str, str],
    prepare: Callable[[], None] | None,
) -> None:
    """Be the program: on its streams, in its folder, with its environment and nothing else."""
    os.setsid()
    for number, path in enumerate(streams):
        flags = os.O_RDWR | (os.O_CREAT | os.O_APPEND if number else 0)
        os.dup2(os.open(path, flags), number)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = argv
    if prepare is not None:
        prepare()
    from bot.__main__ import start  # noqa: PLC0415 -- whoever forks need not have it

    start()
