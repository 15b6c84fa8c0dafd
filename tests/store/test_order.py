"""What is shown comes in one order, whichever way SQLite happens to walk its tables."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from store.db.packing import teach
from store.model.entry import Kind, Place
from store.queries import actors, audit_log, digest_window, entries, lists, situation, sources
from store.queries.audit_log import LogFilter
from store.queries.lists import Filter
from store.queries.place_overview import read_place_overview
from tests.store.conftest import POKROVSK

Read = Callable[[sqlite3.Connection], object]

PLACE = Place(POKROVSK, "Pokrovsk", "Покровськ", "Donetsk", None, None, 0)
READS: dict[str, Read] = {
    "entries with their links": lambda db: entries.load(db, _numbers(db)),
    "entries in the order that was asked for": lambda db: entries.load(db, [9, 5, 7, 5]),
    "a list": lambda db: lists.page(db, Filter(Kind.CLAIM, POKROVSK), 20),
    "what a search finds": lambda db: lists.page(db, Filter(None, words="city"), 20),
    "a place": lambda db: read_place_overview(db, PLACE, date(2025, 11, 7)),
    "a summary": lambda db: digest_window.read_digest_window(db, 0, 2**31),
    "the log": lambda db: audit_log.page(db, LogFilter(), 20),
    "sources and speakers": lambda db: sources.first_track_records(db, 50),
    "speakers of one name": lambda db: actors.find_by_name(db, "Same Name"),
    "control statuses": situation.read_controls,
}


def _numbers(db: sqlite3.Connection) -> list[int]:
    return [number for (number,) in db.execute("SELECT id FROM entries ORDER BY id")]


@pytest.fixture
def db(small_file: Path, tmp_path: Path) -> sqlite3.Connection:
    copy = tmp_path / "copy.db"
    copy.write_bytes(small_file.read_bytes())
    db = sqlite3.connect(copy, isolation_level=None)
    teach(db)
    db.executemany(
        "INSERT INTO actor_names (actor_id, name, folded) VALUES (?, 'Same Name', 'same name')",
        [(3,), (1,), (2,)],
    )
    db.executemany(
        "INSERT OR IGNORE INTO links (from_id, to_id, type) VALUES (?, ?, ?)",
        [(5, 9, "about"), (5, 8, "supports"), (5, 8, "about"), (7, 5, "denies"), (6, 5, "about")],
    )
    return db


@pytest.mark.parametrize("what", READS)
def test_rows_come_in_one_order_whatever_the_plan(what: str, db: sqlite3.Connection) -> None:
    with closing(db):
        once = READS[what](db)
        db.execute("PRAGMA reverse_unordered_selects = ON")
        assert READS[what](db) == once


def test_the_links_of_an_entry_are_its_own_first_then_by_number(db: sqlite3.Connection) -> None:
    with closing(db):
        (entry,) = entries.load(db, [5])
    ends = [(link.outward, link.entry_id, link.type) for link in entry.links]
    assert ends == sorted(ends, key=lambda end: (not end[0], end[1], end[2]))
    assert {(True, 8, "about"), (False, 6, "about")} < set(ends)
