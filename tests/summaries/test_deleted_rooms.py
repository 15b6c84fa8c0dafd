"""A room that was deleted: what it was told ends once, is on record, and its makers are told."""

import asyncio

from bot.platform import Undeliverable
from store.model.digest import DeliveryState
from store.model.ref import PlaceRef
from store.workflow.watches import Watcher
from tests.store.conftest import MYRNOHRAD, POKROVSK, addition, an_entry
from tests.summaries.desk import DAY, MORNING, Bench

ROOM = Watcher("wall", "r")


async def delete(here: Bench, *, but: str = "") -> None:
    """Set up two summaries and a watch, and let the room go, unless it is this one."""
    await here.add(places=(POKROVSK,))
    await here.add(at="07:30", places=(MYRNOHRAD,))
    await here.store.watches.add(here.act("watch", "watch"), ROOM, POKROVSK)
    here.clock.now = MORNING
    here.wall.before = lambda post: (
        None if post.person or post.room == but else Undeliverable("Unknown Channel", deleted=True)
    )


async def test_all_that_it_was_told_ends_at_once_and_its_maker_is_told_once(here: Bench) -> None:
    await delete(here)
    for _ in range(30):
        await here.turn(hours=1)
    assert await here.store.digests.of("wall", "r") == ()
    assert await here.store.watches.of(ROOM) == ()
    for number in (1, 2):
        telling = await here.store.digest_deliveries.get(number, DAY)
        assert telling is None or telling.state is DeliveryState.DROPPED
    (notice,) = await here.store.notice_queue.due("wall", here.clock())
    assert (notice.person, notice.line) == ("7", "/digests list gone:r")
    assert [line["event"] for line in here.logged].count("room ended") == 1
    assert here.faults() == []


async def test_two_summaries_that_find_it_gone_at_the_same_moment_end_it_once(here: Bench) -> None:
    await delete(here)
    here.clock.ahead(hours=1)
    here.wall.together = asyncio.Barrier(2)
    await here.turn()
    assert [line["event"] for line in here.logged].count("room ended") == 1
    assert len(await here.store.history.of("room:wall:r")) == 4
    assert here.faults() == []


async def test_it_is_on_record_and_the_log_says_so(here: Bench) -> None:
    await delete(here)
    await here.turn()
    *_, ended = await here.store.history.of("room:wall:r")
    assert ended.before == {"digests": ["T-1", "T-2"], "watches": [f"P-{POKROVSK}"]}
    assert ended.after == {"room": None}
    assert ended.why == "The room is gone: Unknown Channel."
    assert ended.by == "Schedule"


async def test_its_maker_is_told_of_a_direction_as_one(here: Bench) -> None:
    act = here.act("direction", "watch")
    await here.store.watches.add(act, ROOM, POKROVSK, around=True)
    await here.add(at="09:00", directions=(POKROVSK,))
    await delete(here)
    await here.turn()
    *_, ended = await here.store.history.of("room:wall:r")
    assert ended.before == {
        "digests": ["T-1", "T-2", "T-3"],
        "watches": [f"P-{POKROVSK}", f"P-{POKROVSK} direction"],
    }
    assert (await here.store.room_endings.of("wall", "r", "7")).places == (
        PlaceRef(POKROVSK),
        PlaceRef(POKROVSK, around=True),
    )


async def test_while_the_record_takes_no_writes_it_is_waited_for(here: Bench) -> None:
    await delete(here)
    await here.store.moderation.freeze(here.act("freeze", "freeze"))
    await here.turn()
    assert len(await here.store.digests.of("wall", "r")) == 2
    await here.store.moderation.freeze(here.act("thaw", "thaw"), thaw=True)
    await here.turn(hours=1)
    assert await here.store.digests.of("wall", "r") == ()


async def test_another_room_goes_on(here: Bench) -> None:
    await delete(here, but="s")
    here.clock.ahead(hours=-1)
    await here.add("s")
    entry = addition(an_entry(text="Told elsewhere."))
    await here.store.history.write(here.act("file"), entry)
    await here.turn(hours=1)
    (text,) = here.wall.texts("s")
    assert "Told elsewhere." in text
