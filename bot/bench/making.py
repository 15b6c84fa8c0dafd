"""Made entries, as the rows that the product would write for them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, cast

from bot.bench.cast import LAST_DAY, Cast, read
from bot.bench.contents import contents
from bot.bench.words import sentence
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.filing import Filing
from store.model.revision import Act, Change, Person
from store.record import entry_rows as filing
from store.record import revisions as history

Rows = dict[str, list[tuple[Any, ...]]]
Head = tuple[int, str]

DAYS = 3 * 365
_MODERATORS = 40
_LINKED, _CHECKED, _CORRECTED = 0.10, 0.03, 0.20
_BACK = 2000  # how far back a link reaches, in entries


@dataclass(frozen=True)
class CursorResult:
    """What is asked of a cursor after a statement."""

    lastrowid: int
    rows: Sequence[tuple[Any, ...]] = ()

    def fetchone(self) -> tuple[Any, ...] | None:
        return next(iter(self.rows), None)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)


class RowCollector:
    """Stands where a connection would: keeps what is written, and reads from a small store."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.rows: Rows = defaultdict(list)
        self._db = db
        self._read: dict[tuple[str, tuple[Any, ...]], Sequence[tuple[Any, ...]]] = {}

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> CursorResult:
        if not sql.startswith("SELECT"):
            self.rows[sql].append(values)
            return CursorResult(values[0] if isinstance(values[0], int) else 0)
        if (sql, values) not in self._read:
            self._read[sql, values] = self._db.execute(sql, values).fetchall()
        return CursorResult(0, self._read[sql, values])

    def executemany(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.rows[sql] += rows


@dataclass(frozen=True)
class Order:
    """Entries to make: numbers `first` to `last` of `size`."""

    file: Path
    size: int
    first: int
    last: int


def make(order: Order) -> Rows:
    """Return the rows of the entries ordered, by statement; their revisions start a chain anew."""
    db = sqlite3.connect(f"file:{order.file}?mode=ro", uri=True)
    try:
        batch = RowCollector(db)
        making = EntryMaker(read(db), batch, order)
        for number in range(order.first, order.last + 1):
            making.entry(number)
    finally:
        db.close()
    # Full text takes rows in the order of their days; any other order flushes it at every row.
    for sql, rows in batch.rows.items():
        if "INTO entry_text" in sql or "INTO entry_signals" in sql:
            rows.sort()
        elif "INTO entry_words" in sql:
            rows[:] = sorted(set(rows))
    return dict(batch.rows)


class EntryMaker:
    """One batch of entries in the making; the same numbers make the same entries."""

    def __init__(self, who: Cast, batch: RowCollector, order: Order) -> None:
        self._cast, self._size = who, order.size
        self._head: Head = (0, "")
        self._batch = batch
        self._db = cast("sqlite3.Connection", batch)
        self._rng = Random(f"{order.size}:{order.first}")  # noqa: S311 -- made entries

    def entry(self, number: int) -> None:
        """Make one entry with all that stands around it."""
        rng = self._rng
        at = LAST_DAY - timedelta(minutes=(self._size - number) * DAYS * 1440 // self._size)
        content = contents(rng, self._cast, at.date(), self._size)
        if rng.random() < _CORRECTED:
            first = Change(f"E-{number}", None, filing.snapshot(Filing(**content)))
            self._revise("file", number, at, first)
            content["text"] = sentence(rng, self._size)
            filed = filing.file(self._db, Filing(**content), at, number)
            self._batch.execute("UPDATE entries SET version = 2 WHERE id = ?", (number,))
            change = Change(filed.target, first.after, filed.after)
            self._revise("correct", number, at + timedelta(minutes=5), change)
        else:
            change = filing.file(self._db, Filing(**content), at, number)
            self._revise("file", number, at, change)
        if number > 1 and rng.random() < _LINKED:
            self._link(number, at)
        if content["kind"] is Kind.CLAIM and rng.random() < _CHECKED * 3:
            self._check(number, at)

    def _link(self, number: int, at: datetime) -> None:
        other = self._rng.randrange(max(1, number - _BACK), number)
        kind = self._rng.choice(list(LinkType))
        change = filing.link(self._db, number, kind, other, "They speak of the same day.")
        self._revise("link", number, at, change)

    def _check(self, number: int, at: datetime) -> None:
        value = self._rng.choice(list(VerdictValue))
        self._batch.execute("UPDATE entries SET verdict = ? WHERE id = ?", (value, number))
        self._batch.execute(
            "UPDATE entry_sources SET verdict = ? WHERE entry_id = ?", (value, number)
        )
        self._revise("verdict", number, at, Change(f"E-{number}", None, {"verdict": value}))
        self._batch.execute(
            "INSERT INTO verdicts VALUES (?, ?, ?, NULL)", (self._head[0], number, value)
        )

    def _revise(self, act: str, number: int, at: datetime, change: Change) -> None:
        moderator = f"moderator-{self._rng.randrange(_MODERATORS)}"
        by = Person("bench", moderator, moderator.capitalize())
        what = Act(f"bench:{number}:{act}", act, by, at, "Read in the source named.")
        self._head = history.append(self._db, what, change, self._head)
