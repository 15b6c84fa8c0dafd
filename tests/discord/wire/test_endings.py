"""What a channel was told ends with it, and whoever set it up is told."""

import asyncio
from typing import Any

import pytest

from bot.notify.notice_delivery import NoticeDelivery
from store.workflow.watches import Watcher
from tests.discord.loopback import Channel, Member
from tests.discord.loopback.world import MANAGE_SERVER, PUBLIC_THREAD, VIEW
from tests.discord.wire.office import Office
from tests.discord.wire.stage import first_line, labels, plain
from tests.patience import PATIENCE_S

ENDED = "The channel or room was deleted, so what you had set up there ended."


@pytest.fixture
async def manager(office: Office) -> Member:
    return office.server.member(office.stage.guild, "Manager", permissions=MANAGE_SERVER)


async def read_notices(office: Office, who: Member) -> list[str]:
    """Let the notices go out, and return what somebody reads of them."""
    stage, notices = office.stage, office.store.notice_queue
    dispatch = stage.bot.port().dispatch
    telling = NoticeDelivery(
        notices, dispatch, {"discord": office.poster}, office.now, stage.bot.log
    )
    await telling.due("discord")
    return [plain(message) for message in office.own(who.talk)]


async def set_up(who: Member, room: Channel) -> None:
    """Have a room told of all every morning, and of Pokrovsk when there is news."""
    given = {"time": "8", "sure": "yes"}
    answer = await (await who.slash(room, "digests add", given)).answer()
    assert first_line(answer).startswith("Daily summary set up here")
    given = {"place": "Pokrovsk", "here": "yes"}
    answer = await (await who.slash(room, "watch add", given)).answer()
    assert first_line(answer) == "Pokrovsk: news will come here"


@pytest.mark.parametrize("due", ["summary", "news"])
async def test_what_a_deleted_channel_was_told_ends_and_its_maker_hears_of_it(
    office: Office, manager: Member, due: str
) -> None:
    """It was put off for ever, and could be removed from nowhere else."""
    room = office.server.channel(office.stage.guild, "gone")
    await set_up(manager, room)
    await office.server.delete_channel(room)
    await office.file("An event.")
    await (office.morning() if due == "summary" else office.turn(minutes=6))
    assert await office.store.digests.of("discord", str(room.id)) == ()
    assert await office.store.watches.of(Watcher("discord", str(room.id))) == ()
    (line,) = office.stage.log("room ended")
    assert line["room"] == str(room.id)
    assert office.stage.log("summary put off") == office.stage.log("news put off") == []
    (notice,) = await read_notices(office, manager)
    assert notice.split("\n")[0] == ENDED
    assert "T-1: 08:00 Europe/Kyiv" in notice
    assert "News of Pokrovsk" in notice
    await office.morning()
    assert await read_notices(office, manager) == [notice]
    assert len(office.stage.log("room ended")) == 1


async def test_it_ends_when_the_channel_is_deleted_not_only_when_it_is_next_due(
    office: Office, manager: Member
) -> None:
    """For a day its maker was told nothing, and /digests add said that it was set up still."""
    office.stage.bot.ends_rooms = True
    room, other = (office.server.channel(office.stage.guild, name) for name in ("gone", "stays"))
    for channel in (room, other):
        await set_up(manager, channel)
    await office.server.delete_channel(room)
    async with asyncio.timeout(PATIENCE_S):
        while not office.stage.log("room ended"):  # noqa: ASYNC110 -- nothing tells it
            await asyncio.sleep(0.01)
    assert await office.store.digests.of("discord", str(room.id)) == ()
    assert await office.store.watches.of(Watcher("discord", str(room.id))) == ()
    assert len(await office.store.digests.of("discord", str(other.id))) == 1
    (notice,) = await read_notices(office, manager)
    assert notice.split("\n")[0] == ENDED


async def test_each_maker_hears_of_their_own_and_nobody_else_can_ask(
    office: Office, manager: Member
) -> None:
    second = office.server.member(office.stage.guild, "Second", permissions=MANAGE_SERVER)
    room = office.server.channel(office.stage.guild, "gone")
    await set_up(manager, room)
    given = {"place": "Myrnohrad", "here": "yes"}
    await (await second.slash(room, "watch add", given)).answer()
    await office.server.delete_channel(room)
    await office.morning()
    (first,), (other,) = await read_notices(office, manager), await read_notices(office, second)
    assert "Myrnohrad" not in first
    assert "News of Myrnohrad" in other
    assert "T-1" not in other
    reader = office.stage.reader
    line = f"digests list gone:{room.id}"
    refused = await office.server.said(reader.talk, await reader.dm(line))
    assert first_line(refused) == "You had nothing set up there."


