"""No statement of the store walks through a big table or sorts one.

Every statement is caught as the product runs it, with its values, and SQLite is asked how it would
run it.
"""

import inspect
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from store import PARTS, SEEDS, kind_of
from store.model.entry import Kind, VerdictValue
from store.queries.lists import Filter
from store.queries.search import any_of, query
from tests.store.conftest import (
    AT,
    DAY,
    MYRNOHRAD,
    POKROVSK,
)
from tests.store.plan_reads import reads
from tests.store.plan_writes import writes
from tests.store.plans import (
    ONLY_IN,
    SORTS,
    Asked,
    ListeningStore,
    listening_store,
    report,
    troubles,
)

__all__ = ["listening_store"]


# Lists

FIELDS: dict[str, Any] = {
    "place_id": POKROVSK,
    "actor_id": 1,
    "since": DAY - timedelta(30),
    "until": DAY,
    "verdict": VerdictValue.DISPUTED,
    "type": "control",
    "words": "the city of Pokrovsk",
    "match": query("the city"),
    "retracted": True,
    "oldest_first": True,
    "after": "20251107-50",
    "around": True,
    "begun": True,
    "places": (POKROVSK, MYRNOHRAD),
}


def filters() -> Iterator[Filter]:
    """Make filters of every field alone, in pairs and in threes, of every kind and of any."""
    for count in range(4):
        for names in combinations(FIELDS, count):
            for kind in (None, *Kind):
                yield Filter(kind, **{name: FIELDS[name] for name in names})


def test_no_field_of_a_filter_is_forgotten_here() -> None:
    assert {"kind", *FIELDS} == set(inspect.signature(Filter).parameters)


async def test_lists_are_read_along_an_index_whatever_the_filter(
    listening_store: ListeningStore,
) -> None:
    for wanted in filters():
        await listening_store.store.lists.page(wanted, 5)
        await listening_store.store.lists.total(wanted)
        await listening_store.store.ranked_claims.page(wanted, 5)

    plans = await listening_store.plans()

    assert len(plans) > 150
    assert not report(plans)


# Everything else


_BULK = {"imports", "exports", "held_files", "gazetteer"}
"""Parts that go through the whole of a file, or of the record, and have tests of their own."""


def test_no_method_of_the_store_is_forgotten_here() -> None:
    """A part that learns something new has to be asked it here as well."""
    methods = {
        f"{name}.{method}"
        for name in PARTS.keys() - _BULK
        for method, _ in inspect.getmembers(kind_of(name), inspect.iscoroutinefunction)
        if not method.startswith("_")
    }

    assert methods == {*reads(), *writes(), "lists.page", "lists.total", "ranked_claims.page"}


async def test_every_read_goes_along_an_index(listening_store: ListeningStore) -> None:
    for calls in reads().values():
        for call in calls:
            await call(listening_store.store)
    await listening_store.store.lists.page(
        Filter(None, match=any_of("the defenders of the city")), 5
    )

    plans = await listening_store.plans()

    assert len(plans) > 40
    assert not report(plans)


async def test_every_write_goes_along_an_index(listening_store: ListeningStore) -> None:
    """Triggers are in the plans of the statements that fire them."""
    for calls in writes().values():
        for call in calls:
            await call(listening_store.store)

    plans = await listening_store.plans()

    assert len(plans) > 20
    assert not report(plans)


async def test_loading_seeds_again_goes_along_an_index(
    listening_store: ListeningStore, tmp_path: Path
) -> None:
    (changed := tmp_path / "seeds").mkdir()
    for file in SEEDS.iterdir():
        text = file.read_bytes()
        if file.suffix == ".toml":
            text = text.replace(b"says that", b"states that").replace(
                b'\nrole = "', b'\nrole = "a '
            )
        (changed / file.name).write_bytes(text)
    report_ = await listening_store.store.load_seeds(AT, changed)
    assert report_.changed > 10

    plans = await listening_store.plans()

    assert not report(plans)


async def test_what_a_place_has_about_control_is_read_from_an_index_of_its_own(
    listening_store: ListeningStore,
) -> None:
    """Where few claims are about control, all the claims of the place were walked through."""
    (place,) = [
        candidate.place
        for candidate in (await listening_store.store.places.recognise("Pokrovsk")).candidates
    ][:1]
    await listening_store.store.place_overviews.of(place, DAY)
    wanted = {
        "kind = 'claim' AND has_control = 1": "control",
        "has_encirclement = 1": "encirclement",
        "WITH RECURSIVE assessors": "assessor",
    }
    for words, name in wanted.items():
        plans = [
            plan for statement, plan in await listening_store.plans() if words in statement.sql
        ]
        steps = [step for plan in plans for step in plan if "entry_places" in step]
        assert steps
        for step in steps:
            assert f"USING COVERING INDEX entry_places_{name} " in step


def test_a_bad_plan_is_noticed(full_file: Path) -> None:
    """The test of plans itself, on statements that nobody should write."""
    bad = [
        "SELECT * FROM entries WHERE text = 'x'",
        "SELECT e.id FROM entries e ORDER BY e.text LIMIT 1",
        "SELECT id FROM entries WHERE kind = 'event' AND retracted_at IS NULL ORDER BY text",
        "SELECT count(*) FROM place_names",
        "SELECT * FROM entry_text",
        "SELECT * FROM entry_places WHERE entry_id + 0 = 1",
        "SELECT max(platform) FROM revisions",
        "SELECT * FROM links l, verdicts v WHERE v.value = l.why",
    ]
    with closing(sqlite3.connect(full_file)) as db:
        for sql in bad:
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert list(troubles(Asked(sql, ()), plan)), (sql, plan)


async def test_no_exception_outlives_its_statement(listening_store: ListeningStore) -> None:
    """What may scan or sort is a statement that the store still runs."""
    for calls in (*reads().values(), *writes().values()):
        for call in calls:
            await call(listening_store.store)
    await listening_store.store.lists.page(Filter(None, words="the city"), 5)
    await listening_store.store.load_seeds(AT)

    asked = [statement.sql for statement in listening_store.asked]

    for start in (*ONLY_IN, *SORTS):
        assert any(sql.startswith(start) for sql in asked), start
