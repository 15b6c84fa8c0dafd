"""The list of conversations is whole: every command is asked by everybody, on every platform."""

from collections import Counter

import pytest

from commands import COMMANDS
from commands.kit.invocation import Role
from tests.conversations.every import CONVERSATIONS, had
from tests.conversations.saying import PRESS, On, Who
from tests.fakes import ROOT

CONTRIBUTING = ROOT / "CONTRIBUTING.md"
_PATHS = {one.path for one in COMMANDS}
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
    steps = [one for talk in had(on) for one in talk.steps if not one.line.startswith(PRESS)]
    heard = {(path_of(one.line), one.who.role, one.refused) for one in steps}
    missing = [
        (one.path, role.name, "refused" if refused else "answered")
        for one in COMMANDS
        for role in Role
        for refused in [role < one.role or (one.path, role) in REFUSED[on]]
        if (one.path, role, refused) not in heard
    ]
    assert not missing


def test_no_two_conversations_have_one_name() -> None:
    assert {
        n for n, times in Counter(one.name for one in CONVERSATIONS).items() if times > 1
    } == set()


def test_every_conversation_is_had_somewhere() -> None:
    """A conversation that is had nowhere would hold nothing."""
    assert [one.name for one in CONVERSATIONS if len(one.without) == len(On)] == []


def test_the_line_that_contributing_shows_is_on_the_list() -> None:
    steps = [one for talk in CONVERSATIONS for one in talk.steps if one.line == "/search corridor"]
    written = {
        f'Says(Who.READER, "{one.line}", "{one.first}", has=("{one.has[0]}",))'
        for one in steps
        if one.who is Who.READER
    }
    (shown,) = [line for line in CONTRIBUTING.read_text().splitlines() if line.startswith("Says(")]
    assert written == {shown}
