"""Answers that are kept: the same as those that are made anew, whatever is written and whenever."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import timedelta
from enum import Enum
from random import Random
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.answers import Answer, Outcome, Renditions
from bot.dispatch import Dispatch
from bot.kept_answers import KeptAnswers
from commands import COMMANDS
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Invocation, Role, Room
from commands.kit.reply import Reply, Text
from store import Store
from tests.fakes import NOON, Talk

READER = Caller("console", "1", "Reader", Role.READER)
MUCH = 16_000_000
ASKED = (
    "/status Pokrovsk",
    "/status Pokrovsk more:yes",
    "/status Myrnohrad at:2025-11-05",
    "/status Kupiansk",
    "/claims by:Putin",
    "/claims place:Pokrovsk",
    "/events Pokrovsk",
    "/search corridor",
    "/search Putin",
    "/search vehicles",
    "/claims place:Myrnohrad",
    "/disputes Pokrovsk",
    "/claims by:Pohorilyi",
    "/sources",
    "/timeline Pokrovsk",
    "/nearest 48.2833,37.1833",
    "/changes 7d",
    "/map Pokrovsk",
)
WRITTEN = (
    "/retract E-28 why:Wrong.",
    "/restore E-28 why:Right.",
    "/retract E-36 why:Wrong.",
    "/restore E-36 why:Right.",
    "/verdict E-28 refuted why:Seen.",
    "/verdict E-28 confirmed why:Seen.",
    "/link E-14 contradicts E-28",
    "/link E-14 contradicts E-28 remove:yes",
    "/desk actor alias Putin Vova",
    "/desk place alias Pokrovsk Pok",
    "/redact E-43 why:Private. sure:yes",
    "/verdict E-36 confirmed why:Seen.",
    "/tell Kupiansk",
    "/watch add Pokrovsk",
)


def keeping(store: Store, most: int = MUCH) -> tuple[Talk, KeptAnswers]:
    """Return a desk that keeps its answers, and what keeps them."""
    talk, kept = Talk(store), KeptAnswers(most)
    store.on_change(kept.forget)
    talk.dispatch = Dispatch(replace(talk.dispatch.desk, kept=kept), talk._log)
    return talk, kept


def test_every_command_whose_answer_is_kept_is_asked_here() -> None:
    asked = {line.split()[0].removeprefix("/") for line in ASKED}
    assert asked == {command.path for command in COMMANDS if command.kept}


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_kept_is_what_would_be_answered_anew(desk: Talk, seed: int) -> None:
    """Between writes of every kind and steps of the clock, back over midnight too."""
    rng = Random(seed)
    talk, _ = keeping(desk.store)
    written = shared = 0
    for _ in range(120):
        chance = rng.random()
        if chance < 0.15:
            line = rng.choice(WRITTEN)
            role = Role.READER if line.startswith("/tell") else Role.ADMIN
            written += (await talk(line, role)).answer.outcome is Outcome.ANSWERED
        elif chance < 0.25:
            step = timedelta(hours=rng.choice((-30, -5, -1, 1, 5, 13, 24, 24 * 9)))
            desk.now = talk.now = talk.now + step
        line = rng.choice(ASKED)
        role = rng.choice((Role.READER, Role.MODERATOR))
        whole = rng.random() < 0.2
        answer = await talk(line, role, whole=whole)
        anew = await desk(line, role, who="Somebody else", whole=whole)
        assert answer.lines == anew.lines, line
        assert [
            each and each.given for each in (answer.answer.understood, answer.answer.asked)
        ] == [each and each.given for each in (anew.answer.understood, anew.answer.asked)]
        shared += answer.answer is (await talk(line, role, whole=whole)).answer
    assert written > 3
    assert shared > 100


@pytest.mark.parametrize("seed", range(4))
async def test_what_many_ask_while_something_is_written_is_as_it_was_before_or_after(
    desk: Talk, seed: int
) -> None:
    """Who asks when the write is done gets what is on record then, whatever is under way."""
    rng = Random(seed)
    talk, _ = keeping(desk.store)
    written = shared = 0

    async def write() -> str:
        return (await talk(rng.choice(WRITTEN[:-2]), Role.ADMIN)).answer.outcome

    for _ in range(30):
        line, role = rng.choice(ASKED), rng.choice((Role.READER, Role.MODERATOR))
        before = (await desk(line, role)).lines
        writing = asyncio.create_task(write())
        early = [talk(line, role, who=str(number)) for number in range(rng.randint(1, 4))]
        asked = asyncio.gather(*early)
        written += await writing is Outcome.ANSWERED
        late = await asyncio.gather(talk(line, role), talk(line, Role.READER, who="Late"))
        anew = await desk(line, role)
        assert {tuple(answer.lines) for answer in await asked} <= {tuple(before), tuple(anew.lines)}
        assert late[0].lines == anew.lines, line
        assert late[1].lines == (await desk(line)).lines, line
        shared += role is Role.READER and late[0].answer is late[1].answer
    assert written > 3
    assert shared > 3


Make = Callable[[], Coroutine[Any, Any, Answer]]


def asking(desk: Talk, kept: KeptAnswers) -> Callable[[Make], Coroutine[Any, Any, Answer]]:
    """Return what asks for one status, which is made as it is told."""
    ctx = desk.dispatch._context(Invocation(READER, Room("console", "local"), "key"))
    command = COMMANDS.find("status")
    assert command is not None
    return lambda make: kept.answer(command, {}, ctx, make)


class Maker:
    """Makes an answer once it may; counts how often it was asked to."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.answer = answer or Answer(Reply((T("Status"),)), Outcome.ANSWERED)
        self.times = 0
        self.may = asyncio.Event()

    async def __call__(self) -> Answer:
        self.times += 1
        await self.may.wait()
        return self.answer


