"""The bodies of revisions are packed, and are the same to the byte when unpacked."""

import sqlite3
from pathlib import Path
from typing import Any

from hypothesis import given

from store import Store, open_store
from store.db import migrate
from store.db.packing import pack, unpack
from store.model.canonical_json import canonical, hash_of
from store.record.revisions import chain_hash, first_broken, head
from tests.store.conftest import addition, an_act, an_entry
from tests.store.json_values import values


@given(values)
def test_a_packed_body_is_the_same_to_the_byte_when_unpacked(value: Any) -> None:
    text = canonical({"why": "", "before": None, "after": value})
    assert unpack(pack(text)) == text


def test_what_was_no_packed_body_is_no_text() -> None:
    """Whoever looks at the chain is told where it breaks, and not stopped by an error."""
    assert unpack(b"\x00\xff") is None


async def test_the_bodies_of_a_file_take_a_third_of_their_text(small: Store) -> None:
    def sizes(db: sqlite3.Connection) -> tuple[int, int]:
        row: tuple[int, int] = db.execute(
            "SELECT sum(length(p.body)), sum(length(CAST(b.body AS BLOB))) FROM packed_bodies p"
            " JOIN revision_bodies b USING (seq)"
        ).fetchone()
        return row

    for number in range(9):
        await small.history.write(an_act(f"{number}"), addition(an_entry(text=f"Said {number}.")))
    packed, text = await small._db.read(sizes)
    assert packed * 2 < text


async def test_a_history_of_before_is_packed_and_its_chain_holds(tmp_path: Path) -> None:
    """A store of schema 29 has digests as hex and bodies as text; what was redacted stays so."""
    person = canonical({"id": "1", "name": "One", "platform": "console"})
    body = canonical({"after": {"to": "E-2"}})
    db = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrate.build(db, 29)
    previous = ""
    for seq, salt in ((1, "0a" * 16), (2, None)):
        digests = (hash_of(salt or "", body), hash_of("0b" * 16, person), previous)
        row = (seq, f"k{seq}", "link", "E-1", "2025-11-07T09:00:00.000+00:00", "console", *digests)
        previous = chain_hash(row)
        db.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, previous))
        kept = (seq, salt, body if salt else None)
        db.execute("INSERT INTO revision_bodies VALUES (?, ?, ?)", kept)
        db.execute("INSERT INTO revision_people VALUES (?, ?, ?)", (seq, "0b" * 16, person))
    assert (first_broken(db), head(db)) == (None, (2, previous))
    db.close()
    async with await open_store(tmp_path / "old.db") as store:
        assert await store.history.first_broken() is None
        assert await store.history.head() == (2, previous)
        lengths = await store._db.read(
            lambda db: db.execute("SELECT salt, body, linked FROM revision_bodies").fetchall()
        )
    assert lengths == [("0a" * 16, body, "E-2"), (None, None, None)]
