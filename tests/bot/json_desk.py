"""A desk whose answers are read as `ask --json` prints them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.console.data import as_data
from bot.adapters.console.local_files import open_upload
from bot.dispatch import Desk, Dispatch
from bot.i18n.formatter import Voice
from bot.rate_limit import RateLimiter
from commands import COMMANDS
from commands.kit.invocation import Role
from store import Store, open_store
from tests.fakes import NOON, ZONE, Talk, copy_store, seed_store

READER, MODERATOR, ADMIN = Role.READER, Role.MODERATOR, Role.ADMIN
VOICE = Voice(ZONE, whole=True)
POKROVSK, KUPIANSK, PUTIN = "P-704422", "P-703656", "A-6"
CLAIM = '"The bridge is down." by:Putin day:yesterday place:Покровськ source:S-1'


@pytest.fixture(scope="module")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the seeds, closed."""
    return seed_store(tmp_path_factory.mktemp("json") / "seeded.db")


@pytest.fixture
async def talk(seeds_file: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk with a store of its own, where a line can name a file."""
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        desk = Talk(store)
        desk.dispatch = dispatch(store)
        yield desk


def dispatch(store: Store, limit_s: float = 10, pace: RateLimiter | None = None) -> Dispatch:
    desk = Desk(store, COMMANDS, lambda: NOON, ZONE, 7, open_upload)
    return Dispatch(desk, lambda *_, **__: None, limit_s, pace)


async def ask(
    talk: Talk, line: str, role: Role = READER, who: str = "Member One"
) -> dict[str, Any]:
    """Return what `ask --json` prints."""
    return as_data((await talk(line, role, who=who, whole=True)).answer, VOICE)
