"""Statements as SQLite plans them, and what may be walked through or sorted."""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from typing_extensions import override

from store import Store
from store.db.connection import ThreadedDatabase
from store.db.database import READING
from store.db.packing import teach
from store.open import WRITING

SCANS = {  # what may be walked through from end to end, and why
    r"CONSTANT ROW|\d+ CONSTANT ROWS?": "has no table",
    r"\(subquery-\d+\)|[ng]|best": "holds the few rows that its LIMIT let through",
    r"(json_each|wanted|entry|place) VIRTUAL TABLE INDEX \d+:": "holds what it was given",
    r"((entry|retracted)_text|t|entry_signals) VIRTUAL TABLE INDEX \d+:\S+": "is"
    " asked for words or a rowid",
    r"entry_signal_terms VIRTUAL TABLE INDEX (1|2[56]\d):": "is asked for one term: 1, or from"
    " SQLite 3.47 on 256 and the columns that are read",
    r"tenures": "walks to its LIMIT",
    r"gaps": "holds three months of days on which three people asked the same in vain",
    r"l USING (COVERING )?INDEX links_disputing": "walks to its LIMIT, along what disagrees",
    r"batch_outlines USING COVERING INDEX batch_outlines_latest": "holds the areas that the desk"
    " imported, and only whose they are and of which day is read",
    r"i": "holds who waits to be told of a place, all looked at each minute",
    r"assessors|seen|here": "is made by its own recursion, one seek a row",
    r"controls|event_types|meta|authors|notices|sqlite_schema": "has a handful of rows",
    r"d USING INDEX digests_room": "holds rooms' summaries, all looked at each minute",
    r"area_(places|circles)": "holds what the desk itself drew",
    r"drafts USING (COVERING )?INDEX drafts_waiting": "holds what waits for a review, no more",
}


ONLY_IN = {  # the same for one statement, by its beginning
    "SELECT count(*) FROM places": "the gazetteer has 5,488 rows, and only /about counts them",
    "SELECT a.id, a.name, a.role, a.kind, a.local_name, a.local_role FROM actors a ORDER BY a.id"
    " LIMIT": "walks to its LIMIT",
    "SELECT s.id, s.name, s.kind, s.url, s.published, s.reliability FROM sources s ORDER BY"
    " s.folded, s.id LIMIT": "walks an index to its LIMIT",
    "SELECT r.seq, r.key, r.act, r.target, r.at, r.platform, r.body_digest": "first_broken reads"
    " the whole chain: that is what it is for",
    "SELECT actor_id, folded FROM actor_names LIMIT": "walks to its LIMIT",
    "SELECT wanted.value ->> 0, n.actor_id FROM json_each": "walks to its LIMIT",
    "SELECT id, folded FROM sources LIMIT": "walks to its LIMIT",
    "SELECT id FROM places": "loading seeds holds the gazetteer against the file",
    "WITH RECURSIVE seen (id) AS ( SELECT min(place_id) FROM entry_places": "walks the index of the"
    " names that the desk wrote itself, once after a write",
    "SELECT a.id, a.name, a.role, a.kind, a.local_name, a.local_role, n.name FROM (SELECT": "walks"
    " to its LIMIT",
    "SELECT 1 FROM entry_vectors LIMIT 1": "walks to its LIMIT",
    "SELECT e.id, EXISTS (SELECT 1 FROM entry_vectors": "walks to its LIMIT",
    "INSERT OR IGNORE INTO entry_words SELECT term": "reads the whole vocabulary after a redaction,"
    " which writes the whole file anew",
    "SELECT id FROM entries NOT INDEXED ORDER BY id DESC LIMIT": "walks to its LIMIT",
    "SELECT id, room, event, at FROM inbox": "walks the index of what was not dealt with",
    "SELECT key, room, kind, content, until, pages FROM outbox": "walks the index of the unsent",
    "UPDATE outbox SET pages = '' WHERE message IS NULL": "walks the index of the unsent",
    "SELECT 'gazetteer' FROM places LIMIT 1": "walks to its LIMIT",
    "SELECT seq, digest": "walks to its LIMIT, the last revision",
    "SELECT * FROM actors": "a look at another moment copies who speaks",
    "SELECT * FROM sources": "a look at another moment copies where things were read",
}


