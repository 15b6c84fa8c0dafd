"""The desk on Discord, as a member uses it: the real client on a simulated Discord."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.adapters.discord.client import Client
from bot.dispatch import Desk, Dispatch
from bot.platform import Port
from bot.roles import Homes
from bot.voice import Voice
from commands import COMMANDS
from store import Store, open_store
from tests.fakes import NOON, ZONE


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await open_store(tmp_path / "desk.db") as made:
        await made.load_seeds(NOON.astimezone(UTC))
        yield made


def client(store: Store) -> Client:
    async def presence() -> str:
        return "Data as of 7 Nov 2025"

    def log(event: str, /, *, error: BaseException | None = None, **fields: object) -> None:
        assert error is None, (event, fields)

    desk = Desk(store, COMMANDS, lambda: NOON, ZONE, 7)
    dispatch = Dispatch(desk, log)
    return Client(Port(dispatch, store.operation, Homes(), log, lambda _: Voice(ZONE), presence))


@asynccontextmanager
async def member_of(store: Store) -> AsyncIterator[tuple[Any, Any, Any]]:
    """Run the bot; hand out the simulation, a room and a member in it."""
    # Not a fixture: the simulation wants to be left in the context in which it was entered.
    async with simcord.run(client(store), shard_count=1) as env:
        guild = env.create_guild()
        room = guild.create_text_channel("general")
        yield env, room, guild.add_member(env.create_user("reader"))
        assert env.errors == []


def words(message: Any) -> str:
    """Return all that a message says."""
    return "\n".join(
        inner.content
        for part in message.components
        for inner in getattr(part, "children", ())
        if hasattr(inner, "content")
    )


def ids(message: Any) -> list[str]:
    """Return the ids of a message's buttons."""
    return [
        inner.custom_id
        for part in message.components
        for inner in getattr(part, "children", ())
        if hasattr(inner, "custom_id")
    ]


async def test_a_mention_is_answered_in_the_room(store: Store) -> None:
    async with member_of(store) as (env, room, member):
        await member.send(room, f"<@{env.bot.user.id}> status Kupiansk")
        said = words(room.last_message)
        assert said.startswith("**Kupiansk: NO ASSESSMENT ON RECORD · 1 claim**")
        assert "do:=/claims place:P-703656" in ids(room.last_message)


async def test_a_message_that_does_not_start_with_its_name_is_left_alone(store: Store) -> None:
    async with member_of(store) as (_, room, member):
        await member.send(room, "status Kupiansk")
        assert room.last_message.content == "status Kupiansk"


async def test_a_slash_command_answers_the_asker_alone(store: Store) -> None:
    async with member_of(store) as (_env, room, member):
        answer = await member.slash(room, "status", place="Pokrovsk")
        assert answer.ephemeral
        assert room.last_message is None


async def test_suggestions_tell_namesakes_apart_and_stay_within_the_limits(store: Store) -> None:
    async with member_of(store) as (_env, room, member):
        for typed in ("", "Добропілля", "pokr", "shevch"):
            found = await member.autocomplete(room, "status", "place", typed)
            assert 0 < len(found) <= 25
            assert all(len(one["name"]) <= 100 and len(one["value"]) <= 100 for one in found)
            assert len({one["value"] for one in found}) == len(found)


async def test_a_button_works_after_a_restart(store: Store) -> None:
    async with member_of(store) as (env, room, member):
        await member.send(room, f"<@{env.bot.user.id}> claims since:2025-10-29")
        message = room.last_message
        await env.restart_bot(client(store))
        more = next(one for one in ids(message) if "after:" in one)
        answer = await member.click(message, custom_id=more)
        assert answer.ephemeral


async def test_commands_are_declared_again_only_when_they_changed(store: Store) -> None:
    async with member_of(store) as (env, _, _member):
        kept = await store.operation.value(f"discord:commands:{env.bot.application_id}:global")
        assert kept is not None
        await env.restart_bot(client(store))
        again = await store.operation.value(f"discord:commands:{env.bot.application_id}:global")
        assert again == kept
