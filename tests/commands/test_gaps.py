"""`/gaps`: how many asked in vain, told apart until midnight and kept as a number alone."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.gap_tally import GapTally
from bot.notify.scheduler import Schedule
from commands.kit.invocation import Caller, Role
from commands.kit.reply import Unanswered
from store import open_store
from store.model.filing import FiledPlace
from store.model.subject import Subject
from store.workflow.gaps import KEPT, DayCount
from tests.fakes import Talk, TerminalAnswer, copy_store
from tests.store.conftest import addition, an_act, an_entry

KHARKIV = 706483
THREE = ("Reader One", "Reader Two", "Reader Three")
TODAY = date(2025, 11, 7)


class CountingTalk(Talk):
    """A desk that counts who asks in vain, and its schedule."""

    def count(self) -> None:
        self.dispatch.desk = replace(self.dispatch.desk, tally=GapTally())

    async def each(self, line: str, *people: str) -> None:
        for person in people:
            await self(line, who=person)

    async def turn(self) -> None:
        await Schedule(self.store, self.dispatch, {}, lambda: self.now, self._log).turn()

    async def gaps(self) -> TerminalAnswer:
        await self.turn()
        return await self("/gaps", Role.MODERATOR)


@pytest.fixture
def own(seeds_file: Path, tmp_path: Path) -> Path:
    return copy_store(seeds_file, tmp_path / "own.db")


@pytest.fixture
async def counting(own: Path) -> AsyncIterator[CountingTalk]:
    async with await open_store(own) as store:
        talk = CountingTalk(store)
        talk.count()
        yield talk


async def test_what_three_people_asked_in_vain_is_shown_with_its_busiest_day(
    counting: CountingTalk,
) -> None:
    await counting.each("/status Kharkiv", *THREE)
    await counting.each("/check Харків: тиша", "Reader Four")
    await counting("/tell Kharkiv")
    counting.now += timedelta(days=1)
    await counting.each("/claims Kharkiv", *THREE)
    answer = await counting.gaps()
    assert answer.first == "Asked in vain, on most days first"
    assert "• Kharkiv on 2 days · 4 people on 7 Nov 2025 · 1 waits to be told" in answer.flat
    assert "No entry yet" in answer.flat


async def test_two_people_are_not_counted_however_often_they_ask(counting: CountingTalk) -> None:
    for _ in range(3):
        await counting.each("/status Kharkiv", *THREE[:2])
    assert (await counting.gaps()).first == "Nothing was asked in vain"


async def test_no_sum_is_made_of_people_over_days(counting: CountingTalk) -> None:
    for _ in range(2):
        await counting.each("/status Kharkiv", *THREE)
        counting.now += timedelta(days=1)
    assert "on 2 days · 3 people on" in (await counting.gaps()).flat


async def test_a_speaker_and_a_kind_of_event_are_gaps_of_their_own(counting: CountingTalk) -> None:
    await counting.each("/claims Kharkiv by:Putin", *THREE)
    await counting.each("/events Kharkiv kind:strike", *THREE)
    text = (await counting.gaps()).flat
    assert "Kharkiv · by Vladimir Putin" in text
    assert "Kharkiv · strike" in text


@pytest.mark.parametrize(
    "line",
    [
        "/status Pokrovsk",
        "/claims Kharkiv text:secret",
        "/events Kharkiv until:2025-11-01",
        "/check My aunt Olha lives here",
    ],
)
async def test_what_is_answered_and_what_no_entry_would_answer_is_no_gap(
    counting: CountingTalk, line: str
) -> None:
    await counting.each(line, *THREE)
    assert (await counting.gaps()).first == "Nothing was asked in vain"


async def test_the_newest_entry_there_is_named(counting: CountingTalk) -> None:
    entry = an_entry(text="A drone hit a depot.", places=(FiledPlace(KHARKIV),))
    await counting.store.history.write(an_act("filed"), addition(entry))
    await counting.each("/status Kharkiv", *THREE)
    assert "Newest entry: E-" in (await counting.gaps()).flat


async def test_nothing_on_disk_says_who_asked(counting: CountingTalk, own: Path) -> None:
    await counting.each("/status Kharkiv", *THREE)
    await counting.turn()
    with closing(sqlite3.connect(own)) as db:
        assert db.execute("SELECT * FROM gaps").fetchall() == [
            (KHARKIV, 0, "", TODAY.isoformat(), 3)
        ]
    for file in own.parent.iterdir():
        assert b"Reader Three" not in file.read_bytes()


async def test_a_number_goes_after_three_months(counting: CountingTalk) -> None:
    await counting.each("/status Kharkiv", *THREE)
    await counting.turn()
    counting.now += KEPT - timedelta(days=1)
    assert "Kharkiv" in (await counting.gaps()).flat
    counting.now += timedelta(days=1)
    assert "Kharkiv" not in (await counting.gaps()).flat


async def test_a_restart_makes_no_day_busier_than_it_was(counting: CountingTalk) -> None:
    await counting.each("/status Kharkiv", *THREE, "Reader Four")
    await counting.turn()
    counting.count()
    await counting.each("/status Kharkiv", *THREE)
    assert "4 people on 7 Nov 2025" in (await counting.gaps()).flat


async def test_a_desk_that_remembers_nobody_says_that_nothing_is_counted(ask: Talk) -> None:
    ask.dispatch.desk = replace(ask.dispatch.desk, remembers=False)
    answer = await ask("/gaps", Role.MODERATOR)
    assert "SITREP_REMEMBER=no: nothing is counted." in answer.flat


def asks(tally: GapTally, name: str, day: date) -> None:
    tally.note(Caller("discord", name, name, Role.READER), [Unanswered(f"P-{KHARKIV}")], day)


def hashes(tally: GapTally) -> set[bytes]:
    return {mark for marks in tally._people.values() for mark in marks}


def test_whoever_asks_on_both_sides_of_midnight_cannot_be_told_to_be_the_same() -> None:
    tally = GapTally()
    asks(tally, "1", TODAY)
    before = hashes(tally)
    asks(tally, "1", TODAY + timedelta(days=1))
    assert before.isdisjoint(hashes(tally))


def test_at_midnight_key_and_hashes_go_though_nobody_asks() -> None:
    tally = GapTally()
    asks(tally, "1", TODAY)
    key = tally._key
    assert tally.take(TODAY + timedelta(days=1)) == ()
    assert not tally._people
    assert tally._key != key


def test_the_number_of_a_day_is_not_lost_when_the_next_begins() -> None:
    tally = GapTally()
    for name in "123":
        asks(tally, name, TODAY)
    asks(tally, "1", TODAY + timedelta(days=1))
    assert tally.take(TODAY + timedelta(days=1)) == (DayCount(Subject(KHARKIV), TODAY, 3),)
    assert tally.take(TODAY + timedelta(days=1)) == ()
