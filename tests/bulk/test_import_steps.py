"""An import is filed in steps; nobody can tell by the record how many they were."""

import shutil
from pathlib import Path

from store import Store, open_store
from store.transfer.formats.decode import Limits
from store.transfer.importer import ImportPlan
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import import_act, many
from tests.store.killing import content

ROWS, STEP = 350, 100


async def _import_in_steps(store: Store, of: int) -> None:
    plan = ImportPlan("file.jsonl", limits=Limits(10**6, ROWS, step=of))
    report = await store.imports.read(many(ROWS), plan, import_act())
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
