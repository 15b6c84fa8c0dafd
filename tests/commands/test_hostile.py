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


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.path)
async def test_nasty_text_in_any_place_gets_an_answer_or_one_refusal(
    ask: Talk, command: Command, nasty: str
) -> None:
    path = command.path
    for line in [f"/{path} {nasty}", *(f"/{path} {one.name}:{nasty}" for one in command.params)]:
        said = await ask(line)
        assert said.answer.outcome is not Outcome.FAULT, line
        assert fits(said.text)
        assert len(said.text) < 8000


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.path)
async def test_nasty_text_of_a_moderator_gets_an_answer_or_one_refusal(
    desk: Talk, command: Command
) -> None:
    await desk("/add claim It is so. by:Nobody", as_=Role.MODERATOR)
    for nasty in NASTY:
        for line in (f"/{command.path} {nasty}", f"/{command.path} D-1 {nasty}"):
            said = await desk(line, as_=Role.MODERATOR)
            assert said.answer.outcome is not Outcome.FAULT, line
            assert fits(said.text)


def test_reading_anything_changes_nothing(made: Path) -> None:
    before = made.read_bytes()

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from([one.path for one in COMMANDS] + [""]), st.text(max_size=80))
    def anything(path: str, text: str) -> None:
        async def once() -> None:
            async with await open_store(made, writing=False) as store:
                said = await Talk(store)(f"/{path} {text}")
                assert said.answer.outcome is not Outcome.FAULT
                assert fits(said.text)

        asyncio.run(once())

    anything()
    assert made.read_bytes() == before
