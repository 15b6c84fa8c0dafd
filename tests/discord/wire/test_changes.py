"""What changes while clients and servers go on: commands, forms, homes, ids of buttons."""

from typing import Any

import pytest

from bot.adapters.discord.rendering.custom_ids import BUTTON
from commands import COMMANDS
from commands.kit.command import Command
from tests.discord.loopback import Member
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.discord.wire.stage import Stage, first_line, labels, noting, plain

CHANGED = "That command has changed; reload Discord (Ctrl+R)."


@pytest.fixture
def who(stage: Stage) -> Member:
    """A moderator of the desk, at home."""
    role = stage.server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    return stage.server.member(stage.guild, "Moderator One", roles=[role])


def without(*paths: str) -> tuple[Command, ...]:
    return tuple(command for command in COMMANDS if command.path not in paths)


def expect_one_line(stage: Stage, name: str) -> None:
    """Hold that one line says so, and that it is no error."""
    (line,) = [line for line in stage.bot.logged if line["event"] == "command changed"]
    assert (line["name"], line["error"]) == (name, None)


GONE = {
    "status": ("status", {"place": "Pokrovsk"}, "Pokrovsk"),
    "watch add": ("watch add", {"place": "Pokrovsk"}, "Pokrovsk"),
}


@pytest.mark.parametrize("path", GONE)
async def test_a_command_that_is_gone_is_said_to_have_changed(stage: Stage, path: str) -> None:
    """Silence, and three tracebacks in the log."""
    async with stage.running():
        shown = stage.server.world.commands[None]
    stage.bot.commands = without(path)
    async with stage.running():
        stage.server.world.commands[None] = shown  # as a client that has not loaded them anew
        asked = await stage.reader.slash(stage.room, *GONE[path][:2])
        answer = await asked.answer()
        assert first_line(answer) == CHANGED
        assert GONE[path][2] in plain(answer)
        assert answer.ephemeral
        assert await stage.reader.autocomplete(stage.room, path, {"place": "P"}, "place") == []
    expect_one_line(stage, path)


async def test_a_menu_that_is_gone_is_said_to_have_changed(stage: Stage) -> None:
    message = await stage.reader.say(stage.room, "Pokrovsk")
    async with stage.running():
        shown = stage.server.world.commands[None]
    stage.bot.commands = without("check")
    async with stage.running():
        stage.server.world.commands[None] = shown
        answer = await (await stage.reader.menu(message, "Check this")).answer()
        assert first_line(answer) == CHANGED
    expect_one_line(stage, "Check this")


def option(name: str, *, required: bool = False) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "It was here", "required": required}


@pytest.mark.parametrize("needed", ["needed", ""])
async def test_an_option_that_is_gone_is_not_ignored(stage: Stage, needed: str) -> None:
    """It was dropped without a word, and the command ran without it."""
    async with stage.running():
        (status,) = [
            command for command in stage.server.world.commands[None] if command["name"] == "status"
        ]
        status["options"] = [option("town", required=bool(needed)), *status["options"]]
        given = {"town": "Myrnohrad", "place": "Pokrovsk"}
        answer = await (await stage.reader.slash(stage.room, "status", given)).answer()
        assert first_line(answer) == CHANGED
        assert "Myrnohrad" in plain(answer)
        assert stage.log("invocation") == []
    expect_one_line(stage, "status")


async def test_an_option_that_is_new_and_needed_is_said_to_have_changed(stage: Stage) -> None:
    async with stage.running():
        (status,) = [
            command for command in stage.server.world.commands[None] if command["name"] == "status"
        ]
        status["options"] = [dict(option, required=False) for option in status["options"]]
        answer = await (await stage.reader.slash(stage.room, "status", {})).answer()
        assert first_line(answer) == CHANGED


@pytest.mark.parametrize("change", ["command", "field"])
async def test_a_form_of_what_has_changed_gives_the_words_back(stage: Stage, change: str) -> None:
    """“There is no command”, said the bot, its Fix was dead, and the words were gone."""
    who, reply = await noting(stage)
    async with stage.running():
        form = await (await who.menu(reply, "File as entry")).form()
    if change == "command":
        stage.bot.commands = COMMANDS
    else:
        form.fields["by"]["custom_id"] = "speaker"
    async with stage.running():
        answer = await (await who.submit(form, {"text": "Written *at length*."})).answer()
        assert first_line(answer) == CHANGED
        assert "Written *at length*." in plain(answer)
        assert "Fix" not in labels(answer)
    expect_one_line(stage, "form of note")


async def test_a_home_that_the_bot_was_kicked_from_has_its_commands_when_it_is_back(
    stage: Stage, who: Member
) -> None:
    """Moderators' commands were gone, also after a restart."""
    commands, server = stage.server.world.commands, stage.server
    async with stage.running():
        names = [command["name"] for command in commands[stage.guild.id]]
        await server.kick(stage.guild)
        await server.invite(stage.guild)
        await server.until(lambda: commands.get(stage.guild.id), "the commands of home")
        assert [command["name"] for command in commands[stage.guild.id]] == names
    await server.kick(stage.guild)
    await server.invite(stage.guild)
    async with stage.running():
        assert [command["name"] for command in commands[stage.guild.id]] == names
        form = await (await who.slash(stage.room, "add claim")).form()
        assert form.fields


async def test_a_home_that_is_joined_later_has_its_commands_without_a_restart(
    stage: Stage,
) -> None:
    home = stage.server.guild("Home", installed=False)
    stage.bot.homes.add(str(home.id))
    async with stage.running():
        assert stage.server.world.commands.get(home.id) is None
        await stage.server.invite(home)
        commands = stage.server.world.commands
        await stage.server.until(lambda: commands.get(home.id), "the commands of home")


@pytest.mark.parametrize("custom_id", ["press:7", "do:", "=", "do:=/gone place:Pokrovsk"])
async def test_a_button_that_leads_nowhere_is_answered_and_logged(
    stage: Stage, custom_id: str
) -> None:
    """Nothing came, and Discord said that the interaction failed."""
    part = {"type": 2, "id": 1, "style": 2, "label": "Old", "custom_id": custom_id}
    rows = [{"type": 1, "id": 2, "components": [part]}]
    message = stage.server.world.message(stage.room, stage.server.world.bot, components=rows)
    async with stage.running():
        answer = await (await stage.reader.click(message, custom_id)).answer()
        assert first_line(answer).startswith("This button is too old")
    assert len(stage.log("strange custom id")) == 1
    assert BUTTON.fullmatch("do:=/status place:Pokrovsk")
