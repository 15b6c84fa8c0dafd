"""Batches: begun, their rows staged, then filed in steps, each of which a kill may follow."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, to_builtins

from store.bulk.deciding import Decision, Outcome
from store.bulk.known import New
from store.bulk.reading import Read
from store.errors import Frozen
from store.filing import moment, restored, snapshot
from store.history import Act, Person, frozen

STEP = 500
"""Entries filed in one transaction: some tenths of a second at most."""


class Batch(Struct, frozen=True):
    """One import: what was read, and what became of its rows. B- and its number names it."""

    id: int
    file: str
    why: str
    state: str
    at: datetime
    by: Person | None
    counts: Mapping[Outcome, int]
    rejected: int

    @property
    def ref(self) -> str:
        return f"B-{self.id}"


class Staged(Struct, frozen=True):
    """A row that waits to be filed."""

    row: int
    content: dict[str, Any]
    version: int | None

    def read(self, made: Mapping[int, int]) -> Read:
        """Return it as it was read, with the numbers that new speakers and sources now have."""
        data = self.content["filing"]
        data["actor_id"] = made.get(data["actor_id"], data["actor_id"])
        data["sources"] = [[made.get(one, one), *rest] for one, *rest in data["sources"]]
        origin = self.content["origin"]
        mark: str = self.content["mark"]
        return Read(self.row, restored(data), mark, tuple(origin) if origin else None, self.version)


def begin(db: sqlite3.Connection, act: Act, file: str) -> int:
    """Note that a batch is being read; return its number. Frozen says that nobody may write."""
    thawed(db)
    person = json.dumps(to_builtins(act.by), ensure_ascii=False)
    made = db.execute(
        "INSERT INTO batches (file, why, state, at, person) VALUES (?, ?, 'staging', ?, ?)",
        (file, act.why, moment(act.at), person),
    )
    return made.lastrowid or 0


def stage(db: sqlite3.Connection, batch_id: int, decisions: Iterable[Decision]) -> None:
    """Keep the rows that are new or changed until they are filed."""
    db.executemany(
        "INSERT INTO staged (batch_id, row, kind, version, content) VALUES (?, ?, 'entry', ?, ?)",
        [
            (batch_id, one.read.row, one.read.version, json.dumps(
                {"mark": one.read.mark, "origin": one.read.origin,
                 "filing": snapshot(one.read.filing)},
                ensure_ascii=False, separators=(",", ":"),
            ))
            for one in decisions
            if one.outcome in {Outcome.NEW, Outcome.CHANGED}
        ],
    )  # fmt: skip


def commit(
    db: sqlite3.Connection,
    batch_id: int,
    new: Iterable[New],
    counts: Mapping[Outcome, int],
    rejected: int,
) -> None:
    """Decide that the batch is filed: from here on it is finished, whatever happens."""
    thawed(db)
    db.executemany(
        "INSERT INTO staged (batch_id, row, kind, content) VALUES (?, ?, ?, ?)",
        [(batch_id, one.number, one.kind, json.dumps(dict(one.content))) for one in new],
    )
    db.execute(
        "UPDATE batches SET state = 'filing', unchanged = ?, kept = ?, rejected = ? WHERE id = ?",
        (counts.get(Outcome.UNCHANGED, 0), counts.get(Outcome.KEPT, 0), rejected, batch_id),
    )


def thawed(db: sqlite3.Connection) -> None:
    """Raise Frozen where nobody may write."""
    if why := frozen(db):
        raise Frozen(why)


def drop(db: sqlite3.Connection, batch_id: int) -> None:
    """Forget a batch of which nothing was filed."""
    db.execute("DELETE FROM staged WHERE batch_id = ?", (batch_id,))
    db.execute("DELETE FROM batches WHERE id = ? AND state = 'staging'", (batch_id,))


def batch(db: sqlite3.Connection, batch_id: int) -> Batch:
    """Return a batch by number; LookupError where there is none."""
    row = db.execute(
        "SELECT id, file, why, state, at, person, new, changed, unchanged, kept, rejected"
        " FROM batches WHERE id = ?",
        (batch_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"There is no B-{batch_id}.")
    number, file, why, state, at, person, *counts, rejected = row
    by = Person(**json.loads(person)) if person else None
    every = dict(zip(Outcome, counts, strict=True))
    return Batch(number, file, why, state, datetime.fromisoformat(at), by, every, rejected)


def waiting(db: sqlite3.Connection, batch_id: int, limit: int) -> list[Staged]:
    """Return the next rows of a batch that wait to be filed."""
    rows = db.execute(
        "SELECT row, content, version FROM staged WHERE batch_id = ? AND row > 0"
        " ORDER BY row LIMIT ?",
        (batch_id, limit),
    )
    return [Staged(row, json.loads(content), version) for row, content, version in rows]
