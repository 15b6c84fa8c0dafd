"""Stores of made entries, filled in bulk with the rows that the product itself would write."""

import multiprocessing
import os
import shutil
import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path

from bot.bench.making import Head, Order, Rows, make
from store.record import revisions

BATCH = 10_000
_MAKERS = 2
_TOLD_EVERY = 100_000
_NUMBERED = ("INSERT INTO packed_bodies", "INSERT INTO revision_people", "INSERT INTO verdicts ")
"""Whose rows begin with a revision's number, as a batch counts them."""
_FAST = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -524288",
)


def fill(seeded: Path, file: Path, size: int, batch: int = BATCH) -> None:
    """Copy the store `seeded` to `file` and put `size` made entries into it, by so many at once."""
    shutil.copy(seeded, file)
    db = sqlite3.connect(file, isolation_level=None)
    try:
        for pragma in _FAST:
            db.execute(pragma)
        head = revisions.head(db)
        built_last = _drop_indexes(db)
        with _telling(size) as tell:
            for done, rows in _batches(seeded, size, batch):
                head = _insert(db, rows, head)
                tell(done)
        for sql in built_last:
            db.execute(sql)
        db.execute("PRAGMA journal_mode = WAL")
    finally:
        db.close()
    with file.open("rb+") as store:
        os.fsync(store)  # or the system would write it out while the first figures are taken


def _drop_indexes(db: sqlite3.Connection) -> list[str]:
    """Drop the indexes and triggers; return the statements that make them again."""
    rows = db.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    for kind, name, _ in rows:
        db.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in rows]


def _insert(db: sqlite3.Connection, rows: Rows, head: Head) -> Head:
    """Insert a batch, its revisions chained to `head`; return the head after it."""
    before, previous = head
    db.execute("BEGIN")
    for sql, values in rows.items():
        if sql.startswith("INSERT INTO revisions "):
            linked = []
            for seq, *rest, _, _ in values:
                row = (seq + before, *rest, bytes.fromhex(previous))
                previous = revisions.chain_hash(row)
                linked.append((*row, bytes.fromhex(previous)))
            db.executemany(sql, linked)
            head = linked[-1][0], previous
        elif sql.startswith(_NUMBERED):
            db.executemany(sql, ((seq + before, *rest) for seq, *rest in values))
        else:
            db.executemany(sql, values)
    db.execute("COMMIT")
    return head


def _batches(seeded: Path, size: int, batch: int) -> Iterator[tuple[int, Rows]]:
    """Yield batch after batch, each with how many entries there are then.

    While one is being inserted, other processes make the next.
    """
    firsts = range(1, size + 1, batch)
    orders = [Order(seeded, size, first, min(first + batch - 1, size)) for first in firsts]
    if len(orders) == 1:
        yield size, make(orders[0])
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_MAKERS, mp_context=fresh) as pool:
        making = deque(pool.submit(make, order) for order in orders[: _MAKERS + 1])
        waiting = iter(orders[_MAKERS + 1 :])
        for order in orders:
            rows = making.popleft().result()
            if (later := next(waiting, None)) is not None:
                making.append(pool.submit(make, later))
            yield order.last, rows


@contextmanager
def _telling(size: int) -> Iterator[Callable[[int], None]]:
    """Give a function that shows on stderr how many entries have been made."""
    if not sys.stderr.isatty():

        def line(done: int) -> None:
            if done % _TOLD_EVERY == 0:
                print(f"made {done:,} of {size:,} entries", file=sys.stderr)  # noqa: T201

        with nullcontext():
            yield line
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"making {size:,} entries", total=size)
        yield lambda done: progress.update(task, completed=done)
