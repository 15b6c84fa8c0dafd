"""Telling people what became of what they sent: until it is told, and seen once by its key.

What may have gone out already is looked for first, as with summaries and news.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.dispatch import Dispatch, Log, Outcome
from bot.platform import Notification, Notifier, Undeliverable
from commands.kit.inlines import T
from commands.kit.invocation import Caller
from commands.kit.reply import Action

EVERY_S = 20.0
"""Seconds between two looks at what is to be told."""


class DueNotice(Protocol):
    """A line whose answer somebody is to be told."""

    @property
    def key(self) -> str: ...

    @property
    def person(self) -> str: ...

    @property
    def room(self) -> str: ...

    @property
    def line(self) -> str: ...

    @property
    def tried_at(self) -> datetime | None: ...


class NoticeQueue(Protocol):
    """What is to be told, until it is."""

    async def due(self, platform: str, at: datetime, limit: int = 20) -> tuple[DueNotice, ...]: ...

    async def begin(self, key: str, at: datetime) -> bool: ...

    async def mark_told(self, key: str) -> None: ...

    async def put_off(
        self, key: str, at: datetime, wait_s: float = 0, *, absent: bool = False
    ) -> bool: ...


class NoticeDelivery(Struct, frozen=True):
    """Tells what is due, each as the answer to a reader who asks for it."""

    notices: NoticeQueue
    dispatch: Dispatch
    platforms: Mapping[str, Notifier]
    clock: Callable[[], datetime]
    log: Log

    async def run(self, every_s: float = EVERY_S) -> None:
        """Tell again and again what is due on each platform, until cancelled."""
        await asyncio.gather(*(self._run(name, every_s) for name in self.platforms))

    async def _run(self, platform: str, every_s: float) -> None:
        """Tell what is due on a platform whenever it could; a bug is logged."""
        while True:
            work = asyncio.create_task(self.due(platform))
            try:
                await asyncio.wait({work})
            finally:
                work.cancel()
            if error := work.exception():
                self.log("telling failed", platform=platform, error=error)
            await asyncio.sleep(every_s)

    async def due(self, platform: str) -> None:
        """Tell what is due on a platform now, if it could."""
        posting = self.platforms[platform]
        if not posting.ready:
            return
        for notice in await self.notices.due(platform, self.clock()):
            try:
                await self._tell(posting, platform, notice)
            except Undeliverable as problem:
                await self._failed(platform, notice, problem)
            else:
                await self.notices.mark_told(notice.key)

    async def _tell(self, posting: Notifier, platform: str, notice: DueNotice) -> None:
        caller = Caller(platform, notice.person, notice.person)
        answer = await self.dispatch.line(caller, notice.line, key=f"notice:{notice.key}")
        asked = answer.asked
        if answer.outcome is not Outcome.ANSWERED or asked is None:
            raise Undeliverable("it could not be made", unsure=True)
        again = Action(T("As it stands now"), asked.command, asked.given)
        post = Notification(answer.reply, notice.key, again, person=notice.person, room=notice.room)
        sent = notice.tried_at and await posting.find(post, notice.tried_at)
        if not sent and await self.notices.begin(notice.key, self.clock()):
            await posting.post(post)

    async def _failed(self, platform: str, notice: DueNotice, problem: Undeliverable) -> None:
        now, absent = self.clock(), not problem.unsure
        if await self.notices.put_off(notice.key, now, problem.wait_s, absent=absent):
            self.log("notice put off", platform=platform, notice=notice.key, why=str(problem))
        else:
            self.log("notice given up", platform=platform, notice=notice.key, why=str(problem))
