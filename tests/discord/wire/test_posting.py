"""What the bot says unasked, over real sockets: posted, published, put off, found again."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from time import monotonic
from typing import Any

import pytest

from store.model.digest import DeliveryState
from store.workflow.watches import Watcher
from tests.discord.loopback import Channel, Loopback
from tests.discord.loopback.world import (
    FORUM,
    HISTORY,
    MANAGE_SERVER,
    NEWS,
    PUBLIC_THREAD,
    SEND,
    VIEW,
)
from tests.discord.wire.office import Office
from tests.discord.wire.stage import POSTED, first_line, labels, plain
from tests.store.conftest import POKROVSK

PUBLISHED = ("POST", r"/channels/\d+/messages/\d+/crosspost")


async def test_a_room_sets_it_up_by_command_and_press_and_is_told_in_the_morning(
    office: Office,
) -> None:
    server, room = office.server, office.stage.room
    manager = server.member(office.stage.guild, "Manager", permissions=MANAGE_SERVER)
    office.stage.bot.now = office.now()
    looked = await (await manager.slash(room, "digests add", {"time": "8"})).answer()
    assert looked.ephemeral
    assert first_line(looked) == "Nothing is set up yet · 08:00 Europe/Kyiv · all places"
    started = await (await manager.click(looked, labels(looked)["Start it"])).answer()
    assert first_line(started).startswith("Daily summary set up here")
    await office.file("Told in the morning.")
    await office.morning()
    (message,) = office.own(room)
    assert "Told in the morning." in plain(message)
    (call,) = server.called("POST", f"/channels/{room.id}/messages")
    assert call.body["enforce_nonce"] is True
    assert len(call.body["nonce"]) == 25
    again = labels(message)["As it stands now"]
    assert again.endswith(f"of:T-1-{office.today:%Y%m%d}")
    seen = await (await office.stage.reader.click(message, again)).answer()
    assert seen.ephemeral
    assert "Told in the morning." in plain(seen)
    assert len(office.own(room)) == 1


async def test_an_announcement_is_published_and_a_limit_puts_only_that_off(office: Office) -> None:
    room = office.server.channel(office.stage.guild, "news", NEWS)
    await office.add(room)
    limited = office.server.faults.limited(*PUBLISHED, times=9, retry_after=3)
    await office.morning()
    (message,) = office.own(room)
    assert await office.state() is DeliveryState.TOLD
    assert not message.crossposted
    assert limited.hits
    office.server.faults.clear()
    await office.turn(minutes=30)
    await office.turn(hours=1)
    assert message.crossposted
    assert len(office.own(room)) == 1


async def test_what_was_published_by_hand_is_no_failure(office: Office) -> None:
    room = office.server.channel(office.stage.guild, "news", NEWS)
    await office.add(room)
    office.server.faults.limited(*PUBLISHED, times=9, retry_after=3)
    await office.morning()
    office.own(room)[0].crossposted = True
    office.server.faults.clear()
    await office.turn(minutes=30)
    assert await office.store.digest_deliveries.to_publish(office.now()) == ()


@pytest.mark.parametrize(
    ("taken", "why"),
    [
        (SEND, "the bot lacks send messages"),
        (HISTORY, "the bot lacks read message history"),
        (VIEW, "the bot lacks view channel"),
    ],
)
async def test_a_permission_that_is_lost_is_said_and_once_regained_nothing_is_missing(
    office: Office, taken: int, why: str
) -> None:
    room = office.stage.room
    await office.add(room)
    await office.file("Held back.")
    office.server.deny(room, taken)
    await office.server.until(lambda: _knows_of_loss(office, room, taken), "the bot to know")
    await office.morning()
    assert office.own(room) == []
    told = await office.store.digest_deliveries.get(1, office.today)
    assert told is not None
    assert why in told.why
    room.denied.clear()
    office.server.deny(room, 0)
    await office.server.until(lambda: not _knows_of_loss(office, room, taken), "the bot to know")
    await office.turn(minutes=3)
    (message,) = office.own(room)
    assert "Held back." in plain(message)


def _knows_of_loss(office: Office, room: Channel, taken: int) -> bool:
    """Tell whether the bot knows that it may not do something in a room."""
    channel: Any = office.poster._client.get_channel(room.id)
    return not channel.permissions_for(channel.guild.me).value & taken


async def test_a_room_that_is_gone_holds_up_no_other(office: Office) -> None:
    gone = office.server.channel(office.stage.guild, "gone")
    await office.add(gone)
    await office.add(office.stage.room)
    await office.server.delete_channel(gone)
    await office.morning()
    assert len(office.own(office.stage.room)) == 1
    assert await office.state() is DeliveryState.DROPPED
    assert await office.state(2) is DeliveryState.TOLD


CUTS: dict[str, Callable[[Loopback], Any]] = {
    "cut after it was done": lambda s: s.faults.cut(*POSTED, done=True),
    "cut before": lambda s: s.faults.cut(*POSTED),
    "broken after it was done": lambda s: s.faults.broken(502, *POSTED, done=True),
    "limited": lambda s: s.faults.limited(*POSTED, times=2),
    "limited for a while": lambda s: s.faults.limited(*POSTED, times=1, retry_after=2),
}


@pytest.mark.parametrize("name", CUTS)
async def test_whatever_becomes_of_the_request_the_room_sees_one_message(
    office: Office, name: str
) -> None:
    await office.add(office.stage.room)
    CUTS[name](office.server)
    await office.morning()
    await office.turn(minutes=10)
    assert len(office.own(office.stage.room)) == 1
    await office.turn(minutes=20)
    assert len(office.own(office.stage.room)) == 1
    assert await office.state() is DeliveryState.TOLD


async def test_it_is_found_among_what_others_wrote(office: Office) -> None:
    """A receipt was lost, and hundreds of messages came before the bot was back."""
    room = office.stage.room
    await office.add(room)
    office.server.faults.held(1.5, *POSTED, times=1)
    await office.morning()
    for number in range(250):
        await office.stage.reader.say(room, f"Chatter {number}.")
    await office.server.until(lambda: office.own(room), "the post that took so long")
    await office.turn(minutes=10)
    assert len(office.own(room)) == 1
    assert await office.state() is DeliveryState.TOLD


async def test_a_thread_of_its_own_is_opened_on_the_message(office: Office) -> None:
    room = office.stage.room
    await office.add(room, thread=True)
    await office.morning()
    (message,) = office.own(room)
    thread = office.server.world.channels[message.id]
    assert (thread.parent, thread.name) == (room, f"Summary of {_day_text(office.today)}")


async def test_where_no_thread_may_be_opened_the_message_stands_alone(office: Office) -> None:
    room = office.stage.room
    await office.add(room, thread=True)
    office.server.deny(room, 1 << 35)
    await office.morning()
    assert len(office.own(room)) == 1
    assert office.stage.log("no thread") == [{"status": 403, "code": 50013}]


async def test_in_a_forum_each_is_a_post_of_its_own_and_found_again(office: Office) -> None:
    forum = office.server.channel(office.stage.guild, "forum", FORUM)
    first = office.server.world.thread(forum, "A post", PUBLIC_THREAD)
    await office.add(first, thread=True)
    office.server.faults.held(1.5, "POST", rf"/channels/{forum.id}/threads", times=1)
    await office.morning()
    await office.server.until(lambda: _posts(office, forum) or None, "the post", 5)
    await office.turn(minutes=10)
    (post,) = _posts(office, forum)
    assert post.name == f"Summary of {_day_text(office.today)}"
    assert first.messages == {}
    assert await office.state() is DeliveryState.TOLD


def _posts(office: Office, forum: Channel) -> list[Channel]:
    every = office.server.world.channels.values()
    return [thread for thread in every if thread.parent is forum and thread.messages]


def _day_text(day: date) -> str:
    return f"{day:%-d %b %Y}"


async def test_a_person_is_told_alone_and_a_closed_door_ends_it(office: Office) -> None:
    reader = office.stage.reader
    alone = Watcher("discord", "", str(reader.id))
    await office.store.watches.add(office.act("watch", "watch"), alone, POKROVSK)
    await office.file("An event.")
    await office.turn(minutes=6)
    (message,) = office.own(reader.talk)
    assert first_line(message) == "Pokrovsk: 1 change"
    reader.user.closed = True
    await office.file("Another.")
    await office.turn(minutes=6)
    assert await office.store.watches.of(alone) == ()
    assert len(office.own(reader.talk)) == 1


@asynccontextmanager
async def _many(office: Office, count: int) -> AsyncIterator[list[Channel]]:
    rooms = [office.server.channel(office.stage.guild, f"room-{n}") for n in range(count)]
    for room in rooms:
        await office.add(room)
    yield rooms


async def _all_told(office: Office, count: int) -> float:
    """Tell so many rooms at one minute, some of them limited; return the seconds it took."""
    async with _many(office, count) as rooms:
        known = office.poster._client.get_channel
        await office.server.until(lambda: all(known(r.id) for r in rooms), "all rooms", 60)
        bucket = office.server.faults.bucket(*POSTED, limit=50, per=1)
        office.server.faults.limited(*POSTED, times=count // 20, retry_after=0.2)
        began = monotonic()
        await office.morning()
        took = monotonic() - began
        for _ in range(5):
            await office.turn(minutes=5)
        assert [len(office.own(room)) for room in rooms] == [1] * count
        posts = [call for call in office.server.calls if call.path.endswith("/messages")]
        over = [post for post in posts if post.status == 429]
        assert len(over) == count // 20, "more than Discord allows in a second"
        assert bucket.used
        return took


async def test_many_rooms_at_the_same_minute_are_told_within_the_limits(office: Office) -> None:
    await _all_told(office, 40)


@pytest.mark.soak
async def test_a_thousand_rooms_at_the_same_minute_are_told_within_the_limits(
    office: Office,
) -> None:
    seconds = await _all_told(office, 1000)
    print(f"1,000 rooms at the same minute, 50 of them limited: {seconds:.0f} s")  # noqa: T201
