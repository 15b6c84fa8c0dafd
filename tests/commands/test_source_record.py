"""/sources NAME: what became of claims, with n and entries, and nothing where they are too few."""

import re
from datetime import timedelta
from functools import partial

import pytest

from bot.dispatch import Desk, Dispatch
from commands import COMMANDS
from store import Store
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.revision import Act, Person
from store.model.span import Span
from store.record import entry_rows
from tests.fakes import NOON, ZONE, Talk
from tests.store.conftest import POKROVSK

DESK = Person("console", "desk", "The desk")
DEINEHA = 7
DAY = NOON.date()


async def claim(store: Store, number: int, by: int = DEINEHA, back: int = 0) -> int:
    """File a claim that was made so many days back; return its number."""
    filing = Filing(
        Kind.CLAIM,
        "other",
        f"Claim {number} of {by}.",
        Span.on(DAY - timedelta(back)),
        (FiledSource(1),),
        (FiledPlace(POKROVSK),),
        actor_id=by,
    )
    act = Act(f"c{number}-{by}", "file", DESK, NOON, "To be checked.")
    revision = await store.history.write(act, partial(entry_rows.file, filing=filing, at=NOON))
    return int(revision.target[2:])


async def judge(store: Store, entry: int, value: VerdictValue) -> None:
    act = Act(f"v{entry}", "verdict", DESK, NOON, "It was checked.")
    await store.moderation.check(act, entry, value, 1)


@pytest.fixture
async def busy(desk: Talk) -> Talk:
    """A desk where a speaker has 12 more claims, each a day older than the one before: 11 known."""
    for number in range(1, 13):
        entry = await claim(desk.store, number, back=number)
        if number <= 8:
            await judge(desk.store, entry, VerdictValue.CONFIRMED)
        elif number <= 11:
            await judge(desk.store, entry, VerdictValue.REFUTED)
        if number <= 10:
            other = await claim(desk.store, number, by=4, back=0 if number <= 7 else 20)
            act = Act(f"l{number}", "link", DESK, NOON, "They say the same.")
            await desk.store.moderation.link(act, other, LinkType.SUPPORTS, entry)
    return desk


async def test_claims_are_counted_by_what_became_of_them(busy: Talk) -> None:
    record = (await busy("/sources A-7")).after("Of 19 claims")
    assert re.search(r"confirmed: 8 \(E-\d+, E-\d+, E-\d+, 5 more\)", record)
    assert re.search(r"refuted: 3 \(E-\d+, E-\d+, E-\d+\)", record)
    assert "not checked: 8" in record


async def test_days_until_known_are_the_middle_of_all_with_their_number(busy: Talk) -> None:
    record = (await busy("/sources A-7")).after("Of 19 claims")
    assert "days until it was known, median: 6 (n = 11)" in record


async def test_who_was_first_to_say_it_is_counted_among_what_others_say_too(busy: Talk) -> None:
    record = (await busy("/sources A-7")).after("Of 19 claims")
    assert "first to say it: 7 of 10 (E-" in record


async def test_fewer_than_ten_are_too_few_to_tell(ask: Talk) -> None:
    assert (await ask("/sources A-7")).after("Of 7 claims").startswith("too few to tell")


async def test_a_desk_may_leave_it_out(busy: Talk) -> None:
    desk = Desk(busy.store, COMMANDS, lambda: NOON, ZONE, 7, tells_records=False)
    busy.dispatch = Dispatch(desk, lambda *_, **__: None)
    assert "Of 19 claims" not in (await busy("/sources A-7")).text
