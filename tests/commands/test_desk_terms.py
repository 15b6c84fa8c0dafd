"""The statuses that a place can have belong to the desk: each has some, and can add more."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import open_store
from tests.commands.filing import MODERATOR, add, file_line
from tests.fakes import Talk

MORNING = datetime(2025, 11, 7, 9, tzinfo=UTC)


async def test_a_status_is_added_in_chat_and_used_at_once(desk: Talk) -> None:
    said = await add(desk, "/desk status add Flooded")
    assert said.first == "Added: ■ Flooded"
    draft = await add(
        desk,
        '/add claim "Rodynske is flooded." by:Putin place:Rodynske day:2025-11-05 source:S-1',
    )
    assert "Control  ■ Flooded" in draft.text
    await add(desk, file_line(draft))
    assert "■ Flooded" in (await desk("/entry E-65")).text
    assert "control status added: Flooded" in (await add(desk, "/log")).text


async def test_the_statuses_are_listed_in_their_order(desk: Talk) -> None:
    said = await add(desk, "/desk status")
    assert said.first == "5 control statuses"
    assert said.lines[1] == "• ▲ Ukrainian-held · control:ukrainian_held"


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("/desk status add", "name: Write a name."),
        ("/desk status add !", "name: “!” has no letters. Write a name."),
        ("/desk status add Contested", "That name is on record already, as contested."),
        ("/desk status add Flooded symbol:ab", "symbol: write one character, such as ■."),
        (
            "/desk status add Flooded symbol:▲",
            "symbol: another status already uses ▲. Choose a different one.",
        ),
    ],
)
async def test_a_status_that_could_not_be_told_apart_is_refused(
    desk: Talk, line: str, refusal: str
) -> None:
    said = await add(desk, line)
    assert said.refused
    assert said.flat == refusal
    assert len(await desk.store.situation.controls()) == 5


async def test_a_reader_adds_no_status(desk: Talk) -> None:
    assert (await desk("/desk status add Flooded")).refused


async def test_a_desk_without_seeds_has_statuses_and_keeps_its_own(tmp_path: Path) -> None:
    """A desk of its own had no word for who holds a place."""
    async with await open_store(tmp_path / "own.db") as store:
        await store.load_terms(MORNING)
        await store.load_terms(MORNING)
        assert [status.key for status in await store.situation.controls()][:2] == [
            "ukrainian_held",
            "russian_held",
        ]
        assert (await store.history.head())[0] == 1
        desk = Talk(store)
        await desk("/desk status add Flooded", as_=MODERATOR)
        await store.load_seeds(MORNING)
        assert (await store.situation.controls())[-1].key in {"flooded", "unknown"}
        assert len(await store.situation.controls()) == 6
