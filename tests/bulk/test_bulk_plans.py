"""No statement of an import or an export walks through a big table or sorts one."""

import json
from collections.abc import Iterator

from store.model.entry import Kind
from store.queries.lists import Filter
from store.transfer.exporter import Export
from store.transfer.formats.decode import Format
from tests.bulk.conftest import many, read, row
from tests.bulk.drawn_areas import EAST, area, areas, draw
from tests.store.conftest import POKROVSK, an_act
from tests.store.plans import ONLY_IN, SORTS, Asked, ListeningStore, listening_store, troubles

__all__ = ["listening_store"]

SCANS = {  # what may be walked through besides, and why
    "SELECT id, name, latitude, longitude, approximate, kind": "coordinates and areas are held"
    " against every place of the gazetteer, once an import",
    "SELECT coalesce(max(x.position), 0) + 1": "walks the places or sources of given entries",
    "SELECT key FROM controls": "has a handful of rows",
    "SELECT f.mark, f.entry_id": "walks the marks that it was given",
    "SELECT seq, digest": "walks to its LIMIT, the last revision",
    "SELECT at FROM revisions ORDER BY seq DESC LIMIT 1": "walks to its LIMIT, the last revision",
    "SELECT count(*) FROM revisions WHERE key": "counts what one batch took back",
    "SELECT o.batch_id, o.name, o.assessor": "holds the few outlines that batches keep",
    "SELECT key, label FROM controls": "has a handful of rows",
    "SELECT part, kind, made, content FROM staged": "holds the names that one batch makes",
}


def bad(asked: list[Asked], plans: dict[str, list[str]]) -> Iterator[str]:
    for statement in asked:
        faults = list(troubles(statement, plans[statement.sql]))
        if faults and not statement.sql.startswith((*SCANS, *ONLY_IN, *SORTS)):
            yield f"{statement.sql}\n  {plans[statement.sql]}"


async def test_every_statement_of_bulk_goes_along_an_index(listening_store: ListeningStore) -> None:
    store = listening_store.store
    await read(store, many(30) + json.dumps(row(key=None)).encode())
    await read(store, many(31, quote="new", by="Putin", latitude=48.3, longitude=37.2))
    new = row(key="n", source="Outlet One", by="Speaker One", place=None)
    await read(store, json.dumps(new).encode(), create=True)
    await draw(store, areas(area(EAST)))
    await store.imports.undo_batch(an_act("u", "undo"), 2)
    await read(store, many(31, quote="new", by="Putin", latitude=48.3, longitude=37.2))
    for export in (
        Export(Filter(None)),
        Export(Filter(None, place_id=POKROVSK, type="fighting"), (Kind.EVENT,)),
    ):
        ids = await store.exports.numbers(export, 100)
        for format_ in Format:
            assert [piece async for piece in store.exports.text(ids, format_)]

    plans = {statement.sql: plan for statement, plan in await listening_store.plans()}

    assert len(plans) > 60
    assert not list(bad(listening_store.asked, plans))
