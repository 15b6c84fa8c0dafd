"""All platforms in one process, until told to stop or until none is left."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from bot.dispatch import Log
from bot.ops import heartbeat
from bot.platform import Platform

_CLOSE_S = 4.0
_LOOK_S = 0.5


async def run_all(
    platforms: Sequence[Platform],
    file: Path,
    log: Log,
    also: Sequence[Coroutine[Any, Any, None]] = (),
    trouble: Callable[[], str] = str,
) -> int:
    """Run the platforms; return 0 when told to stop, 1 when the last of them gave up.

    One that fails does not stop another; the heartbeat says which are left, and what else is the
    `trouble`. What runs also stops before they do.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stop.set)
    running = {asyncio.create_task(_run(platform, log)): platform for platform in platforms}
    beating = asyncio.create_task(_beat(platforms, file, trouble))
    beside = [asyncio.ensure_future(work) for work in also]
    stopping = asyncio.create_task(stop.wait())
    try:
        left = set(running)
        while left and not stop.is_set():
            done, _ = await asyncio.wait({*left, stopping}, return_when=asyncio.FIRST_COMPLETED)
            left -= done
            for task, platform in running.items():
                if task in done and (error := task.exception()):  # nobody expected this one
                    log("platform failed", platform=platform.name, error=error)
    finally:
        beating.cancel()
        stopping.cancel()
        for task in beside:
            task.cancel()
        await asyncio.wait({*beside, beating}, timeout=_CLOSE_S)
        await asyncio.wait(
            {asyncio.create_task(platform.aclose()) for platform in platforms}, timeout=_CLOSE_S
        )
        for task in running:
            task.cancel()
        await asyncio.gather(*running, *beside, beating, stopping, return_exceptions=True)
        file.unlink(missing_ok=True)
    return 0 if stop.is_set() else 1


async def _run(platform: Platform, log: Log) -> None:
    try:
        await platform.run()
    except (OSError, RuntimeError, ValueError) as error:
        log("platform gave up", urgent=True, platform=platform.name, why=str(error))


async def _beat(platforms: Sequence[Platform], file: Path, trouble: Callable[[], str]) -> None:
    """Write the heartbeat again and again, at once when a platform or a trouble comes or goes."""
    told: object = None
    due, loop = 0.0, asyncio.get_running_loop()
    while True:
        ready = {platform.name: platform.ready for platform in platforms}
        wrong = trouble()
        if (ready, wrong) != told or loop.time() >= due:
            heartbeat.beat(file, ready, wrong)
            told, due = (ready, wrong), loop.time() + heartbeat.EVERY_S
        await asyncio.sleep(_LOOK_S)
