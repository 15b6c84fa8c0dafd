"""For which places a link holds, in a store of today and in one of before."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from store import open_store
from store.db import migrate
from store.db.packing import teach
from store.maintenance.record_dump import read_record, record_lines
from store.model.entry import LinkType
from store.queries.entries import load
from store.transfer.exporter import rows
from tests.fakes import NOON, seed_store

POKROVSK, KUPIANSK = 704422, 703656


async def test_links_of_before_hold_where_both_ends_are(tmp_path: Path) -> None:
    """A store of schema 11 has links without places; nothing of them is lost."""
    db = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrate.build(db, 11)
    _file_two(db)
    db.execute("INSERT INTO links VALUES (2, 1, 'contradicts', 'It says why.')")
    db.close()
    async with await open_store(tmp_path / "old.db") as store:
        entry = await store.entries.get(1)
    assert entry is not None
    (link,) = entry.links
    assert (link.type, link.why) == (LinkType.CONTRADICTS, "It says why.")
    assert link.holds_for({POKROVSK})
    assert not link.holds_for({KUPIANSK})


def _file_two(db: sqlite3.Connection) -> None:
    for number, name in ((POKROVSK, "Pokrovsk"), (KUPIANSK, "Kupiansk")):
        db.execute(
            "INSERT INTO places (id, key, name) VALUES (?, ?, ?)", (number, f"{number}", name)
        )
    for number, places in ((1, (POKROVSK, KUPIANSK)), (2, (POKROVSK,))):
        db.execute(
            "INSERT INTO entries (id, kind, type, text, attribution, edtf, basis, earliest, latest,"
            " filed_at, changed_at) VALUES (?, 'claim', 'other', 'Said.', 'narrator', '2025-10-29',"
            " 'explicit', 20251029, 20251029, ?, ?)",
            (number, NOON.isoformat(), NOON.isoformat()),
        )
        db.executemany(
            "INSERT INTO entry_places VALUES (?, ?, ?, 'at', 'town', '', 'claim', 0, 20251029,"
            " NULL, 0, 0, 1)",
            [(number, place, position) for position, place in enumerate(places)],
        )


def test_the_places_of_a_link_are_in_an_export_and_in_the_whole_record(tmp_path: Path) -> None:
    with closing(sqlite3.connect(seed_store(tmp_path / "seeded.db"), isolation_level=None)) as db:
        teach(db)
        db.execute(
            "UPDATE links SET places = ? WHERE from_id = 14 AND to_id = 28",
            (json.dumps([KUPIANSK]),),
        )
        ((row, _),) = rows(db, [14])
        lines = list(record_lines(db))
    (link,) = (link for link in row["links"] if link["to"] == "E-28")
    assert link["places"] == [f"P-{KUPIANSK}"]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as again:
        read_record(again, lines)
        (entry,) = load(again, [14])
    assert {frozenset({KUPIANSK})} == {link.places for link in entry.links if link.entry_id == 28}
