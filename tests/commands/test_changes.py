"""What /changes says of the replayed fortnight, held against what was done in it step by step."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from commands.kit.inlines import Inline, Line, Phrase, Reference, Strong, T
from commands.kit.reply import Item, Items, Reply
from scripts.replay import DESK, FIRST, LAST, NOON, Filer, Seeds, at, read_seeds
from store import SEEDS, open_store
from store.model.entry import DISPUTING, Kind, VerdictValue
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.revision import Act
from store.model.span import Span
from store.record import entry_rows
from tests.fakes import Talk, TerminalAnswer, folder
from tests.store.conftest import MYRNOHRAD

CORRECTED, CAME_AND_WENT, RETRACTED, CHECKED = 28, 44, 54, 33
"""Seeds, by their own numbers, to which something is done later."""
LATE = date(2025, 11, 6)
DAYS = [date(2025, 10, 24), date(2025, 10, 30), date(2025, 11, 3), LATE, date(2025, 11, 7), LAST]
WINDOWS = list(combinations_with_replacement(DAYS, 2))


class Steps(Struct):
    """What was done on which day, by the entries' numbers in the replayed store."""

    filed: dict[int, date]
    corrected: dict[int, date]
    retracted: dict[int, date]
    checked: dict[int, date]
    linked: dict[frozenset[int], date]
    entries: dict[int, Filing]

    def live(self, entry: int) -> bool:
        return entry not in self.retracted


class Fortnight(Struct):
    """The replayed desk, and the steps it lived through."""

    desk: Talk
    steps: Steps


async def _live_through(path: Path, seeds: Seeds) -> Steps:
    steps = Steps({}, {}, {}, {}, {}, {})
    bare = path.parent / "bare"
    shutil.copytree(SEEDS, bare, ignore=shutil.ignore_patterns("pokrovsk-*.toml"))
    async with await open_store(path) as store:
        await store.load_seeds(at(FIRST, NOON), bare)
        filer = Filer(store, seeds)
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            known, linked = set(filer.ids.values()), set(filer.linked)
            await filer.file(at(day, NOON))
            steps.filed |= dict.fromkeys(set(filer.ids.values()) - known, day)
            for link in filer.linked - linked:
                if link.kind in DISPUTING:
                    steps.linked[frozenset({filer.ids[link.from_id], filer.ids[link.to_id]})] = day
            await _mend(filer, steps, at(day, NOON) + timedelta(hours=1))
    steps.entries = {filer.ids[number]: entry for number, entry in seeds.entries.items()} | (
        steps.entries
    )
    return steps


async def _mend(filer: Filer, steps: Steps, now: datetime) -> None:
    """Correct, retract and check what the seeds filed, and file what another assessor thinks."""
    store, day = filer.store, now.date()
    if day == date(2025, 11, 3):
        work = partial(entry_rows.file, filing=_judgement("ukrainian_held", day), at=now)
        act = Act("assess", "file", DESK, now, "Filed as it was read.")
        await _keep(steps, (await store.history.write(act, work)).target, day, "ukrainian_held")
    if day == LATE:
        number = filer.ids[CORRECTED]
        was = filer.seeds.entries[CORRECTED]
        act = Act("mend", "correct", DESK, now, "The day was misread.")
        await store.moderation.correct(act, number, 1, replace(was, credibility=4))
        steps.corrected[number] = day
    if day == date(2025, 11, 7):
        await _retract(filer, steps, CAME_AND_WENT, now)
    if day == LAST:
        await _retract(filer, steps, RETRACTED, now)
        work = partial(entry_rows.file, filing=_judgement("contested", LATE), at=now)
        act = Act("again", "file", DESK, now, "Filed late.")
        await _keep(steps, (await store.history.write(act, work)).target, day, "contested")
        steps.checked[filer.ids[CHECKED]] = day
        act = Act("check", "verdict", DESK, now, "Two others were there.")
        await store.moderation.check(act, filer.ids[CHECKED], VerdictValue.CONFIRMED, 1)


async def _retract(filer: Filer, steps: Steps, seed: int, now: datetime) -> None:
    number = filer.ids[seed]
    steps.retracted[number] = now.date()
    act = Act(f"take {seed}", "retract", DESK, now, "Nobody said it.")
    await filer.store.moderation.retract(act, number)


