"""What stood on record at a moment: the revisions up to it, played into a record of their own."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from store import filing, migrate
from store.history import stamp
from store.models import LinkType
from store.surroundings import count_in

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
        after, moment_then = json.loads(body)["after"], datetime.fromisoformat(at)
        if "text" not in after:
            if on_record:
                _change(then, number, after, moment_then)
        elif on_record:
            filing.correct(then, number, filing.restored(after), moment_then)
        else:
            filing.file(then, filing.restored(after), moment_then, entry_id=number)
            on_record = True


def _change(then: sqlite3.Connection, number: int, after: dict[str, Any], at: datetime) -> None:
    """Play a change that is no new content."""
    match after:
        case {"link": kind, "to": other}:
            filing.link(then, number, LinkType(kind), int(other[2:]), after["why"])
        case {"unlink": kind, "to": other}:
            filing.unlink(then, number, LinkType(kind), int(other[2:]))
        case {"verdict": value}:
            then.execute("UPDATE entries SET verdict = ? WHERE id = ?", (value, number))
        case {"retracted": why}:
            then.execute(
                "UPDATE entries SET retracted_at = ?, retracted_why = ? WHERE id = ?",
                (filing.moment(at), why, number),
            )
            count_in(then, number, live=False)
        case {"restored": _}:
            then.execute(
                "UPDATE entries SET retracted_at = NULL, retracted_why = '' WHERE id = ?",
                (number,),
            )
            count_in(then, number, live=True)
