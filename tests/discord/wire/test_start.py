"""Logging in, declaring the commands, and what ends a run."""

import asyncio

import pytest

from commands import COMMANDS
from commands.kit.invocation import Role
from commands.kit.params.basic import OneOf
from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules_commands import CHAT, MESSAGE, SUB
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.discord.wire.stage import Stage

READERS = tuple(command for command in COMMANDS if command.role is Role.READER)
MODERATORS = [command for command in COMMANDS if command.role > Role.READER]


def declaration_paths(stage: Stage) -> list[str]:
    """Return to where commands were declared, one for each time."""
    return [call.path.partition("/commands")[0] for call in stage.server.called("PUT", "/app")]


def paths(command: Json) -> list[str]:
    """Return how a command and those in it are typed."""
    inner = [option for option in command.get("options", []) if option["type"] == SUB]
    return [f"{command['name']} {option['name']}" for option in inner] or [command["name"]]


async def test_the_bot_logs_in_declares_its_commands_and_says_how_old_its_data_is(
    stage: Stage,
) -> None:
    async with stage.running():
        offered = stage.server.world.commands[None]
        assert [offer["name"] for offer in offered if offer["type"] == CHAT] == list(
            dict.fromkeys(command.group or command.name for command in READERS)
        )
        assert [offer["name"] for offer in offered if offer["type"] == MESSAGE] == ["Check this"]
        (identified,) = stage.server.hub.identified
        assert identified["intents"] == 1 << 0 | 1 << 9 | 1 << 12
        shown = await stage.server.until(lambda: stage.server.hub.presences, "a presence")
        assert shown[-1]["activities"][0]["state"] == "Data as of 7 Nov 2025"


async def test_commands_are_declared_again_only_when_they_changed(stage: Stage) -> None:
    for _ in range(2):
        async with stage.running():
            assert len(declaration_paths(stage)) == 1
    stage.bot.commands = READERS[:-1]
    async with stage.running():
        assert len(declaration_paths(stage)) == 2
        names = [command["name"] for command in stage.server.world.commands[None]]
        assert READERS[-1].name not in names


async def test_a_parameter_with_fixed_choices_asks_for_no_suggestions(stage: Stage) -> None:
    """Discord refuses all commands at once when one option has both."""
    async with stage.running():
        (call,) = stage.server.called("PUT", "/applications")
    commands = [(c["name"], c) for c in call.body]
    commands += [
        (f"{name} {sub['name']}", sub)
        for name, c in commands
        for sub in c.get("options", [])
        if sub["type"] == SUB
    ]
    options = [(name, o) for name, c in commands for o in c.get("options", [])]
    fixed = {f"{c.path} {p.name}" for c in READERS for p in c.params if isinstance(p.type, OneOf)}
    assert {f"{name} {o['name']}" for name, o in options if o.get("choices")} == fixed
    assert not [o for _, o in options if o.get("choices") and o.get("autocomplete")]


async def test_the_commands_of_home_are_declared_there_alone(stage: Stage) -> None:
    stage.bot.homes.add(str(stage.guild.id))
    async with stage.running():
        everywhere, home = declaration_paths(stage)
        assert home == f"{everywhere}/guilds/{stage.guild.id}"
        offered = stage.server.world.commands[stage.guild.id]
        slash = [path for offer in offered if offer["type"] == CHAT for path in paths(offer)]
        assert sorted(slash) == sorted(
            command.path for command in COMMANDS if command.role > Role.READER
        )
        assert {offer["default_member_permissions"] for offer in offered} == {f"{MANAGE_MESSAGES}"}
        assert {tuple(offer["contexts"]) for offer in offered} == {(0,)}
        menus = [offer["name"] for offer in offered if offer["type"] == MESSAGE]
        assert menus == [
            command.menu for command in COMMANDS if command.menu and command.role > Role.READER
        ]
        (claim,) = [
            sub for offer in offered for sub in offer.get("options", []) if sub["name"] == "claim"
        ]
        chosen = {option["name"] for option in claim["options"] if option.get("choices")}
        assert {"credibility", "attribution", "role"} <= chosen


@pytest.mark.parametrize(
    ("status", "why"), [(403, "403 Forbidden (error code: 0)"), (0, "Server disconnected")]
)
async def test_commands_that_could_not_be_declared_are_logged_and_tried_at_the_next_start(
    stage: Stage, status: int, why: str
) -> None:
    """A connection that was cut ended the bot before it had begun."""
    faults, where = stage.server.faults, ("PUT", "/applications/.*")
    fault = faults.broken(status, *where) if status else faults.cut(*where, times=9)
    async with stage.running():
        (line,) = stage.log("commands not declared")
        assert line["why"].startswith(why)
        assert stage.server.world.commands[None] == []
    fault.times = 0
    async with stage.running():
        assert (await (await stage.reader.slash(stage.room, "about")).answer()).ephemeral


async def test_a_refused_token_ends_the_run_and_says_which_setting_to_look_at(
    stage: Stage,
) -> None:
    with stage.server.pointed():
        platform = stage.platform(token="not.the.token")
        with pytest.raises(RuntimeError, match="refused the token: check SITREP_DISCORD_TOKEN"):
            await platform.run()
        assert not platform.ready
        await platform.aclose()


async def test_a_token_taken_back_while_the_bot_runs_is_named_too(stage: Stage) -> None:
    """The gateway says so with a number, 4004, which was all that one was told."""
    with stage.server.pointed():
        platform = stage.platform()
        running = asyncio.create_task(platform.run())
        await stage.server.connected()
        stage.server.hub.token = "another.token"
        await stage.server.drop()
        with pytest.raises(RuntimeError, match="refused the token: check SITREP_DISCORD_TOKEN"):
            await running
        await platform.aclose()


async def test_a_discord_that_cannot_be_reached_ends_the_run_with_the_reason(
    stage: Stage,
) -> None:
    """An answer that broke off ended it without a word: that error is not an OSError."""
    stage.server.faults.cut("GET", "/users/@me", times=9)
    with stage.server.pointed():
        platform = stage.platform()
        with pytest.raises(RuntimeError, match="Discord cannot be reached: Server disconnected"):
            await platform.run()
        await platform.aclose()
