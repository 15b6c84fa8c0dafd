"""Entries → rows of ours: everything that `reading` takes, and what is said besides."""

import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, structs

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.entry import TRANSLATIONS, AtPlace, Citation, Entry, Kind
from store.model.ref import ENTRY, PLACE, Ref
from store.places.bearers import AREA_KINDS, SETTLEMENT_KINDS
from store.queries.entries import load
from store.queries.lists import Filter, numbers
from store.transfer import precision_codes as precision
from store.transfer.areas.shared_outlines import list_shared
from store.transfer.encode import ExportFile
from store.transfer.fields import PLACE_FIELDS, SCALARS, SOURCE_FIELDS
from store.transfer.formats.decode import Format

_CHUNK = 500
_ORIGIN = 16  # digits of a hash
_FIRST_DIGEST = (
    "(SELECT to_hex(digest) FROM revisions r WHERE r.target = 'E-' || e.id ORDER BY seq LIMIT 1)"
)
_BEFORE = ("ref",)
_AFTER = (
    "verdict",
    "verdict_source",
    "filed_at",
    "changed_at",
    "date_start",
    "date_end",
    "time_precision",
    "date_prec",
    "geo_precision",
    "where_prec",
)

Row = dict[str, Any]
Spots = tuple[tuple[float, float], ...]


class _Known(Struct, frozen=True):
    """What rows need besides their entries, by number: keys that any record knows, and points.

    Of an entry: its key, its speaker's, its share, its label, and where it comes from.
    """

    entries: Mapping[int, tuple[str, ...]]
    sources: Mapping[int, str]
    spots: Mapping[int, tuple[float, float]]
    fine: frozenset[int]
    """Places finer than a settlement."""
    targets: Mapping[str, str]
    """By which key an import knows the entry that a link leads to."""
    verdicts: Mapping[int, str]
    """The key of the source on whose word a verdict stands."""


class Export(Struct, frozen=True):
    """What to export: the kinds that are wanted, by one filter."""

    wanted: Filter
    kinds: tuple[Kind, ...] = tuple(Kind)


def _numbers(db: sqlite3.Connection, export: Export, limit: int) -> list[int]:
    """Return the numbers of the entries, oldest first; one more than `limit` if there are."""
    ids: list[int] = []
    for kind in export.kinds:
        ids += numbers(db, export.wanted, kind, limit + 1 - len(ids))
    return sorted(ids)


def rows(
    db: sqlite3.Connection, ids: Sequence[int], settled: date | None = None
) -> list[tuple[Row, Spots]]:
    """Return the rows of some entries; after `settled`, without points finer than a settlement."""
    entries = load(db, ids)
    known = _look_up(db, entries)
    coarse = structs.replace(
        known, spots={number: at for number, at in known.spots.items() if number not in known.fine}
    )
    return [
        _row(entry, coarse if settled and entry.day.latest > settled else known)
        for entry in entries
    ]


def _look_up(db: sqlite3.Connection, entries: Sequence[Entry]) -> _Known:
    cursor = db.execute(
        "SELECT e.id, coalesce(e.key, ''), coalesce(a.key, ''), e.share, e.label,"
        f" {_FIRST_DIGEST} FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value"
        " LEFT JOIN actors a ON a.id = e.actor_id",
        (as_list([entry.id for entry in entries]),),
    )
    origins = {
        number: (*rest, f"{Ref(ENTRY, number)}:{first[:_ORIGIN]}" if first else "")
        for number, *rest, first in cursor
    }
    # NOT INDEXED: with the statistics of a small store SQLite would walk an index instead.
    sources = db.execute(
        "SELECT s.id, s.key FROM json_each(?) wanted"
        " CROSS JOIN sources s NOT INDEXED ON s.id = wanted.value",
        (as_list(sorted({cited.source.id for entry in entries for cited in entry.sources})),),
    )
    places = db.execute(
        "SELECT p.id, p.latitude, p.longitude, p.kind FROM json_each(?) wanted"
        " CROSS JOIN places p NOT INDEXED ON p.id = wanted.value WHERE p.latitude IS NOT NULL",
        (as_list(sorted({at.place_id for entry in entries for at in entry.places})),),
    ).fetchall()
    spots = {number: (north, east) for number, north, east, _ in places}
    coarse = SETTLEMENT_KINDS | AREA_KINDS
    fine = frozenset(number for number, _, _, kind in places if kind not in coarse)
    return _Known(
        origins,
        dict(sources.fetchall()),
        spots,
        fine,
        _targets(db, entries),
        _verdict_sources(db, entries),
    )


