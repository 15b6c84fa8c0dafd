"""What somebody is told in private unasked: said once, looked for, and put off with the reason."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.adapters.discord.channel_notifier import ChannelNotifier
from bot.notify.notice_delivery import NoticeDelivery
from store.workflow.notices import PendingNotice
from tests.discord.loopback import Message
from tests.discord.wire.stage import POSTED, Stage, first_line, labels

BEYOND_S = 1200
"""Seconds after which Discord no longer knows a message by its nonce."""


class Teller:
    """Tells a reader one thing on a running bot, by the server's clock."""

    def __init__(self, stage: Stage, poster: ChannelNotifier) -> None:
        self.stage, self.notices = stage, stage.bot.store.notice_queue
        dispatch, log = stage.bot.port().dispatch, stage.bot.log
        self.telling = NoticeDelivery(self.notices, dispatch, {"discord": poster}, self.now, log)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.stage.server.clock.now(), UTC)

    async def turn(self, after_s: float = 0) -> None:
        self.stage.server.clock.advance(after_s)
        await self.telling.due("discord")

    @property
    def seen(self) -> list[Message]:
        return list(self.stage.reader.talk.messages.values())


@pytest.fixture
async def teller(stage: Stage) -> AsyncIterator[Teller]:
    async with stage.running() as platform:
        teller = Teller(stage, ChannelNotifier(platform.client, patience_s=1))
        notice = PendingNotice("draft:1", "discord", str(stage.reader.id), "/help command:about")
        await teller.notices.tell(notice, teller.now())
        yield teller


async def test_it_comes_in_private_and_once_and_can_be_asked_again(teller: Teller) -> None:
    await teller.turn()
    await teller.turn(BEYOND_S)
    (message,) = teller.seen
    assert first_line(message).startswith("`/about`: ")
    assert labels(message)["As it stands now"] == "do:=/help command:about"
    assert teller.stage.room.messages == {}


@pytest.mark.parametrize("after_s", [120, BEYOND_S])
async def test_one_whose_receipt_was_lost_is_found_and_seen_once(
    teller: Teller, after_s: float
) -> None:
    """Beyond the minutes in which Discord knows a nonce, it was seen twice."""
    server = teller.stage.server
    server.faults.held(1.5, *POSTED)
    await teller.turn()
    assert teller.stage.log("notice put off") == [
        {"notice": "draft:1", "why": "Discord takes too long"}
    ]
    await server.until(lambda: teller.seen, "the message that took so long")
    await teller.turn(after_s)
    assert len(teller.seen) == 1
    assert len(server.called("POST", f"/channels/{teller.stage.reader.talk.id}/messages")) == 1
    assert await teller.notices.due("discord", teller.now()) == ()


async def test_who_takes_no_messages_is_tried_again_and_the_log_says_why(teller: Teller) -> None:
    user = teller.stage.server.world.users[teller.stage.reader.id]
    user.closed = True
    await teller.turn()
    assert teller.stage.log("notice put off") == [
        {"notice": "draft:1", "why": "Cannot send messages to this user"}
    ]
    user.closed = False
    await teller.turn(BEYOND_S)
    assert len(teller.seen) == 1
