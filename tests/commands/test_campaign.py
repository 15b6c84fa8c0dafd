"""Random and hostile lines by the thousand, by everyone: no bug, and no write by a refused one."""

import random
import time
from pathlib import Path

import pytest

from bot.dispatch import Outcome
from commands import COMMANDS
from commands.kit.invocation import Role
from tests.commands.hostile import NASTY, fits
from tests.fakes import Talk, watch_writes

WORDS = [
    "Pokrovsk",
    "Покровськ",
    "Kup’iansk",
    "E-1",
    "E-28",
    "E-999999",
    "e 9",
    "D-1",
    "D-2",
    "S-1",
    "A-6",
    "P-704422",
    "contradicts",
    "supports",
    "2025-11-07",
    "7d",
    "../2025-10-24",
    "yesterday",
    "2025-13-45",
    "Putin",
    "Deineha",
    "confirmed",
    "refuted",
    "none",
    "yes",
    "only",
    "oldest",
    "“a phrase”",
    '"open',
    "why:",
    "why:because",
    "set:",
    "set:day:2025-11-01",
    "text:x",
    "ref:E-2",
    "https://example.org/a?b=c",
    "=1+1",
    "\t",
    "é",
    "a" * 300,
    "0",
    "-1",
    "1e9",
    "[x](y)",
    "\\",
]


def line(rng: random.Random) -> str:
    """Make up a line: mostly of a real command, its parameters and values that could be meant."""
    command = rng.choice(COMMANDS)
    start = command.path if rng.random() < 0.9 else rng.choice(WORDS)
    parts = [f"{rng.choice(['/', '!', ''])}{start}"]
    for _ in range(rng.randrange(4)):
        value = rng.choice(NASTY if rng.random() < 0.1 else WORDS)
        named = command.params and rng.random() < 0.6
        parts.append(f"{rng.choice(command.params).name}:{value}" if named else value)
    return " ".join(parts)


async def campaign(desk: Talk, file: Path, count: int, seed: int) -> dict[Outcome, int]:
    """Say so many lines; return how they ended."""
    rng = random.Random(seed)
    ended = dict.fromkeys(Outcome, 0)
    with watch_writes(file) as written:
        for number in range(count):
            question, role = line(rng), rng.choice(list(Role))
            who = rng.choice(["Reader One", "Reader Two", "Reader Three"])
            before = written()
            answer = await desk(question, as_=role, who=who)
            ended[answer.answer.outcome] += 1
            assert answer.answer.outcome is not Outcome.FAULT, (
                seed,
                number,
                question,
                desk.logged[-1],
            )
            assert fits(answer.text), (seed, number, question)
            assert not answer.refused or written() == before, (seed, number, question)
    assert await desk.store.history.first_broken() is None
    return ended


async def test_random_and_hostile_lines_find_no_bug(desk: Talk, tmp_path: Path) -> None:
    ended = await campaign(desk, tmp_path / "own.db", 300, seed=20251107)
    assert min(ended[Outcome.ANSWERED], ended[Outcome.REFUSED]) > 20


@pytest.mark.soak
async def test_ten_thousand_random_and_hostile_lines_find_no_bug(
    desk: Talk, tmp_path: Path
) -> None:
    seed = time.time_ns() % 10**9
    ended = await campaign(desk, tmp_path / "own.db", 10_000, seed)
    figures = ", ".join(f"{n} {how.value}" for how, n in ended.items())
    print(f"\nseed {seed}, 10,000 lines: {figures}")  # noqa: T201 -- a campaign prints its figures