async def test_what_many_ask_at_once_is_made_once(desk: Talk) -> None:
    ask, maker = asking(desk, KeptAnswers(MUCH)), Maker()
    asked = [asyncio.create_task(ask(maker)) for _ in range(5)]
    await asyncio.sleep(0)
    maker.may.set()
    first, *others = [await task for task in asked]
    assert maker.times == 1
    assert first.renditions is not None
    assert all(answer is first for answer in others)


async def test_who_asks_after_a_write_is_given_nothing_that_was_begun_before(desk: Talk) -> None:
    kept = KeptAnswers(MUCH)
    ask, old, new = asking(desk, kept), Maker(), Maker()
    before = asyncio.create_task(ask(old))
    await asyncio.sleep(0)
    kept.forget()
    after = [asyncio.create_task(ask(new)) for _ in range(2)]
    await asyncio.sleep(0)
    old.may.set()
    assert await before is old.answer
    late = asyncio.create_task(ask(new))
    await asyncio.sleep(0)
    new.may.set()
    assert {(await task).reply.title for task in (*after, late)} == {new.answer.reply.title}
    assert (old.times, new.times, kept.answers) == (1, 1, 1)


async def test_who_waits_for_what_fails_makes_it_alone(desk: Talk) -> None:
    kept = KeptAnswers(MUCH)
    ask, maker = asking(desk, kept), Maker()

    async def fail() -> Answer:
        await asyncio.sleep(0)
        raise ValueError("first")

    maker.may.set()
    failing, *others = [asyncio.create_task(ask(make)) for make in (fail, maker, maker)]
    with pytest.raises(ValueError, match="first"):
        await failing
    assert [(await task).reply for task in others] == [maker.answer.reply] * 2
    assert maker.times == 2


async def test_who_stops_waiting_takes_the_answer_from_nobody_else(desk: Talk) -> None:
    ask, maker = asking(desk, KeptAnswers(MUCH)), Maker()
    first, gone, third = [asyncio.create_task(ask(maker)) for _ in range(3)]
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    maker.may.set()
    assert await third is await first
    assert gone.cancelled()
    assert maker.times == 1


