"""Answers that are kept: the same as those that are made anew, whatever is written and whenever."""

from datetime import timedelta
from random import Random

import pytest
from msgspec.structs import replace

from bot.answers import Answer, Outcome
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
        said = await talk(line, role, whole=whole)
        anew = await desk(line, role, who="Somebody else", whole=whole)
        assert said.lines == anew.lines, line
        assert [each and each.given for each in (said.answer.understood, said.answer.asked)] == [
            each and each.given for each in (anew.answer.understood, anew.answer.asked)
        ]
        shared += said.answer is (await talk(line, role, whole=whole)).answer
    assert written > 3
    assert shared > 100


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
    kept = KeptAnswers(MUCH)
    ctx = desk.dispatch._context(Invocation(READER, Room("console", "local"), "key"))
    command = COMMANDS.find("status")
    assert command is not None
    answer = Answer(Reply((T("Status"),)), Outcome.ANSWERED)

    async def work() -> Answer:
        kept.forget()
        return answer

    assert await kept.answer(command, {}, ctx, work) is answer
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


async def test_what_is_made_of_an_answer_is_made_once_and_weighed(desk: Talk) -> None:
    talk, kept = keeping(desk.store)
    answer = (await talk("/status Pokrovsk")).answer
    before, made = kept.weight, []

    def make() -> str:
        made.append(1)
        return "x" * 1000

    assert answer.render("a", make) == answer.render("a", make)
    assert len(made) == 1
    assert 1000 <= kept.weight - before < 1200
    other = replace(answer, reply=Reply((T("Read"),), (Text(("other",)),)))
    assert other.render("a", lambda: "its own") == "its own"
