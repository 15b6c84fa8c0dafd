"""The seeds → the record, any number of times.

What is new is filed, what the seeds changed is corrected, and what a person has changed since stays
as that person left it.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from store.model.canonical_json import Json, canonical, digest
from store.model.text import fold
from store.places import gazetteer
from store.record.revisions import Act, Change, Person, last_of, record
from store.seeding.entries import seed_entries
from store.seeding.seed_file import Table, read, tables

_SEEDER = Person("seeds", "seeds", "Seeds")
_ACTOR_KINDS = ("person", "organisation", "group", "unnamed")
_NAME = 200  # characters
_WHY = "Loaded from the seeds that ship with Sitrep."


class SeedReport(Struct, frozen=True):
    """How many things were new, changed, unchanged, or kept as a person had changed them."""

    new: int
    changed: int
    unchanged: int
    kept: int


class Seeding:
    """One loading, inside one transaction."""

    def __init__(self, db: sqlite3.Connection, at: datetime) -> None:
        self.db, self.at = db, at
        self.counts: Counter[str] = Counter()

    def put(
        self, name: str, content: Json, known: str | None, change: Callable[[], Change]
    ) -> None:
        """Make `change` when the seeds have another `content` for `name` than they had last.

        `known` is the target it has on record already, if it has one; where a person has changed
        that, it stays as it is. So does what was redacted: its digest is empty.
        """
        mark = digest(canonical(content))[:16]
        last, times = self._last(name)
        if last == mark:
            self.counts["unchanged"] += 1
        elif (times and not last) or (known and self._touched(known)):
            self.counts["kept"] += 1
        else:
            key = f"seed:{name}:{times + 1}"
            record(self.db, Act(key, "seed", _SEEDER, self.at, _WHY), lambda _: change())
            self.db.execute(
                "INSERT OR REPLACE INTO seeded VALUES (?, ?, ?)", (name, times + 1, mark)
            )
            self.counts["changed" if known or times else "new"] += 1

    def _last(self, name: str) -> tuple[str, int]:
        """Return the digest of what the seeds gave a thing last, and how often they gave it any."""
        row = self.db.execute("SELECT digest, times FROM seeded WHERE name = ?", (name,)).fetchone()
        return row or ("", 0)

    def gave(self, name: str) -> bool:
        """Tell whether the seeds ever gave a thing of that name."""
        return bool(self._last(name)[1])

    def _touched(self, target: str) -> bool:
        """Tell whether anybody but the seeds has ever changed a thing."""
        return bool(_one(
            self.db,
            "SELECT 1 FROM revisions WHERE target = ? AND platform <> ? LIMIT 1",
            target,
            _SEEDER.platform,
        ))  # fmt: skip


def load_seeds(db: sqlite3.Connection, folder: Path, at: datetime) -> SeedReport:
    """Load every seed file of `folder`; SeedFault names what cannot be stored."""
    seeding = Seeding(db, at)
    _situation(seeding, folder / "situation.toml")
    _gazetteer(seeding, folder / "gazetteer.db.gz")
    for table in tables(folder / "places.toml", "place", "geoname"):
        _place(seeding, table)
    actors = {t.name: _actor(seeding, t) for t in tables(folder / "actors.toml", "actor")}
    sources = {t.name: _source(seeding, t) for t in tables(folder / "sources.toml", "source")}
    named = {"situation.toml", "places.toml", "actors.toml", "sources.toml"}
    for file in sorted(folder.glob("*.toml")):
        if file.name not in named:
            seed_entries(seeding, file, actors, sources)
    counts = seeding.counts
    return SeedReport(counts["new"], counts["changed"], counts["unchanged"], counts["kept"])


def _situation(seeding: Seeding, file: Path) -> None:
    whole = read(file)
    situation: dict[str, str] = {name: whole[name] for name in ("name", "about") if name in whole}
    controls = [
        [table.name, table.text("label"), table.text("symbol")]
        for table in tables(file, "control", besides=situation)
    ]
    content: Json = {"situation": situation, "controls": controls}
    known = _one(seeding.db, "SELECT 'situation' FROM meta WHERE key = 'name'")

    def change() -> Change:
        seeding.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", situation.items())
        seeding.db.executemany(
            "INSERT INTO controls VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " label = excluded.label, symbol = excluded.symbol, position = excluded.position",
            [(*control, position) for position, control in enumerate(controls)],
        )
        return Change("situation", None, content)

    seeding.put("situation", content, known, change)


def _gazetteer(seeding: Seeding, file: Path) -> None:
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    known = _one(seeding.db, "SELECT 'gazetteer' FROM places LIMIT 1")

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
    if not _one(seeding.db, "SELECT 1 FROM places WHERE id = ?", number):
        raise table.fault("geoname", f"the gazetteer has no place {number}")

    def change() -> Change:
        seeding.db.execute(
            "UPDATE places SET name = ?, local_name = ? WHERE id = ?", (name, local, number)
        )
        names = [(number, one, kind) for kind, all_ in by_kind.items() for one in all_]
        gazetteer.add_names(seeding.db, names)
        return Change(f"P-{number}", None, by_kind)

    known = f"P-{number}" if last_of(seeding.db, f"P-{number}") else None
    seeding.put(f"place:{number}", by_kind, known, change)


def _actor(seeding: Seeding, table: Table) -> int:
    table.only(frozenset({"key", "name", "role", "kind", "aliases"}))
    content = {"key": table.name, "name": table.text("name", most=_NAME)}
    content |= {"role": table.text("role", ""), "kind": table.choice("kind", _ACTOR_KINDS)}
    names = [content["name"], *table.texts("aliases")]
    find = "SELECT id FROM actors WHERE key = ?"
    known = _one(seeding.db, find, table.name)

    def change() -> Change:
        number = _upsert(seeding.db, "actors", content)
        seeding.db.executemany(
            "INSERT OR REPLACE INTO actor_names (actor_id, name, folded) VALUES (?, ?, ?)",
            [(number, name, fold(name)) for name in names if fold(name)],
        )
        return Change(f"A-{number}", None, {**content, "aliases": names})

    target = f"A-{known}" if known else None
    seeding.put(f"actor:{table.name}", {**content, "aliases": names}, target, change)
    return int(_one(seeding.db, find, table.name) or 0)


def _source(seeding: Seeding, table: Table) -> int:
    fields = ("key", "name", "kind", "url", "published", "reliability")
    table.only(frozenset(fields))
    content = {field: table.text(field, "") for field in fields}
    content |= {"name": table.text("name", most=_NAME)}
    content |= {"reliability": table.choice("reliability", "ABCDEF", "F")}
    if not content["url"].startswith(("https://", "http://")) and content["url"]:
        raise table.fault("url", "write an address that starts with https://")
    find = "SELECT id FROM sources WHERE key = ?"
    known = _one(seeding.db, find, table.name)

    def change() -> Change:
        row = {**content, "folded": fold(content["name"])}
        return Change(f"S-{_upsert(seeding.db, 'sources', row)}", None, content)

    target = f"S-{known}" if known else None
    seeding.put(f"source:{table.name}", content, target, change)
    return int(_one(seeding.db, find, table.name) or 0)


def _upsert(db: sqlite3.Connection, table: str, row: Mapping[str, str]) -> int:
    sets = ", ".join(f"{column} = excluded.{column}" for column in row)
    marks = ", ".join("?" * len(row))
    found = db.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
        f" ON CONFLICT (key) DO UPDATE SET {sets} RETURNING id",
        tuple(row.values()),
    )
    return int(found.fetchone()[0])


def _one(db: sqlite3.Connection, sql: str, *values: str | int) -> str | None:
    row = db.execute(sql, values).fetchone()
    return str(row[0]) if row else None
