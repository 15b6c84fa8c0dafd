"""What stood on record at a moment: the revisions up to it, played into a record of their own."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from store import filing, migrate
from store.history import stamp
from store.models import LinkType

P = ParamSpec("P")
R = TypeVar("R")

_COPIED = ("controls", "places", "actors", "sources")


def replayed(
    db: sqlite3.Connection,
    place_id: int,
    moment: datetime,
    work: Callable[Concatenate[sqlite3.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Run `work` on the entries ever about a place, as they were at `moment`."""
    rows = db.execute("SELECT entry_id FROM touched WHERE place_id = ?", (place_id,))
    return _on_record_then(db, [number for (number,) in rows], moment, work, *args, **kwargs)


def replayed_entry(
    db: sqlite3.Connection,
    entry_id: int,
    moment: datetime,
    work: Callable[Concatenate[sqlite3.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Run `work` on one entry and those it is linked with, as they were at `moment`."""
    rows = db.execute(
        "SELECT to_id FROM links WHERE from_id = :id UNION SELECT from_id FROM links"
        " WHERE to_id = :id",
        {"id": entry_id},
    )
    numbers = [entry_id, *(number for (number,) in rows)]
    return _on_record_then(db, numbers, moment, work, *args, **kwargs)


def _on_record_then(
    db: sqlite3.Connection,
    numbers: Iterable[int],
    moment: datetime,
    work: Callable[Concatenate[sqlite3.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    then = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.build(then)
        for table in _COPIED:
            _copy(db, then, table)
        for number in sorted(numbers):
            _play(db, then, number, moment)
        return work(then, *args, **kwargs)
    finally:
        then.close()


def _copy(db: sqlite3.Connection, then: sqlite3.Connection, table: str) -> None:
    rows = db.execute(f"SELECT * FROM {table}")
    marks = ", ".join("?" * len(rows.description))
    then.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _play(db: sqlite3.Connection, then: sqlite3.Connection, number: int, moment: datetime) -> None:
    """Play an entry's revisions up to the moment; one whose body was redacted changes nothing."""
    rows = db.execute(
        "SELECT r.at, b.body FROM revisions r JOIN revision_bodies b USING (seq)"
        " WHERE r.target = ? AND r.at <= ? AND b.body IS NOT NULL ORDER BY r.seq",
        (f"E-{number}", stamp(moment)),
    )
    on_record = False
    for at, body in rows:
        after = json.loads(body)["after"]
        if "link" in after:
            kind, other = LinkType(after["link"]), int(after["to"].removeprefix("E-"))
            filing.link(then, number, kind, other, after["why"])
        elif on_record:
            filing.correct(then, number, filing.restored(after), datetime.fromisoformat(at))
        else:
            filed = filing.restored(after)
            filing.file(then, filed, datetime.fromisoformat(at), entry_id=number)
            on_record = True
