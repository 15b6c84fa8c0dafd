"""What somebody puts on record, and the one place where it becomes rows."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from store.db.insert_rows import insert_rows
from store.model.canonical_json import Json
from store.model.entry import (
    OPEN_START,
    Attribution,
    Encirclement,
    Kind,
    LinkType,
    PlaceRole,
    Precision,
    Share,
    Stance,
    day_number,
    order_number,
)
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.ref import ENTRY, PLACE, Ref
from store.model.revision import Change
from store.model.span import Basis, Span
from store.record.index_rows import Numbered, clear, surround


def file(
    db: sqlite3.Connection, filing: Filing, at: datetime, entry_id: int | None = None
) -> Change:
    """Put a new entry on record, under the next number unless one is given."""
    when = moment(at)
    inserted = db.execute(_INSERT, (entry_id, *_row(filing), when, when))
    entry_id = entry_id or inserted.lastrowid or 0
    surround(db, [(entry_id, filing)])
    return _note_filing(entry_id, filing)


def file_all(db: sqlite3.Connection, entries: Sequence[Numbered], at: datetime) -> list[Change]:
    """Put new entries on record under their numbers, table by table; return what was done."""
    when = moment(at)
    insert_rows(db, _INSERT, [(number, *_row(filing), when, when) for number, filing in entries])
    surround(db, entries)
    return [_note_filing(number, filing) for number, filing in entries]


def _note_filing(entry_id: int, filing: Filing) -> Change:
    return Change(str(Ref(ENTRY, entry_id)), None, snapshot(filing))


def correct(db: sqlite3.Connection, entry_id: int, filing: Filing, at: datetime) -> Change:
    """Replace the content of an entry that stays on record, under the key that it has."""
    before = current(db, entry_id)
    filing = replace(filing, key=before.key)
    row = _row(filing)
    stands = clear(db, entry_id)
    db.execute(
        f"UPDATE entries SET {_SETS}, changed_at = ?, version = version + 1 WHERE id = ?",
        (*row, moment(at), entry_id),
    )
    surround(db, [(entry_id, filing)], stands)
    return Change(str(Ref(ENTRY, entry_id)), snapshot(before), snapshot(filing))


def link(  # noqa: PLR0913, PLR0917 -- the columns of a link
    db: sqlite3.Connection,
    from_id: int,
    kind: LinkType,
    to_id: int,
    why: str,
    places: Iterable[str] = (),
) -> Change:
    """Say how one entry stands to another; for some places alone, if references name these."""
    before = read_link(db, from_id, kind, to_id)
    numbers = sorted(Ref.parse(place).number for place in places)
    row = (from_id, to_id, kind, why, json.dumps(numbers) if numbers else "")
    db.execute("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)", row)
    return Change(str(Ref(ENTRY, from_id)), before, read_link(db, from_id, kind, to_id))


def unlink(db: sqlite3.Connection, from_id: int, kind: LinkType, to_id: int) -> Change:
    """Take back what one entry was said to be to another; its `before` is None if nothing was."""
    before = read_link(db, from_id, kind, to_id)
    db.execute(
        "DELETE FROM links WHERE from_id = ? AND to_id = ? AND type = ?", (from_id, to_id, kind)
    )
    return Change(str(Ref(ENTRY, from_id)), before, {"unlink": kind, "to": str(Ref(ENTRY, to_id))})


def read_link(db: sqlite3.Connection, from_id: int, kind: LinkType, to_id: int) -> Json:
    """Return a link as a revision keeps it: how, to what, why, for which places; None if none."""
    row = db.execute(
        "SELECT why, places FROM links WHERE from_id = ? AND to_id = ? AND type = ?",
        (from_id, to_id, kind),
    ).fetchone()
    if row is None:
        return None
    why, places = row
    content: dict[str, Json] = {"link": kind, "to": str(Ref(ENTRY, to_id)), "why": why}
    if places:
        content["places"] = [str(Ref(PLACE, number)) for number in json.loads(places)]
    return content


def current(db: sqlite3.Connection, entry_id: int) -> Filing:
    """Return the content of an entry as it is on record now."""
    names = [
        *_COLUMNS,
        "translations",
        "actor_id",
        "edtf",
        "basis",
        "happened_edtf",
        "happened_basis",
    ]
    cursor = db.execute(f"SELECT {', '.join(names)} FROM entries WHERE id = ?", (entry_id,))
    row: dict[str, Any] = dict(zip(names, cursor.fetchone(), strict=True))
    places = db.execute(
        "SELECT place_id, role, precision, detail FROM entry_places"
        " WHERE entry_id = ? ORDER BY position",
        (entry_id,),
    ).fetchall()
    sources = db.execute(
        "SELECT source_id, stance, relayed FROM entry_sources WHERE entry_id = ? ORDER BY position",
        (entry_id,),
    ).fetchall()
    row["day"] = [row.pop("edtf"), row.pop("basis")]
    happened = [row.pop("happened_edtf"), row.pop("happened_basis")]
    row["happened"] = happened if happened[0] else None
    row["translations"] = json.loads(row["translations"])
    return parse_snapshot({**row, "places": places, "sources": sources})


_COLUMNS = (
    "key",
    "kind",
    "type",
    "text",
    "quote",
    "attribution",
    "published",
    "credibility",
    "control",
    "share",
    "label",
    "encirclement",
)
_OTHER_COLUMNS = (
    "translations",
    "actor_id",
    "edtf",
    "basis",
    "earliest",
    "latest",
    "happened_edtf",
    "happened_basis",
)
_read_columns = attrgetter(*_COLUMNS)
_WRITTEN = ("id", *_COLUMNS, *_OTHER_COLUMNS, "filed_at", "changed_at")
_INSERT = f"INSERT INTO entries ({', '.join(_WRITTEN)}) VALUES ({', '.join('?' * len(_WRITTEN))})"
_SETS = ", ".join(f"{column} = ?" for column in (*_COLUMNS, *_OTHER_COLUMNS))


def _row(filing: Filing) -> tuple[str | int | None, ...]:
    """Return the values of an entry's columns, in their order."""
    day, happened, translations = filing.day, filing.happened, "{}"
    if filing.translations:
        translations = json.dumps({**filing.translations}, ensure_ascii=False, sort_keys=True)
    return (
        *[str(value) if isinstance(value, StrEnum) else value for value in _read_columns(filing)],
        translations,
        filing.actor_id,
        day.edtf,
        str(day.basis),
        day_number(day.earliest) if day.earliest else OPEN_START,
        order_number(day),
        happened.edtf if happened else "",
        str(happened.basis) if happened else "",
    )


