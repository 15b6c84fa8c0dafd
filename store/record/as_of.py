"""What stood on record at a moment: the revisions up to it, played into a record of their own."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar

from store.db import migrate
from store.db.as_list import as_list
from store.model.entry import LinkType, VerdictValue
from store.model.ref import ENTRY, Ref
from store.record import entry_rows, moderation
from store.record.naming import TABLES, write_name
from store.record.revisions import first_since, stamp

P = ParamSpec("P")
R = TypeVar("R")

_NEXT = timedelta(milliseconds=1)  # moments of revisions are as fine as that
_COPIED = ("controls", "event_types", "actors", "sources")


def replay_place(
    db: sqlite3.Connection,
    place_id: int,
    moment: datetime,
    work: Callable[Concatenate[sqlite3.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Run `work` on the entries ever about a place, as they were at `moment`."""
    rows = db.execute("SELECT entry_id FROM touched WHERE place_id = ?", (place_id,))
    numbers = {number for (number,) in rows}
    return _on_record_then(db, numbers, {place_id}, moment, work, *args, **kwargs)


def replay_entry(
    db: sqlite3.Connection,
    entry_id: int,
    moment: datetime,
    work: Callable[Concatenate[sqlite3.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Run `work` on one entry and those it is linked with, as they were at `moment`."""
    return replay_entries(db, [entry_id], moment, work, *args, **kwargs)


def replay_entries(
    db: sqlite3.Connection,
    numbers: Iterable[int],
    moment: datetime,
    work: Callable[Concatenate[sqlite3.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Run `work` on these entries and those they are linked with, as they were at `moment`."""
    return _on_record_then(db, set(numbers), set(), moment, work, *args, **kwargs)


def _on_record_then(
    db: sqlite3.Connection,
    numbers: set[int],
    places: set[int],
    moment: datetime,
    work: Callable[Concatenate[sqlite3.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    then = sqlite3.connect(":memory:", isolation_level=None)
    try:
        then.deserialize(_empty_store())
        for table in _COPIED:
            _copy(db, then, table, f"SELECT * FROM {table}")
        about = numbers.union(*(_entries_linked_with(db, entry_id) for entry_id in numbers))
        needed = _with_areas(db, places | _places_ever_of(db, about))
        _copy(db, then, "places", _PLACES, needed)
        for number in sorted(about):
            _play(db, then, number, moment)
        _name_as_then(db, then, moment)
        return work(then, *args, **kwargs)
    finally:
        then.close()


_PLACES = "SELECT p.* FROM json_each(?) wanted CROSS JOIN places p ON p.id = wanted.value"


@cache
def _empty_store() -> bytes:
    """Return a store with nothing in it, made once for each process."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        migrate.build(empty)
        return empty.serialize()


def _with_areas(db: sqlite3.Connection, places: set[int]) -> str:
    """Return places and the areas and cities in which they lie, as JSON: not all 30,000."""
    rows = db.execute(
        "SELECT p.oblast_id, p.raion_id, p.hromada_id, p.city_id FROM json_each(?) wanted"
        " CROSS JOIN places p ON p.id = wanted.value",
        (as_list(sorted(places)),),
    )
    return as_list(sorted(places.union(*({part for part in row if part} for row in rows))))


def _places_ever_of(db: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    """Return the numbers of the places that entries were ever about."""
    places: set[int] = set()
    for number in numbers:
        rows = db.execute(
            "SELECT json_extract(place.value, '$[0]') FROM revisions r CROSS JOIN revision_bodies b"
            " ON b.seq = r.seq CROSS JOIN json_each(b.body, '$.after.places') place"
            " WHERE r.target = ? AND place.type = 'array'",
            (str(Ref(ENTRY, number)),),
        )
        places.update(place_id for (place_id,) in rows)
    return places


def _copy(
    db: sqlite3.Connection, then: sqlite3.Connection, table: str, rows_of: str, *values: str
) -> None:
    rows = db.execute(rows_of, values)
    marks = ", ".join("?" * len(rows.description))
    then.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _entries_linked_with(db: sqlite3.Connection, number: int) -> set[int]:
    """Return the entries with which one was ever linked, either way."""
    target = str(Ref(ENTRY, number))
    there = db.execute(
        "SELECT b.linked FROM revisions r CROSS JOIN revision_bodies b ON b.seq = r.seq"
        " WHERE r.target = ?",
        (target,),
    )
    here = db.execute(
        "SELECT r.target FROM revision_bodies b CROSS JOIN revisions r ON r.seq = b.seq"
        " WHERE b.linked = ?",
        (target,),
    )
    return {Ref.parse(ref).number for (ref,) in (*there, *here) if ref}


def _name_as_then(db: sqlite3.Connection, then: sqlite3.Connection, moment: datetime) -> None:
    """Call and grade things as they were called and graded: as the first act since says."""
    since = first_since(db, moment + _NEXT)
    for kind in TABLES:
        rows = db.execute(
            "SELECT r.seq, r.target, b.body FROM revisions r CROSS JOIN revision_bodies b"
            " ON b.seq = r.seq WHERE r.target > ? AND r.target < ? AND r.seq >= ?",
            (f"{kind}-", f"{kind}.", since),  # a full stop comes after the hyphen
        ).fetchall()
        for _, target, body in sorted(rows, reverse=True):
            before = (json.loads(body)["before"] if body else None) or {}
            if "name" in before:
                write_name(then, target, before["name"])
            if "reliability" in before:
                then.execute(
                    "UPDATE sources SET reliability = ? WHERE id = ?",
                    (before["reliability"], Ref.parse(target).number),
                )


def _play(db: sqlite3.Connection, then: sqlite3.Connection, number: int, moment: datetime) -> None:
    """Play an entry's revisions up to the moment; one whose body was redacted changes nothing."""
    rows = db.execute(
        "SELECT r.seq, r.at, b.body FROM revisions r JOIN revision_bodies b USING (seq)"
        " WHERE r.target = ? AND r.at <= ? AND b.body IS NOT NULL ORDER BY r.seq",
        (str(Ref(ENTRY, number)), stamp(moment)),
    )
    on_record = False
    for seq, at, body in rows:
        after, moment_then = json.loads(body)["after"] or {}, datetime.fromisoformat(at)
        if "text" not in after:
            if on_record:
                _change(then, number, seq, after, moment_then)
        elif on_record:
            entry_rows.correct(then, number, entry_rows.parse_snapshot(after), moment_then)
        else:
            entry_rows.file(then, entry_rows.parse_snapshot(after), moment_then, entry_id=number)
            on_record = True


def _change(
    then: sqlite3.Connection, number: int, seq: int, after: dict[str, Any], at: datetime
) -> None:
    """Play a change that is no new content."""
    match after:
        case {"link": kind, "to": other}:
            other_id, places = Ref.parse(other).number, after.get("places", ())
            entry_rows.link(then, number, LinkType(kind), other_id, after["why"], places)
        case {"unlink": kind, "to": other}:
            entry_rows.unlink(then, number, LinkType(kind), Ref.parse(other).number)
        case {"verdict": _, "undoes": undone}:
            moderation.unjudge(then, number, undone)
        case {"verdict": value, "source": source}:
            moderation.judge(then, number, seq, VerdictValue(value) if value else None, source)
        case {"retracted": why}:
            moderation.withdraw(then, number, at, why)
        case {"restored": _}:
            moderation.put_back(then, number, at)
