"""The grammar of a line, and that writing and reading one are inverse."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import COMMANDS
from commands.kit.command import Command, Param
from commands.kit.errors import BadParam, Code
from commands.kit.invocation import Role
from commands.kit.key_names import own_key, takes_entry_text
from commands.kit.parser import read_line, split_below, split_line, write_line
from tests.fakes import Talk

BY_PATH = {command.path: command for command in COMMANDS}
QUOTES = '"“”„‟«»＂〝〞'
texts = st.text(max_size=60) | st.text(st.sampled_from([*QUOTES, *" \n\u2028:a!’-"]), max_size=12)


KEYS = {param.name for command in COMMANDS for param in command.params}


def read(line: str) -> dict[str, str]:
    head, rest = split_line(line)
    sub, _, words = rest.partition(" ")
    if f"{head} {sub}" in BY_PATH:
        head, rest = f"{head} {sub}", words
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
        ("/digest since:1 Nov", "/digest has no since:. It takes day:, only:."),
        ("/status since:1", "/status has no since:. It takes place:, at:."),
        ("/status Pokrovsk Since:7d", "/status has no since:. It takes place:, at:."),
        ("/status Pokrovsk att:7d", "/status has no att:. It takes place:, at:."),
        (
            "/claims by:Putin sinse:7d",
            "/claims has no sinse:. It takes place:, by:, since:, until:, verdi",
        ),
        (
            "/events since:29 Oct text:flag",
            "/events has no text:. It takes place:, since:, until:, kind:",
        ),
        ("/entry E-1 since:7d", "/entry has no since:. Write it like this: /entry E-42"),
        (
            "/events limit:3",
            "/events has no limit:. It takes place:, since:, until:, kind:",
        ),
        ("/status Pokrovsk foo:bar", "/status has no foo:. It takes place:, at:."),
        ("/status Pokrovsk ліміт:«a b»", "/status has no ліміт:. It takes place:, at:."),
        ("/claims by:Putin sinc:7d", "/claims has no sinc:. It takes place:, by:"),
        ("/claims since:7d foo:bar", "/claims has no foo:. It takes place:, by:"),
        ("/about since:7d", "/about has no since:. Write it like this: /about"),
    ],
)
async def test_a_key_that_a_command_lacks_is_refused_and_no_part_of_a_value(
    ask: Talk, line: str, says: str
) -> None:
    """“/status since:1” and “/status Pokrovsk foo:bar” said that there is no such place."""
    answer = await ask(line)
    assert answer.refused
    assert answer.flat.startswith(says)


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
        ("/status Pokrovsk 14:30", {"place": "Pokrovsk 14:30"}),
        ("/sources https://example.org:8080/a", {"name": "https://example.org:8080/a"}),
        ("/status place:Село:Нове", {"place": "Село:Нове"}),
        ("/status P-704422 at:2025-11-07T12:00", {"place": "P-704422", "at": "2025-11-07T12:00"}),
        ("/digests add 14:30 zone:UTC+2", {"time": "14:30", "zone": "UTC+2"}),
        ("/search limit:3 Джерело:Х", {"text": "limit:3 Джерело:Х"}),
        ("/check Джерело: «Х» foo:bar", {"text": "Джерело: «Х» foo:bar"}),
        ("/submit Rain. Джерело:Х", {"text": "Rain. Джерело:Х"}),
        ("/add event Rain. Джерело:Х", {"text": "Rain. Джерело:Х"}),
        ("/add event Rain. place:Бахмут м:а", {"text": "Rain.", "place": "Бахмут м:а"}),
        ("/retract E-1 дублікат:E-2", {"ref": "E-1", "why": "дублікат:E-2"}),
        ("/import C:\\rows.csv", {"file": "C:\\rows.csv"}),
        ("/log by:discord:17", {"by": "discord:17"}),
        ("/desk source add Telegram:X", {"do": "add", "name": "Telegram:X"}),
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


WORDS = st.text(
    st.characters(exclude_categories=["Z", "C"], exclude_characters=":" + QUOTES), min_size=1
)
RUNS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@given(st.data())
def test_no_word_of_a_value_is_lost_or_moved_in_whatever_order_the_keys_come(
    data: st.DataObject,
) -> None:
    """“day:29 Feb 2025” once filed 2024 as the day and “2025” as part of the sentence."""
    command = data.draw(st.sampled_from([command for command in COMMANDS if command.params]))
    names = [param.name for param in command.params if not param.type.raw]
    if not names:
        return
    wanted = data.draw(st.dictionaries(st.sampled_from(names), RUNS))
    keyed = data.draw(st.permutations(list(wanted.items())))
    line = " ".join(f"{name}:{value}" for name, value in keyed)
    assert read_line(command, line, KEYS) == wanted


def takes_colons(param: Param) -> bool:
    return param.type.raw or param.type.has_colons


STRICT = [
    command
    for command in COMMANDS
    if not takes_entry_text(command) and not any(map(takes_colons, command.params))
]
ODD_KEYS = st.from_regex(r"[^\W\d_]\w{0,8}", fullmatch=True)


@given(st.sampled_from(STRICT), st.lists(WORDS, max_size=3), ODD_KEYS, WORDS, st.data())
def test_a_word_with_a_colon_is_a_key_of_the_command_or_refused(
    command: Command, words: list[str], key: str, value: str, data: st.DataObject
) -> None:
    odd = f"{key}:{value}"
    known = command.param(own_key(command, key.casefold())) is not None
    if known or value.startswith(("//", "\\")):
        return
    at = data.draw(st.integers(0, len(words)))
    line = " ".join([*words[:at], odd, *words[at:]])
    with pytest.raises(BadParam) as refusal:
        read_line(command, line, KEYS)
    assert refusal.value.code is Code.UNKNOWN_PARAMETER


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/claims since:", "since: has no value. Write one, or leave since: out: Said on this"),
        ("/status Pokrovsk at:", "at: has no value. Write one, or leave at: out: Show the"),
        ("/claims by: verdict:refuted", "by: has no value. Write one, or leave by: out:"),
        ('/claims text:""', "text: has no value. Write one, or leave text: out:"),
        ("/status place:", "/status needs place: Town, village or area → /status Pokrovsk"),
    ],
)
async def test_a_key_without_a_value_was_once_answered_as_if_it_were_not_there(
    ask: Talk, line: str, says: str
) -> None:
    answer = await ask(line)
    assert answer.flat.startswith(says)
    assert answer.answer.code is Code.MISSING_VALUE


@given(st.data())
def test_a_line_is_read_to_the_last_word_or_refused(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(COMMANDS))
    words = data.draw(st.lists(WORDS | st.just("since:7d") | st.just('"Chasiv Yar"'), max_size=6))
    try:
        given = read_line(command, " ".join(words), KEYS)
    except BadParam:
        return
    left = Counter(" ".join(given.values()).replace('"', "").split())
    typed = " ".join(words).replace('"', "")
    for name in {*given, "since"} if own_key(command, "since") in given else given:
        typed = typed.replace(f"{name}:", "")
    assert left == Counter(typed.split())


@pytest.mark.parametrize("below", ["thanks a lot!", "/status Myrnohrad"])
async def test_what_stands_on_the_line_below_is_neither_read_with_it_nor_lost(
    ask: Talk, below: str
) -> None:
    answer = await ask(f"/status Pokrovsk\n{below}")
    assert answer.answer.about == ("P-704422",)
    assert f"One command at a time: I ignored “{below}”." in answer.text
    assert ("/status place:P-710035" in answer.offered) is below.startswith("/")


async def test_a_key_on_the_line_below_belongs_to_the_command(ask: Talk) -> None:
    assert "since 31 Oct 2025" in (await ask("/claims Pokrovsk\nsince:7d")).first
    assert (await ask("/claims Pokrovsk\nsince:soon")).first.startswith("since: “soon”")


@pytest.mark.parametrize("path", ["link", "retract", "verdict"])
async def test_what_a_command_lacks_is_shown_by_a_line_of_its_own(desk: Talk, path: str) -> None:
    """/link was shown as "E-1 supports E-1", which it refuses."""
    await desk("/link E-14 contradicts E-28 remove:yes", Role.MODERATOR)
    example = (await desk(f"/help {path}", Role.MODERATOR)).lines[2].partition("For example ")[2]
    assert not (await desk(example, Role.MODERATOR)).refused


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/claims since:29 Feb 2025", ""),
        ("/claims until:29 Feb 2023", ""),
        ("/events Pokrovsk last week", "/events place:P-704422 since:2025-10-27 until:2025-11-02"),
    ],
)
async def test_a_day_that_does_not_exist_was_once_split_and_a_key_without_colon_passed_over(
    ask: Talk, line: str, offered: str
) -> None:
    """“since:29 Feb 2025” offered what was said from February 2024 until 2025."""
    answer = await ask(line)
    assert answer.refused
    assert offered in answer.flat
    assert offered or "/claims" not in answer.flat


@pytest.mark.parametrize(
    ("line", "first", "offered"),
    [
        ("/watch add Pokrovsk here", "“here” needs its key: write here:yes.", "here:yes"),
        ("/me forget", "“forget” needs its key: write forget:ask.", "/me forget:ask"),
        ("/export Pokrovsk 7d", "“7d” needs its key: write since:7d.", "since:2025-10-31"),
        ("/claims 10/11/2025", "since: 10/11/2025 could be", "/claims since:2025-11-10"),
        ("/claims 10/11/2025", "since: 10/11/2025 could be", "/claims since:2025-10-11"),
        ("/status yesterday", "“yesterday” needs its key: write at:yesterday.", ""),
        ("/status Good morning", "No place “Good morning” is known here.", ""),
    ],
)
async def test_a_refusal_once_spoke_of_a_place_where_a_day_or_a_speaker_lacked_its_key(
    ask: Talk, line: str, first: str, offered: str
) -> None:
    answer = await ask(line)
    assert answer.first.startswith(first)
    assert offered in answer.flat


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("/add event B. Rain fell. source:S-1\nThanks all", "Thanks all"),
        ("/status Pokrovsk\nat:7d\nThanks all", "Thanks all"),
        ("/status Pokrovsk\nThanks all", "Thanks all"),
        ("/claims text:rain\nand more", ""),
        ("/add event B. Rain fell.\nIt was cold.", ""),
        ('/add event B. source:"S-1\nThanks all"', ""),
        ("/status Pokrovsk", ""),
    ],
)
def test_what_stands_below_the_last_key_was_once_read_into_its_value(line: str, below: str) -> None:
    """“source:S-1” and thanks on the next line gave “No source S-1 Thanks all”."""
    head, rest = split_line(line)
    name, _, words = (
        rest.partition(" ") if f"{head} {rest.split()[0]}" in BY_PATH else ("", "", rest)
    )
    assert split_below(BY_PATH[f"{head} {name}".strip()], words)[1] == below


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("!who holds Pokrovsk", "Pokrovsk: "),
        ("!what did Putin say", "1 claim"),
        ("!foo", "There is no command “foo”."),
        ("Слава", "I did not understand that."),
        ("Kherson", "Kherson: "),
    ],
)
async def test_a_question_after_an_exclamation_mark_was_once_an_unknown_command(
    ask: Talk, line: str, says: str
) -> None:
    """And a word that is a village's name five oblasts away was answered with its status."""
    assert (await ask(line)).first.startswith(says)


@pytest.mark.parametrize("dash", "-‐‑‒–—−")
async def test_a_reference_with_a_hyphen_that_does_not_break_was_once_unknown(
    ask: Talk, dash: str
) -> None:
    assert (await ask(f"/entry E{dash}28")).first.startswith("E-28, claim")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/link E-28 E-50 contradicts", "/link ref:E-28 type:contradicts to:E-50"),
        ("/link contradicts E-28 E-50", "/link ref:E-28 type:contradicts to:E-50"),
        (
            "/verdict refuted E-28 Nobody saw it.",
            '/verdict ref:E-28 value:refuted why:"Nobody saw it."',
        ),
    ],
)
async def test_two_values_in_each_others_place_are_offered_the_right_way_round(
    ask: Talk, line: str, offered: str
) -> None:
    """Each kind of link was offered, with the kind that was written as the other entry."""
    answer = await ask(line, Role.MODERATOR)

    assert answer.refused
    assert answer.offered == [offered]
