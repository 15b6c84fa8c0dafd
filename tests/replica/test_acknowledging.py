"""What is confirmed before it is called done, and who never waits for that."""

import pytest
from msgspec.structs import replace

from bot.dispatch import Dispatch
from bot.platform import Notification
from bot.replica.acknowledge import Durability
from bot.replica.confirmed_notifier import ConfirmedNotifier, confirm_before_posts
from commands import COMMANDS
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.reply import Action, Reply
from tests.commands.filing import CLAIM, MODERATOR, add, file_entry, file_line
from tests.fakes import Talk, line_of
from tests.summaries.desk import Bench, bench

_KEPT = {"watch add", "watch end", "watch all", "submit", "tell"}
NOTE = "On record here, but not yet copied elsewhere. If this machine fails now, it is lost."


class CountingAcknowledger:
    """Counts who waits, and says what the test has it say; `ends` as one whose lease is lost."""

    def __init__(self, says: Durability = Durability.SHIPPED, *, ends: bool = False) -> None:
        self.says, self.ends, self.asked = says, ends, 0

    async def confirm(self) -> Durability:
        self.asked += 1
        if self.ends:
            raise SystemExit(1)
        return self.says


def ask_for(desk: Talk, acknowledger: CountingAcknowledger) -> Talk:
    """Have a desk's answers wait for an acknowledger."""
    own = replace(desk.dispatch.desk, acknowledger=acknowledger)
    desk.dispatch = Dispatch(own, lambda *_, **__: None)
    return desk


async def test_who_files_hears_so_after_it_is_shipped(desk: Talk) -> None:
    shipping = CountingAcknowledger()
    ref = await file_entry(ask_for(desk, shipping), CLAIM)
    assert ref.startswith("E-")
    assert shipping.asked == 2  # the draft, and the entry
    assert NOTE not in (await add(desk, f"/entry {ref}")).text
    assert shipping.asked == 2


@pytest.mark.parametrize("act", ["/retract {ref} why:“It was read wrongly.”"])
async def test_an_answer_that_is_not_shipped_in_time_says_so_and_stands(
    desk: Talk, act: str
) -> None:
    late = CountingAcknowledger(Durability.LATE)
    draft = await add(ask_for(desk, late), CLAIM)
    answer = await add(desk, file_line(draft))
    assert answer.first.startswith("Filed as E-")
    assert NOTE in answer.text
    ref = answer.first.removeprefix("Filed as ")
    assert NOTE in (await add(desk, act.format(ref=ref))).text
    assert "retracted" in (await desk(f"/entry {ref}")).text.casefold()


async def test_the_second_click_waits_as_well_since_the_first_may_not_be_shipped(
    desk: Talk,
) -> None:
    shipping = CountingAcknowledger()
    filing = file_line(await add(ask_for(desk, shipping), CLAIM))
    await add(desk, filing)
    asked = shipping.asked
    assert (await add(desk, filing)).first.startswith("Filed as E-")
    assert shipping.asked == asked + 1


async def test_whoever_only_reads_never_waits(desk: Talk) -> None:
    shipping = CountingAcknowledger()
    ask_for(desk, shipping)
    asked = []
    for command in COMMANDS:
        if command.role is Role.READER and command.path not in _KEPT:
            await desk(line_of(command))
            if shipping.asked:
                asked.append(command.path)
                shipping.asked = 0
    assert asked == []


async def test_a_lost_lease_answers_nobody(desk: Talk) -> None:
    filing = file_line(await add(desk, CLAIM))
    ask_for(desk, CountingAcknowledger(ends=True))
    with pytest.raises(SystemExit):
        await desk(filing, as_=MODERATOR)


def bench_with(desk: Talk, acknowledger: CountingAcknowledger) -> Bench:
    """Return a schedule that posts on a wall after it has asked an acknowledger."""
    here = bench(desk.store)
    posting = confirm_before_posts({"wall": here.wall}, acknowledger)
    here.schedule = replace(here.schedule, platforms=posting)
    return here


@pytest.mark.parametrize("says", [Durability.SHIPPED, Durability.LATE])
async def test_a_summary_is_posted_after_its_claim_was_asked_about(
    desk: Talk, says: Durability
) -> None:
    acknowledger = CountingAcknowledger(says)
    here = bench_with(desk, acknowledger)
    await here.add()
    await here.turn(days=1)
    assert len(here.wall.keys()) == acknowledger.asked == 1


async def test_nothing_is_posted_by_who_lost_the_lease(desk: Talk) -> None:
    wall = bench(desk.store).wall
    posting = ConfirmedNotifier(wall, CountingAcknowledger(ends=True))
    with pytest.raises(SystemExit):
        await posting.post(Notification(Reply(("News",)), "W-1", Action(T("Again"), "about")))
    assert wall.keys() == []