def _judgement(control: str, day: date) -> Filing:
    return Filing(
        Kind.ASSESSMENT,
        "control",
        "Myrnohrad, as an assessor has it.",
        Span.on(day),
        (FiledSource(1),),
        (FiledPlace(MYRNOHRAD),),
        actor_id=1,
        control=control,
    )


async def _keep(steps: Steps, target: str, day: date, control: str) -> None:
    number = int(target[2:])
    steps.filed[number] = day
    steps.entries[number] = _judgement(control, day if control == "ukrainian_held" else LATE)


@pytest.fixture(scope="module")
def replay() -> tuple[Path, Steps]:
    own = folder()
    path = own / "replayed.db"
    seeds = asyncio.run(read_seeds(own / "seeds.db"))
    return path, asyncio.run(_live_through(path, seeds))


@pytest.fixture
async def fortnight(replay: tuple[Path, Steps]) -> AsyncIterator[Fortnight]:
    path, steps = replay
    async with await open_store(path, writing=False) as store:
        yield Fortnight(Talk(store, at(LAST, NOON) + timedelta(hours=9)), steps)


async def read_part(
    desk: Talk, part: str, first: date, last: date, clock: str
) -> list[frozenset[int]]:
    """Return the references that a part of the answer tells of, an item each, of all its pages."""
    told: list[frozenset[int]] = []
    line = f"/changes from:{first} to:{last} clock:{clock} only:{part}"
    while line:
        answer = await desk(line)
        assert not answer.refused
        told += _references(answer.reply, pairs=part == "contradicted")
        line = next(iter(answer.offered), "")
    return told


def _references(reply: Reply, *, pairs: bool) -> Iterator[frozenset[int]]:
    for block in reply.blocks:
        for item in block.items if isinstance(block, Items) else ():
            numbers = [int(ref[2:]) for ref in _refs(_flatten(item))]
            yield frozenset(numbers[: 2 if pairs else 1])


def _flatten(item: Item) -> Line:
    return (*item.lead, *(part for line in item.under for part in line))


def _refs(line: Line) -> Iterator[str]:
    for part in line:
        yield from _refs_in(part)


def _refs_in(part: Inline) -> Iterator[str]:
    match part:
        case Reference(ref):
            yield ref
        case Phrase(line):
            yield from _refs(line)
        case Strong(inline):
            yield from _refs_in(inline)
        case T():
            for value in part.given.values():
                if not isinstance(value, int):
                    yield from _refs_in(value)


def singles(numbers: set[int]) -> list[frozenset[int]]:
    return sorted((frozenset({number}) for number in numbers), key=sorted)


async def test_by_the_record_the_days_hold_what_was_done_in_them(fortnight: Fortnight) -> None:
    for first, last in WINDOWS:
        for part, expected in parts_by_record(fortnight.steps, first, last).items():
            answer = await read_part(fortnight.desk, part, first, last, "record")
            assert sorted(answer, key=sorted) == expected, (first, last, part)


def parts_by_record(steps: Steps, first: date, last: date) -> dict[str, list[frozenset[int]]]:
    """Return what was done in those days, by the parts of the answer."""

    def done(acts: dict[int, date]) -> set[int]:
        return {entry for entry, day in acts.items() if first <= day <= last}

    new, gone = done(steps.filed), done(steps.retracted)
    return {
        "new": singles(new - gone),
        "corrected": singles(done(steps.corrected) - new - gone),
        "retracted": singles(gone - new),
        "verdicts": singles(done(steps.checked)),
        "contradicted": sorted(
            (
                pair
                for pair, day in steps.linked.items()
                if first <= day <= last and all(map(steps.live, pair))
            ),
            key=sorted,
        ),
    }


async def test_by_the_world_the_days_hold_what_happened_in_them_as_known_now(
    fortnight: Fortnight,
) -> None:
    for first, last in WINDOWS:
        for part, expected in parts_by_world(fortnight.steps, first, last).items():
            answer = await read_part(fortnight.desk, part, first, last, "world")
            assert sorted(answer, key=sorted) == expected, (first, last, part)