async def test_a_redacted_word_is_in_no_answer_and_in_nothing_that_is_kept(desk: Talk) -> None:
    talk, kept = keeping(desk.store)
    before = await talk("/search vehicles")
    assert before.answer.renditions is not None
    assert kept.weight > 1000
    await talk("/redact E-43 why:Private. sure:yes", Role.ADMIN)
    assert kept.weight == 0
    assert not kept.answers
    assert (await talk("/search vehicles")).lines != before.lines


async def test_an_age_changes_at_midnight(desk: Talk) -> None:
    talk, _ = keeping(desk.store)
    assert "today" in (await talk("/status Pokrovsk")).text
    talk.now = NOON + timedelta(hours=13)
    assert "today" not in (await talk("/status Pokrovsk")).text


async def test_an_answer_that_was_under_way_while_something_was_written_is_not_kept(
    desk: Talk,
) -> None:
    kept, answer = KeptAnswers(MUCH), Answer(Reply((T("Status"),)), Outcome.ANSWERED)

    async def work() -> Answer:
        kept.forget()
        return answer

    assert await asking(desk, kept)(work) is answer
    assert not kept.answers


async def test_a_refusal_is_not_kept(desk: Talk) -> None:
    talk, kept = keeping(desk.store)
    for _ in range(2):
        assert (await talk("/status Nowhereville")).refused
    assert not kept.answers


async def test_what_is_asked_in_vain_is_counted_each_time(desk: Talk) -> None:
    talk, _ = keeping(desk.store)
    noted: list[object] = []

    class Tally:
        def note(self, *what: object) -> None:
            noted.append(what)

    tallied = replace(talk.dispatch.desk, tally=Tally())
    talk.dispatch = Dispatch(tallied, talk._log)
    talk.now = NOON + timedelta(days=60)
    await talk("/status Pokrovsk")
    await talk("/status Pokrovsk")
    assert len(noted) == 2
    assert [line["command"] for line in talk.logged] == ["status", "status"]


async def test_no_more_is_kept_than_fits_and_what_was_asked_last_stays(desk: Talk) -> None:
    talk, kept = keeping(desk.store, 60_000)
    for line in ASKED * 2:
        await talk(line)
        assert kept.weight <= 60_000
    assert kept.answers < len(ASKED)
    last = await talk(ASKED[-1])
    assert (await talk(ASKED[-1])).answer is last.answer


async def test_an_answer_is_weighed_about_as_heavy_as_it_is_in_memory(desk: Talk) -> None:
    for line in ("/status Pokrovsk", "/status Kupiansk more:yes", "/claims by:Putin", "/sources"):
        talk, kept = keeping(desk.store)
        answer = (await talk(line)).answer
        assert 0.5 < kept.weight / _size(answer, set()) < 2, line


def _size(value: object, seen: set[int]) -> int:
    """Return the bytes of a value and of what it holds, each object once; members of enums none."""
    if value is None or isinstance(value, Enum | Renditions) or id(value) in seen:
        return 0
    seen.add(id(value))
    held: Iterable[object] = ()
    if isinstance(value, Struct):
        held = (getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, T):
        held = (value.given,)
    elif isinstance(value, Mapping):
        held = value.values()
    elif isinstance(value, tuple | list):
        held = value
    return sys.getsizeof(value) + sum(_size(each, seen) for each in held)


async def test_half_a_character_in_a_question_hinders_no_answer(desk: Talk) -> None:
    talk, kept = keeping(desk.store)
    for _ in range(2):
        assert not (await talk("/status Pokrovsk more:\ud83d")).refused
    assert kept.answers == 1


async def test_what_is_made_of_an_answer_is_made_once_and_weighed(desk: Talk) -> None:
    talk, kept = keeping(desk.store)
    answer = (await talk("/status Pokrovsk")).answer
    before, renderings = kept.weight, []

    def make() -> str:
        renderings.append(1)
        return "x" * 1000

    assert answer.render("a", make) == answer.render("a", make)
    assert len(renderings) == 1
    assert 1000 <= kept.weight - before < 6000
    other = replace(answer, reply=Reply((T("Read"),), (Text(("other",)),)))
    assert other.render("a", lambda: "its own") == "its own"
