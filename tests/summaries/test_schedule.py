"""When a summary is told, and that it is told once, whatever comes in between."""

from datetime import date, timedelta

import pytest

from bot.platform import Undeliverable
from store.model.digest import DeliveryState
from store.model.draft import NewDraft
from store.model.entry import Kind
from tests.store.conftest import addition, an_entry
from tests.summaries.desk import DAY, MANAGER, MORNING, NONCE, Bench


async def file(here: Bench, text: str) -> None:
    await here.store.history.write(here.act(f"file:{text}"), addition(an_entry(text=text)))


async def state(here: Bench, number: int, day: date = DAY) -> DeliveryState:
    delivery = await here.store.digest_deliveries.get(number, day)
    assert delivery is not None
    return delivery.state


async def test_a_summary_is_told_at_its_minute_and_not_again(here: Bench) -> None:
    await here.add()
    await file(here, "The first.")
    here.clock.now = MORNING - timedelta(seconds=1)
    await here.turn()
    assert here.wall.seen == []
    await here.turn(seconds=1)
    assert here.wall.keys() == ["T-1-20251108"]
    for _ in range(3):
        await here.turn(hours=7)
    assert here.wall.keys() == ["T-1-20251108"]
    await here.turn(hours=3)
    assert here.wall.keys() == ["T-1-20251108", "T-1-20251109"]
    assert "The first." in here.wall.texts()[0]
    assert here.wall.texts()[1].startswith("Nothing new")


async def test_one_that_is_added_after_its_hour_begins_the_next_day(here: Bench) -> None:
    here.clock.now = MORNING + timedelta(minutes=1)
    await here.add()
    await here.turn()
    assert here.wall.seen == []
    await here.turn(days=1)
    assert here.wall.keys() == ["T-1-20251109"]


async def test_a_late_summary_says_how_late_it_is(here: Bench) -> None:
    await here.add()
    await file(here, "The first.")
    here.clock.now = MORNING + timedelta(hours=5)
    await here.turn()
    assert "Posted 5 hours late; it was due 8 Nov 2025, 08:00 Europe/Kyiv." in here.wall.texts()[0]


async def test_what_is_too_late_is_told_with_the_next(here: Bench) -> None:
    await here.add()
    await file(here, "Before the gap.")
    here.clock.now = MORNING + timedelta(hours=12, minutes=1)
    await here.turn()
    assert here.wall.seen == []
    await file(here, "After the gap.")
    here.clock.now = MORNING + timedelta(days=1)
    await here.turn()
    (text,) = here.wall.texts()
    assert "Before the gap." in text
    assert "After the gap." in text
    assert "late" not in text.replace("filed late", "").replace("latest", "")


async def test_days_without_a_summary_are_said_to_be_in_the_next(here: Bench) -> None:
    await here.add()
    here.clock.now = MORNING
    await here.turn()
    await here.turn(days=3)
    assert "It covers everything since the summary of 8 Nov 2025." in here.wall.texts()[1]


async def test_a_platform_that_is_away_is_waited_for_and_then_told_late(here: Bench) -> None:
    await here.add()
    here.clock.now, here.wall.ready = MORNING, False
    await here.turn()
    assert await here.store.digest_deliveries.get(1, DAY) is None
    here.wall.ready = True
    await file(here, "While it was away.")
    await here.turn(hours=2)
    assert "While it was away." in here.wall.texts()[0]
    assert "Posted 2 hours late" in here.wall.texts()[0]


async def test_a_receipt_that_was_lost_is_looked_for_and_nothing_is_told_twice(
    here: Bench,
) -> None:
    await here.add()
    here.clock.now = MORNING
    here.wall.after = lambda _: Undeliverable("cut", unsure=True)
    await here.turn()
    assert await state(here, 1) is DeliveryState.CLAIMED
    here.clock.ahead(seconds=NONCE.total_seconds() + 60)
    await here.turn()
    assert here.wall.looked_for == ["T-1-20251108"]
    assert here.wall.keys() == ["T-1-20251108"]
    assert await state(here, 1) is DeliveryState.TOLD


