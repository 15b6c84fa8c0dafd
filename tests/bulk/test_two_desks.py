"""Two desks exchange a whole record: links and verdicts travel with the entries."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from store import Store, open_store
from store.model.entry import LinkType, VerdictValue
from store.queries.lists import Filter
from store.transfer.exporter import Export
from store.transfer.formats.decode import Format
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import jsonl, read, row
from tests.store.conftest import POKROVSK, addition, an_act, an_entry

TIES = (
    "SELECT a.text, l.type, b.text, l.why FROM links l JOIN entries a ON a.id = l.from_id"
    " JOIN entries b ON b.id = l.to_id ORDER BY 1, 2, 3"
)
VERDICTS = (
    "SELECT e.text, e.verdict, (SELECT s.key FROM verdicts v JOIN sources s ON s.id = v.source_id"
    " WHERE v.entry_id = e.id ORDER BY v.seq DESC LIMIT 1) FROM entries e"
    " WHERE e.verdict IS NOT NULL AND e.verdict <> '' ORDER BY 1"
)


LIVE = "retracted_at IS NULL"
LIVE_TIES = TIES.replace(" ORDER", f" WHERE a.{LIVE} AND b.{LIVE} ORDER")
LIVE_VERDICTS = VERDICTS.replace(" ORDER BY 1", f" AND {LIVE} ORDER BY 1")


async def ask(store: Store, sql: str) -> list[Any]:
    return await store._db.read(lambda db: db.execute(sql).fetchall())


async def export(store: Store, format_: Format = Format.JSONL) -> bytes:
    ids = await store.exports.numbers(Export(Filter(None)), 10**6)
    return "".join([piece async for piece in store.exports.text(ids, format_)]).encode()


@pytest.fixture
async def other(small_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """Another desk that began with the same seeds."""
    async with await open_store(shutil.copyfile(small_file, tmp_path / "other.db")) as store:
        yield store


@pytest.fixture
async def desk_with_verdicts(small: Store) -> Store:
    """A desk with two entries of its own, a link, one to an entry of the seeds, and verdicts."""
    for key, text in (("", "A mill was hit."), ("mine", "The mill still stands.")):
        entry = an_entry(text=text, key=key or None)
        await small.history.write(an_act(f"file {text}"), addition(entry))
    ((hit,),) = await ask(small, "SELECT id FROM entries WHERE text = 'A mill was hit.'")
    mod = small.moderation
    link = an_act("link", "link")
    await mod.link(link, hit + 1, LinkType.CONTRADICTS, hit, (f"P-{POKROVSK}",))
    await mod.link(an_act("seed", "link"), hit, LinkType.SUPPORTS, 9)
    await mod.check(an_act("check", "check"), hit, VerdictValue.REFUTED, 1)
    return small


@pytest.mark.parametrize("format_", [Format.JSONL, Format.GEOJSON])
async def test_links_and_verdicts_are_exported_by_key_and_imported(
    desk_with_verdicts: Store, other: Store, format_: Format
) -> None:
    data = await export(desk_with_verdicts, format_)
    report = await read(other, data, f"a.{format_}")
    assert not report.problems
    assert (report.counts[RowOutcome.NEW], dict(report.taken)) == (2, {"verdict": 1, "links": 2})
    assert await ask(other, TIES) == await ask(desk_with_verdicts, TIES)
    assert await ask(other, VERDICTS) == await ask(desk_with_verdicts, VERDICTS)
    assert await other.history.first_broken() is None
    again = await read(other, data, f"a.{format_}")
    assert (again.batch, dict(again.taken)) == (
        "",
        {"verdict": 0, "links": 0} if again.taken else {},
    )
    back = await read(desk_with_verdicts, data, f"a.{format_}")
    assert back.batch == ""


async def test_taking_it_back_takes_links_and_verdicts_back(
    desk_with_verdicts: Store, other: Store
) -> None:
    before = await ask(other, LIVE_TIES), await ask(other, LIVE_VERDICTS)
    await read(other, await export(desk_with_verdicts))
    await other.imports.undo_batch(an_act("undo", "undo"), 1)
    assert (await ask(other, LIVE_TIES), await ask(other, LIVE_VERDICTS)) == before


async def test_a_verdict_that_stands_here_is_not_overruled(
    desk_with_verdicts: Store, other: Store
) -> None:
    await read(other, await export(desk_with_verdicts))
    ((here,),) = await ask(other, "SELECT id FROM entries WHERE text = 'A mill was hit.'")
    await other.moderation.check(an_act("ours", "check"), here, VerdictValue.CONFIRMED)
    await read(other, await export(desk_with_verdicts))
    ((stands,),) = await ask(other, "SELECT verdict FROM entries WHERE text = 'A mill was hit.'")
    assert stands == "confirmed"


async def test_a_link_to_no_entry_is_counted_and_a_verdict_that_is_none_named(small: Store) -> None:
    lost = row(links=[{"type": "supports", "key": "nowhere", "why": "x"}])
    report = await read(small, jsonl(lost))
    assert report.batch == "B-1"
    assert report.besides == {"links": 1}
    (problem,) = (await read(small, jsonl(row(key="y", verdict="true")))).problems
    assert (problem.field, problem.read) == ("verdict", "true")


async def test_a_review_of_a_claim_brings_its_verdict(small: Store) -> None:
    review = {
        "@type": "ClaimReview",
        "datePublished": "2025-11-06",
        "url": "https://example.org/check/1",
        "claimReviewed": "The town of Pokrovsk was taken.",
        "itemReviewed": {"author": {"name": "Some Speaker"}, "datePublished": "2025-11-01"},
        "author": {"name": "Some Checkers"},
        "reviewRating": {"alternateName": "False"},
    }
    report = await read(small, json.dumps(review).encode(), "a.jsonld", create=True)
    assert not report.problems
    sql = (
        "SELECT e.edtf, e.verdict, a.name FROM entries e JOIN actors a ON a.id = e.actor_id"
        " WHERE e.key LIKE 'claimreview:%'"
    )
    assert await ask(small, sql) == [("2025-11-01", "refuted", "Some Speaker")]
    by = await ask(
        small,
        "SELECT s.name FROM verdicts v JOIN sources s ON s.id = v.source_id"
        " ORDER BY v.seq DESC LIMIT 1",
    )
    assert by == [("Some Checkers",)]
