"""All reads of one answer in one hop, on one snapshot of the record."""

import asyncio
import sqlite3
import threading

import pytest
from msgspec.structs import replace

from bot.dispatch import Dispatch
from commands import COMMANDS
from store import Store
from tests.fakes import Talk
from tests.patience import PATIENCE_S

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def where(_: sqlite3.Connection) -> int:
    return threading.get_ident()


def entries(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM state").fetchone()[0])


async def test_reads_together_run_in_one_thread_and_see_one_moment(store: Store) -> None:
    begun, written = threading.Event(), threading.Event()

    async def work() -> tuple[set[int], int, int]:
        threads = {await store._db.read(where)}
        before = await store._db.read(entries)
        begun.set()
        written.wait(60)
        threads.add(await store._db.read(where))
        return threads, before, await store._db.read(entries)

    asked = asyncio.create_task(store.read_together(work))
    await asyncio.to_thread(begun.wait, 60)
    await store.program_state.keep("a key", "a value")
    written.set()
    threads, before, after = await asked
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    assert before == after
    assert await store._db.read(entries) == before + 1
    assert not store._db.is_at_hand


async def test_after_an_error_the_next_read_is_a_hop_of_its_own(store: Store) -> None:
    async def fail() -> None:
        await store._db.read(entries)
        raise KeyError("no")

    for _ in range(5):  # as often as there are readers, and more
        with pytest.raises(KeyError):
            await store.read_together(fail)
    assert await store._db.read(entries) >= 0


async def test_the_next_questions_waited_for_one_that_was_given_up(store: Store) -> None:
    """A reader that is still at work is not free, and the other one answers."""
    begun, end = threading.Event(), threading.Event()

    def block(_: sqlite3.Connection) -> None:
        begun.set()
        end.wait(60)

    first = await store._db.read(where)
    asked = asyncio.create_task(store._db.read(block))
    await asyncio.to_thread(begun.wait, 60)
    asked.cancel()
    await asyncio.wait({asked})
    try:
        async with asyncio.timeout(PATIENCE_S):
            assert await store._db.read(where) != first
    finally:
        end.set()
    async with asyncio.timeout(PATIENCE_S):
        while await store._db.read(where) != first:
            pass


async def test_what_nobody_waits_for_any_more_was_read_to_its_end(store: Store) -> None:
    with pytest.raises(TimeoutError):
        async with store.limit(0.1):
            await store._db.read(lambda db: db.execute(ENDLESS).fetchall())
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*(store._db.read(entries) for _ in range(5)))


async def test_what_waits_for_something_else_is_a_bug_and_no_hang(store: Store) -> None:
    async def wait() -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError):
        await store.read_together(wait)


@pytest.mark.parametrize("path", [command.path for command in COMMANDS if command.one_hop])
async def test_an_answer_in_one_hop_is_the_one_of_many(path: str, full: Store) -> None:
    talk = Talk(full)
    many = Talk(full)
    commands = tuple(replace(command, one_hop=False) for command in COMMANDS)
    many.dispatch = Dispatch(replace(many.dispatch.desk, commands=commands), many._log)
    command = COMMANDS.find(path)
    assert command is not None
    for line in (f"/{path}", f"/{path} Pokrovsk", f"/{path} E-3", f"/{path} place:Pokrovsk"):
        assert (await talk(line)).lines == (await many(line)).lines
