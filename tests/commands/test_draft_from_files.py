"""A file or a page instead of a text: read through the port that the program gives."""

from functools import partial
from pathlib import Path

from bot.adapters.console.local_files import open_upload
from bot.dispatch import Desk, Dispatch
from bot.reading.document_reader import DocumentReader
from bot.reading.page_fetcher import PageFetcher
from commands import COMMANDS
from tests.commands.filing import add
from tests.fakes import ZONE, Talk
from tests.reading.made_files import PAGE, STATEMENT, make_pdf

ADDRESS = "https://example.org/news"


def let_read(desk: Talk, documents: DocumentReader) -> None:
    """Let a desk read files by their paths, and pages if it may fetch any."""
    whole = Desk(
        *(desk.store, COMMANDS, lambda: desk.now, ZONE, 7, open_upload), documents=documents
    )
    desk.dispatch = Dispatch(whole, desk._log)


async def test_a_file_is_read_by_its_path_and_its_own_day_counts(
    desk: Talk, tmp_path: Path
) -> None:
    let_read(desk, DocumentReader())
    file = tmp_path / "report.html"
    file.write_text(PAGE, encoding="utf-8")
    answer = await add(desk, f"/draft from file:{file} source:S-2")
    assert answer.first == "2 drafts from a text · D-1..2"
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.fields["happened"] == "2025-11-05"
    assert draft.fields["day"] == "../2025-11-06"


async def test_a_file_without_a_day_wants_one_and_a_bad_one_is_one_sentence(
    desk: Talk, tmp_path: Path
) -> None:
    let_read(desk, DocumentReader())
    file = tmp_path / "report.pdf"
    file.write_bytes(make_pdf(STATEMENT))
    answer = await add(desk, f"/draft from file:{file}")
    assert answer.text == "Say on which day the text was published, such as day:2025-11-07."
    assert (await add(desk, f"/draft from file:{file} day:2025-11-06")).first.startswith("1 draft")
    file.write_bytes(make_pdf())
    answer = await add(desk, f"/draft from file:{file} day:2025-11-06")
    assert answer.flat.endswith("has no text in it, only pictures: paste what it says.")


async def test_an_address_is_refused_where_nobody_switched_that_on(desk: Talk) -> None:
    let_read(desk, DocumentReader())
    for line in (f"/draft from url:{ADDRESS}", f"/draft from {ADDRESS}"):
        answer = await add(desk, line)
        assert answer.text == "Addresses are not fetched here: paste the text."
    assert (await add(desk, f"/draft from url:{ADDRESS} fetch:yes")).refused


async def test_an_address_is_shown_before_anything_is_fetched(desk: Talk) -> None:
    def never() -> None:
        raise AssertionError("it looked a name up")

    let_read(desk, DocumentReader(PageFetcher(resolver=partial(never))))  # type: ignore[arg-type]
    answer = await add(desk, f"/draft from {ADDRESS} day:2025-11-06")
    assert answer.lines[:2] == ["The bot would fetch this page from example.org", ADDRESS]
    assert answer.offered == [f"/draft from url:{ADDRESS} day:2025-11-06 fetch:yes"]
    inside = await add(desk, "/draft from url:http://127.0.0.1/")
    assert inside.refused


async def test_where_no_documents_are_read_the_text_is_asked_for(desk: Talk) -> None:
    answer = await add(desk, f"/draft from url:{ADDRESS}")
    assert answer.text == "Files and pages are not read here: paste the text."