def is_within(day: Span, first: date, last: date) -> bool:
    """Tell whether a day is one of those days; without a first day only its last one tells."""
    is_sure = day.earliest is not None or day.latest <= last
    return is_sure and day.overlaps(first, last)


async def test_what_has_no_first_day_was_counted_in_every_week_before_its_last(
    fortnight: Fortnight,
) -> None:
    """A week two thousand years ago had 22 entries: all that is undated."""
    assert (await fortnight.desk("/changes to:0002-01-01")).flat.startswith("Nothing changed")
    day = FIRST - timedelta(days=1)
    assert (await fortnight.desk(f"/changes from:{day} to:{day}")).flat.startswith("Nothing")


def parts_by_world(steps: Steps, first: date, last: date) -> dict[str, list[frozenset[int]]]:
    """Return what was in those days, as it is known in the end."""
    then = {number for number, entry in steps.entries.items() if is_within(entry.day, first, last)}
    live = {number for number in then if steps.live(number)}
    pairs = [
        pair
        for pair in steps.linked
        if all(map(steps.live, pair))
        and first <= max(steps.entries[number].day.latest for number in pair) <= last
    ]
    return {
        "new": singles(live),
        "corrected": singles(live & set(steps.corrected)),
        "retracted": singles(then - live),
        "verdicts": singles(live & set(steps.checked)),
        "contradicted": sorted(pairs, key=sorted),
    }


@pytest.mark.parametrize(
    ("days", "clock", "now", "then"),
    [
        ("from:2025-11-03 to:2025-11-03", "world", "Ukrainian-held", "NO ASSESSMENT ON RECORD"),
        ("from:2025-11-04 to:2025-11-05", "world", "Ukrainian-held", "as before, on 3 Nov 2025"),
        ("from:2025-11-04 to:2025-11-06", "world", "Contested", "before, 3 Nov 2025"),
        ("from:2025-11-04 to:2025-11-07", "record", "Ukrainian-held", "as before, on 3 Nov 2025"),
        ("from:2025-11-08 to:2025-11-08", "record", "Contested", "before, 7 Nov 2025"),
    ],
)
async def test_a_status_turns_by_the_world_on_its_day_and_by_the_record_when_it_was_filed(
    fortnight: Fortnight, days: str, clock: str, now: str, then: str
) -> None:
    answer = await fortnight.desk(f"/changes Myrnohrad {days} clock:{clock} only:control")
    assert now in answer.flat
    assert then in answer.flat


async def test_a_correction_shows_old_and_new_and_why(fortnight: Fortnight) -> None:
    answer = await fortnight.desk("/changes from:2025-11-06 to:2025-11-06 clock:record")
    section = answer.after("Corrected")
    assert "The day was misread." in section
    assert "credibility: 6 → 4" in section


async def test_a_button_flips_the_clock_and_keeps_the_days(fortnight: Fortnight) -> None:
    there = await fortnight.desk("/changes Pokrovsk from:24 Oct to:6 Nov")
    back = await fortnight.desk(there.offered[0])
    assert "put on record" in back.flat
    assert (await fortnight.desk(back.offered[0])).text == there.text


async def test_an_area_has_the_changes_of_its_places(fortnight: Fortnight) -> None:
    answer = await fortnight.desk("/changes Donetsk Oblast from:3 Nov to:3 Nov only:control")
    assert "Myrnohrad" in answer.flat
    nothing = await fortnight.desk("/changes Kharkiv Oblast from:3 Nov to:3 Nov")
    assert "Myrnohrad" not in nothing.flat


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/changes from:2025-11-07 to:2025-11-01", "to: 1 Nov 2025 is before from: 7 Nov 2025"),
        ("/changes from:../2025-11-01 to:2025-11-02", "from: needs a first day"),
    ],
)
async def test_days_that_cannot_be_are_refused_by_name(
    fortnight: Fortnight, line: str, words: str
) -> None:
    answer = await fortnight.desk(line)
    assert answer.refused
    assert words in answer.flat


async def test_quiet_days_say_that_nothing_changed(ask: Talk) -> None:
    answer: TerminalAnswer = await ask(
        "/changes Kupiansk from:2025-01-01 to:2025-01-05 clock:record"
    )
    assert answer.first.startswith("Nothing changed · about Kupiansk")
