"""A room's summaries and watches go along when another takes its place."""

from datetime import time

from store import Store
from store.model.digest import DigestSettings
from store.workflow.watches import Watcher
from tests.store.conftest import MYRNOHRAD, POKROVSK, an_act

WISH = DigestSettings(time(8), "Europe/Kyiv")


async def test_a_move_is_on_record_and_done_once(small: Store) -> None:
    """It was written down nowhere, and a repeat took along what came to the old room since."""
    old, new = Watcher("matrix", "!old"), Watcher("matrix", "!new")
    await small.digests.add(an_act("d", "digest"), "matrix", "!old", WISH)
    for watcher, place in ((old, POKROVSK), (old, MYRNOHRAD), (new, POKROVSK)):
        await small.watches.add(an_act(f"{watcher.room} {place}", "watch"), watcher, place)
    moved = await small.digests.move(an_act("m", "room"), "matrix", "!old", "!new")
    assert moved.target == "room:matrix:!new"
    assert (moved.before, moved.after) == (
        {"room": "!old"},
        {"room": "!new", "digests": ["T-1"], "watches": [f"P-{POKROVSK}", f"P-{MYRNOHRAD}"]},
    )
    assert {one.place_id for one in await small.watches.of(new)} == {POKROVSK, MYRNOHRAD}
    assert await small.watches.of(old) == ()
    await small.watches.add(an_act("again", "watch"), old, POKROVSK)
    assert await small.digests.move(an_act("m", "room"), "matrix", "!old", "!new") == moved
    assert len(await small.watches.of(old)) == 1
    assert await small.history.first_broken() is None
