"""News of watched places: gathered, told once, and ended where nobody can be told."""

import re

from bot.platform import Undeliverable
from store.model.entry import LinkType
from store.model.filing import FiledPlace
from store.workflow.watches import Watcher
from tests.store.conftest import MYRNOHRAD, POKROVSK, addition, an_entry
from tests.summaries.desk import NONCE, Bench

ALONE, ROOM = Watcher("wall", "", "9"), Watcher("wall", "r")


async def watch(
    here: Bench, who: Watcher = ALONE, place: int = POKROVSK, *, around: bool = False
) -> None:
    act = here.act(f"watch:{who}:{place}:{around}", "watch")
    await here.store.watches.add(act, who, place, around=around)


async def file(here: Bench, text: str, place: int = POKROVSK) -> int:
    entry = an_entry(text=text, places=(FiledPlace(place),))
    done = await here.store.history.write(here.act(f"file:{text}"), addition(entry))
    return int(done.target[2:])


async def test_ten_filings_in_five_minutes_are_one_message(here: Bench) -> None:
    await watch(here)
    for number in range(10):
        await file(here, f"Event {number}.")
        await here.turn(seconds=29)
    assert here.wall.seen == []
    await here.turn(seconds=30)
    (text,) = here.wall.texts("9")
    assert text.startswith("Pokrovsk: 10 changes")
    await here.turn(hours=1)
    assert len(here.wall.seen) == 1


async def test_a_direction_is_told_of_what_lies_around_its_town(here: Bench) -> None:
    await watch(here, around=True)
    await watch(here, ROOM)
    await file(here, "Beside it.", MYRNOHRAD)
    await here.turn(minutes=6)
    (text,) = here.wall.texts()
    assert text.startswith("Pokrovsk direction: 1 change")
    assert "Beside it." in text


async def test_what_comes_after_is_told_in_the_next(here: Bench) -> None:
    await watch(here)
    await file(here, "The first.")
    await here.turn(minutes=5)
    await file(here, "The second.")
    await here.turn(minutes=4)
    assert len(here.wall.seen) == 1
    await here.turn(minutes=1)
    first, second = here.wall.texts("9")
    assert "The first." in first
    assert "The first." not in second
    assert "The second." in second


async def test_another_place_is_no_news_and_a_link_with_this_one_is(here: Bench) -> None:
    old, other = await file(here, "Here."), await file(here, "There.", MYRNOHRAD)
    await watch(here)
    await file(here, "Elsewhere.", MYRNOHRAD)
    await here.turn(minutes=6)
    assert here.wall.seen == []
    act = here.act("link", "link")
    await here.store.moderation.link(act, other, LinkType.CONTRADICTS, old)
    await here.turn(minutes=6)
    (text,) = here.wall.texts("9")
    assert "linked: To see what happens. · There." in text


async def test_a_room_and_a_person_are_told_apart(here: Bench) -> None:
    await watch(here)
    await watch(here, ROOM)
    await file(here, "An event.")
    await here.turn(minutes=5)
    told = sorted((post.room, post.person) for post, _ in here.wall.seen)
    assert told == [("", "9"), ("r", "")]


async def test_news_in_doubt_is_looked_for_and_told_once(here: Bench) -> None:
    await watch(here)
    await file(here, "An event.")
    here.wall.after = lambda _: Undeliverable("cut", unsure=True)
    await here.turn(minutes=5)
    here.wall.after = lambda _: None
    here.clock.ahead(seconds=NONCE.total_seconds() + 60)
    await here.turn()
    await file(here, "Another.")
    await here.turn(minutes=6)
    assert len(here.wall.keys("9")) == 2
    assert "An event." not in here.wall.texts("9")[1]


async def test_a_person_with_a_closed_door_is_told_no_more_and_it_is_on_record(
    here: Bench,
) -> None:
    await watch(here)
    await watch(here, place=MYRNOHRAD)
    await file(here, "An event.")
    here.wall.before = lambda _: Undeliverable("takes no messages", gone=True)
    await here.turn(minutes=5)
    assert await here.store.watches.of(ALONE) == ()
    last = (await here.store.history.of("people"))[-1]
    assert last.why == "They cannot be told: takes no messages."
    assert last.before == {"watches": [f"P-{POKROVSK}", f"P-{MYRNOHRAD}"]}
    assert "9" not in last.by


async def test_a_person_who_is_gone_while_nothing_may_be_written_is_kept_until_then(
    here: Bench,
) -> None:
    await watch(here)
    await file(here, "An event.")
    await here.store.moderation.freeze(here.act("freeze", "freeze"))
    here.wall.before = lambda _: Undeliverable("takes no messages", gone=True)
    await here.turn(minutes=5)
    assert len(await here.store.watches.of(ALONE)) == 1
    await here.store.moderation.freeze(here.act("thaw", "thaw"), thaw=True)
    await here.turn(minutes=5)
    assert await here.store.watches.of(ALONE) == ()


async def test_a_room_that_cannot_be_told_is_told_later_and_nothing_is_lost(here: Bench) -> None:
    await watch(here, ROOM)
    here.wall.before = lambda _: Undeliverable("forbidden")
    for number in range(30):
        await file(here, f"Event {number}.")
        await here.turn(hours=1)
    here.wall.before = lambda _: None
    for _ in range(8):
        await here.turn(hours=1)
    counts = [re.match(r"Pokrovsk: (\d+) changes?", text) for text in here.wall.texts("r")]
    assert sum(int(count[1]) for count in counts if count) == 30


async def test_a_watch_that_is_taken_back_meanwhile_is_told_nothing(here: Bench) -> None:
    await watch(here)
    await file(here, "An event.")
    here.wall.before = lambda _: Undeliverable("limited")
    await here.turn(minutes=5)
    here.wall.before = lambda _: None
    await here.store.watches.remove(here.act("unwatch", "watch"), ALONE, POKROVSK)
    await here.turn(hours=1)
    assert here.wall.seen == []


async def test_what_came_and_went_meanwhile_is_no_news(here: Bench) -> None:
    await watch(here)
    number = await file(here, "Never mind.")
    await here.store.moderation.retract(here.act("retract", "retract"), number)
    await here.turn(minutes=6)
    assert here.wall.seen == []
    (own_watch,) = await here.store.watches.of(ALONE)
    assert own_watch.claimed is None
