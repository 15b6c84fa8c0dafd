"""Telling people what became of what they sent: until it is told, and seen once by its key."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.dispatch import Dispatch, Log, Outcome
from bot.platform import Platform
from commands.kit.context import Caller

EVERY_S = 20.0
"""Seconds between two looks at what is to be told."""


class Notice(Protocol):
    """A line whose answer somebody is to be told."""

    @property
    def key(self) -> str: ...

    @property
    def person(self) -> str: ...

    @property
    def line(self) -> str: ...


class Notices(Protocol):
    """What is to be told, until it is."""

    async def due(self, platform: str, at: datetime, limit: int = 20) -> tuple[Notice, ...]: ...

    async def told(self, key: str) -> None: ...

    async def failed(self, key: str, at: datetime) -> bool: ...


class Telling:
    """Tells what is due on one platform, each as the answer to a reader who asks for it."""

    def __init__(
        self, notices: Notices, dispatch: Dispatch, clock: Callable[[], datetime], log: Log
    ) -> None:
        self._notices, self._dispatch, self._clock, self._log = notices, dispatch, clock, log

    async def run(self, platform: Platform, every_s: float = EVERY_S) -> None:
        """Tell again and again what is due, whenever the platform could; a bug is logged."""
        while True:
            if platform.ready:
                work = asyncio.create_task(self.due(platform))
                try:
                    await asyncio.wait({work})
                finally:
                    work.cancel()
                if error := work.exception():
                    self._log("telling failed", platform=platform.name, error=error)
            await asyncio.sleep(every_s)

    async def due(self, platform: Platform) -> None:
        """Tell what is due now."""
        for notice in await self._notices.due(platform.name, self._clock()):
            if await self._told(platform, notice):
                await self._notices.told(notice.key)
            elif not await self._notices.failed(notice.key, self._clock()):
                self._log("notice given up", platform=platform.name)

    async def _told(self, platform: Platform, notice: Notice) -> bool:
        caller = Caller(platform.name, notice.person, notice.person)
        answer = await self._dispatch.line(caller, notice.line, key=f"notice:{notice.key}")
        if answer.outcome is not Outcome.ANSWERED:
            return False
        return await platform.tell(notice.person, answer.reply, notice.key)
