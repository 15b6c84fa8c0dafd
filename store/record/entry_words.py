"""The words of all entries, each once, among which a search finds the other forms of a word."""

import re
import sqlite3
from collections.abc import Iterable

from store.db.insert_rows import Insert, insert_rows

_INSERT = "INSERT OR IGNORE INTO entry_words VALUES (?)"
_WORD = re.compile(r"[^\W_]+")


def add_words(db: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Add the words of entries' full texts to those that are known."""
    insert_rows(db, *list_words(texts))


def list_words(texts: Iterable[str]) -> Insert:
    """Return the rows with the words of entries' full texts."""
    tokens = " ".join({token for text in texts for token in text.split()})
    return _INSERT, [(word,) for word in sorted(set(_WORD.findall(tokens)))]


def renew_words(db: sqlite3.Connection) -> None:
    """Write anew which words there are, from the full text: what no entry has any more goes."""
    db.execute("DELETE FROM entry_words")
    for vocabulary in ("entry_vocabulary", "retracted_vocabulary"):
        db.execute(
            f"INSERT OR IGNORE INTO entry_words SELECT term FROM {vocabulary} WHERE col = 'words'"
        )
