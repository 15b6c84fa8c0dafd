"""The words among which a search finds other forms are those of the full text."""

import sqlite3
from contextlib import closing
from pathlib import Path

from store.db.database import transaction
from store.record.entry_words import add_words, renew_words


def words_of(db: sqlite3.Connection) -> set[str]:
    return {word for (word,) in db.execute("SELECT word FROM entry_words")}


def test_they_are_what_the_full_text_has(full_file: Path, tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(full_file)) as old,
        closing(sqlite3.connect(tmp_path / "w.db")) as db,
    ):
        old.backup(db)
        written = words_of(db)
        renew_words(db)
        assert words_of(db) == written
    assert {"corridor", "коридор", "pokrovsk"} <= written


def test_a_word_that_no_entry_has_goes_when_they_are_written_anew(
    full_file: Path, tmp_path: Path
) -> None:
    with (
        closing(sqlite3.connect(full_file)) as old,
        closing(sqlite3.connect(tmp_path / "w.db", isolation_level=None)) as db,
    ):
        old.backup(db)
        add_words(db, ["забутеслово corridor"])
        assert "забутеслово" in words_of(db)
        transaction(db, lambda: renew_words(db))
        assert "забутеслово" not in words_of(db)
        assert "corridor" in words_of(db)
