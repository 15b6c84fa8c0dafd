"""What is told where the disk of the record takes nothing, and that nothing is lost by it."""

import sqlite3
from pathlib import Path

from commands.kit.invocation import Role
from store import open_store
from tests.fakes import Talk, copy_store

MOD = Role.MODERATOR
LINE = "/retract E-36 It repeats E-35."
LONG = f"/add event text:Обстріл{'€' * 1900}"  # more than a page of the file has room for
NO_MORE_PAGES = "PRAGMA max_page_count = 1"  # as many as there are


async def tell_writer(desk: Talk, *pragmas: str) -> None:
    def tell(db: sqlite3.Connection) -> None:
        for pragma in pragmas:
            db.execute(pragma).fetchall()

    await desk.store._db.alone(tell)


async def test_a_full_disk_was_once_a_bug_with_a_traceback(desk: Talk) -> None:
    await tell_writer(desk, "VACUUM", NO_MORE_PAGES)

    answer = await desk(LONG, MOD)

    assert answer.lines == [
        "The disk of the record is full.",
        "Nothing was filed; send it again once that is mended.",
    ]
    assert answer.answer.outcome == "fault"
    (line,) = desk.logged
    assert line["error"] is None
    assert line["urgent"]
    assert line["trouble"] == "database or disk is full"
    assert await desk.store.drafts.get(1) is None
    await tell_writer(desk, "PRAGMA max_page_count = 1000000")
    assert (await desk(LONG, MOD)).first.startswith("D-1 · ")


async def test_a_read_only_file_is_named_in_one_sentence_too(desk: Talk) -> None:
    await tell_writer(desk, "PRAGMA query_only = ON")

    answer = await desk(LINE, MOD)

    assert answer.lines == [
        "The file of the record is read-only.",
        "Nothing was filed; send it again once that is mended.",
    ]
    assert (await desk("/status Pokrovsk")).first.startswith("Pokrovsk: ")


async def test_an_answer_was_once_lost_where_the_disk_was_full_when_the_store_was_closed(
    seeds_file: Path, tmp_path: Path
) -> None:
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        desk = Talk(store)
        await tell_writer(desk, "ANALYZE", "DELETE FROM sqlite_stat1", "PRAGMA query_only = ON")
        answer = await desk("/status Pokrovsk")
    assert answer.first.startswith("Pokrovsk: ")
