"""A room's daily summary and a person's news, as they come in a client on a real homeserver."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.adapters.matrix.matrix_platform import MatrixPlatform
from store.workflow.watches import Watcher
from tests.matrix.between import Between, refusal
from tests.matrix.desk import MatrixBot, Room, hear_out
from tests.matrix.morning import (
    KEPT,
    MORNING,
    is_post,
    lose_receipt,
    running_room,
    set_up,
    states,
    summaries,
)
from tests.matrix.people import Somebody
from tests.matrix.rooms import members, until
from tests.store.conftest import POKROVSK, addition, an_act, an_entry


@pytest.fixture
async def between(bot: MatrixBot) -> AsyncIterator[Between]:
    """A proxy through which the bot of this test reaches its homeserver."""
    async with Between(bot.server.url) as between:
        bot.address = between.url
        yield between


async def test_a_manager_sets_it_up_and_the_room_is_told_once(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with bot.running() as platform:
        room = await running_room(bot, anna, boris)
        await set_up(room)
        await bot.schedule(platform).turn()
        await bot.schedule(platform).turn()
        (told,) = await summaries(boris, bot, room.id)
        assert told["msgtype"] == "m.notice"
        assert told["m.mentions"] == {}
        assert "<strong>" in told["formatted_body"]
        assert "→ As it stands now: !digest of:T-1-20251108" in told["body"]
        assert await states(bot.store) == [("told", False)]


async def test_who_does_not_manage_the_room_sets_up_nothing(room: Room, boris: Somebody) -> None:
    answer = await boris.ask(room.id, "!digests add")
    assert answer["body"].startswith("Only managers can change that here.")
    assert await room.bot.store.digests.of("matrix", room.id) == ()


async def test_said_again_after_a_lost_receipt_and_a_restart_it_is_one_message(
    bot: MatrixBot, anna: Somebody, boris: Somebody, between: Between
) -> None:
    room = await lose_receipt(bot, anna, boris, between)
    bot.now += timedelta(minutes=5)
    async with bot.running() as platform:
        await bot.schedule(platform).turn()
        assert (
            len([request for request in between.asked if "/m.room.message/post-" in request]) == 2
        )
        assert len(await summaries(boris, bot, room.id)) == 1
        assert await states(bot.store) == [("told", False)]


async def test_where_it_is_to_be_asked_less_it_surely_was_not_said_and_is_told_later(
    bot: MatrixBot, anna: Somebody, boris: Somebody, between: Between
) -> None:
    """It was taken for one that may have gone out, and held up the days after it."""
    async with bot.running() as platform:
        room = await running_room(bot, anna, boris)
        await set_up(room)
        between.before = lambda request: (
            refusal(429, "M_LIMIT_EXCEEDED") if is_post(request) else None
        )
        await bot.schedule(platform).turn()
        assert await states(bot.store) == [("claimed", False)]
        between.before = lambda _: None
        bot.now += timedelta(minutes=5)
        await bot.schedule(platform).turn()
        assert len(await summaries(boris, bot, room.id)) == 1


async def test_a_room_that_it_was_kicked_from_is_put_off_and_told_once_it_is_back(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with bot.running() as platform:
        room = await running_room(bot, anna, boris)
        await set_up(room)
        await anna.call("POST", "rooms", room.id, "kick", user_id=bot.id)
        await bot.schedule(platform).turn()
        assert await states(bot.store) == [("claimed", False)]
        assert "summary put off" in [line["event"] for line in bot.logged]
        await anna.invite(room.id, bot.id)

        async def back() -> bool:
            return bot.id in await members(anna, room.id)

        await until(back)
        await anna.ask(room.id, "!about")
        bot.now += timedelta(minutes=5)
        await bot.schedule(platform).turn()
        assert len(await summaries(boris, bot, room.id)) == 1


async def test_news_of_a_watched_place_comes_to_a_person_in_private_and_once(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with bot.running() as platform:
        room = await running_room(bot, anna, boris)
        await boris.say(room.id, "!watch add Pokrovsk")
        private = await boris.invited()
        await boris.join(private)
        await boris.next_from(private, bot.id)
        await bot.store.history.write(an_act("new"), addition(an_entry(text=KEPT)))
        bot.now = MORNING
        await bot.schedule(platform).turn()
        await bot.schedule(platform).turn()
        (news,) = await summaries(boris, bot, private)
        assert news["body"].startswith("Pokrovsk")
        assert await summaries(anna, bot, room.id) == []


async def watching(bot: MatrixBot, anna: Somebody, boris: Somebody) -> tuple[Room, str]:
    """Have boris watch a place; return the room where he asked and the private one he got."""
    room = await running_room(bot, anna, boris)
    await boris.say(room.id, "!watch add Pokrovsk")
    return room, await boris.invited()


async def news_comes(bot: MatrixBot, platform: MatrixPlatform) -> None:
    """Write something about the place, and let the time pass in which news is gathered."""
    await bot.store.history.write(an_act("new"), addition(an_entry(text=KEPT)))
    bot.now = MORNING
    await bot.schedule(platform).turn()


@pytest.mark.parametrize("how", ["left", "declined", "had it leave"])
async def test_who_closes_the_private_room_is_told_no_more_and_not_invited_again(
    bot: MatrixBot, anna: Somebody, boris: Somebody, how: str
) -> None:
    """Each bit of news made another room, and invited them into it."""
    async with bot.running() as platform:
        _, private = await watching(bot, anna, boris)
        if how != "declined":
            await boris.join(private)
            await boris.next_from(private, bot.id)
        if how == "had it leave":
            await boris.say(private, "leave")
            await boris.wait(
                lambda event: (
                    event.get("state_key") == bot.id
                    and event["room_id"] == private
                    and event["content"]["membership"] == "leave"
                )
            )
        else:
            await boris.call("POST", "rooms", private, "leave")

        async def noticed() -> bool:
            scene = platform.posting._context()
            assert scene is not None
            return private not in scene.rooms or how in {"left", "declined"}

        await until(noticed)
        boris.invites.clear()
        await news_comes(bot, platform)
        await boris.read(500)
        assert boris.invites == set()
        assert await bot.store.watches.of(Watcher("matrix", "", boris.id)) == ()
        *_, ended = await bot.store.history.of("people")
        assert ended.why.startswith("They cannot be told: they left the private room")


async def test_who_asks_again_after_leaving_is_told_again(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with bot.running() as platform:
        room, private = await watching(bot, anna, boris)
        await boris.join(private)
        await boris.call("POST", "rooms", private, "leave")
        boris.invites.clear()
        await boris.say(room.id, "!watch list")
        again = await boris.invited()
        assert again != private
        await boris.join(again)
        await news_comes(bot, platform)
        (news,) = await summaries(boris, bot, again)
        assert news["body"].startswith("Pokrovsk")


async def test_an_upgraded_room_takes_its_summaries_and_watches_along(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """They stayed with the old room, where nobody may write any more."""
    store = bot.store
    async with bot.running() as platform:
        room = await running_room(bot, anna, boris)
        await set_up(room)
        await store.watches.add(an_act("w", "watch"), Watcher("matrix", room.id), POKROVSK)
        new_room = await anna.call("POST", "rooms", room.id, "upgrade", new_version="12")
        new = new_room["replacement_room"]
        await anna.invite(new, bot.id)

        async def moved() -> bool:
            return bool(await store.digests.of("matrix", new))

        await until(moved)
        assert await store.digests.of("matrix", room.id) == ()
        assert len(await store.watches.of(Watcher("matrix", new))) == 1
        await hear_out(anna, bot, new)  # once it knows the room; until then a summary is put off
        await bot.schedule(platform).turn()
        assert len(await summaries(anna, bot, new)) == 1
