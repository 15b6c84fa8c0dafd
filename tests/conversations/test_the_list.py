"""The list of conversations is whole: every command is asked by everybody, on every platform."""

from collections import Counter

import pytest

from commands import COMMANDS
from commands.kit.invocation import Role
from tests.conversations.every import CONVERSATIONS, conversations_on
from tests.conversations.saying import PRESS, On, Who
from tests.fakes import ROOT

CONTRIBUTING = ROOT / "CONTRIBUTING.md"
_PATHS = {command.path for command in COMMANDS}
_WRITES = {
    ("submit", Role.READER),
    ("tell", Role.READER),
    ("watch add", Role.READER),
    ("watch remove", Role.READER),
}
_ROOMS = {(path, role) for path in ("digests add", "digests remove") for role in Role}
_ADMINS = {("digests add", Role.ADMIN), ("digests remove", Role.ADMIN)}
_READERS = {("digests add", Role.READER), ("digests remove", Role.READER)}
REFUSED = {
    On.TERMINAL: _WRITES | _ROOMS - _ADMINS,
    On.DISCORD: _ROOMS - _ADMINS,
    On.MATRIX: _READERS,
}
"""What is refused to those who may ask it: tests/conversations/talks/differences.py says why."""


def path_of(line: str) -> str:
    """Return the command of a line."""
    first, second, *_ = [*line.removeprefix("/").split(), ""]
    return f"{first} {second}" if f"{first} {second}" in _PATHS else first


@pytest.mark.parametrize("on", On)
def test_every_command_is_answered_or_refused_to_everybody_as_it_has_to_be(on: On) -> None:
    steps = [
        step
        for talk in conversations_on(on)
        for step in talk.steps
        if not step.line.startswith(PRESS)
    ]
    heard = {(path_of(step.line), step.who.role, step.refused) for step in steps}
    missing = [
        (command.path, role.name, "refused" if refused else "answered")
        for command in COMMANDS
        for role in Role
        for refused in [role < command.role or (command.path, role) in REFUSED[on]]
        if (command.path, role, refused) not in heard
    ]
    assert not missing


def test_no_two_conversations_have_one_name() -> None:
    assert {
        n for n, times in Counter(talk.name for talk in CONVERSATIONS).items() if times > 1
    } == set()


def test_every_conversation_is_had_somewhere() -> None:
    """A conversation that is had nowhere would hold nothing."""
    assert [talk.name for talk in CONVERSATIONS if len(talk.without) == len(On)] == []


def test_the_line_that_contributing_shows_is_on_the_list() -> None:
    steps = [
        step for talk in CONVERSATIONS for step in talk.steps if step.line == "/search corridor"
    ]
    written = {
        f'Says(Who.READER, "{step.line}", "{step.first}", has=("{step.has[0]}",))'
        for step in steps
        if step.who is Who.READER
    }
    (shown,) = [line for line in CONTRIBUTING.read_text().splitlines() if line.startswith("Says(")]
    assert written == {shown}
