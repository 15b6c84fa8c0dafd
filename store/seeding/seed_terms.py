"""The terms of a situation, as a seed file has them: control statuses, and kinds of event."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from store.editing.terms import write_labels
from store.model.entry import LANGUAGES
from store.seeding.seed_file import Table, tables

if TYPE_CHECKING:
    from store.model.canonical_json import Json

CONTROL, EVENT_TYPE = "control", "event_type"
"""The tables of a seed file that hold them."""
_PROGRAMS_OWN = Path(__file__).parents[2] / "seeds" / "situation.toml"
_UNSAID = "other"
"""The kind of an event of which nobody said it; every desk has it."""


class SeedTerm(Struct, frozen=True):
    """One term; `labels` are its label in other languages, by their codes."""

    key: str
    label: str
    symbol: str = ""
    labels: Mapping[str, str] = {}

    @property
    def content(self) -> "Json":
        symbol = [self.symbol] if self.symbol else []
        return [self.key, self.label, *symbol, *([{**self.labels}] if self.labels else [])]


class SeedTerms(Struct, frozen=True):
    """All terms of a situation, in the order in which they are shown."""

    controls: Sequence[SeedTerm]
    event_types: Sequence[SeedTerm]

    @property
    def content(self) -> "dict[str, Json]":
        return {
            "controls": [term.content for term in self.controls],
            "event_types": [term.content for term in self.event_types],
        }


def read_terms(file: Path, besides: Collection[str]) -> SeedTerms:
    """Return the terms of a file; without kinds of event it has those of the program's own."""
    known = {*besides, CONTROL, EVENT_TYPE}
    controls = [
        _read_term(table, table.text("symbol")) for table in tables(file, CONTROL, besides=known)
    ]
    types = [_read_term(table) for table in tables(file, EVENT_TYPE, besides=known)]
    if not types and file != _PROGRAMS_OWN:
        types = list(read_terms(_PROGRAMS_OWN, ("name", "about")).event_types)
    if _UNSAID not in {kind.key for kind in types}:
        types.append(SeedTerm(_UNSAID, _UNSAID))
    return SeedTerms(controls, types)


def _read_term(table: Table, symbol: str = "") -> SeedTerm:
    return SeedTerm(table.name, table.text("label"), symbol, dict(_labels(table)))


def _labels(table: Table) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        if (field := f"label.{language}") in table.data:
            yield language, table.text(field)


def put_terms(db: sqlite3.Connection, terms: SeedTerms) -> None:
    """Put terms into the store, in place of those of the same keys."""
    for position, status in enumerate(terms.controls):
        row = (status.key, status.label, status.symbol, write_labels(status.labels), position)
        db.execute(
            "INSERT INTO controls (key, label, symbol, labels, position) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET label = excluded.label, symbol = excluded.symbol,"
            " labels = excluded.labels, position = excluded.position",
            row,
        )
    for position, kind in enumerate(terms.event_types):
        db.execute(
            "INSERT INTO event_types (key, label, labels, position) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET label = excluded.label, labels = excluded.labels,"
            " position = excluded.position",
            (kind.key, kind.label, write_labels(kind.labels), position),
        )
