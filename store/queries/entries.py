"""Entries, read whole: each with its speaker, places, sources and links."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from msgspec.json import decode

from store.db.as_list import as_list
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
_ENCIRCLEMENTS, _VERDICTS = _by_value(Encirclement), _by_value(VerdictValue)

_KEPT = 1024
"""Days and labels that are made of their texts once: those of many entries are the same."""


_COLUMNS = (
    "e.id, e.kind, e.type, e.text, e.quote, e.attribution, e.edtf, e.basis, e.earliest, e.latest,"
    " e.happened_edtf, e.happened_basis, e.published, e.credibility, e.control, c.label, c.symbol,"
    " e.share, e.label, c.labels, e.encirclement, e.verdict, e.filed_at, e.changed_at, e.version,"
    " e.retracted_at, e.retracted_why, e.redacted_at IS NOT NULL, e.translations, t.label,"
    " t.labels, a.id, a.name, a.role, a.kind, a.local_name, a.local_role"
)
"""What an entry is made of beside its places, sources and links, in the order of its fields."""


def load(db: sqlite3.Connection, ids: Sequence[int]) -> tuple[Entry, ...]:
    """Return the entries of `ids` in that order; a number that is not on record is left out."""
    return _load(db, ids, sourced=ids, placed=ids)


def load_for_screen(
    db: sqlite3.Connection, ids: Sequence[int], sourced: Sequence[int]
) -> tuple[Entry, ...]:
    """Return the same without places, and of all but those `sourced` without sources."""
    return _load(db, ids, sourced=sourced, placed=())


def _load(
    db: sqlite3.Connection, ids: Sequence[int], *, sourced: Sequence[int], placed: Sequence[int]
) -> tuple[Entry, ...]:
    if not ids:
        return ()
    wanted = as_list(ids)
    places = _places(db, as_list(placed)) if placed else {}
    sources = _sources(db, as_list(sourced)) if sourced else {}
    links = _links(db, wanted)
    rows = db.execute(
        f"SELECT {_COLUMNS}"
        " FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value"
        " LEFT JOIN actors a ON a.id = e.actor_id LEFT JOIN controls c ON c.key = e.control"
        " LEFT JOIN event_types t ON t.key = e.type AND e.kind = 'event'",
        (wanted,),
    )
    entries = {
        row[0]: _entry(row, places.get(row[0], ()), sources.get(row[0], ()), links.get(row[0], ()))
        for row in rows
    }
    return tuple(entries[entry_id] for entry_id in ids if entry_id in entries)


def _places(db: sqlite3.Connection, wanted: str) -> defaultdict[int, list[AtPlace]]:
    rows = db.execute(
        "SELECT ep.entry_id, ep.position, ep.place_id, p.name, ep.role, ep.precision, ep.detail,"
        " p.local_name"
        " FROM json_each(?) wanted CROSS JOIN entry_places ep ON ep.entry_id = wanted.value"
        " JOIN places p ON p.id = ep.place_id",
        (wanted,),
    )
    places: defaultdict[int, list[AtPlace]] = defaultdict(list)
    for entry_id, _, place_id, name, role, precision, detail, local in sorted(rows, key=_position):
        at = AtPlace(place_id, name, _ROLES[role], _PRECISIONS[precision], detail, local)
        places[entry_id].append(at)
    return places


def _sources(db: sqlite3.Connection, wanted: str) -> defaultdict[int, list[Citation]]:
    rows = db.execute(
        "SELECT es.entry_id, es.position, es.stance, es.relayed, s.id, s.name, s.kind, s.url,"
        " s.published, s.reliability FROM json_each(?) wanted"
        " CROSS JOIN entry_sources es ON es.entry_id = wanted.value"
        " JOIN sources s ON s.id = es.source_id",
        (wanted,),
    )
    citations: defaultdict[int, list[Citation]] = defaultdict(list)
    for entry_id, _, stance, relayed, *source in sorted(rows, key=_position):
        citations[entry_id].append(Citation(Source(*source), _STANCES[stance], bool(relayed)))
    return citations


_position = itemgetter(0, 1)
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
        f"SELECT l.from_id, 0, o.id, l.type, a.name, a.local_name, o.latest, l.why, {_HOLDS_FOR}"
        " FROM json_each(?) wanted"
        " CROSS JOIN links l ON l.from_id = wanted.value JOIN entries o ON o.id = l.to_id"
        " LEFT JOIN actors a ON a.id = o.actor_id WHERE o.retracted_at IS NULL"
        " UNION ALL "
        f"SELECT l.to_id, 1, o.id, l.type, a.name, a.local_name, o.latest, l.why, {_HOLDS_FOR}"
        " FROM json_each(?) wanted"
        " CROSS JOIN links l ON l.to_id = wanted.value JOIN entries o ON o.id = l.from_id"
        " LEFT JOIN actors a ON a.id = o.actor_id WHERE o.retracted_at IS NULL",
        (wanted, wanted),
    )
    links: defaultdict[int, list[EntryLink]] = defaultdict(list)
    for entry_id, inward, other, kind, by, local_by, day, why, places in sorted(rows, key=_end):
        link = EntryLink(
            _LINKS[kind],
            not inward,
            other,
            by or "",
            number_day(day),
            why,
            frozenset(decode(places)),
            local_by or "",
        )
        links[entry_id].append(link)
    return links


_end = itemgetter(1, 2, 3)


def _entry(
    row: Row, places: Iterable[AtPlace], sources: Iterable[Citation], links: Iterable[EntryLink]
) -> Entry:
    """Make an entry of a row of _COLUMNS.

    Its fields are given by their order: by name they take twice as long.
    """
    number, kind, type_, text, quote, attribution, *day = row[:10]
    happened, happened_basis, published, credibility = row[10:14]
    encirclement, verdict, filed_at, changed_at, version, retracted_at = row[20:26]
    retracted_why, redacted, translations, type_label, type_labels = row[26:31]
    return Entry(
        number,
        _KINDS[kind],
        type_,
        text,
        quote,
        Actor(*row[31:]) if row[31] is not None else None,
        _ATTRIBUTIONS[attribution],
        _span(*day),
        _parse_span(happened, happened_basis) if happened else None,
        published,
        credibility,
        _control(kind, row[14:20]) if row[14] is not None else None,
        _ENCIRCLEMENTS[encirclement] if encirclement else None,
        _VERDICTS[verdict] if verdict else None,
        datetime.fromisoformat(filed_at),
        datetime.fromisoformat(changed_at),
        version,
        datetime.fromisoformat(retracted_at) if retracted_at else None,
        retracted_why,
        bool(redacted),
        tuple(places),
        tuple(sources),
        tuple(links),
        read_json_map(translations),
        type_label or "",
        read_json_map(type_labels or "{}"),
    )


def _control(kind: str, row: Row) -> Control:
    status, label, symbol, share, source_label, labels = row
    assessed = kind == Kind.ASSESSMENT
    return Control(
        status, label, symbol, _SHARES[share], assessed, source_label, read_json_map(labels)
    )


def read_json_map(text: str) -> Mapping[str, str]:
    """Return a JSON object of texts; most have nothing in them."""
    return decode(text) if text != "{}" else {}


@lru_cache(_KEPT)
def _span(edtf: str, basis: str, earliest: int, latest: int) -> Span:
    first = number_day(earliest) if earliest > 0 else None
    return Span(edtf, first, number_day(latest), _BASES[basis])


@lru_cache(_KEPT)
def _parse_span(edtf: str, basis: str) -> Span:
    return Span.parse(edtf, _BASES[basis])


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
            _VERDICTS[value] if value else None,
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
