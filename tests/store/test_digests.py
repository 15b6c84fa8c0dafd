"""A room's summaries and watches go along when another takes its place."""

import shutil
import sqlite3
from contextlib import closing
from datetime import time
from pathlib import Path

from store import Store, open_store
from store.db import migrate
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
    assert {watch.place_id for watch in await small.watches.of(new)} == {POKROVSK, MYRNOHRAD}
    assert await small.watches.of(old) == ()
    await small.watches.add(an_act("again", "watch"), old, POKROVSK)
    assert await small.digests.move(an_act("m", "room"), "matrix", "!old", "!new") == moved
    assert len(await small.watches.of(old)) == 1
    assert await small.history.first_broken() is None


async def test_a_direction_is_kept_over_a_restart_and_a_move(
    small_file: Path, tmp_path: Path
) -> None:
    path, old = shutil.copyfile(small_file, tmp_path / "own.db"), Watcher("matrix", "!old")
    wish = DigestSettings(time(8), "Europe/Kyiv", (MYRNOHRAD,), directions=(POKROVSK,))
    async with await open_store(path) as store:
        for around in (False, True):
            act = an_act(f"w{around}", "watch")
            await store.watches.add(act, old, POKROVSK, around=around)
        await store.digests.add(an_act("d", "digest"), "matrix", "!old", wish)
    async with await open_store(path) as store:
        moved = await store.digests.move(an_act("m", "room"), "matrix", "!old", "!new")
        assert isinstance(moved.after, dict)
        assert moved.after["watches"] == [f"P-{POKROVSK}", f"P-{POKROVSK} direction"]
        watches = await store.watches.of(Watcher("matrix", "!new"))
        assert [watch.around for watch in watches] == [False, True]
        assert [digest.settings for digest in await store.digests.of("matrix", "!new")] == [wish]
        assert await store.history.first_broken() is None


async def test_watches_of_before_are_of_places_and_none_is_lost(tmp_path: Path) -> None:
    """A store of schema 26 knows no directions."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate.build(db, 26)
        db.execute("INSERT INTO places (id, key, name) VALUES (7, 'old', 'Old town')")
        db.execute(
            "INSERT INTO watches (id, platform, room, person, place_id, told, claimed, again_at)"
            " VALUES (3, 'wall', '', '9', 7, 2, 5, '2025-11-07T10:00:00')"
        )
    async with await open_store(path) as store:
        (watch,) = await store.watches.of(Watcher("wall", "", "9"))
    assert (watch.id, watch.place_id, watch.around) == (3, 7, False)
    assert (watch.told, watch.claimed) == (2, 5)
