"""Daily summaries and news: due, claimed, told, settled; caught up after a while without us.

Nothing is remembered here: what is due follows from the clock, the rooms' wishes and the ledger in
the store. A day is claimed before it is told and settled after; what a stop leaves in between is
looked for among what was posted before it is posted again.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from msgspec import Struct

from bot.dispatch import Dispatch, Log, Outcome
from bot.notify.digest_answer import answer_digest, ask_again, put_off_for
from bot.notify.end_room import end_room
from bot.notify.watch_news import NewsDelivery
from bot.platform import Notification, Notifier, SentMessage, Undeliverable
from commands.kit.inlines import T, When
from commands.kit.reply import Reply, Tone
from store import Store
from store.model.digest import DeliveryState, Digest, DigestDelivery
from store.model.span import Span

Job = Callable[[], Coroutine[Any, Any, None]]

_EVERY_S, _SOON_S = 60.0, 2.0
_AT_ONCE = 8
_PUBLISH_TRIES = 8
_LONGEST_PUT_OFF = timedelta(days=7)
_UNSEEN = Reply(())
"""Stands for the words of a post that is only looked for."""


class Schedule(Struct, frozen=True):
    """Tells every room what it asked for. `catch_up` is how late a summary may still come."""

    store: Store
    dispatch: Dispatch
    platforms: Mapping[str, Notifier]
    clock: Callable[[], datetime]
    log: Log
    catch_up: timedelta = timedelta(hours=12)

    async def run(self) -> None:
        """Tell what is due, again and again, until cancelled; one bad turn is not the last."""
        while True:
            await self._all([self.turn])
            pause_s = _EVERY_S - self.clock().timestamp() % _EVERY_S
            ready = all(notifier.ready for notifier in self.platforms.values())
            await asyncio.sleep(pause_s if ready else min(pause_s, _SOON_S))

    async def turn(self) -> None:
        """Tell all that is due by now, and let drafts go that were kept long enough."""
        now, tellings = self.clock(), self.store.digest_deliveries
        waiting = {told.digest.id: told for told in await tellings.to_deliver(now)}
        await self._all(
            partial(self._told, digest, waiting.get(digest.id), due=due)
            for digest, last in await self.store.digests.all()
            if (due := self._is_due(digest, last, now)) or digest.id in waiting
        )
        await self._all(partial(self._publish, told) for told in await tellings.to_publish(now))
        newscast = NewsDelivery(self.store, self.dispatch, self.platforms, self.clock, self.log)
        await self._all(partial(newscast.tell, watch) for watch in await newscast.due())
        await self.store.drafts.expire(now)
        await self.store.inquiries.settle(now)
        await self._keep_gaps(now)

    async def measure_delay(self) -> float:
        """Return the seconds by which the latest summary is late; nought where none is due."""
        now = self.clock()
        claimed = await self.store.digest_deliveries.to_deliver(now + _LONGEST_PUT_OFF)
        late = [told.due for told in claimed]
        late += [
            digest.due(digest.due_by(now))
            for digest, last in await self.store.digests.all()
            if self._is_due(digest, last, now)
        ]
        return max([(now - due).total_seconds() for due in late], default=0.0)

    async def _keep_gaps(self, now: datetime) -> None:
        """Keep how many asked in vain today; at midnight who they were can be told no more."""
        desk = self.dispatch.desk
        if desk.tally is not None:
            today = now.astimezone(desk.zone).date()
            await self.store.gaps.keep(desk.tally.take(today), today)

    def _is_due(self, digest: Digest, last: date | None, now: datetime) -> bool:
        day = digest.due_by(now)
        due = digest.due(day)
        fresh = due > digest.since and now - due <= self.catch_up
        return fresh and (last is None or last < day)

    async def _told(self, digest: Digest, waiting: DigestDelivery | None, *, due: bool) -> None:
        """Tell what waits, if it still may be, then claim and tell what is due.

        A platform that is away is waited for: nothing new is claimed for it. And as long as nobody
        knows whether an earlier summary went out, the store lets no other be claimed.
        """
        posting = self.platforms.get(digest.platform)
        if posting is None or not posting.ready:
            return
        if waiting is not None:
            await self._again(posting, waiting)
        if due:
            now = self.clock()
            told = await self.store.digest_deliveries.claim(digest.id, digest.due_by(now), now)
            if told is not None:
                await self._tell(posting, told)

    async def _again(self, posting: Notifier, told: DigestDelivery) -> None:
        """Tell what was claimed and not settled: looked for first, and not when it is too late."""
        if told.tried_at is not None:
            try:
                sent = await posting.find(_post(told), told.tried_at)
            except Undeliverable as problem:
                await self._put_off(told, problem, absent=problem.gone)
                return
            if sent is not None:
                await self._settle(told, sent)
                return
        now = self.clock()
        if now - told.due > self.catch_up or told.day < told.digest.due_by(now):
            await self.store.digest_deliveries.settle(told, DeliveryState.FOLDED)
            self.log("summary folded", platform=told.digest.platform, summary=told.key)
        else:
            await self._tell(posting, told)

    async def _tell(self, posting: Notifier, told: DigestDelivery) -> None:
        digest = told.digest
        answer = await answer_digest(self.dispatch, digest.platform, digest.room, told.key)
        if answer.outcome is not Outcome.ANSWERED:
            await self._put_off(told, Undeliverable("it could not be made"), absent=True)
            return
        if answer.reply.tone is Tone.NOTHING and digest.settings.quiet:
            await self.store.digest_deliveries.settle(told, DeliveryState.SILENT)
            return
        if not await self.store.digest_deliveries.begin(told, self.clock()):
            return  # taken back meanwhile
        try:
            posted = await posting.post(_post(told, answer.reply))
        except Undeliverable as problem:
            await self._put_off(told, problem, absent=not problem.unsure)
        else:
            await self._settle(told, posted)

    async def _settle(self, told: DigestDelivery, posted: SentMessage) -> None:
        await self.store.digest_deliveries.settle(
            told, DeliveryState.TOLD, posted.message, publish=posted.publish
        )
        self.log("summary told", platform=told.digest.platform, summary=told.key)

    async def _put_off(self, told: DigestDelivery, problem: Undeliverable, *, absent: bool) -> None:
        place = (told.digest.platform, told.digest.room, told.key)
        if await end_room(self.store, self.log, place, problem, self.clock()):
            return
        why, until = str(problem), self.clock() + put_off_for(told.tries, problem.wait_s)
        await self.store.digest_deliveries.put_off(told, until, why, absent=absent)
        self.log("summary put off", platform=told.digest.platform, summary=told.key, why=why)

    async def _publish(self, told: DigestDelivery) -> None:
        """Publish an announcement, apart from posting it: only so many an hour are allowed."""
        digest = told.digest
        posting = self.platforms.get(digest.platform)
        if posting is None or not posting.ready:
            return
        try:
            await posting.publish(digest.room, told.message)
        except Undeliverable as problem:
            why, until = str(problem), self.clock() + put_off_for(told.tries, problem.wait_s)
            if told.tries + 1 < _PUBLISH_TRIES and not problem.gone:
                await self.store.digest_deliveries.put_off(told, until, why)
                return
            self.log("summary not published", platform=digest.platform, key=told.key, why=why)
        await self.store.digest_deliveries.mark_published(told)

    async def _all(self, jobs: Iterable[Job]) -> None:
        """Run all, a few at a time; what fails is logged, and holds up no other."""
        places = asyncio.Semaphore(_AT_ONCE)

        async def run(job: Job) -> None:
            async with places:
                await job()

        for result in await asyncio.gather(*map(run, jobs), return_exceptions=True):
            if isinstance(result, Exception):
                self.log("schedule failed", error=result)


def _post(told: DigestDelivery, reply: Reply = _UNSEEN) -> Notification:
    name = (
        T("Summary of {day}", day=When(Span.on(told.day))) if told.digest.settings.thread else None
    )
    language = told.digest.settings.language
    return Notification(
        reply,
        told.key,
        ask_again(told.key),
        room=told.digest.room,
        language=language,
        thread=name,
    )