async def test_a_summary_in_doubt_is_settled_before_the_next_is_claimed(here: Bench) -> None:
    """It went out, nobody knew, and the next told all of it again."""
    await here.add()
    await file(here, "Told once.")
    here.clock.now = MORNING
    here.wall.after = lambda _: Undeliverable("cut", unsure=True)
    await here.turn()
    here.wall.after = lambda _: None
    await file(here, "New since.")
    await here.turn(days=1)
    assert here.wall.keys() == ["T-1-20251108", "T-1-20251109"]
    assert "Told once." not in here.wall.texts()[1]
    assert "New since." in here.wall.texts()[1]


async def test_while_nobody_can_look_nothing_more_is_claimed(here: Bench) -> None:
    await here.add()
    here.clock.now = MORNING
    here.wall.after = lambda _: Undeliverable("cut", unsure=True)
    await here.turn()
    here.wall.finding = lambda _: Undeliverable("forbidden", unsure=True)
    await here.turn(days=1)
    assert here.wall.keys() == ["T-1-20251108"]
    assert await here.store.digest_deliveries.get(1, DAY + timedelta(days=1)) is None
    here.wall.finding = here.wall.after = lambda _: None
    await here.turn(hours=6)
    assert here.wall.keys() == ["T-1-20251108", "T-1-20251109"]
    assert await state(here, 1) is DeliveryState.TOLD


async def test_one_that_could_not_be_told_is_told_with_the_next(here: Bench) -> None:
    await here.add()
    await file(here, "Held back.")
    here.clock.now = MORNING
    here.wall.before = lambda _: Undeliverable("the bot lacks send messages")
    await here.turn()
    for _ in range(20):
        await here.turn(hours=1)
    here.wall.before = lambda _: None
    await here.turn(hours=4)
    assert here.wall.keys() == ["T-1-20251109"]
    assert "Held back." in here.wall.texts()[0]
    assert await state(here, 1) is DeliveryState.FOLDED
    assert here.wall.looked_for == []  # a refusal leaves no doubt


async def test_who_asked_is_told_once_for_all_days_that_it_cannot_be_posted(here: Bench) -> None:
    await here.add()
    await file(here, "Held back.")
    here.clock.now = MORNING
    here.wall.before = lambda _: Undeliverable("the bot lacks send messages")
    for _ in range(60):
        await here.turn(hours=1)
    (notice,) = await here.store.notice_queue.due("wall", here.clock())
    assert (notice.person, notice.line) == ("7", "/digest of:U-1-20251108")
    answer = await here.ask(notice.line)
    assert "could not be posted: the bot lacks send messages" in answer
    assert "Held back." in answer


async def test_drafts_that_were_kept_long_enough_go_though_nobody_begins_another(
    here: Bench,
) -> None:
    """They stayed until somebody did."""
    drafts, new = here.store.drafts, NewDraft(Kind.EVENT, {"text": "A bridge is down."})
    draft = await drafts.open("k", MANAGER, new, here.clock())
    await here.turn(days=6)
    assert await drafts.get(draft.id) == draft
    await here.turn(days=2)
    gone = await drafts.get(draft.id)
    assert gone is not None
    assert gone.fields == {}


async def test_one_room_that_fails_holds_up_no_other(here: Bench) -> None:
    for room in ("a", "b", "c"):
        await here.add(room)
    here.clock.now = MORNING
    here.wall.before = lambda post: Undeliverable("full", wait_s=9) if post.room == "b" else None
    await here.turn()
    assert sorted(post.room for post, _ in here.wall.seen) == ["a", "c"]
    await here.turn(minutes=2)
    assert len(here.wall.seen) == 2
    here.wall.before = lambda _: None
    await here.turn(minutes=4)
    assert sorted(post.room for post, _ in here.wall.seen) == ["a", "b", "c"]


