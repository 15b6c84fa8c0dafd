"""What the bot says unasked, on the stage: its schedule, run by the clock of the tests' Discord."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.adapters.discord.channel_notifier import ChannelNotifier
from bot.notify.scheduler import Schedule
from store.model.digest import DeliveryState, DigestSettings
from store.model.revision import Act, Person
from tests.discord.loopback import Channel, Message
from tests.discord.wire.stage import Stage
from tests.fakes import ZONE
from tests.store.conftest import addition, an_entry

EIGHT = time(8)


class Office:
    """The schedule of a running bot, by the server's clock."""

    def __init__(self, stage: Stage, client: Any) -> None:
        self.stage, self.server, self.store = stage, stage.server, stage.bot.store
        dispatch = stage.bot.port().dispatch
        self.poster = ChannelNotifier(client, patience_s=1)
        platforms = {"discord": self.poster}
        self.schedule = Schedule(self.store, dispatch, platforms, self.now, stage.bot.log)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.server.clock.now(), UTC)

    async def turn(self, **later: float) -> None:
        """Let time pass. What the library tries again by itself, it does within seconds."""
        if under_way := set(self.poster._running):
            await asyncio.wait(under_way, timeout=8)
        self.server.clock.advance(timedelta(**later).total_seconds())
        self.stage.bot.now = self.now()
        await self.schedule.turn()

    async def add(self, room: Channel, *, thread: bool = False) -> int:
        wish = DigestSettings(EIGHT, str(ZONE), thread=thread)
        act = self.act(f"add:{room.id}", "digest")
        done = await self.store.digests.add(act, "discord", str(room.id), wish)
        assert isinstance(done.after, dict)
        return int(str(done.after["digest"])[2:])

    async def file(self, text: str) -> None:
        await self.store.history.write(self.act(f"file:{text}"), addition(an_entry(text=text)))

    def act(self, key: str, name: str = "file") -> Act:
        return Act(key, name, Person("discord", "7", "Manager"), self.now(), "To see it.")

    async def morning(self) -> None:
        """Let it become eight o'clock, and tell what is due."""
        there = self.now().astimezone(ZONE)
        day = there.date() + timedelta(days=there.time() >= EIGHT)
        due = datetime.combine(day, EIGHT, ZONE)
        await self.turn(seconds=(due - there).total_seconds() + 1)

    @property
    def today(self) -> date:
        return self.now().astimezone(ZONE).date()

    async def state(self, number: int = 1) -> DeliveryState | None:
        delivery = await self.store.digest_deliveries.get(number, self.today)
        return None if delivery is None else delivery.state

    def own(self, room: Channel) -> list[Message]:
        return [
            message for message in room.messages.values() if message.author is self.server.world.bot
        ]
