"""Entries, read whole: each with its speaker, places, sources and links."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from store.db.part import Part, query
from store.model.entry import (
    Actor,
    AtPlace,
    Attribution,
    Citation,
    Control,
    Encirclement,
    Entry,
    EntryLink,
    Kind,
    LinkType,
    PlaceRole,
    Precision,
    Share,
    Source,
    Stance,
    Verdict,
    VerdictValue,
    number_day,
)
from store.model.ref import ENTRY, Ref
from store.model.revision import Revision
from store.model.span import Basis, Span
from store.record.revisions import revisions_of

E = TypeVar("E", bound=StrEnum)
Row = tuple[Any, ...]

_MOST_DIGITS = 9  # of an entry's number


def _by_value(members: Iterable[E]) -> dict[str, E]:
    """Return the members of an enum by value: for what is on record, faster than asking it."""
    return {member.value: member for member in members}


_KINDS, _ATTRIBUTIONS, _BASES = _by_value(Kind), _by_value(Attribution), _by_value(Basis)
_ROLES, _PRECISIONS, _SHARES = _by_value(PlaceRole), _by_value(Precision), _by_value(Share)
_STANCES, _LINKS = _by_value(Stance), _by_value(LinkType)


def load(db: sqlite3.Connection, ids: Sequence[int]) -> tuple[Entry, ...]:
    """Return the entries of `ids` in that order; a number that is not on record is left out."""
    if not ids:
        return ()
    wanted = json.dumps(ids)
    places = _places(db, wanted)
    sources = _sources(db, wanted)
    links = _links(db, wanted)
    rows = db.execute(
        "SELECT e.id, e.kind, e.type, e.text, e.quote, e.attribution, e.edtf, e.basis, e.earliest,"
        " e.latest, e.happened_edtf, e.happened_basis, e.published, e.credibility, e.control,"
        " c.label, c.symbol, e.share, e.label, e.encirclement, e.verdict, e.filed_at,"
        " e.changed_at, e.version, e.retracted_at, e.retracted_why, e.redacted_at IS NOT NULL,"
        " e.translations, c.labels, t.label, t.labels, a.id, a.name, a.role, a.kind, a.local_name,"
        " a.local_role"
        " FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value"
        " LEFT JOIN actors a ON a.id = e.actor_id LEFT JOIN controls c ON c.key = e.control"
        " LEFT JOIN event_types t ON t.key = e.type AND e.kind = 'event'",
        (wanted,),
    )
    entries = {row[0]: _entry(row, places[row[0]], sources[row[0]], links[row[0]]) for row in rows}
    return tuple(entries[entry_id] for entry_id in ids if entry_id in entries)


def _places(db: sqlite3.Connection, wanted: str) -> defaultdict[int, list[AtPlace]]:
    rows = db.execute(
        "SELECT ep.entry_id, ep.place_id, p.name, ep.role, ep.precision, ep.detail, p.local_name,"
        " ep.position"
        " FROM json_each(?) wanted CROSS JOIN entry_places ep ON ep.entry_id = wanted.value"
        " JOIN places p ON p.id = ep.place_id",
        (wanted,),
    )
    places: defaultdict[int, list[AtPlace]] = defaultdict(list)
    for entry_id, place_id, name, role, precision, detail, local, _ in sorted(rows, key=_position):
        at = AtPlace(place_id, name, _ROLES[role], _PRECISIONS[precision], detail, local)
        places[entry_id].append(at)
    return places


def _sources(db: sqlite3.Connection, wanted: str) -> defaultdict[int, list[Citation]]:
    rows = db.execute(
        "SELECT es.entry_id, s.id, s.name, s.kind, s.url, s.published, s.reliability, es.stance,"
        " es.relayed, es.position FROM json_each(?) wanted"
        " CROSS JOIN entry_sources es ON es.entry_id = wanted.value"
        " JOIN sources s ON s.id = es.source_id",
        (wanted,),
    )
    citations: defaultdict[int, list[Citation]] = defaultdict(list)
    for entry_id, *source, stance, relayed, _ in sorted(rows, key=_position):
        citations[entry_id].append(Citation(Source(*source), _STANCES[stance], bool(relayed)))
    return citations


_HOLDS_FOR = (
    "CASE WHEN l.places <> '' THEN l.places ELSE (SELECT json_group_array(mine.place_id)"
    " FROM entry_places mine JOIN entry_places theirs ON theirs.entry_id = l.to_id"
    " AND theirs.place_id = mine.place_id WHERE mine.entry_id = l.from_id) END"
)
"""The places for which a link holds: those it was made for, or those that both ends have."""


def _links(db: sqlite3.Connection, wanted: str) -> defaultdict[int, list[EntryLink]]:
    """Links from both ends, its own first, then by the other entry's number.

    What was retracted is no longer linked to.
    """
    rows = db.execute(
        f"SELECT l.from_id, l.type, 1, o.id, a.name, a.local_name, o.latest, l.why, {_HOLDS_FOR}"
        " FROM json_each(?) wanted"
        " CROSS JOIN links l ON l.from_id = wanted.value JOIN entries o ON o.id = l.to_id"
        " LEFT JOIN actors a ON a.id = o.actor_id WHERE o.retracted_at IS NULL"
        " UNION ALL "
        f"SELECT l.to_id, l.type, 0, o.id, a.name, a.local_name, o.latest, l.why, {_HOLDS_FOR}"
        " FROM json_each(?) wanted"
        " CROSS JOIN links l ON l.to_id = wanted.value JOIN entries o ON o.id = l.from_id"
        " LEFT JOIN actors a ON a.id = o.actor_id WHERE o.retracted_at IS NULL",
        (wanted, wanted),
    )
    links: defaultdict[int, list[EntryLink]] = defaultdict(list)
    for entry_id, kind, outward, other, by, local_by, day, why, places in sorted(rows, key=_end):
        link = EntryLink(
            _LINKS[kind],
            bool(outward),
            other,
            by or "",
            number_day(day),
            why,
            frozenset(json.loads(places)),
            local_by or "",
        )
        links[entry_id].append(link)
    return links


def _end(row: Row) -> tuple[bool, int, str]:
    return not row[2], row[3], row[1]


def _position(row: Row) -> tuple[int, int]:
    return row[0], row[-1]


def _entry(
    row: Row, places: Iterable[AtPlace], sources: Iterable[Citation], links: Iterable[EntryLink]
) -> Entry:
    kind = _KINDS[row[1]]
    control = None
    if row[14] is not None:
        share = _SHARES[row[17]]
        certain, labels = kind is Kind.ASSESSMENT, json.loads(row[28])
        control = Control(row[14], row[15], row[16], share, certain, row[18], labels)
    return Entry(
        id=row[0],
        kind=kind,
        type=row[2],
        text=row[3],
        quote=row[4],
        by=Actor(*row[31:]) if row[31] is not None else None,
        attribution=_ATTRIBUTIONS[row[5]],
        day=_span(row[6], row[7], row[8], row[9]),
        happened=Span.parse(row[10], Basis(row[11])) if row[10] else None,
        published=row[12],
        credibility=row[13],
        control=control,
        encirclement=Encirclement(row[19]) if row[19] else None,
        verdict=VerdictValue(row[20]) if row[20] else None,
        filed_at=datetime.fromisoformat(row[21]),
        changed_at=datetime.fromisoformat(row[22]),
        version=row[23],
        retracted_at=datetime.fromisoformat(row[24]) if row[24] else None,
        retracted_why=row[25],
        redacted=bool(row[26]),
        places=tuple(places),
        sources=tuple(sources),
        links=tuple(links),
        translations=read_json_map(row[27]),
        type_label=row[29] or "",
        type_labels=json.loads(row[30]) if row[30] else {},
    )


def read_json_map(text: str) -> Mapping[str, str]:
    """Return a JSON object of texts; most have nothing in them."""
    return json.loads(text) if text != "{}" else {}


def _span(edtf: str, basis: str, earliest: int, latest: int) -> Span:
    first = number_day(earliest) if earliest > 0 else None
    return Span(edtf, first, number_day(latest), _BASES[basis])


def _trail(
    db: sqlite3.Connection, entry_id: int
) -> tuple[tuple[Verdict, ...], tuple[Revision, ...]]:
    """Return what checks of an entry came to, newest first, and its revisions, oldest first."""
    revisions = revisions_of(db, str(Ref(ENTRY, entry_id)))
    return _verdicts(db, entry_id, revisions), revisions


def _verdicts(
    db: sqlite3.Connection, entry_id: int, revisions: Iterable[Revision]
) -> tuple[Verdict, ...]:
    """Return the verdicts, newest first; whose, when and why is in their revisions."""
    by_seq = {revision.seq: revision for revision in revisions}
    rows = db.execute(
        "SELECT v.seq, v.value, s.name FROM verdicts v LEFT JOIN sources s ON s.id = v.source_id"
        " WHERE v.entry_id = ? ORDER BY v.seq DESC",
        (entry_id,),
    )
    return tuple(
        Verdict(
            VerdictValue(value) if value else None,
            by_seq[seq].by,
            by_seq[seq].why,
            by_seq[seq].at,
            source or "",
        )
        for seq, value, source in rows
        if seq in by_seq
    )


def _starting(db: sqlite3.Connection, digits: str, limit: int) -> tuple[Entry, ...]:
    """Return the newest entries, or those whose number starts with `digits`."""
    if not digits:
        # NOT INDEXED: with the statistics of a small store, SQLite would sort another index.
        rows = db.execute("SELECT id FROM entries NOT INDEXED ORDER BY id DESC LIMIT ?", (limit,))
        return load(db, [entry_id for (entry_id,) in rows])
    numbers: list[int] = []
    for more in range(_MOST_DIGITS - len(digits) + 1):
        first, last = int(digits + "0" * more), int(digits + "9" * more)
        rows = db.execute(
            "SELECT id FROM entries WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
            (first, last, limit - len(numbers)),
        )
        numbers += [entry_id for (entry_id,) in rows]
    return load(db, numbers)


class Entries(Part):
    """Single entries, by number."""

    trail = query(_trail)
    starting = query(_starting)

    async def get(self, entry_id: int) -> Entry | None:
        """Return one entry, retracted or not."""
        entries = await self.db.read(load, [entry_id])
        return entries[0] if entries else None

    async def as_of(self, entry_id: int, recorded: datetime) -> Entry | None:
        """Return one entry as it stood on record at a moment."""
        from store.record.as_of import replay_entry  # noqa: PLC0415 -- rare; it loads what writes

        entries = await self.db.read(replay_entry, entry_id, recorded, load, [entry_id])
        return entries[0] if entries else None