SORTS = {  # what may be sorted apart, by the statement's beginning, and why
    "SELECT seq FROM (SELECT seq FROM revisions": "the numbers of one import's revisions, for a"
    " moderator",
    "SELECT verdict, count(*) FROM (SELECT verdict FROM": "1,001 rows at most, of four values",
    "SELECT place_id, actor_id, type, count(*) AS days": "what was asked in vain, for a moderator",
    "SELECT DISTINCT a.id, a.name, a.role, a.kind, a.local_name, a.local_role FROM": "bearers of"
    " one name",
    "SELECT place_id, role, precision, detail FROM entry_places": "the places of one entry",
    "SELECT source_id, stance, relayed FROM entry_sources": "the sources of one entry",
}


_SEEKS_NOTHING = re.compile(r"SEARCH \w+")  # so is min() or max() shown, along an index or not


_BY_ROWID = re.compile(r"max\((seq|id)\)")


@dataclass(frozen=True)
class Asked:
    """A statement with values that it was run with."""

    sql: str
    values: Any


class Listening(sqlite3.Connection):
    """A connection that keeps every statement it is given, once."""

    asked: dict[str, Asked]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teach(self)

    def hear(self, sql: str, values: Any) -> None:
        if not hasattr(self, "asked"):
            self.asked = {}
        self.asked.setdefault(sql, Asked(sql, values))

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        self.hear(sql, parameters)
        return super().execute(sql, parameters)

    @override
    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        rows = list(parameters)
        if rows:
            self.hear(sql, rows[0])
        return super().executemany(sql, rows)


class ListeningStore:
    """A store whose statements are heard, and what they were."""

    def __init__(self, reader: aiosqlite.Connection, writer: aiosqlite.Connection) -> None:
        self.connections = reader, writer
        self.store = Store(ThreadedDatabase([reader], writer, None))

    @property
    def asked(self) -> list[Asked]:
        heard: dict[str, Asked] = {}
        for connection in self.connections:
            bare = connection._conn
            assert isinstance(bare, Listening)
            heard |= bare.asked
        return [
            statement
            for statement in heard.values()
            if re.match("SELECT|INSERT|UPD|DEL|WITH|REP", statement.sql)
        ]

    async def plans(self) -> list[tuple[Asked, list[str]]]:
        return [(statement, await self.plan(statement)) for statement in self.asked]

    async def plan(self, statement: Asked) -> list[str]:
        explained = await self.connections[0].execute_fetchall(
            f"EXPLAIN QUERY PLAN {statement.sql}", statement.values
        )
        return [str(row[3]) for row in explained]


@pytest.fixture(params=["new", "analysed"])
async def listening_store(
    full_file: Path, request: pytest.FixtureRequest
) -> AsyncIterator[ListeningStore]:
    """A seeded store, opened as the product does but with connections that listen.

    Closing a store may leave statistics in it, here of a store that was small: both cases count.
    """
    with closing(sqlite3.connect(full_file, isolation_level=None)) as db:
        db.execute("ANALYZE")
        if request.param == "new":
            db.execute("DELETE FROM sqlite_stat1")
    opened = []
    for mode, pragmas in (("ro", READING), ("rw", (*READING, *WRITING))):
        connection = await aiosqlite.connect(
            f"file:{full_file}?mode={mode}", uri=True, isolation_level=None, factory=Listening
        )
        opened.append(connection)
        for pragma in pragmas:
            await connection.execute(pragma)
    reader, writer = opened
    yield ListeningStore(reader, writer)
    for connection in opened:
        await connection.close()


def troubles(statement: Asked, plan: list[str]) -> Iterator[str]:
    """Yield the steps of a plan that walk through or sort what they should not."""
    for step in plan:
        if step.startswith("SCAN "):
            scanned = step.removeprefix("SCAN ")
            fine = statement.sql.startswith(tuple(ONLY_IN)) or any(
                re.fullmatch(name, scanned) for name in SCANS
            )
        elif _SEEKS_NOTHING.fullmatch(step):
            fine = bool(_BY_ROWID.search(statement.sql))
        elif "TEMP B-TREE" in step:
            fine = statement.sql.startswith(tuple(SORTS))
        else:
            fine = "AUTOMATIC" not in step
        if not fine:
            yield step


def report(plans: list[tuple[Asked, list[str]]]) -> str:
    bad = [(statement, plan, list(troubles(statement, plan))) for statement, plan in plans]
    return "\n\n".join(
        f"{statement.sql}\n  {statement.values}\n  " + "\n  ".join(plan)
        for statement, plan, faults in bad
        if faults
    )
