"""The doctor finds what is wrong, names it, and changes nothing."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import Store, open_store
from store.db.packing import teach
from store.maintenance.doctor import Finding, Level, examine
from store.model.revision import Act
from tests.bot.command_line import run
from tests.care.traces import leave_traces
from tests.store.conftest import an_act

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def findings_of(store: Path, now: datetime = NOW, expect: str = "") -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(store, now, expect)}


def wrong(store: Path) -> dict[str, str]:
    return {
        what: finding.detail
        for what, finding in findings_of(store).items()
        if finding.level is Level.FAIL
    }


async def test_a_store_that_was_lived_in_is_sound(small: Store, tmp_path: Path) -> None:
    """Imports, retractions, checks, redactions and people who were forgotten are all in order."""
    await leave_traces(small)
    await small.imports.undo_batch(_act(), 1)
    assert not wrong(tmp_path / "small.db")


def _act() -> Act:
    return an_act("undo", "undo")


async def test_looking_changes_nothing(small: Store, tmp_path: Path) -> None:
    await leave_traces(small)
    files = [tmp_path / "small.db", tmp_path / "small.db-wal"]
    before = [file.read_bytes() for file in files]
    findings_of(files[0])
    assert [file.read_bytes() for file in files] == before


TAMPERED = {
    "an entry's text": ("UPDATE entries SET text = 'Other.' WHERE id = 9", "entries", "E-9"),
    "an entry's place": ("DELETE FROM entry_places WHERE entry_id = 9", "entries", "E-9"),
    "an entry taken out of lists": (
        "UPDATE entries SET retracted_at = '2025-11-07', retracted_why = 'x' WHERE id = 9",
        "entries",
        "E-9",
    ),
    "an entry without a revision": (
        (
            "INSERT INTO entries (id, kind, type, text, attribution, edtf, basis, earliest, latest,"
            " filed_at, changed_at) VALUES (999, 'event', 'other', 'Put in.', 'named',"
            " '2025-11-07', 'explicit', 20251107, 20251107, 'x', 'x')"
        ),
        "entries",
        "E-999",
    ),
    "words of an entry": ("DELETE FROM entry_text WHERE rowid & 65535 = 9", "full text", "E-9"),
    "words too many": (
        "INSERT INTO entry_text (rowid, words, tags) VALUES (5, 'x', 'y')",
        "full text",
        "+1 rows",
    ),
    "a revision": ("UPDATE revisions SET act = 'x' WHERE seq = 12", "chain", "revision 12"),
    "a revision's body": (
        "UPDATE packed_bodies SET body = pack('{}') WHERE seq = 14",
        "chain",
        "revision 14",
    ),
    "a reference": ("UPDATE entries SET actor_id = 77 WHERE id = 9", "references", "entries"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_named(full_file: Path, what: str) -> None:
    sql, where, message = TAMPERED[what]
    assert not wrong(full_file)
    with closing(sqlite3.connect(full_file)) as db, db:
        teach(db)
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        assert db.execute(sql).rowcount == 1
    assert message in wrong(full_file)[where]


def test_a_torn_file_is_named(full_file: Path) -> None:
    with full_file.open("r+b") as file:
        file.seek(4096 * 30)
        file.write(b"\xff" * 4096 * 8)
    assert "integrity" in wrong(full_file)


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    assert "There is no store" in wrong(tmp_path / "none.db")["file"]
    (tmp_path / "text.db").write_text("text")
    assert "not a file of SQLite" in wrong(tmp_path / "text.db")["file"]
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE notes (text)")
    assert "another program" in wrong(tmp_path / "other.db")["schema"]


async def test_the_head_noted_before_is_looked_for_in_the_chain(
    small: Store, tmp_path: Path
) -> None:
    store = tmp_path / "small.db"
    seq, digest = await small.history.head()
    await leave_traces(small)
    later = (await small.history.head())[0] - seq
    chain = findings_of(store, expect=digest)["chain"]
    assert (chain.level, f"{later:,} came since" in chain.detail) == (Level.OK, True)
    assert findings_of(store, expect=digest[:12])["chain"].level is Level.OK
    for other in ("f" * 64, digest[:8], "no digest", "'; DROP TABLE x"):
        assert findings_of(store, expect=other)["chain"].level is Level.FAIL


def test_a_clock_behind_the_record_is_a_warning(full_file: Path) -> None:
    early = datetime(2025, 11, 7, 10, tzinfo=UTC)
    clock = findings_of(full_file, early)["clock"]
    assert (clock.level, "120 minutes ahead" in clock.detail) == (Level.WARN, True)
    assert findings_of(full_file, early + timedelta(hours=3))["clock"].level is Level.OK


async def test_a_batch_half_done_is_a_warning(small_file: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(small_file, tmp_path / "half.db")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO batches (file, why, state, at) VALUES ('a', 'b', 'filing', ?)",
            (NOW.isoformat(),),
        )
    assert findings_of(path)["imports"].level is Level.WARN
    async with await open_store(path):
        pass
    assert findings_of(path)["imports"].level is Level.OK


def test_doctor_in_a_shell(tmp_path: Path) -> None:
    assert run(tmp_path, "doctor").returncode == 1
    run(tmp_path, "ask", "/about")
    result = run(tmp_path, "doctor")
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert all(line.startswith(("ok    ", "warn  ")) for line in lines)
    assert len(lines) == 15
    assert run(tmp_path, "doctor", "--expect", "0" * 64).returncode == 1
