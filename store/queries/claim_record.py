"""What became of the claims of a source or a speaker: counts and their entries, never a score."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from msgspec import Struct

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.entry import Actor, Kind, LinkType, Source, VerdictValue, number_day
from store.model.ref import ENTRY, Ref

MOST = 1000
"""Claims that are looked at, the newest."""
_KNOWN = frozenset({VerdictValue.CONFIRMED, VerdictValue.REFUTED})
_SAME = (LinkType.SUPPORTS, LinkType.DUPLICATES)


class ClaimRecord(Struct, frozen=True):
    """What became of claims: their references by the verdict of a check; None: nobody checked it.

    `days` is how long it took from a dated claim to the check that confirmed or refuted it, in
    the middle. Of `shared` claims others say the same; `first` are those that nobody said before.
    """

    claims: int
    verdicts: Mapping[VerdictValue | None, tuple[str, ...]]
    days: float | None
    known: int
    first: tuple[str, ...]
    shared: int


def read_claim_record(db: sqlite3.Connection, of: Source | Actor) -> ClaimRecord:
    """Return what became of the claims of a speaker, or of those read in a source."""
    rows = _claims_by(db, of.id) if isinstance(of, Actor) else _claims_in(db, of.id)
    verdicts: defaultdict[VerdictValue | None, list[str]] = defaultdict(list)
    for number, _, value in rows:
        verdicts[VerdictValue(value) if value else None].append(str(Ref(ENTRY, number)))
    days = {number: number_day(latest) for number, latest, _ in rows if latest > 0}
    checked = [number for number, _, value in rows if value in _KNOWN and number in days]
    waits = [(judged - days[number]).days for number, judged in _days_judged(db, checked).items()]
    others = _others_who_say_the_same(db, days)
    first = [number for number, days_of in others.items() if days[number] < min(days_of)]
    return ClaimRecord(
        len(rows),
        {value: tuple(refs) for value, refs in verdicts.items()},
        median(waits) if waits else None,
        len(waits),
        tuple(str(Ref(ENTRY, number)) for number in first),
        len(others),
    )


_Row = tuple[int, int, str | None]


def _claims_by(db: sqlite3.Connection, actor_id: int) -> list[_Row]:
    return db.execute(
        "SELECT id, latest, verdict FROM entries WHERE actor_id = ? AND kind = ?"
        " AND retracted_at IS NULL ORDER BY latest DESC, id DESC LIMIT ?",
        (actor_id, Kind.CLAIM, MOST),
    ).fetchall()


def _claims_in(db: sqlite3.Connection, source_id: int) -> list[_Row]:
    return db.execute(
        "SELECT e.id, e.latest, e.verdict FROM entry_sources s CROSS JOIN entries e"
        " ON e.id = s.entry_id WHERE s.source_id = ? AND s.live = 1 AND e.kind = ?"
        " ORDER BY s.entry_id DESC LIMIT ?",
        (source_id, Kind.CLAIM, MOST),
    ).fetchall()


def _days_judged(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, date]:
    """Return the day of the last verdict on each."""
    rows = db.execute(
        "SELECT v.seq, v.entry_id, r.at FROM json_each(?) wanted CROSS JOIN verdicts v"
        " ON v.entry_id = wanted.value CROSS JOIN revisions r ON r.seq = v.seq",
        (as_list(numbers),),
    )
    return {number: date.fromisoformat(at[:10]) for _, number, at in sorted(rows)}


def _others_who_say_the_same(
    db: sqlite3.Connection, numbers: Iterable[int]
) -> dict[int, list[date]]:
    """Return the days of what supports or repeats each, or is supported by it; undated aside."""
    wanted = as_list(list(numbers))
    ways = (("from_id", "to_id"), ("to_id", "from_id"))
    days_of: defaultdict[int, list[date]] = defaultdict(list)
    for here, there in ways:
        rows = db.execute(
            f"SELECT l.{here}, e.latest FROM json_each(?) wanted CROSS JOIN links l"
            f" ON l.{here} = wanted.value CROSS JOIN entries e ON e.id = l.{there}"
            " WHERE l.type IN (?, ?) AND e.retracted_at IS NULL AND e.latest > 0",
            (wanted, *_SAME),
        )
        for number, latest in rows:
            days_of[number].append(number_day(latest))
    return days_of


class ClaimRecords(Part):
    """What became of claims."""

    of = query(read_claim_record)
