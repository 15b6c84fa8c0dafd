"""News of watched places, gathered for some minutes, told to a person or a room."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from bot.dispatch import Dispatch, Log, Outcome
from bot.notify.digest_answer import answer_digest, ask_again, put_off_for
from bot.notify.end_room import end_room
from bot.platform import Notification, Notifier, Undeliverable
from commands.kit.reply import Tone
from store import Store
from store.model.refusals import Refusal
from store.model.revision import Act, Person
from store.workflow.watches import Watch

_GATHERED = timedelta(minutes=5)
_MOST_TRIES = 8


class NewsDelivery(Struct, frozen=True):
    """Tells whoever watches a place what was written about it."""

    store: Store
    dispatch: Dispatch
    platforms: Mapping[str, Notifier]
    clock: Callable[[], datetime]
    log: Log

    async def due(self) -> tuple[Watch, ...]:
        """Return the watches of which there is something to tell by now."""
        now = self.clock()
        return await self.store.watches.claim(now - _GATHERED, now)

    async def tell(self, watch: Watch) -> None:
        """Tell what was claimed; what may have gone out already is looked for first."""
        watcher, watches = watch.watcher, self.store.watches
        posting = self.platforms.get(watcher.platform)
        if posting is None or not posting.ready:
            return
        answer = await answer_digest(self.dispatch, watcher.platform, watcher.room, watch.key)
        if answer.outcome is not Outcome.ANSWERED:
            await self._put_off(watch, Undeliverable("it could not be made", unsure=True))
            return
        post = Notification(
            answer.reply, watch.key, ask_again(watch.key), room=watcher.room, person=watcher.person
        )
        try:
            sent = watch.tried_at and await posting.find(post, watch.tried_at)
            if not sent and answer.reply.tone is not Tone.NOTHING:
                if not await watches.begin(watch, self.clock()):
                    return
                await posting.post(post)
        except Undeliverable as problem:
            await self._undelivered(watch, problem)
        else:
            await watches.settle(watch)

    async def _undelivered(self, watch: Watch, problem: Undeliverable) -> None:
        """End the watches of a person who cannot be told, and of a room that was deleted.

        Another room is tried again and again.
        """
        place = (watch.watcher.platform, watch.watcher.room, watch.key)
        if watch.watcher.room and await end_room(
            self.store, self.log, place, problem, self.clock()
        ):
            return
        if watch.watcher.person and (problem.gone or watch.tries + 1 >= _MOST_TRIES):
            nobody = Person(watch.watcher.platform, "schedule", "Schedule")
            key = f"end:{watch.key}"
            act = Act(key, "watch", nobody, self.clock(), f"They cannot be told: {problem}.")
            try:
                await self.store.watches.end(act, watch.watcher)
            except Refusal:
                pass
            else:
                self.log("watches ended", platform=watch.watcher.platform, why=str(problem))
                return
        await self._put_off(watch, problem)

    async def _put_off(self, watch: Watch, problem: Undeliverable) -> None:
        until = self.clock() + put_off_for(watch.tries, problem.wait_s)
        await self.store.watches.put_off(watch, until, absent=not problem.unsure)
        platform = watch.watcher.platform
        self.log("news put off", platform=platform, news=watch.key, why=str(problem))
