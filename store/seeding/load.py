"""The seeds → the record, any number of times.

What is new is filed, what the seeds changed is corrected, and what a person has changed since stays
as that person left it.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from store.model.address import normal_address
from store.model.ref import ACTOR, PLACE, SOURCE, Ref
from store.model.revision import Change
from store.model.text import fold
from store.places import gazetteer
from store.record.revisions import last_of
from store.seeding.seed_areas import seed_area
from store.seeding.seed_entries import seed_entries
from store.seeding.seed_file import Table, read, tables
from store.seeding.seed_terms import SeedTerms, put_terms, read_terms
from store.seeding.seeding import Seeding, read_value

if TYPE_CHECKING:
    from store.model.canonical_json import Json

_LOCAL = ("local_name", "local_role")
_ACTOR_KINDS = ("person", "organisation", "group", "unnamed")
_NAME = 200  # characters


class SeedReport(Struct, frozen=True):
    """How many things were new, changed, unchanged, or kept as a person had changed them."""

    new: int
    changed: int
    unchanged: int
    kept: int


def load_seeds(db: sqlite3.Connection, folder: Path, at: datetime) -> SeedReport:
    """Load every seed file of `folder`; SeedFault names what cannot be stored."""
    seeding = Seeding(db, at)
    _situation(seeding, folder / "situation.toml")
    _gazetteer(seeding, folder / "gazetteer.db.gz")
    for table in tables(folder / "places.toml", "place", "geoname"):
        _place(seeding, table)
    areas = folder / "areas.toml"
    for table in tables(areas, "area") if areas.exists() else ():
        seed_area(seeding, table)
    actors = {t.name: _actor(seeding, t) for t in tables(folder / "actors.toml", "actor")}
    sources = {t.name: _source(seeding, t) for t in tables(folder / "sources.toml", "source")}
    named = {"situation.toml", "places.toml", "areas.toml", "actors.toml", "sources.toml"}
    for file in sorted(folder.glob("*.toml")):
        if file.name not in named:
            seed_entries(seeding, file, actors, sources)
    counts = seeding.counts
    return SeedReport(counts["new"], counts["changed"], counts["unchanged"], counts["kept"])


def load_terms(db: sqlite3.Connection, folder: Path, at: datetime) -> None:
    """Give a store that has no terms those of `folder`; what it has stays."""
    if read_value(db, "SELECT key FROM controls UNION ALL SELECT key FROM event_types LIMIT 1"):
        return
    _, terms = _read_situation(folder / "situation.toml")

    def change() -> Change:
        put_terms(db, terms)
        return Change("terms", None, terms.content)

    Seeding(db, at).put("terms", terms.content, None, change)


def _read_situation(file: Path) -> tuple[dict[str, str], SeedTerms]:
    whole = read(file)
    situation: dict[str, str] = {name: whole[name] for name in ("name", "about") if name in whole}
    return situation, read_terms(file, situation)


def _situation(seeding: Seeding, file: Path) -> None:
    situation, terms = _read_situation(file)
    content: Json = {"situation": {**situation}, **terms.content}
    known = read_value(seeding.db, "SELECT 'situation' FROM meta WHERE key = 'name'")

    def change() -> Change:
        seeding.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", situation.items())
        put_terms(seeding.db, terms)
        return Change("situation", None, content)

    seeding.put("situation", content, known, change)


def _gazetteer(seeding: Seeding, file: Path) -> None:
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    known = read_value(seeding.db, "SELECT 'gazetteer' FROM places LIMIT 1")

    def change() -> Change:
        return Change(
            "gazetteer", None, {"sha256": content, "new": gazetteer.fill(seeding.db, file)}
        )

    seeding.put("gazetteer", content, known, change)


def _place(seeding: Seeding, table: Table) -> None:
    table.only(frozenset({"geoname", "name", "local", "former", "aliases"}))
    number, name, local = (
        table.number("geoname"),
        table.text("name", most=_NAME),
        table.text("local", ""),
    )
    by_kind = {
        "alias": table.texts("aliases"),
        "former": table.texts("former"),
        "local": [local] if local else [],
        "preferred": [name],
    }
    if not read_value(seeding.db, "SELECT 1 FROM places WHERE id = ?", number):
        raise table.fault("geoname", f"the gazetteer has no place {number}")

    def change() -> Change:
        seeding.db.execute(
            "UPDATE places SET name = ?, local_name = ? WHERE id = ?", (name, local, number)
        )
        names = [(number, spelt, kind) for kind, all_ in by_kind.items() for spelt in all_]
        gazetteer.add_names(seeding.db, names)
        return Change(str(Ref(PLACE, number)), None, by_kind)

    known = str(Ref(PLACE, number)) if last_of(seeding.db, str(Ref(PLACE, number))) else None
    seeding.put(f"place:{number}", by_kind, known, change)


def _actor(seeding: Seeding, table: Table) -> int:
    table.only(frozenset({"key", "name", "role", "kind", "aliases", *_LOCAL}))
    content = {"key": table.name, "name": table.text("name", most=_NAME)}
    content |= {"role": table.text("role", ""), "kind": table.choice("kind", _ACTOR_KINDS)}
    content |= {field: text for field in _LOCAL if (text := table.text(field, "", most=_NAME))}
    names = [content["name"], *table.texts("aliases")]
    names += [content["local_name"]] if "local_name" in content else []
    find = "SELECT id FROM actors WHERE key = ?"
    known = read_value(seeding.db, find, table.name)

    def change() -> Change:
        number = _upsert(seeding.db, "actors", content)
        seeding.db.executemany(
            "INSERT OR REPLACE INTO actor_names (actor_id, name, folded) VALUES (?, ?, ?)",
            [(number, name, fold(name)) for name in names if fold(name)],
        )
        return Change(str(Ref(ACTOR, number)), None, {**content, "aliases": names})

    target = str(Ref(ACTOR, int(known))) if known else None
    seeding.put(f"actor:{table.name}", {**content, "aliases": names}, target, change)
    return int(read_value(seeding.db, find, table.name) or 0)


def _source(seeding: Seeding, table: Table) -> int:
    fields = ("key", "name", "kind", "url", "published", "reliability")
    table.only(frozenset(fields))
    content = {field: table.text(field, "") for field in fields}
    content |= {"name": table.text("name", most=_NAME)}
    content |= {"reliability": table.choice("reliability", "ABCDEF", "F")}
    if not content["url"].startswith(("https://", "http://")) and content["url"]:
        raise table.fault("url", "write an address that starts with https://")
    find = "SELECT id FROM sources WHERE key = ?"
    known = read_value(seeding.db, find, table.name)

    def change() -> Change:
        address = normal_address(content["url"])
        row = {**content, "folded": fold(content["name"]), "address": address}
        return Change(str(Ref(SOURCE, _upsert(seeding.db, "sources", row))), None, content)

    target = str(Ref(SOURCE, int(known))) if known else None
    seeding.put(f"source:{table.name}", content, target, change)
    return int(read_value(seeding.db, find, table.name) or 0)


def _upsert(db: sqlite3.Connection, table: str, row: Mapping[str, str]) -> int:
    sets = ", ".join(f"{column} = excluded.{column}" for column in row)
    marks = ", ".join("?" * len(row))
    inserted = db.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
        f" ON CONFLICT (key) DO UPDATE SET {sets} RETURNING id",
        tuple(row.values()),
    )
    return int(inserted.fetchone()[0])
