"""Verdicts and links of an import: staged, and filed once every entry is there."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct

from store.model.entry import LinkType, VerdictValue
from store.model.ref import Ref
from store.model.refusals import Refusal
from store.model.revision import Act, Change, Person
from store.record import entry_rows, moderation
from store.record.revisions import append, head
from store.transfer.batches import ImportBatch
from store.transfer.plan import IMPORT
from store.transfer.ties import Ties

_A_PART = 500


class WaitingTies(Struct, frozen=True):
    """The ties of a row that waits to be filed, and the key of its entry or its number."""

    row: int
    key: str
    entry_id: int | None
    ties: Ties


def select_ties(db: sqlite3.Connection, ties: Ties, entry_id: int | None, *, ours: bool) -> Ties:
    """Return what of a row's ties is not on record yet: a verdict only where none stands.

    With `ours` the row comes from this record, and the numbers of its links are its own.
    """
    if entry_id is None:
        return ties
    stands, _ = moderation.last_verdict(db, entry_id)
    links = [
        link
        for link in ties.links
        if not (to := find_entry(db, link.key) or (link.number if ours else 0))
        or entry_rows.read_link(db, entry_id, link.type, to) is None
    ]
    links = [link for link in links if not ours or find_entry(db, link.key)]
    return Ties("" if stands else ties.verdict, ties.source_id, tuple(links))


def find_entry(db: sqlite3.Connection, key: str) -> int | None:
    """Return the entry of a key; None where there is none on record."""
    row = db.execute("SELECT id FROM entries WHERE key = ?", (key,)).fetchone() if key else None
    return row[0] if row else None


def stage_ties(db: sqlite3.Connection, batch_id: int, waiting: Sequence[WaitingTies]) -> None:
    """Keep ties until the entries are filed, some to a part."""
    for at in range(0, len(waiting), _A_PART):
        db.execute(
            "INSERT INTO staged_ties (batch_id, part, content) SELECT ?,"
            " coalesce(max(part), 0) + 1, ? FROM staged_ties WHERE batch_id = ?",
            (batch_id, msgspec.json.encode(waiting[at : at + _A_PART]).decode(), batch_id),
        )


def file_ties(db: sqlite3.Connection, batch: ImportBatch, numbers: Mapping[int, int]) -> int:
    """File the next part of a batch's ties; return how many rows those are of, 0 at the end."""
    row = db.execute(
        "SELECT part, content FROM staged_ties WHERE batch_id = ? ORDER BY part LIMIT 1",
        (batch.id,),
    ).fetchone()
    if row is None:
        return 0
    waiting = _WAITING.decode(row[1])
    for ties in waiting:
        entry_id = ties.entry_id or find_entry(db, ties.key)
        if entry_id is not None:
            _tie(db, batch, ties, entry_id, numbers)
    db.execute("DELETE FROM staged_ties WHERE batch_id = ? AND part = ?", (batch.id, row[0]))
    return len(waiting)


def _tie(
    db: sqlite3.Connection,
    batch: ImportBatch,
    waiting: WaitingTies,
    entry_id: int,
    numbers: Mapping[int, int],
) -> None:
    ties, by = waiting.ties, batch.by or Person("", "", "")
    start = f"import:{batch.ref}:tie:{waiting.row}"
    source = numbers.get(ties.source_id or 0, ties.source_id)
    with suppress(Refusal):
        if ties.verdict:
            why = f"{batch.why} Row {waiting.row} of {batch.file}."
            act = Act(f"{start}:verdict", IMPORT, by, batch.at, why)
            change = moderation.check(db, entry_id, VerdictValue(ties.verdict), source)
            append(db, act, change, head(db))
    for number, link in enumerate(ties.links):
        to = find_entry(db, link.key)
        act = Act(f"{start}:link:{number}", IMPORT, by, batch.at, link.why)
        if to is not None and to != entry_id:
            with suppress(Refusal):
                linked = moderation.link(db, act, entry_id, link.type, to, link.places)
                append(db, act, linked, head(db))


def untie(db: sqlite3.Connection, entry_id: int, seq: int, after: Any) -> Change | None:  # noqa: ANN401 -- of a revision
    """Return the change that takes back a tie of an import; None where it is gone already."""
    with suppress(Refusal):
        match after:
            case {"link": kind, "to": str(to)}:
                return moderation.unlink(db, entry_id, LinkType(kind), Ref.parse(to).number)
            case {"verdict": value} if moderation.last_verdict(db, entry_id)[0] == value:
                return moderation.uncheck(db, entry_id, seq)
    return None


def count_lost(
    db: sqlite3.Connection, waiting: Iterable[WaitingTies], keys: Mapping[str, int]
) -> int:
    """Return of how many rows a link leads to no entry on record or in the file."""
    return sum(
        any(link.key not in keys and find_entry(db, link.key) is None for link in row.ties.links)
        for row in waiting
    )


_WAITING = msgspec.json.Decoder(list[WaitingTies])
