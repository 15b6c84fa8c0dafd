"""What Discord does not take: tried again while that helps, then logged once; no write is lost."""

import asyncio

import pytest

from tests.discord.loopback.world import HISTORY, MANAGE_SERVER, SEND
from tests.discord.trial_commands import FILE
from tests.discord.wire.stage import CALLBACK, MESSAGE, Stage, first_line, noting

CUT = [{"why": "ServerDisconnectedError"}]


async def answers_still(stage: Stage) -> None:
    """Hold that the bot goes on as if nothing had been."""
    asked = await stage.reader.slash(stage.room, "status", {"place": "Pokrovsk"})
    assert first_line(await asked.answer()).startswith("Pokrovsk: ")


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_connection_cut_in_mid_answer_is_logged_once(
    live: Stage,
    arrived: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    """It comes as an error of aiohttp's, which was taken for a bug of the bot's own."""
    live.server.faults.cut(*CALLBACK, done=arrived)
    asked = await live.reader.slash(live.room, "about")
    assert await live.logs("undelivered") == CUT
    assert bool(asked.response) is arrived
    live.server.faults.cut(*MESSAGE, done=arrived)
    await live.reader.mention(live.room, "about")
    assert await live.logs("undelivered", 2) == CUT * 2
    assert len(live.room.messages) == 1 + arrived
    await answers_still(live)
    assert len(live.log("undelivered")) == 2


async def test_a_write_whose_answer_is_lost_is_written(live: Stage) -> None:
    chief = live.server.member(live.guild, "Manager One", permissions=MANAGE_SERVER)
    live.server.faults.cut(*CALLBACK)
    await chief.slash(live.room, "room", {"answers": "public"})
    assert await live.logs("undelivered") == CUT
    assert await live.public(live.room)


async def test_what_is_broken_or_limited_for_a_while_is_tried_again(live: Stage) -> None:
    faults, called = live.server.faults, live.server.called
    broken = faults.broken(502, *CALLBACK)
    broken_asked = await live.reader.slash(live.room, "about")
    await live.server.until(lambda: broken.hits, "the fault")
    faults.limited(*CALLBACK, retry_after=0.05)
    limited_asked = await live.reader.slash(live.room, "about")
    faults.broken(500, *MESSAGE, done=True)
    faults.limited(*MESSAGE, retry_after=0.05)
    faults.limited(*MESSAGE, retry_after=0.05, everywhere=True)
    answer = await live.reader.mention(live.room, "about")
    for call in (broken_asked, limited_asked):
        assert (await call.answer()).ephemeral
        assert call.took < 3
    statuses = [500, 429, 429, 200]
    await live.server.until(
        lambda: [call.status for call in called("POST", "/channels/")] == statuses, "the answer"
    )
    assert len([message for message in live.room.messages if message != answer.id]) == 1
    assert live.log("undelivered") == []


async def test_nobody_waits_past_three_seconds_without_a_line_in_the_log(stage: Stage) -> None:
    """The library tries a 502 again for 25 s, and whoever asked knew nothing after three."""
    who, reply = await noting(stage)
    stage.bot.commands = (*stage.bot.commands, *stage.slow())
    faults = stage.server.faults
    async with stage.running() as platform:
        answer = await (await stage.reader.slash(stage.room, "about")).answer()
        faults.limited(*CALLBACK, retry_after=30)
        faults.broken(502, *CALLBACK, times=9)
        await stage.reader.slash(stage.room, "about")
        await stage.reader.click(answer, answer.ids[0])
        await who.menu(reply, FILE)
        await stage.reader.slash(stage.room, "settle")
        began = asyncio.get_running_loop().time()
        assert await stage.logs("undelivered", 4) == [{"why": "TimeoutError"}] * 4
        assert asyncio.get_running_loop().time() - began < 4
        faults.clear()
        await platform.client.drain(0)
        assert platform.client.running  # what is still to be written is waited for
        stage.gate.set()
        await platform.client.drain(1)
        assert await stage.public(stage.room)
        await answers_still(stage)


@pytest.mark.parametrize("way", ["slash", "suggestions"])
async def test_what_comes_too_late_is_logged_without_a_name(live: Stage, way: str) -> None:
    """The library printed a traceback, with the ids of the server and of who was typing."""
    live.server.faults.held(0.1, *CALLBACK)
    if way == "slash":
        await live.reader.slash(live.room, "about")
    else:
        await live.reader.type(live.room, "status", {"place": "pokr"}, "place")
    await live.server.until(lambda: live.server.called("POST", "/interactions/"), "a response")
    live.server.clock.advance(4)
    assert await live.logs("undelivered") == [{"status": 404, "code": 10062}]
    assert str(live.reader.id) not in str(live.bot.logged)
    await answers_still(live)


@pytest.mark.parametrize(("denied", "code"), [(SEND, 50013), (HISTORY, 160002)])
async def test_a_missing_permission_is_logged_once(live: Stage, denied: int, code: int) -> None:
    live.server.deny(live.room, denied)
    await live.reader.mention(live.room, "about")
    assert await live.logs("undelivered") == [{"status": 403, "code": code}]
    await answers_still(live)


async def test_a_room_that_is_deleted_in_mid_answer_is_logged_once(stage: Stage) -> None:
    stage.bot.commands = (*stage.bot.commands, *stage.slow())
    gone = stage.server.channel(stage.guild, "gone")
    async with stage.running() as platform:
        await stage.reader.mention(gone, "settle")
        await stage.server.until(lambda: platform.client.running, "the question")
        await stage.server.delete_channel(gone)
        stage.gate.set()
        assert await stage.logs("undelivered") == [{"status": 404, "code": 10003}]
        assert await stage.public(gone)
        await answers_still(stage)


@pytest.mark.parametrize("status", [503, 429])
async def test_a_discord_in_trouble_is_logged_once(live: Stage, status: int) -> None:
    """A 429 from before Discord itself comes without a time to wait."""
    if status == 429:
        live.server.faults.limited(*MESSAGE, banned=True)
    else:
        live.server.faults.broken(status, *MESSAGE)
    await live.reader.mention(live.room, "about")
    assert await live.logs("undelivered") == [{"status": status, "code": 0}]
    await answers_still(live)