def _targets(db: sqlite3.Connection, entries: Sequence[Entry]) -> dict[str, str]:
    """Return the keys of the entries that links lead to; one without has that of its origin."""
    wanted = {link.ref for entry in entries for link in entry.links if link.outward}
    rows = db.execute(
        f"SELECT e.id, e.key, {_FIRST_DIGEST}"
        " FROM json_each(?) wanted CROSS JOIN entries e ON e.id = wanted.value",
        (as_list([Ref.parse(ref).number for ref in sorted(wanted)]),),
    )
    return {
        str(Ref(ENTRY, number)): key or (f"origin:{first[:_ORIGIN]}" if first else "")
        for number, key, first in rows
    }


def _verdict_sources(db: sqlite3.Connection, entries: Sequence[Entry]) -> dict[int, str]:
    """Return on the word of which source the verdict of each entry stands."""
    ids = as_list([entry.id for entry in entries if entry.verdict])
    rows = db.execute(
        "SELECT v.entry_id, v.seq, s.key FROM json_each(?) wanted"
        " CROSS JOIN verdicts v ON v.entry_id = wanted.value"
        " LEFT JOIN sources s NOT INDEXED ON s.id = v.source_id",
        (ids,),
    )
    return {number: key or "" for number, _, key in sorted(rows)}


def _row(entry: Entry, known: _Known) -> tuple[Row, Spots]:
    control, happened, by = entry.control, entry.happened, entry.by
    key, actor, share, label, origin = known.entries[entry.id]
    row: Row = {
        "ref": entry.ref,
        "key": key,
        "kind": entry.kind.value,
        "type": entry.type,
        "text": entry.text,
        **{name: entry.translations.get(language, "") for name, language in TRANSLATIONS.items()},
        "quote": entry.quote,
        "by": actor,
        "by_name": by.name if by else "",
        "by_role": by.role if by else "",
        "by_kind": by.kind if by else "",
        "attribution": entry.attribution.value,
        "day": entry.day.edtf,
        "basis": entry.day.basis.value,
        "happened": happened.edtf if happened else "",
        "happened_basis": happened.basis.value if happened else "",
        "published": entry.published,
        "control": control.status if control else "",
        "share": share,
        "label": label,
        "encirclement": entry.encirclement.value if entry.encirclement else "",
        "credibility": entry.credibility,
        "origin": origin,
        "version": entry.version,
        "places": [_place(at) for at in entry.places],
        "sources": [_source(cited, known.sources) for cited in entry.sources],
    }
    row.update(_besides(entry, known))
    spots = tuple(known.spots[at.place_id] for at in entry.places if at.place_id in known.spots)
    if not row["links"]:
        del row["links"]
    return {name: value for name, value in row.items() if value != ""}, spots


def _place(at: AtPlace) -> Row:
    return {
        "place": str(Ref(PLACE, at.place_id)),
        "name": at.name,
        "role": at.role.value,
        "precision": at.precision.value,
        "detail": at.detail,
    }


def _source(cited: Citation, keys: Mapping[int, str]) -> Row:
    return {
        "source": keys[cited.source.id],
        "name": cited.source.name,
        "url": cited.source.url,
        "kind": cited.source.kind,
        "published": cited.source.published,
        "reliability": cited.source.reliability,
        "stance": cited.stance.value,
        "relayed": cited.relayed,
    }