def snapshot(filing: Filing) -> Json:
    """Return an entry's content as canonical JSON holds it in a revision.

    It has `translations` only where there are any, so that what was hashed before stays the same.
    """
    happened = filing.happened
    translations = {"translations": {**filing.translations}} if filing.translations else {}
    return {
        **dict(zip(_COLUMNS, _read_columns(filing), strict=True)),
        **translations,
        "actor_id": filing.actor_id,
        "day": [filing.day.edtf, filing.day.basis],
        "happened": [happened.edtf, happened.basis] if happened else None,
        "places": [[at.place_id, at.role, at.precision, at.detail] for at in filing.places],
        "sources": [[by.source_id, by.stance, by.relayed] for by in filing.sources],
    }


def parse_snapshot(data: Mapping[str, Any]) -> Filing:
    """Return the content of which `data` is the snapshot."""
    encirclement = data["encirclement"]
    return Filing(
        **{column: data[column] for column in ("key", "type", "text", "quote", "published")},
        **{column: data[column] for column in ("credibility", "control", "label", "actor_id")},
        kind=Kind(data["kind"]),
        attribution=Attribution(data["attribution"]),
        share=Share(data["share"]),
        encirclement=Encirclement(encirclement) if encirclement else None,
        translations=data.get("translations", {}),
        day=_span(*data["day"]),
        happened=_span(*data["happened"]) if data["happened"] else None,
        places=tuple(
            FiledPlace(place_id, PlaceRole(role), Precision(precision), detail)
            for place_id, role, precision, detail in data["places"]
        ),
        sources=tuple(
            FiledSource(source_id, Stance(stance), bool(relayed))
            for source_id, stance, relayed in data["sources"]
        ),
    )


def _span(edtf: str, basis: str) -> Span:
    return Span.parse(edtf, Basis(basis))


@lru_cache(maxsize=16)
def moment(at: datetime) -> str:
    """Return a moment as the store writes it: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
