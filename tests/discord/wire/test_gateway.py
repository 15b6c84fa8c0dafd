"""Connections that break: the bot comes back by itself, misses nothing, and says what it did."""

import asyncio

import pytest

from tests.discord.loopback import Loopback
from tests.discord.wire.stage import Stage, first_line

NOWHERE = "ws://127.0.0.1:9"


async def answers(stage: Stage) -> None:
    asked = await stage.reader.slash(stage.room, "status", {"place": "Pokrovsk"})
    assert first_line(await asked.answer()).startswith("Pokrovsk: ")


def sessions(server: Loopback) -> tuple[int, int]:
    """Return how often a session was begun, and how often one was to be resumed."""
    return len(server.hub.identified), len(server.hub.resumed)


@pytest.mark.parametrize("how", ["closed", "cut", "asked", "invalid"])
async def test_a_broken_connection_is_resumed_and_what_was_asked_meanwhile_is_answered(
    stage: Stage, how: str
) -> None:
    server = stage.server
    async with stage.running() as platform:
        if how == "asked":
            await server.ask_reconnect()
        elif how == "invalid":
            await server.invalidate(resumable=True)
        else:
            await server.drop(code=4000 if how == "closed" else None)
            answer = await stage.reader.mention(stage.room, "about")
            await server.said(stage.room, answer)
        await server.until(lambda: server.hub.resumed, "a RESUME")
        await server.until(lambda: platform.ready, "the bot to be ready")
        await answers(stage)
        assert sessions(server) == (1, 1)


async def test_a_session_that_is_gone_begins_anew_and_shows_the_presence_again(
    live: Stage,
) -> None:
    server = live.server
    await server.until(lambda: server.hub.presences, "a presence")
    server.hub.presences.clear()
    await server.invalidate(resumable=False)
    await server.until(lambda: sessions(server) == (2, 0), "another IDENTIFY")
    await server.until(lambda: server.hub.presences, "a presence")
    await answers(live)
    server.hub.refuse.append(False)
    await server.drop()
    await server.until(lambda: sessions(server) == (3, 1), "a third IDENTIFY")
    await server.connected()
    await answers(live)


async def test_while_it_is_not_connected_the_bot_does_not_say_that_it_is(stage: Stage) -> None:
    """Once it had been connected it called itself ready for ever, and so did `health`."""
    async with stage.running() as platform:
        stage.server.hub.refuse += [False] * 1000
        await stage.server.drop()
        await stage.server.until(lambda: not platform.ready, "the bot to know")
        for _ in range(20):
            await asyncio.sleep(0.005)
            assert not platform.ready
        stage.server.hub.refuse.clear()
        await stage.server.until(lambda: platform.ready, "the bot to be back")
        await answers(stage)


async def test_each_shard_hears_its_own_servers_and_comes_back_alone(stage: Stage) -> None:
    """The presence of a shard that began anew was not shown: the library calls none of it ready."""
    server = stage.server
    server.hub.shards = 2
    other = server.guild("Other")
    room = server.channel(other, "general")
    guest = server.member(other, "Reader Two")
    async with stage.running(shards=2) as platform:
        assert sorted(client["shard"] for client in server.hub.identified) == [[0, 2], [1, 2]]
        await answers(stage)
        assert (await (await guest.slash(room, "about")).answer()).ephemeral
        await server.drop(shard=1)
        await server.until(lambda: sessions(server) == (2, 1), "a RESUME")
        await server.connected(2)
        assert (await (await guest.slash(room, "about")).answer()).ephemeral
        server.hub.presences.clear()
        await server.invalidate(shard=1, resumable=False)
        await server.until(lambda: sessions(server) == (3, 1), "another IDENTIFY")
        await server.until(lambda: server.hub.presences, "a presence")
        await server.until(lambda: platform.ready, "the bot to be ready")
        answer = await guest.mention(room, "about")
        await server.said(room, answer)
        await answers(stage)


async def test_the_gateway_of_the_settings_counts_from_the_first_connection_on(
    stage: Stage,
) -> None:
    """Only a session that was invalid went there: the library goes where the API and READY say."""
    server = stage.server
    own, server.hub.url = server.gateway, NOWHERE
    async with stage.running(gateway=own) as platform:
        await answers(stage)
        await server.drop()
        await server.until(lambda: sessions(server) == (1, 1), "a RESUME")
        await server.connected()
        await answers(stage)
        await server.invalidate(resumable=False)
        await server.until(lambda: sessions(server) == (2, 1), "another IDENTIFY")
        await server.until(lambda: platform.ready, "the bot to be ready")
        await server.drop()
        await server.until(lambda: sessions(server) == (2, 2), "another RESUME")
        await server.connected()
        await answers(stage)
    assert stage.log("reconnecting") == []


async def test_a_gateway_that_cannot_be_reached_is_one_line_in_the_log_each_time(
    stage: Stage,
) -> None:
    """The library printed a traceback of its own beside the log."""
    async with stage.running() as platform:
        ws = platform.client._get_websocket(shard_id=0)
        ws.gateway = ws.gateway.with_port(9)
        await stage.server.drop()
        assert await stage.logs("reconnecting") == [{"why": "ClientConnectorError"}]
        await stage.server.until(lambda: sessions(stage.server) == (2, 0), "another IDENTIFY")
        await stage.server.until(lambda: platform.ready, "the bot to be back")
        await answers(stage)


async def test_a_presence_that_cannot_be_shown_is_no_bug(stage: Stage) -> None:
    """It was one, and the last time that the presence was renewed."""
    async with stage.running() as platform:
        await platform.client._get_websocket(shard_id=0).socket.close()
        await platform.client.show_presence()
