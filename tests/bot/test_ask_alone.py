"""A reader's question from a shell: answered without threads and an event loop, as elsewhere."""

import sqlite3
from pathlib import Path

import pytest

from bot.dispatch import Outcome
from commands import COMMANDS
from commands.kit.invocation import Role
from store import open_store, open_to_ask
from store.db.direct import open_directly
from store.model.aside import run_alone
from store.model.refusals import NoStore, OlderStore, StoreBusy
from tests.fakes import Talk, seed_store

QUESTIONS = (
    "/status Pokrovsk",
    "/status Donetsk Oblast",
    "/status Myrnohrad at:2025-11-01",
    "/claims by:Putin",
    "/claims since:7d place:Pokrovsk",
    "/events Pokrovsk",
    "/disputes",
    "/search corridor",
    "/entry 43",
    "/sources",
    "/map Pokrovsk",
    "/timeline Pokrovsk",
    "/changes since:2025-11-01",
    "/digest",
    "/check Russia has taken Pokrovsk",
    "/lookup Pokrovsk",
    "/export place:Pokrovsk",
    "/help",
    "/about",
    "/nonsense",
    "/status Pokrovks",
    "/retract E-3",
    "/tell Pokrovsk",
    "who holds Pokrovsk?",
    "Pokrovsk",
    "/entry 1 soon",
    "/claims smth:7",
)


@pytest.mark.parametrize("line", QUESTIONS)
async def test_the_answer_is_the_one_that_is_given_elsewhere(line: str, store_folder: Path) -> None:
    file = store_folder / "sitrep.db"
    async with await open_store(file, writing=False) as store:
        elsewhere = await Talk(store)(line)
    alone = open_to_ask(file)
    answer = run_alone(Talk(alone)(line))
    run_alone(alone.aclose())
    assert answer.lines == elsewhere.lines
    assert answer.answer.outcome is elsewhere.answer.outcome
    assert answer.answer.outcome is not Outcome.FAULT


def test_no_command_of_a_reader_waits_for_a_loop(tmp_path: Path) -> None:
    store = open_to_ask(seed_store(tmp_path / "sitrep.db"))
    talk = Talk(store)
    for command in COMMANDS:
        if command.role is Role.READER:
            answer = run_alone(talk(f"/{command.path}"))
            assert answer.answer.outcome is not Outcome.FAULT, command.path
    run_alone(store.aclose())


def test_nothing_is_written(tmp_path: Path) -> None:
    database = open_directly(seed_store(tmp_path / "sitrep.db"))
    with pytest.raises(StoreBusy):
        run_alone(database.write(lambda db: db.execute("DELETE FROM entries")))
    with pytest.raises(sqlite3.OperationalError):
        run_alone(database.read(lambda db: db.execute("DELETE FROM entries")))
    run_alone(database.aclose())


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    database = open_directly(seed_store(tmp_path / "sitrep.db"))
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )

    async def ask() -> None:
        async with database.limit(0.01):
            await database.read(lambda db: db.execute(endless).fetchone())

    with pytest.raises(TimeoutError):
        run_alone(ask())
    assert run_alone(database.read(lambda db: db.execute("SELECT 1").fetchone())) == (1,)
    run_alone(database.aclose())


def test_a_fault_of_a_statement_is_no_lack_of_time(tmp_path: Path) -> None:
    database = open_directly(seed_store(tmp_path / "sitrep.db"))

    async def ask() -> None:
        async with database.limit(60):
            await database.read(lambda db: db.execute("SELECT nothing"))

    with pytest.raises(sqlite3.OperationalError):
        run_alone(ask())
    run_alone(database.aclose())


def test_a_store_that_is_not_there_or_not_up_to_date_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        open_directly(tmp_path / "none.db")
    file = seed_store(tmp_path / "sitrep.db")
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 3")
    db.close()
    with pytest.raises(OlderStore):
        open_directly(file)
