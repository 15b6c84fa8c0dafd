"""A desk with other seeds reads of its own places and people, and of nobody else's."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.console.layout import layout
from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.invocation import Role
from store import open_store
from tests.fakes import ZONE, Talk, TerminalAnswer, copy_store
from tests.store.conftest import few_places

MORNING = datetime(2025, 11, 7, 9, tzinfo=UTC)
NOT_OURS = re.compile(
    "pokrovsk|myrnohrad|putin|deep ?state|rodynske|покровськ|мирноград|путін", re.IGNORECASE
)
SITUATION = """
name = "The flood"
about = "A flood in Kupiansk, made up for this test."
[[control]]
key = "flooded"
label = "Flooded"
symbol = "≈"
[[event_type]]
key = "flood_wave"
label = "flood wave"
"""
ENTRIES = """
[[entry]]
key = "wave"
kind = "event"
type = "flood_wave"
text = "The river rises."
attribution = "narrator"
day = { edtf = "2025-11-06", basis = "explicit" }
places = [{ geoname = 703656 }]
sources = [{ source = "gauge" }]
"""
SPEAKER = '[[actor]]\nkey = "warden"\nname = "Flood Warden"\nkind = "person"\n'
SOURCE = '[[source]]\nkey = "gauge"\nname = "River gauge"\nkind = "post"\n'


@pytest.fixture(scope="module")
def flood_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a desk of a flood in Kupiansk, closed."""
    folder = tmp_path_factory.mktemp("flood")
    few_places(folder)
    for file in folder.glob("pokrovsk-*.toml"):
        file.unlink()
    texts = {"situation": SITUATION, "actors": SPEAKER, "sources": SOURCE, "flood": ENTRIES}
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")

    async def fill() -> None:
        async with await open_store(folder / "flood.db") as store:
            await store.load_seeds(MORNING, folder)

    asyncio.run(fill())
    return folder / "flood.db"


@pytest.fixture
async def flood(flood_file: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """That desk, to write to."""
    async with await open_store(copy_store(flood_file, tmp_path / "own.db")) as store:
        yield Talk(store)


def words_of(answer: TerminalAnswer) -> str:
    """Return an answer in both languages."""
    rows = layout(answer.reply, Voice(ZONE, translate_into("uk")), 100)
    return answer.text + "\n" + "\n".join("".join(text for _, text in row) for row in rows)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_help_and_refusals_speak_of_this_desk(flood: Talk, command: Command) -> None:
    for line in (f"/help {command.path}", f"/{command.path}", f"/{command.path} zzz zzz"):
        assert not NOT_OURS.search(words_of(await flood(line, Role.ADMIN))), line


@pytest.mark.parametrize(
    "line",
    [
        "",
        "/help",
        "/help all",
        "what now",
        "/desk area add Front",
        "/desk area add Front km:3",
        "/watch list",
        "/status",
        "/add event",
        "/events kind:x",
        "/add claim control:x y",
    ],
)
async def test_hints_speak_of_this_desk(flood: Talk, line: str) -> None:
    assert not NOT_OURS.search(words_of(await flood(line, Role.ADMIN)))


async def test_examples_are_of_the_desk_and_work(flood: Talk) -> None:
    assert "For example /status Kupiansk" in (await flood("/help status")).flat
    answer = await flood("/help add claim", Role.MODERATOR)
    assert "by:Flood Warden" in answer.flat
    assert "place:Kupiansk" in answer.flat
    refused = await flood("/status")
    assert refused.refused
    assert "/status Kupiansk" in refused.flat
    (example,) = re.findall("For example (/.*)", (await flood("/help status")).text)
    assert not (await flood(example)).refused
    assert "Who holds Kupiansk?" in (await flood("qqqq qqq")).flat
    assert await flood.dispatch.exemplify() == "status Kupiansk"


async def test_a_desk_with_nothing_on_record_shows_what_stands_for_a_name(tmp_path: Path) -> None:
    async with await open_store(tmp_path / "empty.db") as store:
        await store.load_terms(MORNING)
        desk = Talk(store)
        assert "For example /status PLACE" in (await desk("/help status")).flat
        assert "/help" in (await desk("qqqq qqq")).text
        assert await desk.dispatch.exemplify() == "about"
        assert not (await desk("/watch list", Role.MODERATOR)).offered
