"""A child that ends when this process does, however that ends: no shipper is left behind.

Run as a program it ties itself to its parent (on Linux; elsewhere it cannot) and becomes another.
"""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


async def start_tied(
    *command: str, environment: Mapping[str, str], log: Path
) -> asyncio.subprocess.Process:
    """Start a program whose output goes to the end of a file."""
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", __file__, str(os.getpid()), *command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
        )


async def stop(process: asyncio.subprocess.Process, patience_s: float) -> None:
    """End a child: asked first, then made to."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(patience_s):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def become(parent: int, command: list[str]) -> None:
    """Become a program that is killed as soon as `parent` is no more."""
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() == parent:
        os.execv(command[0], command)  # noqa: S606 -- a program of ours, and no shell


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
