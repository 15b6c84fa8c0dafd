"""The words of all entries, each once, among which a search finds the other forms of a word."""

import re
import sqlite3
from collections.abc import Iterable

from store.db.insert_rows import insert_rows

_WORD = re.compile(r"[^\W_]+")


def add_words(db: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Add the words of entries' full texts to those that are known."""
    tokens = " ".join({token for text in texts for token in text.split()})
    words = [(word,) for word in sorted(set(_WORD.findall(tokens)))]
    insert_rows(db, "INSERT OR IGNORE INTO entry_words VALUES (?)", words)


def renew_words(db: sqlite3.Connection) -> None:
    """Write anew which words there are, from the full text: what no entry has any more goes."""
    db.execute("DELETE FROM entry_words")
    for vocabulary in ("entry_vocabulary", "retracted_vocabulary"):
        db.execute(
            f"INSERT OR IGNORE INTO entry_words SELECT term FROM {vocabulary} WHERE col = 'words'"
        )
