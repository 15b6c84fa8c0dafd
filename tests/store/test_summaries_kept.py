"""Whoever is forgotten is in no summary or watch, and redacted words are in none either."""

import shutil
import sqlite3
from contextlib import closing
from datetime import time
from pathlib import Path
from typing import Any

from store import Store, open_store
from store.model.digest import DigestSettings
from store.model.revision import Act, Person
from store.workflow.watches import Watcher
from tests.store.conftest import AT, DAY, POKROVSK, addition, an_act, an_entry

SOMEBODY = Person("discord", "id-of-somebody", "Somebody")


async def _busy(store: Store) -> None:
    """Let somebody set up a summary and a watch, and have both told, or nearly."""
    wish = DigestSettings(time(8), "Europe/Kyiv")
    await store.digests.add(an_act("d", "digest", SOMEBODY), "discord", "room", wish)
    alone = Watcher("discord", "", SOMEBODY.id)
    await store.watches.add(an_act("w", "watch", SOMEBODY), alone, POKROVSK)
    await store.history.write(an_act("news"), addition(an_entry(text="Unspeakable.")))
    told = await store.digest_deliveries.claim(1, DAY, AT)
    assert told is not None
    for _ in range(3):
        await store.digest_deliveries.put_off(told, AT, "forbidden", absent=True)
    assert len(await store.notice_queue.due("discord", AT)) == 1


def _tables_with(path: Path, word: str) -> list[str]:
    """Return the tables in which a word stands, whatever the column."""
    with closing(sqlite3.connect(path)) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [name for name in names if word in str(_rows(db, name))]


def _rows(db: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608


async def test_whoever_is_forgotten_is_in_no_summary_watch_or_notice(
    small_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copyfile(small_file, tmp_path / "own.db"))
    async with await open_store(path) as store:
        await _busy(store)
        assert {"digests", "watches", "notices"} <= set(_tables_with(path, SOMEBODY.id))
        await store.people.forget(Act("f", "forget", SOMEBODY, AT, "They asked."))
        assert _tables_with(path, SOMEBODY.id) == []
        assert await store.watches.of(Watcher("discord", "", SOMEBODY.id)) == ()
        ((digest, _),) = await store.digests.all()
        assert digest.person == ""  # the room keeps its summary


async def test_what_is_redacted_is_in_no_table_of_summaries(
    small_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copyfile(small_file, tmp_path / "own.db"))
    async with await open_store(path) as store:
        await _busy(store)
        (filed,) = [r for r in await store.history.of("E-65") if r.act == "file"]
        await store.redaction.redact(an_act("r", "redact"), int(filed.target[2:]))
    assert _tables_with(path, "Unspeakable") == []
