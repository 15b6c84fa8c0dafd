"""Who and what made entries are about: the real gazetteer, and made speakers and sources."""

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from random import Random

from bot.bench.words import name
from store import SEEDS, open_store

LAST_DAY = datetime(2025, 11, 7, 12, tzinfo=UTC)
"""The day on which made stores end, and on which they are asked."""

_PLACES, _ACTORS, _SOURCES = 2000, 300, 200
_KINDS = ("outlet", "post", "map", "footage")


@dataclass(frozen=True)
class Cast:
    """Numbers of places, actors and sources, those with most entries first."""

    places: tuple[int, ...]
    actors: tuple[int, ...]
    sources: tuple[int, ...]
    controls: tuple[str, ...]


async def seed(file: Path) -> None:
    """Make a store without entries, through the product's own seed files and loader."""
    folder = file.with_name("seeds")
    folder.mkdir()
    for one in ("situation.toml", "gazetteer.db.gz", "places.toml", "actors.toml", "sources.toml"):
        shutil.copy(SEEDS / one, folder / one)
    rng = Random("cast")  # noqa: S311 -- made entries are no secret
    with (folder / "actors.toml").open("a", encoding="utf-8") as actors:
        actors.writelines(_actor(rng, number) for number in range(_ACTORS))
    with (folder / "sources.toml").open("a", encoding="utf-8") as sources:
        sources.writelines(_source(rng, number) for number in range(_SOURCES))
    async with await open_store(file) as store:
        await store.load_seeds(LAST_DAY, folder)


def _actor(rng: Random, number: int) -> str:
    kind = rng.choice(("person", "person", "organisation", "group"))
    return (
        f'\n[[actor]]\nkey = "bench-{number}"\nname = "{name(rng, number)}"\nrole = "spokesperson"'
        f'\nkind = "{kind}"\naliases = ["{name(rng, number)} bis"]\n'
    )


def _source(rng: Random, number: int) -> str:
    return (
        f'\n[[source]]\nkey = "bench-{number}"\nname = "{name(rng, number)} News"'
        f'\nkind = "{rng.choice(_KINDS)}"\nurl = "https://example.org/{number}"'
        f'\nreliability = "{rng.choice("ABCDEF")}"\n'
    )


def read(db: sqlite3.Connection) -> Cast:
    """Return the cast of a store; the desk's own places are the most written about."""
    desk = _numbers(db, "SELECT DISTINCT place_id FROM place_names WHERE kind = 'preferred'")
    others = _numbers(
        db, "SELECT id FROM places WHERE kind IN ('city', 'settlement', 'village') ORDER BY id"
    )
    Random("places").shuffle(others)  # noqa: S311 -- as above
    return Cast(
        tuple(dict.fromkeys(desk + others))[:_PLACES],
        tuple(_numbers(db, "SELECT id FROM actors ORDER BY id DESC")),
        tuple(_numbers(db, "SELECT id FROM sources ORDER BY id DESC")),
        tuple(key for (key,) in db.execute("SELECT key FROM controls ORDER BY position")),
    )


def skewed(count: int) -> Sequence[float]:
    """Return cumulative weights by Zipf's law: the second has half of the first, and so on."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _numbers(db: sqlite3.Connection, sql: str) -> list[int]:
    return [number for (number,) in db.execute(sql)]
