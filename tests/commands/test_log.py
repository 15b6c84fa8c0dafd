"""/log: who did what to the record, and why."""

from datetime import time, timedelta

import pytest

from commands.kit.errors import Code
from commands.kit.invocation import Role
from store.model.digest import DigestSettings
from tests.fakes import Talk, TerminalAnswer
from tests.store.conftest import POKROVSK, an_act

MOD = Role.MODERATOR


async def ask(desk: Talk, line: str, who: str = "Moderator One") -> TerminalAnswer:
    return await desk(line, MOD, 60, who)


async def test_the_log_says_number_what_who_when_why_and_the_head_of_the_chain(desk: Talk) -> None:
    await ask(desk, "/retract E-36 It repeats E-35.")
    seq, digest = await desk.store.history.head()
    answer = await ask(desk, "/log")
    assert answer.first == "Log of the record"
    assert answer.lines[1:4] == [
        f"• #{seq} E-36 retracted",
        "  Moderator One · 7 Nov 2025, 12:00 Europe/Kyiv",
        "  It repeats E-35.",
    ]
    assert f"The chain ends with revision {seq}, {digest[:12]}" in answer.text


async def test_pages_of_the_log_join_without_a_gap(desk: Talk) -> None:
    answer, seen = await ask(desk, "/log"), []
    while True:
        seen += [int(line[3:].split()[0]) for line in answer.lines if line.startswith("• #")]
        if not answer.offered:
            break
        answer = await ask(desk, answer.offered[0])
    assert seen == list(range(136, 0, -1))


async def test_a_page_stays_what_it_was_when_more_is_written(desk: Talk) -> None:
    more = (await ask(desk, "/log")).offered[0]
    before = (await ask(desk, more)).lines[1:9]
    await ask(desk, "/retract E-36 x")
    assert (await ask(desk, more)).lines[1:9] == before


async def test_the_log_of_one_person_of_one_entry_and_since_a_day(desk: Talk) -> None:
    await ask(desk, "/retract E-36 x")
    await ask(desk, "/retract E-35 x", who="Moderator Two")
    desk.now += timedelta(days=3)
    await ask(desk, "/restore E-36 y", who="Moderator Two")
    assert [line for line in (await ask(desk, "/log by:me")).lines if "#" in line] == [
        "• #137 E-36 retracted"
    ]
    two = await ask(desk, "/log by:Moderator Two")
    assert two.first == "Log of the record · by Moderator Two"
    assert [line for line in two.lines if "#" in line] == [
        "• #139 E-36 restored",
        "• #138 E-35 retracted",
    ]
    assert "loaded from the seeds" in (await ask(desk, "/log 36")).text
    since = await ask(desk, "/log since:2025-11-09")
    assert [line for line in since.lines if "#" in line] == ["• #139 E-36 restored"]
    both = await ask(desk, "/log E-36 by:Two since:2025-11-09")
    assert both.refused  # a name is read from its start
    both = await ask(desk, "/log E-36 by:moderator two since:2025-11-09")
    assert "#139 restored" in both.text


async def test_two_people_of_one_name_are_told_apart(desk: Talk) -> None:
    await ask(desk, "/retract E-36 x", who="Moderator One")
    await ask(desk, "/retract E-35 x", who="Moderator Two")
    answer = await ask(desk, "/log by:Moderator")
    assert answer.refused
    assert "Which Moderator?" in answer.first
    assert '/log by:"console:Moderator One"' in answer.offered
    assert "#137" in (await ask(desk, answer.offered[0])).text


async def test_nothing_in_the_log_says_so(desk: Talk) -> None:
    answer = await ask(desk, "/log since:2025-11-07 by:me")
    assert answer.first == "Nothing in the log · by Moderator One · since 7 Nov 2025"
    assert (await ask(desk, "/log P-1")).first == "Nothing in the log · of P-1"


@pytest.mark.parametrize("ref", ["E-9999", "A-999", "S-999", "P-999999999", "D-99", "B-9"])
async def test_the_log_of_what_was_never_on_record_was_once_empty_and_no_refusal(
    desk: Talk, ref: str
) -> None:
    answer = await ask(desk, f"/log {ref}")
    assert answer.first == f"Nothing has the reference {ref}."
    assert answer.answer.code is Code.UNKNOWN_REFERENCE


async def test_a_draft_has_a_log_as_long_as_it_is_there(desk: Talk) -> None:
    await ask(desk, "/add event text:Shelling.")
    assert (await ask(desk, "/log D-1")).first == "Nothing in the log · of D-1"


async def test_what_was_done_to_a_seed_is_in_the_log_of_the_seeds(desk: Talk) -> None:
    answer = await ask(desk, "/log by:seeds")
    assert "#136" in answer.text


async def test_summaries_of_some_places_and_a_move_are_in_the_log(desk: Talk) -> None:
    """A summary's places were read as an entry's, and the log answered with a fault."""
    wish = DigestSettings(time(8), "Europe/Kyiv", (POKROVSK,))
    await desk.store.digests.add(an_act("d", "digest"), "matrix", "!old", wish)
    await desk.store.digests.move(an_act("m", "room"), "matrix", "!old", "!new")
    answer = await ask(desk, "/log")
    assert "summaries and watches moved with their room" in answer.lines[1]
    assert "daily summary added: T-1" in answer.text
