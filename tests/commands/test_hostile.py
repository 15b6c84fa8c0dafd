"""Whatever is typed, one gets an answer or one clear refusal, and nothing is changed."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dispatch import Outcome
from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.invocation import Role
from store import open_store
from tests.commands.hostile import NASTY, fits
from tests.fakes import Talk


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_nasty_text_in_any_place_gets_an_answer_or_one_refusal(
    ask: Talk, command: Command
) -> None:
    places = ["", *(f"{param.name}:" for param in command.params)]
    for line in [f"/{command.path} {place}{nasty}" for nasty in NASTY for place in places]:
        answer = await ask(line)
        assert answer.answer.outcome is not Outcome.FAULT, line
        assert fits(answer.text), line
        assert len(answer.text) < 8000, line


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_nasty_text_of_a_moderator_gets_an_answer_or_one_refusal(
    desk: Talk, command: Command
) -> None:
    await desk("/add claim It is so. by:Nobody", as_=Role.MODERATOR)
    for nasty in NASTY:
        for line in (f"/{command.path} {nasty}", f"/{command.path} D-1 {nasty}"):
            answer = await desk(line, as_=Role.MODERATOR)
            assert answer.answer.outcome is not Outcome.FAULT, line
            assert fits(answer.text)


def test_reading_anything_changes_nothing(seeds_file: Path) -> None:
    before = seeds_file.read_bytes()

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from([command.path for command in COMMANDS] + [""]), st.text(max_size=80))
    def anything(path: str, text: str) -> None:
        async def once() -> None:
            async with await open_store(seeds_file, writing=False) as store:
                answer = await Talk(store)(f"/{path} {text}")
                assert answer.answer.outcome is not Outcome.FAULT
                assert fits(answer.text)

        asyncio.run(once())

    anything()
    assert seeds_file.read_bytes() == before
