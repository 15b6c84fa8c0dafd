"""The tests' own Discord, proven with a small bot and nothing of the program."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
import pytest

from tests.discord.loopback import Channel, Guild, Loopback, Member
from tests.discord.loopback.example import bot_class
from tests.discord.loopback.world import EVERYONE, MANAGE_SERVER, NEWS, SEND


@dataclass
class ExampleStage:
    """A server with a room and a reader, and the bot, connected."""

    server: Loopback
    guild: Guild
    room: Channel
    reader: Member
    bot: Any


@pytest.fixture
async def stage() -> AsyncIterator[ExampleStage]:
    async with Loopback() as server:
        guild = server.guild("Home")
        room, reader = server.channel(guild, "general"), server.member(guild, "Reader One")
        bot = bot_class(discord.Client)()
        async with server.running(bot):
            yield ExampleStage(server, guild, room, reader, bot)
        assert server.violations == []


async def test_a_client_logs_in_and_declares_its_commands(stage: ExampleStage) -> None:
    server = stage.server
    assert [command["name"] for command in server.world.commands[None]] == [
        "echo",
        "later",
        "note",
        "pick",
        "choose",
        "Greet",
        "Quote",
    ]
    await stage.bot.wait_until_ready()
    assert stage.bot.get_channel(stage.room.id).name == "general"
    assert server.hub.identified[0]["token"] == server.token
    assert server.hub.heartbeats > 0
    await stage.bot.change_presence(activity=discord.CustomActivity(name="As of today"))
    shown = await server.until(lambda: server.hub.presences, "a presence")
    assert shown[0]["activities"][0]["state"] == "As of today"


async def test_a_slash_command_is_answered_with_a_layout(stage: ExampleStage) -> None:
    asked = await stage.reader.slash(stage.room, "echo", {"text": "Pokrovsk"})
    message = await asked.answer()
    assert (message.text, message.ids, message.ephemeral) == ("Pokrovsk", ["press:1"], False)
    assert 0 < asked.took < 3
    assert stage.room.messages[message.id] is message


async def test_suggestions_arrive(stage: ExampleStage) -> None:
    choices = await stage.reader.autocomplete(stage.room, "echo", {"text": "Po"}, "text")
    assert len(choices) == 25
    assert choices[0] == {"name": "Po 0", "value": "Po-0"}


async def test_a_button_changes_its_message_also_for_a_bot_that_started_anew(
    stage: ExampleStage,
) -> None:
    asked = await stage.reader.slash(stage.room, "echo", {"text": "Pokrovsk"})
    message = await asked.answer()
    pressed = await stage.reader.click(message, "press:1")
    assert (await pressed.answer()).ids == ["press:2"]
    await stage.bot.close()
    async with stage.server.running(bot_class(discord.Client)()):
        pressed = await stage.reader.click(message, "press:2")
        assert (await pressed.answer()).ids == ["press:3"]


async def test_a_form_is_filled_in(stage: ExampleStage) -> None:
    form = await (await stage.reader.slash(stage.room, "note")).form()
    assert (form.title, list(form.fields)) == ("A note", ["body", "kind"])
    with pytest.raises(AssertionError, match="Not offered"):
        await stage.reader.submit(form, {"body": "x", "kind": ["Gossip"]})
    sent = await stage.reader.submit(form, {"body": "A bridge", "kind": ["Rumour"]})
    message = await sent.answer()
    assert (message.text, message.ephemeral) == ("Rumour: A bridge", True)
    assert message.id not in stage.room.messages


async def test_a_context_menu_is_given_the_message(stage: ExampleStage) -> None:
    message = await stage.reader.say(stage.room, "a bridge is down")
    asked = await stage.reader.menu(message, "Quote")
    assert (await asked.answer()).text == "> a bridge is down"


async def test_a_mention_is_heard_and_other_talk_has_no_words(stage: ExampleStage) -> None:
    await stage.reader.say(stage.room, "good morning")
    asked = await stage.reader.mention(stage.room, "status")
    answer = await stage.server.said(stage.room, asked)
    assert answer.text == "heard @Sitrep status"
    assert answer.payload["message_reference"]["message_id"] == str(asked.id)
    assert stage.bot.seen == [""]


async def test_a_direct_message_is_heard(stage: ExampleStage) -> None:
    asked = await stage.reader.dm("status")
    assert (await stage.server.said(stage.reader.talk, asked)).text == "heard status"
    user = await stage.bot.fetch_user(stage.reader.id)
    await user.send("news")
    stage.reader.user.closed = True
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("more news")
    assert refused.value.code == 50007


async def test_an_answer_can_come_later_and_be_followed_up(stage: ExampleStage) -> None:
    asked = await stage.reader.slash(stage.room, "later")
    assert (await asked.answer()).text == "filled"
    assert (await asked.followup()).text == "followed"
    assert asked.response == 5
    assert stage.room.messages == {}


async def test_what_is_refused_for_a_while_is_tried_again(stage: ExampleStage) -> None:
    faults = stage.server.faults
    limited = faults.limited("POST", r"/interactions/.*", retry_after=0.05)
    asked = await stage.reader.slash(stage.room, "echo", {"text": "once"})
    assert (await asked.answer()).text == "once"
    broken = faults.broken(502, "POST", r"/channels/.*")
    everywhere = faults.limited("POST", r"/channels/.*", retry_after=0.05, everywhere=True)
    await stage.bot.get_channel(stage.room.id).send("twice")
    assert (limited.hits, everywhere.hits, broken.hits) == (1, 1, 1)
    assert [call.status for call in stage.server.called("POST", "/channels/")] == [502, 429, 200]
    assert [message.text for message in stage.room.messages.values()] == ["once", "twice"]


async def test_an_answer_that_was_lost_is_not_posted_twice_with_a_nonce(
    stage: ExampleStage,
) -> None:
    stage.server.faults.broken(500, "POST", r"/channels/\d+/messages", done=True)
    room = stage.bot.get_channel(stage.room.id)
    sent = await room.send("the digest", nonce="digest-1")
    assert list(stage.room.messages) == [sent.id]
    stage.server.clock.advance(600)
    assert (await room.send("the digest", nonce="digest-1")).id != sent.id


async def test_held_and_cut_requests_and_real_limits(stage: ExampleStage) -> None:
    faults = stage.server.faults
    path = rf"/channels/{stage.room.id}"
    faults.held(0.1, "GET", path)
    started = asyncio.get_running_loop().time()
    await stage.bot.fetch_channel(stage.room.id)
    assert asyncio.get_running_loop().time() - started >= 0.1
    faults.cut("POST", path + "/messages", done=True)
    with pytest.raises(aiohttp.ClientError):
        await stage.bot.get_channel(stage.room.id).send("gone")
    assert [message.text for message in stage.room.messages.values()] == ["gone"]
    faults.bucket("POST", path + "/messages", limit=2, per=0.2)
    for number in range(3):
        await stage.bot.get_channel(stage.room.id).send(str(number))
    assert {call.status for call in stage.server.called("POST", "/channels/")} == {0, 200}


@pytest.mark.parametrize("how", ["closed", "cut", "asked", "invalid"])
async def test_a_lost_connection_is_resumed_and_nothing_is_missed(
    stage: ExampleStage, how: str
) -> None:
    server = stage.server
    await stage.bot.wait_until_ready()
    if how in ("closed", "cut"):
        await server.drop(code=4000 if how == "closed" else None)
        await stage.reader.mention(stage.room, "meanwhile")
    elif how == "asked":
        await server.ask_reconnect()
    else:
        await server.invalidate(resumable=True)
    await server.until(lambda: server.hub.resumed, "a RESUME")
    asked = await stage.reader.slash(stage.room, "echo", {"text": "again"})
    await asked.answer()
    assert (len(server.hub.identified), len(server.hub.resumed)) == (1, 1)
    assert "resumed" in stage.bot.seen
    if how in ("closed", "cut"):
        first = next(iter(stage.room.messages.values()))
        assert (await server.said(stage.room, first)).text == "heard @Sitrep meanwhile"


async def test_an_invalid_session_begins_anew(stage: ExampleStage) -> None:
    server = stage.server
    await server.invalidate(resumable=False)
    await server.until(lambda: len(server.hub.identified) == 2, "another IDENTIFY")
    await server.connected()
    server.hub.refuse.append(False)
    await server.drop()
    await server.until(lambda: len(server.hub.identified) == 3, "a third IDENTIFY")
    await server.connected()
    assert len(server.hub.resumed) == 1
    asked = await stage.reader.slash(stage.room, "echo", {"text": "again"})
    assert (await asked.answer()).text == "again"


async def test_two_shards_each_hear_their_own_servers() -> None:
    async with Loopback() as server:
        server.hub.shards = 2
        rooms = [server.channel(server.guild(name), "general") for name in ("Home", "Away")]
        bot = bot_class(discord.AutoShardedClient)()
        async with server.running(bot, shards=2):
            assert [client["shard"] for client in server.hub.identified] == [[0, 2], [1, 2]]
            for number, room in enumerate(rooms):
                assert room.guild is not None
                reader = server.member(room.guild, "Reader One")
                asked = await reader.slash(room, "echo", {"text": "here"})
                assert (await asked.answer()).text == "here"
                assert bot.get_guild(room.guild.id).shard_id == number
            await server.drop(shard=1)
            await server.until(lambda: server.hub.resumed, "a RESUME")
            await server.connected(2)
        assert server.violations == []


async def test_a_bot_that_is_only_on_someones_account_answers_there(stage: ExampleStage) -> None:
    server = stage.server
    elsewhere = server.guild("Elsewhere", installed=False)
    room = server.channel(elsewhere, "general")
    guest = server.member(elsewhere, "Reader Two", installed=True, locale="uk")
    asked = await guest.slash(room, "echo", {"text": "here"})
    message = await asked.answer()
    assert dict(asked.owners) == {"1": str(guest.id)}
    assert message.payload["interaction_metadata"]["user"]["id"] == str(guest.id)
    with pytest.raises(AssertionError, match="not installed"):
        await guest.slash(room, "later")
    private = server.private(guest, server.member(None, "Reader Three"))
    assert (await (await guest.slash(private, "echo", {"text": "us"})).answer()).text == "us"
    assert (await (await guest.slash(guest.talk, "later")).answer()).text == "filled"


async def test_rooms_news_threads_and_permissions(stage: ExampleStage) -> None:
    server, bot = stage.server, stage.bot
    news = server.channel(stage.guild, "news", NEWS)
    closed = server.channel(stage.guild, "closed")
    server.deny(closed, SEND)
    await server.until(lambda: bot.get_channel(closed.id), "the room to be known", 1)
    sent = await bot.get_channel(news.id).send("the digest")
    await sent.publish()
    with pytest.raises(discord.HTTPException) as refused:
        await sent.publish()
    assert refused.value.code == 40033
    thread = await sent.create_thread(name="Talk")
    await thread.send("within")
    async with thread.typing():
        posts = [post async for post in bot.get_channel(news.id).history(limit=5)]
    assert [post.content for post in posts] == ["the digest"]
    with pytest.raises(discord.Forbidden) as forbidden:
        await bot.get_channel(closed.id).send("no")
    assert forbidden.value.code == 50013
    await sent.delete()
    with pytest.raises(discord.NotFound) as missing:
        await sent.edit(content="still there?")
    assert missing.value.code == 10008


async def test_roles_and_permissions_reach_the_bot(stage: ExampleStage) -> None:
    role = stage.server.role(stage.guild, "Moderator")
    chief = stage.server.member(
        stage.guild, "Moderator One", roles=[role], permissions=MANAGE_SERVER
    )
    asked = await chief.slash(stage.room, "echo", {"text": "here"})
    await asked.answer()
    member = await stage.bot.get_guild(stage.guild.id).fetch_member(chief.id)
    assert role.id in [role.id for role in member.roles]
    assert stage.room.permissions(chief.user) == EVERYONE | MANAGE_SERVER


async def test_late_and_double_answers_are_refused(stage: ExampleStage) -> None:
    server = stage.server
    server.faults.held(0.2, "POST", r"/interactions/.*")
    asked = await stage.reader.slash(stage.room, "echo", {"text": "late"})
    await server.until(lambda: server.called("POST", "/interactions/"), "the answer")
    server.clock.advance(4)
    call = server.called("POST", "/interactions/")[0]
    await server.until(lambda: call.status, "the refusal")
    assert (call.status, asked.response) == (404, 0)
    asked = await stage.reader.slash(stage.room, "later")
    await asked.followup()
    routes = [
        (f"/interactions/{asked.id}/{asked.token}/callback", 0, 400, 40060),
        (f"/webhooks/{server.world.app}/{asked.token}", 1_000, 401, 50027),
        (f"/webhooks/{server.world.app}/unknown", 0, 404, 10015),
        (f"/interactions/1/{asked.token}/callback", 0, 404, 10062),
    ]
    async with aiohttp.ClientSession() as session:
        for path, later, status, code in routes:
            server.clock.advance(later)
            async with session.post(server.api + path, json={"type": 5}) as answer:
                assert answer.status == status
                assert (await answer.json())["code"] == code
