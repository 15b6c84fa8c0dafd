"""The list of all commands: each stands where it says, and is loaded when it is asked for."""

import subprocess
import sys

from commands import COMMANDS
from commands.kit.command_list import CommandList
from tests.fakes import ROOT


def test_each_command_stands_under_its_own_path() -> None:
    assert [command.path for command in COMMANDS] == list(COMMANDS.paths)
    assert len(COMMANDS) == len(COMMANDS.paths)


def test_one_that_is_looked_up_loads_no_other() -> None:
    code = (
        "import sys; from commands import COMMANDS; COMMANDS.find('about');"
        "print([name for name in sys.modules if name in ('commands.claims', 'commands.about')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "['commands.about']"


def test_keys_and_short_names_are_those_of_all() -> None:
    some = CommandList.of([*COMMANDS[:3], *[each for each in COMMANDS if each.short]])
    assert some.short == {"file": "draft file", "drop": "draft drop"}
    assert "place" in some.keys
    assert "nothing" not in some.keys
    assert CommandList.of(some) is some
    assert some.find("no such") is None
