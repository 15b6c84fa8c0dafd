"""A draft: filed once however often one clicks, kept over a restart, its owner's alone."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dispatch import Outcome
from commands.kit.invocation import Role
from store import open_store
from tests.commands.filing import CLAIM, add, file_line
from tests.fakes import NOON, Talk, TerminalAnswer, copy_store

MODERATOR, OTHER = Role.MODERATOR, "Moderator Two"


async def revisions(desk: Talk) -> int:
    return (await desk.store.history.head())[0]


async def test_to_file_twice_files_once_and_says_the_same(desk: Talk) -> None:
    line = file_line(await add(desk, CLAIM))
    first, second = await add(desk, line), await add(desk, line)
    assert first.text == second.text
    assert await desk.store.entries.get(66) is None


async def test_a_link_is_offered_only_where_something_on_record_calls_for_it(desk: Talk) -> None:
    """Under every entry stood how to link it, always with E-28."""
    filed = await add(desk, file_line(await add(desk, CLAIM)))
    assert "To link it" not in filed.text
    ring = CLAIM.replace("The road out is cut.", "Pokrovsk is surrounded.")
    opposite = await add(desk, file_line(await add(desk, ring)))
    (line,) = (line for line in opposite.lines if "To link it:" in line)
    assert line.endswith("/link E-66 contradicts E-29")
    assert "E-29 · The article's narrator calls Putin's claim" in opposite.flat
    again = await add(desk, file_line(await add(desk, ring.replace("by:Putin", "by:Fysun"))))
    assert "To link it: /link E-67 contradicts" in again.text
    assert not (await add(desk, line.split(" it: ")[1])).refused


async def test_an_entry_in_like_words_is_the_one_that_is_offered(desk: Talk) -> None:
    await add(desk, file_line(await add(desk, CLAIM)))
    twin = await add(desk, file_line(await add(desk, CLAIM)))
    assert "To link it: /link E-66 duplicates E-65" in twin.text
    other = await add(desk, file_line(await add(desk, CLAIM.replace("by:Putin", "by:Fysun"))))
    assert "To link it: /link E-67 supports E-6" in other.text


async def test_ten_clicks_at_once_file_once_and_say_the_same(desk: Talk) -> None:
    line = file_line(await add(desk, CLAIM + " link:contradicts E-14"))
    before = await revisions(desk)
    answers = await asyncio.gather(*(add(desk, line) for _ in range(10)))
    assert {answer.text for answer in answers} == {answers[0].text}
    assert answers[0].first == "Filed as E-65"
    assert await revisions(desk) == before + 2  # the entry, and its link


async def test_to_file_and_to_drop_at_once_is_one_of_the_two(desk: Talk) -> None:
    line = file_line(await add(desk, CLAIM))
    filed, dropped = await asyncio.gather(add(desk, line), add(desk, "/draft drop D-1"))
    assert filed.refused is not dropped.refused
    there = await desk.store.entries.get(65) is not None
    assert there is dropped.refused


async def test_what_changed_since_it_was_seen_is_not_filed_by_an_old_button(desk: Talk) -> None:
    old = file_line(await add(desk, CLAIM))
    await add(desk, "/add claim draft:D-1 day:2025-11-04")
    answer = await add(desk, old)
    assert answer.refused
    assert answer.lines == ["D-1 was changed since you saw it. Look again:", "/draft show D-1"]
    assert await desk.store.entries.get(65) is None


async def test_a_change_at_the_moment_of_filing_is_in_it_or_is_refused(desk: Talk) -> None:
    line = file_line(await add(desk, CLAIM))
    change = "/add claim draft:D-1 credibility:3"
    filed, changed = await asyncio.gather(add(desk, line), add(desk, change))
    assert filed.refused is not changed.refused


async def test_a_draft_is_there_after_a_restart(seeds_file: Path, tmp_path: Path) -> None:
    path = copy_store(seeds_file, tmp_path / "own.db")
    async with await open_store(path) as store:
        line = file_line(await add(Talk(store), CLAIM))
    async with await open_store(path) as store:
        desk = Talk(store)
        assert "The road out is cut." in (await add(desk, "/draft show D-1")).text
        assert (await add(desk, line)).first == "Filed as E-65"


@pytest.mark.parametrize(
    "line",
    [
        "/draft show D-1",
        "/draft file D-1",
        "/draft drop D-1",
        "/draft fill D-1",
        "/add claim draft:D-1 text:Mine",
        "/draft create D-1 field:by name:X",
    ],
)
async def test_anothers_draft_is_refused(desk: Talk, line: str) -> None:
    await add(desk, CLAIM)
    answer = await desk(line, as_=MODERATOR, who=OTHER)
    assert answer.refused
    assert answer.text == "D-1 belongs to someone else; only they can see it."


async def test_a_draft_that_nobody_touched_for_a_week_is_gone(desk: Talk) -> None:
    await add(desk, CLAIM)
    desk.now = NOON + timedelta(days=7, minutes=1)
    answer = await add(desk, "/draft show D-1")
    assert answer.refused
    assert answer.text == "There is no draft D-1. Drafts are kept for a week."
    assert (await add(desk, "/draft show")).first.startswith("You have no drafts.")
    assert (await add(desk, CLAIM)).first == "D-2 · draft of a claim"
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.fields == {}


async def test_a_draft_that_one_goes_on_with_stays(desk: Talk) -> None:
    await add(desk, CLAIM)
    desk.now = NOON + timedelta(days=6)
    await add(desk, "/add claim draft:D-1 credibility:3")
    desk.now = NOON + timedelta(days=12)
    assert "F3" in (await add(desk, "/draft show D-1")).text


async def test_ones_drafts_are_listed_newest_first(desk: Talk) -> None:
    await add(desk, CLAIM)
    await add(desk, "/add event place:Pokrovsk")
    answer = await add(desk, "/draft show")
    assert answer.lines[:3] == [
        "You have 2 drafts",
        "• D-2 · event",
        "• D-1 · claim · The road out is cut.",
    ]
    assert answer.offered == ["/draft show ref:D-2", "/draft show ref:D-1", "/draft drop all:yes"]


async def test_a_dropped_draft_is_gone_and_a_filed_one_says_where_it_is(desk: Talk) -> None:
    await add(desk, CLAIM)
    assert (await add(desk, "/draft drop D-1")).first == "Dropped D-1."
    answer = await add(desk, "/draft show D-1")
    assert answer.text == "Draft D-1 is gone: drafts are kept for a week."
    await add(desk, file_line(await add(desk, CLAIM)))
    assert (await add(desk, "/draft show D-2")).text == "That is filed already, as E-65."
    assert (await add(desk, "/add claim draft:D-2 text:More")).refused


async def test_the_words_of_a_filed_draft_are_not_kept_twice(desk: Talk) -> None:
    await add(desk, file_line(await add(desk, CLAIM)))
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.fields == {}


@pytest.mark.parametrize("ref", ["D-99", "D-x", "99999999999", "-1", "D-²"])
async def test_what_is_no_draft_is_refused_in_a_sentence(desk: Talk, ref: str) -> None:
    answer: TerminalAnswer = await add(desk, f"/draft show {ref}")
    assert answer.refused
    assert len(answer.lines) == 1


@pytest.mark.parametrize("name", ["---", "’", "http://[::1", "https://?x"])
@pytest.mark.parametrize("field", ["by", "place", "source"])
async def test_a_name_that_is_none_is_never_a_bug(desk: Talk, field: str, name: str) -> None:
    """A name without a letter, and an address without a host, ended in an error of the store."""
    await add(desk, CLAIM)
    answer = await add(desk, f"/draft create ref:D-1 field:{field} name:{name}")
    assert answer.answer.outcome is not Outcome.FAULT
    answer = await add(desk, f"/add claim draft:D-1 {field}:{name}")
    assert answer.answer.outcome is not Outcome.FAULT


async def test_nothing_is_filed_while_the_record_is_frozen(desk: Talk) -> None:
    answer = await add(desk, CLAIM)
    from tests.store.conftest import an_act  # noqa: PLC0415 -- the one act of this test

    await desk.store.moderation.freeze(an_act("freeze", "freeze"))
    refused = await add(desk, file_line(answer))
    assert refused.refused
    assert refused.first.startswith("The record is frozen and read-only")
    assert "The road out is cut." in (await add(desk, "/draft show D-1")).text


async def test_a_draft_in_other_words_is_cautioned_about_as_a_check_would_find_it(
    desk: Talk,
) -> None:
    """Only letters were compared, so that the same said in other words was no caution."""
    answer = await desk(
        '/add claim "Путін каже, що Покровськ і Куп’янськ оточено." by:Putin day:2025-10-29'
        " place:Pokrovsk source:S-1",
        Role.MODERATOR,
    )
    assert "Much like E-28" in answer.flat


async def test_what_an_assessment_needs_was_not_asked_for_where_it_was_left_empty(
    desk: Talk,
) -> None:
    answer = await add(desk, "/add assessment by:A-6 place:Pokrovsk control: day:5 Nov source:S-1")
    assert "Still needed: control" in answer.text
    assert "/add assessment draft:D-1 control:…" in answer.text
    assert (await add(desk, "/add assessment draft:D-1 control:contested")).offered
    emptied = await add(desk, "/add assessment draft:D-1 control:")
    assert "Still needed: control" in emptied.text
    form = (await add(desk, "/draft fill D-1")).reply.form
    assert form is not None
    assert form.missing == ("control",)
