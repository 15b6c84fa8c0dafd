"""The entries of one seed file, and the links between them."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.model.entry import (
    TRANSLATIONS,
    Attribution,
    Encirclement,
    Kind,
    LinkType,
    PlaceRole,
    Precision,
    Share,
    Stance,
)
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.ref import ENTRY, Ref
from store.record import entry_rows
from store.seeding.seed_file import Table, tables
from store.seeding.seeding import Seeding

if TYPE_CHECKING:
    from store.model.canonical_json import Json

_FIELDS = frozenset(
    {
        "key",
        "kind",
        "type",
        "text",
        *TRANSLATIONS,
        "quote",
        "by",
        "attribution",
        "day",
        "happened",
        "published",
        "places",
        "control",
        "share",
        "label",
        "encirclement",
        "credibility",
        "sources",
        "links",
    }
)


def seed_entries(
    seeding: Seeding, file: Path, actors: Mapping[str, int], sources: Mapping[str, int]
) -> None:
    """File the entries of `file`, then link them; SeedFault names what cannot be stored."""
    db = seeding.db
    known = {
        "place": {f"{number}": number for (number,) in db.execute("SELECT id FROM places")},
        "actor": dict(actors),
        "source": dict(sources),
        "status": {key: 0 for (key,) in db.execute("SELECT key FROM controls")},
        "event type": {key: 0 for (key,) in db.execute("SELECT key FROM event_types")},
    }
    listed = list(tables(file, "entry"))
    for table in listed:
        _entry(seeding, _filing(table, known))
    numbers = dict(db.execute("SELECT key, id FROM entries WHERE key IS NOT NULL").fetchall())
    for table in listed:
        table.each("links", partial(_link, seeding, table, numbers))


def _entry(seeding: Seeding, filed: Filing) -> None:
    row = seeding.db.execute("SELECT id FROM entries WHERE key = ?", (filed.key,)).fetchone()
    if row is None:
        seeding.put(
            f"entry:{filed.key}",
            entry_rows.snapshot(filed),
            None,
            lambda: entry_rows.file(seeding.db, filed, seeding.at),
        )
    else:
        seeding.put(
            f"entry:{filed.key}",
            entry_rows.snapshot(filed),
            str(Ref(ENTRY, row[0])),
            lambda: entry_rows.correct(seeding.db, row[0], filed, seeding.at),
        )


def _filing(table: Table, known: Mapping[str, Mapping[str, int]]) -> Filing:
    table.only(_FIELDS)
    data = table.data
    kind = table.one_of("kind", Kind)
    if kind is Kind.ASSESSMENT and "by" not in data:
        raise table.fault("by", "an assessment needs its assessor")
    if kind is Kind.EVENT:
        table.known("type", known["event type"], "kind of event")
    if "control" in data:
        table.known("control", known["status"], "control status")
    places = table.each("places", lambda inner: _place(inner, known["place"]))
    sources = table.each("sources", lambda inner: _source(inner, known["source"]))
    if not sources:
        raise table.fault("sources", "name where it was read")
    _once(table, "places", [at.place_id for at in places])
    _once(table, "sources", [cited.source_id for cited in sources])
    return Filing(
        kind=kind,
        type=table.text("type"),
        text=table.text("text"),
        day=table.span("day"),
        sources=sources,
        places=places,
        attribution=table.one_of("attribution", Attribution),
        actor_id=table.known("by", known["actor"], "actor") if "by" in data else None,
        quote=table.text("quote", ""),
        happened=table.span("happened") if "happened" in data else None,
        published=table.text("published", ""),
        credibility=table.number("credibility", 6, range(1, 7)),
        control=data.get("control"),
        share=table.one_of("share", Share, Share.UNSPECIFIED),
        label=table.text("label", ""),
        encirclement=table.one_of("encirclement", Encirclement) if "encirclement" in data else None,
        key=table.name,
        translations={
            language: table.text(name) for name, language in TRANSLATIONS.items() if name in data
        },
    )


def _once(table: Table, field: str, numbers: Sequence[int]) -> None:
    if len(set(numbers)) < len(numbers):
        raise table.fault(field, "one stands here twice")


def _place(table: Table, places: Mapping[str, int]) -> FiledPlace:
    table.only(frozenset({"geoname", "role", "precision", "detail"}))
    number = table.number("geoname")
    if str(number) not in places:
        raise table.fault("geoname", f"the gazetteer has no place {number}")
    return FiledPlace(
        number,
        table.one_of("role", PlaceRole, PlaceRole.AT),
        table.one_of("precision", Precision, Precision.TOWN),
        table.text("detail", ""),
    )


def _source(table: Table, sources: Mapping[str, int]) -> FiledSource:
    table.only(frozenset({"source", "stance", "relayed"}))
    return FiledSource(
        table.known("source", sources, "source"),
        table.one_of("stance", Stance, Stance.REPORTS),
        table.data.get("relayed") is True,
    )


def _link(seeding: Seeding, of: Table, numbers: Mapping[str, int], table: Table) -> None:
    table.only(frozenset({"type", "entry", "why", "places"}))
    kind = table.one_of("type", LinkType)
    other = table.known("entry", numbers, "entry")
    if other == numbers[of.name]:
        raise table.fault("entry", "it is linked with itself")
    why = table.text("why", "")
    places = table.data.get("places", [])
    if not all(isinstance(place, str) and Ref.match(place) for place in places):
        raise table.fault("places", 'write references, such as ["P-704422"]')
    name = f"link:{of.name}:{kind}:{table.text('entry')}"
    content: Json = {"why": why, "places": places} if places else why
    seeding.put(
        name,
        content,
        str(Ref(ENTRY, numbers[of.name])) if seeding.gave(name) else None,
        lambda: entry_rows.link(seeding.db, numbers[of.name], kind, other, why, places),
    )