def _besides(entry: Entry, known: _Known) -> Row:
    """Return what is said besides, in other datasets' codes among it; reading passes over it."""
    time_precision, date_prec = precision.days_of(entry.day)
    geo_precision, where_prec = precision.place_of(entry.places)
    return {
        "verdict": entry.verdict.value if entry.verdict else "",
        "verdict_source": known.verdicts.get(entry.id, "") if entry.verdict else "",
        "links": [
            {
                "type": link.type.value,
                "to": link.ref,
                "key": known.targets.get(link.ref, ""),
                "why": link.why,
                "places": [str(Ref(PLACE, number)) for number in sorted(link.places)],
            }
            for link in entry.links
            if link.outward
        ],
        "filed_at": entry.filed_at.isoformat(),
        "changed_at": entry.changed_at.isoformat(),
        "date_start": entry.day.earliest.isoformat() if entry.day.earliest else "",
        "date_end": entry.day.latest.isoformat(),
        "time_precision": time_precision,
        "date_prec": date_prec,
        "geo_precision": geo_precision,
        "where_prec": where_prec,
    }


def _flat(row: Row, spots: Spots) -> Row:
    flat = {name: value for name, value in row.items() if not isinstance(value, list)}
    for group in ("place", "source"):
        for number, inner in enumerate(row.get(f"{group}s", ()), start=1):
            start = group if number == 1 else f"{group}_{number}"
            for name, value in inner.items():
                flat[start if name == group else f"{start}_{name}"] = value
    for number, (north, east) in enumerate(spots, start=1):
        start = "place" if number == 1 else f"place_{number}"
        flat |= {f"{start}_latitude": north, f"{start}_longitude": east}
    return flat


def _columns(places: int, sources: int) -> list[str]:
    """Return a table's columns: ours, so many places and sources in turn, what is besides."""
    order = [*_BEFORE, *SCALARS]
    for group, names, count in (
        ("place", PLACE_FIELDS, places),
        ("source", SOURCE_FIELDS, sources),
    ):
        for number in range(1, max(count, 1) + 1):
            start = group if number == 1 else f"{group}_{number}"
            every = dict.fromkeys((*names, "name"))
            order += [start if name == group else f"{start}_{name}" for name in every]
    return [*order, *_AFTER]


def _widest(db: sqlite3.Connection, ids: Sequence[int]) -> tuple[int, int]:
    """Return how many places and sources any of some entries has."""
    wanted = as_list(ids)
    (places,), (sources,) = (
        db.execute(
            f"SELECT coalesce(max(x.position), 0) + 1 FROM json_each(?) wanted"
            f" CROSS JOIN {table} x ON x.entry_id = wanted.value",
            (wanted,),
        ).fetchone()
        for table in ("entry_places", "entry_sources")
    )
    return places, sources


class Exports(Part):
    """Entries, written out."""

    numbers = query(_numbers)

    async def text(
        self, ids: Sequence[int], format_: Format, settled: date | None = None
    ) -> AsyncIterator[str]:
        """Yield a file of entries, piece by piece. An entry is as it stands when its turn comes.

        What is younger than `settled` has no point that is finer than its settlement.
        """
        columns: list[str] = []
        if format_ is Format.CSV:
            columns = _columns(*await self.db.read(_widest, ids))
        sheet = ExportFile(format_, columns)
        yield sheet.head()
        for at in range(0, len(ids), _CHUNK):
            chunk = await self.db.read(rows, ids[at : at + _CHUNK], settled)
            if format_ is Format.CSV:
                chunk = [(_flat(row, spots), spots) for row, spots in chunk]
            yield sheet.rows(chunk)
        if format_ is Format.GEOJSON:
            yield sheet.features(await self.db.read(list_shared, ids))
        yield sheet.tail()
