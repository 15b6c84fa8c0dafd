"""The grammar of a line, and that writing and reading one are inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import COMMANDS
from commands.kit.errors import BadParam
from commands.kit.parser import read_line, split_line, write_line
from tests.fakes import Talk

BY_PATH = {command.path: command for command in COMMANDS}
QUOTES = '"“”„‟«»＂〝〞'
texts = st.text(max_size=60) | st.text(st.sampled_from([*QUOTES, *" \n\u2028:a!’-"]), max_size=12)


KEYS = {param.name for command in COMMANDS for param in command.params}


def read(line: str) -> dict[str, str]:
    head, rest = split_line(line)
    return read_line(BY_PATH[head], rest, KEYS)


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("!status Chasiv Yar at:2025-11-01", {"place": "Chasiv Yar", "at": "2025-11-01"}),
        ("/status at:2025-11-01 Chasiv Yar", {"at": "2025-11-01 Chasiv Yar"}),
        ("status Kup’iansk", {"place": "Kup’iansk"}),
        ("STATUS “Chasiv Yar”", {"place": "Chasiv Yar"}),
        ("/claims since:29 Oct by:Putin", {"since": "29 Oct", "by": "Putin"}),
        ("/claims PLACE:Pokrovsk", {"place": "Pokrovsk"}),
        ("/claims by: Vladimir Putin", {"by": "Vladimir Putin"}),
        ('/search "gray zone" flag', {"text": '"gray zone" flag'}),
        ("/search https://example.org is text", {"text": "https://example.org is text"}),
        ('/status "Pokrovsk', {"place": "Pokrovsk"}),
        ("/status «Chasiv Yar» at:7d", {"place": "Chasiv Yar", "at": "7d"}),
        ('/status "Chasiv Yar” at:7d', {"place": "Chasiv Yar", "at": "7d"}),
        ('/status „Chasiv Yar" at:7d', {"place": "Chasiv Yar", "at": "7d"}),
        ('/claims text:"He said “no” to «it»"', {"text": "He said “no” to «it»"}),
        (
            '/claims text:"He said ""no"" to “it" by:Putin',
            {"text": 'He said "no" to “it', "by": "Putin"},
        ),
        ("/claims text:“He said ””no”” to it”", {"text": 'He said "no" to it'}),
        ("/search He said “no” to it", {"text": "He said “no” to it"}),
    ],
)
def test_a_line_reads_as_its_writer_meant_it(line: str, given: dict[str, str]) -> None:
    assert read(line) == given


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/status since:1", "/status has no since:; it takes at:."),
        ("/status Pokrovsk Since:7d", "/status has no since:; it takes at:."),
        ("/status Pokrovsk att:7d", "/status has no att:; it takes at:."),
        ("/claims by:Putin sinse:7d", "/claims has no sinse:; it takes by:, since:, until:, verdi"),
        ("/events since:29 Oct text:flag", "/events has no text:; it takes since:, until:, kind:"),
        ("/entry E-1 since:7d", "/entry has no since:. It reads: /entry E-42"),
        ("/about since:7d", "/about has no since:. It reads: /about"),
    ],
)
async def test_a_key_that_a_command_lacks_is_refused_and_no_part_of_a_value(
    ask: Talk, line: str, says: str
) -> None:
    """“/status since:1” said that there is no such place."""
    said = await ask(line)
    assert said.refused
    assert said.flat.startswith(says)


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("/search since: the note", {"text": "since: the note"}),
        ("/lookup note: kind:strike by: night", {"text": "note: kind:strike by: night"}),
        ("/claims text:flag kind:x", {"text": "flag kind:x"}),
        ("/status note: something", {"place": "note: something"}),
        ("/claims re: a: Pokrovsk", {"place": "re: a: Pokrovsk"}),
        ("/status https://example.org/a at:7d", {"place": "https://example.org/a", "at": "7d"}),
        ("/status at://since", {"at": "//since"}),
        ("/claims by://x", {"by": "//x"}),
        ("/status kind://x", {"place": "kind://x"}),
        ('/status "since:1"', {"place": "since:1"}),
        ("/help note: something", {"command": "note: something"}),
    ],
)
def test_what_only_looks_like_a_key_stays_text(line: str, given: dict[str, str]) -> None:
    assert read(line) == given


def test_a_parameter_given_twice_is_refused() -> None:
    with pytest.raises(BadParam, match="twice"):
        read("/claims by:Putin by:Deineha")


@given(st.data())
def test_writing_a_line_and_reading_it_are_inverse(data: st.DataObject) -> None:
    """A line to copy once straightened the quotes of a sentence."""
    command = data.draw(st.sampled_from(COMMANDS))
    names = st.sampled_from([param.name for param in command.params] or [""])
    wanted = data.draw(st.dictionaries(names, texts)) if command.params else {}
    line = write_line(command.path, wanted)
    assert split_line(line)[0] == command.path.partition(" ")[0]
    assert read_line(command, line.removeprefix(f"/{command.path}"), KEYS) == wanted