async def test_a_deleted_thread_ends_what_it_was_told(office: Office) -> None:
    thread = office.server.world.thread(office.stage.room, "Talk", PUBLIC_THREAD)
    await office.add(thread)
    await office.server.delete_channel(thread)
    await office.morning()
    assert await office.store.digests.of("discord", str(thread.id)) == ()


async def test_a_server_that_shuts_the_bot_out_is_waited_for(office: Office) -> None:
    """It may be invited again; nothing that was set up there is lost."""
    await office.add(office.stage.room)
    await office.server.kick(office.stage.guild)
    await office.morning()
    assert len(await office.store.digests.of("discord", str(office.stage.room.id))) == 1
    assert office.stage.log("room ended") == []


async def test_who_manages_the_server_lists_and_ends_what_all_its_rooms_are_told(
    office: Office, manager: Member
) -> None:
    """It could be seen and stopped in its own room alone."""
    room = office.server.channel(office.stage.guild, "news")
    await set_up(manager, room)
    here = office.stage.room
    listed = await (await manager.slash(here, "digests list")).answer()
    assert first_line(listed) == "1 daily summary"
    assert "Elsewhere on this server\n" in plain(listed)
    assert "T-1 · #news: 08:00 Europe/Kyiv · all places" in plain(listed)
    stopped = await (await manager.click(listed, labels(listed)["Stop T-1"])).answer()
    assert first_line(stopped).startswith("Stopped: T-1")
    listed = await (await manager.slash(here, "watch list")).answer()
    assert "Pokrovsk · #news" in plain(listed)
    stop = labels(listed)["Stop watching Pokrovsk in #news"]
    stopped = await (await manager.click(listed, stop)).answer()
    assert first_line(stopped) == "Pokrovsk: no more news"
    assert await office.store.digests.of("discord", str(room.id)) == ()
    assert await office.store.watches.of(Watcher("discord", str(room.id))) == ()
    assert first_line(await (await manager.slash(here, "digests list")).answer()).startswith(
        "No daily summary here"
    )


async def test_a_room_that_they_do_not_see_is_not_named(office: Office, manager: Member) -> None:
    room = office.server.channel(office.stage.guild, "secret")
    await set_up(manager, room)
    office.server.deny(room, VIEW, manager.user)
    await office.server.until(lambda: _is_hidden(office, manager, room), "the bot to know")
    listed = await (await manager.slash(office.stage.room, "digests list")).answer()
    assert "T-1 · a channel that you cannot see: 08:00" in plain(listed)
    assert "secret" not in plain(listed)


def _is_hidden(office: Office, who: Member, room: Channel) -> bool:
    channel: Any = office.poster._client.get_channel(room.id)
    return any(
        override.view_channel is False
        for key, override in channel.overwrites.items()
        if key.id == who.id
    )


async def test_nobody_else_lists_or_ends_what_other_rooms_are_told(
    office: Office, manager: Member
) -> None:
    foreign = office.server.guild("Foreign")
    theirs = office.server.channel(foreign, "general")
    stranger = office.server.member(foreign, "Stranger", permissions=MANAGE_SERVER)
    reader, here = office.stage.reader, office.stage.room
    await set_up(manager, here)
    for who, where in (
        (reader, office.server.channel(office.stage.guild, "a")),
        (stranger, theirs),
    ):
        listed = await (await who.slash(where, "digests list")).answer()
        assert first_line(listed).startswith("No daily summary here")
        listed = await (await who.slash(where, "watch list")).answer()
        assert first_line(listed).startswith("No watched places yet")
        refused = await (await who.slash(where, "digests remove", {"ref": "T-1"})).answer()
        assert "Stopped" not in plain(refused)
        asked = await who.mention(where, f"watch remove place:Pokrovsk room:{here.id}")
        await office.server.said(where, asked)
    assert len(await office.store.digests.of("discord", str(here.id))) == 1
    assert len(await office.store.watches.of(Watcher("discord", str(here.id)))) == 1
