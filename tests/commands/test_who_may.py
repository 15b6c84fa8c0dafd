"""Every command in every role, room and platform: allowed, or refused without leaving anything."""

from itertools import product
from pathlib import Path

import pytest

from bot.dispatch import Outcome
from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.invocation import Caller, Role, Room
from tests.fakes import Talk, line_of, watch_writes

PLATFORMS = ("console", "discord", "matrix")
ROOMS = {"a room": False, "a room of their own": True}
CELLS = list(product(Role, PLATFORMS, ROOMS))


def refusal(command: Command) -> str:
    needed = "admins" if command.role is Role.ADMIN else "moderators"
    return f"/{command.path} is for {needed}."


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_a_command_is_refused_to_whoever_may_not_and_to_nobody_else(
    desk: Talk, command: Command, tmp_path: Path
) -> None:
    with watch_writes(tmp_path / "own.db") as written:
        for role, platform, room in CELLS:
            before = written()
            caller = Caller(platform, "77", "Member One", role)
            where = Room(platform, "5", room, managed=ROOMS[room])
            answer = await desk.dispatch.line(caller, line_of(command), where)
            words = [str(getattr(piece, "message", piece)) for piece in answer.reply.title]
            refused = "can use" in "".join(words) and answer.outcome is Outcome.REFUSED
            assert refused is (role < command.role), (role, platform, room, words)
            assert answer.outcome is not Outcome.FAULT
            if answer.outcome is Outcome.REFUSED:
                assert written() == before
                assert desk.logged[-1]["command"] == command.path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_a_parameter_for_a_role_is_refused_to_those_below_it(
    desk: Talk, command: Command
) -> None:
    for param in command.params:
        for role in Role:
            if role >= command.role and role < param.role:
                line = f"{line_of(command)} {param.name}:{param.type.example}"
                answer = await desk(line, as_=role)
                assert answer.refused
                assert answer.first == f"Only moderators can use {param.name}."
