"""Dispatch: one log line, a bug's id, the time limit, the pace."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import pytest

from bot.dispatch import Answer, Desk, Dispatch, Outcome
from bot.i18n.formatter import Voice
from bot.rate_limit import PERSON, RateLimiter
from commands.kit.command import Command, command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Role
from commands.kit.params.basic import FreeText
from commands.kit.reply import Reply
from store import open_store
from tests.fakes import ZONE

READER = Caller("test", "1", "Reader One")


@command()
async def broken(ctx: Context, text: Annotated[str, FreeText(T("Some words"))]) -> Reply:
    """Fail as no command should."""
    raise ZeroDivisionError(text + ctx.key)


@command()
async def slow(ctx: Context) -> Reply:
    """Take longer than anyone waits."""
    await asyncio.sleep(60)
    return Reply((str(ctx.now),))


@command(role=Role.MODERATOR)
async def secret(ctx: Context) -> Reply:
    """Answer moderators alone."""
    return Reply((ctx.caller.name,))


class Talked:
    """A dispatch with commands of the test's own, and what it logged."""

    def __init__(self, dispatch: Dispatch, logged: list[dict[str, object]]) -> None:
        self.dispatch, self.logged = dispatch, logged

    async def __call__(self, line: str, caller: Caller = READER) -> Answer:
        return await self.dispatch.line(caller, line)


async def talk(path: Path, *commands: Command, paces: RateLimiter | None = None) -> Talked:
    store = await open_store(path / "empty.db")
    await store.aclose()
    logged: list[dict[str, object]] = []

    def log(event: str, /, *, error: BaseException | None = None, **fields: object) -> None:
        logged.append({"event": event, "error": error, **fields})

    desk = Desk(store, commands, lambda: datetime.now(UTC), ZONE, 7)
    return Talked(Dispatch(desk, log, limit_s=0.05, paces=paces), logged)


async def test_a_bug_gives_an_id_and_one_line_with_its_error_and_no_words(tmp_path: Path) -> None:
    reply = await talk(tmp_path, broken)
    answer = await reply("/broken some private words")
    assert answer.outcome is Outcome.FAULT
    (line,) = reply.logged
    assert isinstance(line["error"], ZeroDivisionError)
    assert str(line["bug"]) in Voice(ZONE).plain(*answer.reply.title)
    assert "private" not in str({name: v for name, v in line.items() if name != "error"})


async def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    answer = await (await talk(tmp_path, slow))("/slow")
    assert answer.outcome is Outcome.REFUSED


async def test_a_line_is_logged_with_platform_command_role_outcome_and_time(tmp_path: Path) -> None:
    answer = await talk(tmp_path, secret)
    await answer("/secret")
    await answer("/secret", Caller("test", "2", "Moderator One", Role.MODERATOR))
    assert [line["outcome"] for line in answer.logged] == [Outcome.REFUSED, Outcome.ANSWERED]
    assert {"platform", "command", "role", "outcome", "ms"} <= set(answer.logged[0])


@pytest.mark.parametrize("role", [Role.READER, Role.MODERATOR])
async def test_only_readers_are_kept_to_a_pace(tmp_path: Path, role: Role) -> None:
    reply = await talk(tmp_path, secret, paces=RateLimiter(lambda: 0.0))
    caller = Caller("test", "1", "One", role)
    for _ in range(PERSON.most + 1):
        answer = await reply("/secret", caller)
    fast = "Too fast" in Voice(ZONE).plain(*answer.reply.title)
    assert fast is (role is Role.READER)
