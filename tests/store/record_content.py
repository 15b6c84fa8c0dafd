"""What is on record, row by row, to be held against a replay of it."""

import sqlite3
from typing import Any

TABLES = {  # what is held against the replay, and the columns that say of which entry a row is
    "entries": ("id",),
    "entry_places": ("entry_id",),
    "entry_sources": ("entry_id",),
    "links": ("from_id", "to_id"),
    "verdicts": ("entry_id",),
    "touched": ("entry_id",),
    "actors": (),
    "sources": (),
}


TEXTS = ("entry_text", "retracted_text")


Content = dict[str, list[dict[str, Any]]]


def content(db: sqlite3.Connection) -> Content:
    """Return what is on record, row by row."""
    content: Content = {}
    for table in TABLES:
        rows = db.execute(f"SELECT * FROM {table}")  # noqa: S608
        columns = [column for column, *_ in rows.description]
        content[table] = [dict(zip(columns, row, strict=True)) for row in rows]
    for table in TEXTS:
        rows = db.execute(f"SELECT rowid, words, tags FROM {table}")  # noqa: S608
        content[table] = [
            {"id": rowid & 0xFFFFFFFF, "day": rowid >> 32, "words": words, "tags": tags}
            for rowid, words, tags in rows
        ]
    return content


def without(content: Content, gone: set[int], *, words: bool) -> dict[str, list[str]]:
    """Return what is on record apart from some entries, each table in one order."""
    kept = {}
    for table, rows in content.items():
        columns = TABLES.get(table, ("id",))
        there = [row for row in rows if not gone & {row[column] for column in columns}]
        if table in TEXTS and not words:
            there = [{name: row[name] for name in ("id", "day", "tags")} for row in there]
        kept[table] = sorted(map(repr, there))
    return kept
