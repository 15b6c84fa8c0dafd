"""Completion in a terminal: commands, those of a group, parameters and what they suggest."""

from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.adapters.console.complete import LineCompleter
from bot.i18n.formatter import Voice
from commands.kit.invocation import Caller, Role
from tests.commands import conftest
from tests.fakes import ZONE, Talk

seeds_file, ask = conftest.seeds_file, conftest.ask


async def complete_line(ask: Talk, text: str, role: Role = Role.MODERATOR) -> list[str]:
    """Return what a line could go on with, as the whole line would then read."""
    caller = Caller("console", "1", "Somebody", role)
    completer = LineCompleter(ask.dispatch, caller, Voice(ZONE))
    completions = completer.get_completions_async(Document(text), CompleteEvent())
    return [
        text[: len(text) + completion.start_position] + completion.text
        async for completion in completions
    ]


async def test_commands_are_completed_also_those_of_a_group(ask: Talk) -> None:
    """After the blank of “/add cl” nothing was offered."""
    assert await complete_line(ask, "/sta") == ["/status "]
    assert await complete_line(ask, "/add") == ["/add event ", "/add claim ", "/add assessment "]
    assert await complete_line(ask, "/add cl") == ["/add claim "]
    assert await complete_line(ask, "/add", Role.READER) == []


async def test_the_parameters_of_a_groups_command_are_completed(ask: Talk) -> None:
    assert "/add claim by:" in await complete_line(ask, "/add claim b")
    assert await complete_line(ask, "/add claim by:Puti") == ["/add claim by:A-6"]
    assert await complete_line(ask, "/add claim source2:the") == ["/add claim source2:S-2"]
    assert "/add claim role:near" in await complete_line(ask, "/add claim role:n")
    assert not [line for line in await complete_line(ask, "/add claim ") if "draft:" in line]


async def test_a_place_is_suggested_where_it_needs_no_name(ask: Talk) -> None:
    assert (await complete_line(ask, "/status Pokrovs"))[0] == "/status P-704422"
