"""Times an import against the floor: the same rows by `executemany`, table by table."""

import json
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bot.bench import cast
from bot.bench.baseline import AS_WRITER, plain
from bot.bench.cast import LAST_DAY
from bot.bench.contents import contents
from store import open_store
from store.model.filing import Filing
from store.model.revision import Act, Person
from store.transfer.formats.decode import SHELL
from store.transfer.importer import ImportPlan

ROUNDS = 3
TARGET = 1.6
_DAYS = 3 * 365

Took = tuple[float, float]
# What an import writes, in an order that every reference allows.
_TABLES = (
    "entries",
    "entry_places",
    "touched",
    "entry_sources",
    "entry_text",
    "entry_signals",
    "revisions",
    "packed_bodies",
    "revision_people",
    "batches",
)
_FULL_TEXT = {"entry_text": "rowid, words, tags", "entry_signals": "rowid, terms"}


@dataclass(frozen=True)
class ImportFigure:
    """The seconds that an import of so many rows took, and its floor; `cpu_ratio` by processor."""

    rows: int
    seconds: float
    raw_seconds: float
    cpu_ratio: float

    @property
    def ratio(self) -> float:
        return round(self.seconds / self.raw_seconds, 2)

    def as_data(self) -> dict[str, int | float]:
        """Return the figures as the JSON documented in docs/performance.md."""
        return {
            "rows": self.rows,
            "seconds": round(self.seconds, 3),
            "raw_seconds": round(self.raw_seconds, 3),
            "ratio": self.ratio,
            "cpu_ratio": self.cpu_ratio,
        }

    def in_words(self) -> str:
        """Return the figures in words, and whether they meet their target."""
        met = "met   " if self.ratio <= TARGET else "missed"
        return (
            f"{self.rows:,} rows imported in {self.seconds:.2f} s,"
            f" raw {self.raw_seconds:.2f} s: {self.ratio} times raw"
            f" ({self.cpu_ratio} by processor time)\n"
            f"  {met}  at most {TARGET} times raw"
        )


async def measure_import(seeded: Path, count: int, rounds: int = ROUNDS) -> ImportFigure:
    """Import made entries into copies of a store, in turns with the floor; return the medians."""
    data = file_of(seeded, count)
    product: list[Took] = []
    raw: list[Took] = []
    for _ in range(rounds):
        filled = Path(shutil.copy(seeded, seeded.with_name("imported.db")))
        product.append(await time_import(filled, data))
        empty = Path(shutil.copy(seeded, seeded.with_name("bare.db")))
        raw.append(time_inserts(empty, filled))
        for store in (filled, empty):
            for part in store.parent.glob(f"{store.name}*"):
                part.unlink()
    wall, bare_wall = (median(took[0] for took in each) for each in (product, raw))
    cpu, bare_cpu = (median(took[1] for took in each) for each in (product, raw))
    return ImportFigure(count, wall, bare_wall, round(cpu / bare_cpu, 2))


def now() -> Took:
    """Return a moment: of the clock on the wall, and of the processor's on this program."""
    return perf_counter(), process_time()


def since(begun: Took) -> Took:
    """Return how much of each has passed."""
    return perf_counter() - begun[0], process_time() - begun[1]


def file_of(seeded: Path, count: int) -> bytes:
    """Return a file of made entries, as an export would write them, in the order of their days."""
    with closing(sqlite3.connect(seeded)) as db:
        who = cast.read(db)
    rng = Random("import")  # noqa: S311 -- made entries
    lines = []
    for number in range(count):
        day = (LAST_DAY - timedelta(days=(count - number) * _DAYS // count)).date()
        lines.append(json.dumps(_row(number, Filing(**contents(rng, who, day, count)))))
    return "\n".join(lines).encode()


def _row(number: int, entry: Filing) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": f"made:{number}",
        "kind": entry.kind,
        "type": entry.type,
        "text": entry.text,
        "quote": entry.quote,
        "day": entry.day.edtf,
        "basis": entry.day.basis,
        "by": f"A-{entry.actor_id}" if entry.actor_id else "",
        "attribution": entry.attribution,
        "control": entry.control,
        "share": entry.share,
        "label": entry.label,
        "encirclement": entry.encirclement,
        "credibility": entry.credibility,
        "places": [
            {
                "place": f"P-{at.place_id}",
                "role": at.role,
                "precision": at.precision,
                "detail": at.detail,
            }
            for at in entry.places
        ],
        "sources": [{"source": f"S-{source.source_id}"} for source in entry.sources],
    }
    return {name: value for name, value in row.items() if value not in ("", None)}


async def time_import(file: Path, data: bytes) -> Took:
    """Import a file into a store; return the seconds."""
    act = Act("", "import", Person("bench", "operator", "Operator"), LAST_DAY, "Imported.")
    async with await open_store(file) as store:
        begun = now()
        report = await store.imports.read(data, ImportPlan("made.jsonl", limits=SHELL), act)
        took = since(begun)
    if report.problems:
        raise ValueError(f"made rows have problems: {report.problems[0]}")
    return took


def time_inserts(file: Path, filled: Path) -> Took:
    """Write what is in `filled` and not in `file`, in one transaction; return the seconds."""
    with closing(plain(file, sqlite3.Connection, AS_WRITER)) as db:
        rows = _missing(db, filled)
        begun = now()
        db.execute("BEGIN IMMEDIATE")
        for sql, values in rows.items():
            db.executemany(sql, values)
        db.execute("COMMIT")
        return since(begun)


def _missing(db: sqlite3.Connection, filled: Path) -> dict[str, list[tuple[Any, ...]]]:
    inserts: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    with closing(sqlite3.connect(filled)) as full:
        for table in _TABLES:
            columns = _FULL_TEXT.get(table, "*")
            key = "rowid" if table in _FULL_TEXT else ""
            there = set(db.execute(f"SELECT {key or columns} FROM {table}"))  # noqa: S608
            every = full.execute(f"SELECT {columns} FROM {table}").fetchall()  # noqa: S608
            rows = [row for row in every if (row[:1] if key else row) not in there]
            marks = ", ".join("?" * len(full.execute(f"SELECT {columns} FROM {table}").description))  # noqa: S608
            into = f"{table} ({columns})" if key else table
            inserts[f"INSERT INTO {into} VALUES ({marks})"] = rows  # noqa: S608
    return inserts
