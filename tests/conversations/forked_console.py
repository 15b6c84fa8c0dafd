"""Consoles forked from a process which has loaded the program, so that each starts at once.

Each is a process of its own on a terminal of its own, as `python -m bot console` is.
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

_LOADED = [
    "bot.__main__",
    "bot.adapters.console.once",
    "bot.adapters.console.terminal",
    "bot.cli.main",
    "prompt_toolkit",
    "store.record.as_of",
    "store.transfer.importer",
]
"""What the process loads before it is first forked."""
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(_LOADED)


class ForkedConsole:
    """`sitrep console` on a terminal."""

    def __init__(
        self, words: Sequence[str], terminal: str, folder: Path, environment: Mapping[str, str]
    ) -> None:
        given = (["sitrep", "console", *words], terminal, str(folder), dict(environment))
        self._process = _FORKS.Process(target=_run, args=given, daemon=True)
        self._process.start()

    async def wait(self) -> None:
        """Wait until it has ended."""
        await asyncio.to_thread(self._process.join)
        self._process.close()


def _run(argv: list[str], terminal: str, folder: str, environment: dict[str, str]) -> None:
    """Be the console: on its terminal, in its folder, with its environment and nothing else."""
    os.setsid()
    tty = os.open(terminal, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(tty, stream)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = argv
    from bot.__main__ import start  # noqa: PLC0415 -- whoever forks need not have it

    start()
