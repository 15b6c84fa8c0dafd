"""What else a member can do: menus of several kinds, options that are people and rooms."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from tests.discord.loopback import Channel, Guild, Loopback, Member
from tests.discord.loopback.example import bot_class
from tests.discord.loopback.world import MANAGE_SERVER, USE_EXTERNAL_APPS


@pytest.fixture
async def scene() -> AsyncIterator[tuple[Loopback, Channel, Member]]:
    async with Loopback() as server:
        guild = server.guild("Home")
        room, reader = server.channel(guild, "general"), server.member(guild, "Reader One")
        async with server.running(bot_class(discord.Client)()):
            yield server, room, reader
        assert server.violations == []


Scene = tuple[Loopback, Channel, Member]


def home(room: Channel) -> Guild:
    assert room.guild is not None
    return room.guild


async def test_menus_are_picked_from(scene: Scene) -> None:
    server, room, reader = scene
    message = await (await reader.slash(room, "pick")).answer()
    with pytest.raises(AssertionError, match="Not offered"):
        await reader.select(message, "kind", ["Gossip"])
    picked = await reader.select(message, "who", [server.member(home(room), "Reader Two")])
    answer = await picked.answer()
    assert (answer.text, answer.ephemeral, picked.followups) == ("chosen: Reader Two", True, [])
    changed = await (await reader.select(message, "kind", ["Rumour"])).answer()
    assert changed is message
    assert (message.text, message.components) == ("Rumour", [])


async def test_options_and_people_arrive_as_what_they_are(scene: Scene) -> None:
    server, room, reader = scene
    other, role = server.member(home(room), "Reader Two"), server.role(home(room), "Moderator")
    given: dict[str, Any] = {"who": other, "where": room, "role": role, "count": 3, "loud": True}
    answer = await (await reader.slash(room, "choose", given)).answer()
    assert answer.text == "Reader Two general Moderator 3 True"
    for wrong in ({"count": 6}, {"colour": "red"}):
        with pytest.raises(AssertionError):
            await reader.slash(room, "choose", given | wrong)
    with pytest.raises(AssertionError, match="must be given"):
        await reader.slash(room, "choose", {"who": other})
    assert (
        await (await reader.user_menu(room, other, "Greet")).answer()
    ).text == "hello Reader Two"


async def test_what_a_member_is_not_offered_cannot_be_asked(scene: Scene) -> None:
    server, room, reader = scene
    url = f"{server.api}/applications/{server.world.app}/guilds/{home(room).id}/commands"
    body = {"name": "add", "description": "Adds", "default_member_permissions": str(MANAGE_SERVER)}
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.put(url, json=[body]) as answer:
            assert (await answer.json())[0]["guild_id"] == str(home(room).id)
        with pytest.raises(AssertionError, match="not offered to Reader One"):
            await reader.slash(room, "add")
        chief = server.member(home(room), "Chief", permissions=MANAGE_SERVER)
        asked = await chief.slash(room, "add")
        callback = f"{server.api}/interactions/{asked.id}/{asked.token}/callback"
        async with session.post(callback, json={"type": 5}) as answer:
            assert answer.status == 204
        async with session.post(callback, json={"type": 5}) as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, 40060)
    assert (await asked.first(), asked.loading) == (5, True)


async def test_an_app_of_a_member_alone_is_kept_quiet_where_it_must_be(scene: Scene) -> None:
    server, _, _ = scene
    room = server.channel(server.guild("Elsewhere", installed=False), "general")
    guest = server.member(home(room), "Guest", installed=True)
    home(room).roles[home(room).id].permissions &= ~USE_EXTERNAL_APPS
    answer = await (await guest.slash(room, "echo", {"text": "psst"})).answer()
    assert (answer.ephemeral, room.messages) == (True, {})
    more = {"content": "x", "allowed_mentions": {"parse": []}}
    url = f"{server.api}/webhooks/{server.world.app}/{server.interactions[-1].token}"
    async with aiohttp.ClientSession() as session:
        codes = []
        for _ in range(6):
            async with session.post(url, json=more) as reply:
                codes.append((reply.status, (await reply.json()).get("code")))
    assert codes == [(200, None)] * 5 + [(400, 40094)]


async def test_a_deleted_room_and_a_closed_one_are_refused(scene: Scene) -> None:
    server, room, reader = scene
    asked = await reader.mention(room, "status")
    await server.said(room, asked)
    await server.delete_channel(room)
    headers = {"Authorization": f"Bot {server.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{server.api}/channels/{room.id}") as answer,
    ):
        assert (answer.status, (await answer.json())["code"]) == (404, 10003)
