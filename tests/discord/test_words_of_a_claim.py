"""The way of a claim's words through the code is the one that docs/architecture.md describes."""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from commands import COMMANDS
from store import open_store
from tests.discord.simulation import HOME, DiscordBot, serving
from tests.discord.steps import file_claim, moderator, press
from tests.fakes import copy_store

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = tuple(f"{ROOT / folder}/" for folder in ("bot", "commands", "store"))
WORDS = "A bridge of reeds is down."


@contextmanager
def modules_given(words: str) -> Iterator[set[str]]:
    """Collect the files, from the root, with a function that takes or returns a text with these.

    Every thread that begins meanwhile is watched too.
    """
    modules: set[str] = set()

    def watch(frame: FrameType, event: str, result: object) -> None:
        file = frame.f_code.co_filename
        if file.startswith(PROGRAM) and event in {"call", "return"}:
            values = frame.f_locals.values() if event == "call" else [result]
            if any(isinstance(value, str) and words in value for value in values):
                modules.add(Path(file).relative_to(ROOT).as_posix())

    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        yield modules
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def modules_described() -> tuple[set[str], set[str]]:
    """Return the files that the docs list as steps of the journey, and those named beside it."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    _, _, journey = text.partition("### An `/add claim`")
    journey = journey.partition("\n### ")[0]
    steps = set(re.findall(r"^\d+\. `([\w/]+\.py):", journey, re.MULTILINE))
    return steps, set(re.findall(r"`([\w/]+\.py)`", journey))


async def test_the_words_of_a_claim_meet_no_module_that_the_docs_leave_out(
    seeds_file: Path, tmp_path: Path
) -> None:
    """The docs counted twelve modules, and left out without a word what else gets the text."""
    own = copy_store(seeds_file, tmp_path / "own.db")
    with modules_given(WORDS) as modules:
        async with (
            await open_store(own) as store,
            serving(DiscordBot(store, commands=COMMANDS), HOME) as here,
        ):
            desk = moderator(here)
            card = await file_claim(here, desk, text=WORDS)
            assert (await press(desk, card, "File")).first == "Filed as `E-65`"
    steps, beside = modules_described()
    assert modules - steps == beside
