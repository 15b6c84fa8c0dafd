"""The rows of a step are made while the step before is being written; nobody can tell."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

from store import Store, open_store
from store.transfer.formats.decode import Limits
from store.transfer.importer import ImportPlan, Tell
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import import_act, many
from tests.store.conftest import POKROVSK, an_act
from tests.store.killing import content

ROWS, STEP = 350, 100


async def _import_in_steps(store: Store, of: int, tell: Tell | None = None) -> None:
    plan = ImportPlan("file.jsonl", limits=Limits(10**6, ROWS, step=of))
    report = await store.imports.read(many(ROWS), plan, import_act(), tell)
    assert report.counts[RowOutcome.NEW] == ROWS


async def test_an_import_in_many_steps_leaves_the_record_as_one_in_a_single_step(
    small_file: Path, tmp_path: Path
) -> None:
    contents = []
    for of in (STEP, ROWS):
        path = shutil.copyfile(small_file, tmp_path / f"{of}.db")
        async with await open_store(path) as store:
            await _import_in_steps(store, of)
            assert await store.history.first_broken() is None
        contents.append(content(path))
    assert contents[0] == contents[1]


async def test_a_name_that_is_changed_between_two_steps_stands_in_what_is_filed_after(
    small_file: Path, tmp_path: Path
) -> None:
    """What was made with the name of before is made anew, with the revision behind the change."""
    path = shutil.copyfile(small_file, tmp_path / "renamed.db")
    changes: list[asyncio.Task[Any]] = []
    async with await open_store(path) as store:
        prefer = store.registry.prefer

        def change_name(what: str, done: int, _of: int) -> None:
            if (what, done) == ("file", 2 * STEP):
                act = an_act("meanwhile", "prefer")
                changes.append(asyncio.create_task(prefer(act, f"P-{POKROVSK}", "Pokrograd")))

        await _import_in_steps(store, STEP, change_name)
        await asyncio.gather(*changes)
        rows = await store._db.read(
            lambda db: db.execute(
                "SELECT t.words LIKE '% pokrograd %' FROM entries e"
                " CROSS JOIN entry_text t ON t.rowid = (e.latest << 32 | e.id)"
                " WHERE e.key LIKE 'x-%' ORDER BY e.id"
            ).fetchall()
        )
        assert [bool(named) for (named,) in rows] == [n >= 2 * STEP for n in range(ROWS)]
        assert await store.history.first_broken() is None
