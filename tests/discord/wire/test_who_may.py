"""Every command by every kind of member in every kind of room, on the wire: allowed or refused."""

import pytest

from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.invocation import Role
from tests.discord.loopback import Channel, Member
from tests.discord.loopback.world import MANAGE_SERVER
from tests.discord.wire.stage import Stage, plain
from tests.fakes import line_of


@pytest.fixture
def people(stage: Stage) -> dict[Role, Member]:
    """A reader, a moderator and an admin of the home server, who are in another one as well."""
    stage.bot.homes.add(str(stage.guild.id))
    role = stage.server.role(stage.guild, "Moderators")
    stage.bot.moderators.add(str(role.id))
    chief = stage.server.member(stage.guild, "Chief", permissions=MANAGE_SERVER)
    moderator = stage.server.member(stage.guild, "Moderator One", roles=[role])
    return {Role.READER: stage.reader, Role.MODERATOR: moderator, Role.ADMIN: chief}


async def ask(stage: Stage, room: Channel, who: Member, command: Command) -> str:
    """Ask by a mention, or in private; return the whole answer."""
    line = line_of(command).removeprefix("/")
    private = room.guild is None
    asked = await (who.dm(line) if private else who.mention(room, line))

    def told() -> str:
        """Return the answer to it, once it is there; a file that comes with one has no words."""
        for message in asked.channel.messages.values():
            answers = message.payload.get("message_reference") or {}
            if answers.get("message_id") == str(asked.id) and plain(message):
                return plain(message)
        return ""

    return str(await stage.server.until(told, f"an answer to {line}"))


async def test_a_command_is_for_those_who_have_its_role_where_they_ask(
    stage: Stage, people: dict[Role, Member]
) -> None:
    elsewhere = stage.server.guild("Elsewhere")
    abroad = stage.server.channel(elsewhere, "general")
    for who in people.values():
        stage.server.join(elsewhere, who)
    async with stage.running():
        for role, who in people.items():
            places = {
                "home": (stage.room, role),
                "elsewhere": (abroad, Role.READER),
                "in private": (who.talk, Role.READER),
            }
            for where, (room, counts) in places.items():
                for command in COMMANDS:
                    answer = await ask(stage, room, who, command)
                    refused = f" can use `/{command.path}`." in answer
                    assert refused is (counts < command.role), (role, where, command.path, answer)
    stage.holds()


@pytest.mark.usefixtures("people")
async def test_moderators_commands_are_offered_at_home_alone(stage: Stage) -> None:
    async with stage.running():
        offered = {command["name"] for command in stage.server.world.commands[None]}
        home = {command["name"] for command in stage.server.world.commands[stage.guild.id]}
    assert not offered & home
    for command in COMMANDS:
        name = command.group or command.name
        assert (name in home) is (command.role > Role.READER)
        assert (name in offered) is (command.role is Role.READER)