async def test_a_bug_in_one_room_is_logged_and_holds_up_no_other(here: Bench) -> None:
    for room in ("a", "b"):
        await here.add(room)
    here.clock.now = MORNING
    here.wall.before = lambda post: _wrong() if post.room == "a" else None
    await here.turn()
    assert [post.room for post, _ in here.wall.seen] == ["b"]
    assert [type(fault["error"]) for fault in here.faults()] == [ValueError]
    here.logged.clear()


def _wrong() -> Undeliverable:
    raise ValueError("a bug")


async def test_a_wait_that_the_platform_asks_for_is_kept(here: Bench) -> None:
    await here.add()
    here.clock.now = MORNING
    here.wall.before = lambda _: Undeliverable("limited", wait_s=3600)
    await here.turn()
    here.wall.before = lambda _: None
    await here.turn(minutes=59)
    assert here.wall.seen == []
    await here.turn(minutes=1)
    assert len(here.wall.seen) == 1


@pytest.mark.parametrize("when", ["before", "claimed"])
async def test_one_that_is_taken_back_is_told_no_more(here: Bench, when: str) -> None:
    number = await here.add()
    here.clock.now = MORNING
    if when == "claimed":
        here.wall.before = lambda _: Undeliverable("limited")
        await here.turn()
        here.wall.before = lambda _: None
    await here.store.digests.remove(here.act("remove", "digest"), number)
    await here.turn(hours=1)
    await here.turn(days=1)
    assert here.wall.seen == []


async def test_one_that_is_taken_back_while_it_is_made_is_not_told(here: Bench) -> None:
    number = await here.add()
    here.clock.now = MORNING
    told = await here.store.digest_deliveries.claim(number, DAY, here.clock())
    assert told is not None
    await here.store.digests.remove(here.act("remove", "digest"), number)
    assert not await here.store.digest_deliveries.begin(told, here.clock())


async def test_another_hour_goes_on_where_the_one_before_it_ended(here: Bench) -> None:
    """Taken back and set up anew, what was written in between was told in neither."""
    number = await here.add()
    here.clock.now = MORNING
    await here.turn()
    await file(here, "In between.")
    await here.store.digests.remove(here.act("remove", "digest"), number)
    await here.turn(hours=1)
    await here.add(at="12:00")
    await here.turn(hours=4)
    assert here.wall.keys() == ["T-1-20251108", "T-2-20251108"]
    assert "In between." in here.wall.texts()[1]


async def test_a_quiet_one_is_silent_without_news_and_still_ends_there(here: Bench) -> None:
    await here.add(quiet=True)
    here.clock.now = MORNING
    await here.turn()
    assert here.wall.seen == []
    assert await state(here, 1) is DeliveryState.SILENT
    await file(here, "Some news.")
    await here.turn(days=1)
    assert here.wall.keys() == ["T-1-20251109"]


async def test_an_announcement_is_published_apart_and_once(here: Bench) -> None:
    await here.add("news")
    here.clock.now = MORNING
    here.wall.publishing = lambda _: Undeliverable("ten an hour", wait_s=1200)
    await here.turn()
    assert here.wall.keys() == ["T-1-20251108"]
    assert here.wall.published == []
    here.wall.publishing = lambda _: None
    await here.turn(minutes=19)
    assert here.wall.published == []
    await here.turn(minutes=1)
    await here.turn(hours=1)
    assert here.wall.published == ["T-1-20251108"]
    assert here.wall.keys() == ["T-1-20251108"]


async def test_publishing_is_given_up_where_it_may_never_be(here: Bench) -> None:
    await here.add("news")
    here.clock.now = MORNING
    here.wall.publishing = lambda _: Undeliverable("deleted", gone=True)
    await here.turn()
    here.wall.publishing = lambda _: None
    await here.turn(hours=1)
    assert here.wall.published == []
    assert await here.store.digest_deliveries.to_publish(here.clock()) == ()
