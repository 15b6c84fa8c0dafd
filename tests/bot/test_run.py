"""`python -m bot run` as a process: what it wants, what it loads, what it logs."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bot.command_line import run
from tests.discord.loopback import TOKEN, Loopback
from tests.fakes import ROOT

NOWHERE = {"SITREP_DISCORD_TOKEN": "x", "SITREP_DISCORD_API": "http://127.0.0.1:9/api/v10"}


@pytest.mark.parametrize(("flags", "first"), [(["--no-seeds"], "No claims"), ([], "53 claims")])
def test_it_loads_the_seeds_unless_told_not_to(
    tmp_path: Path, flags: list[str], first: str
) -> None:
    """There was no way not to."""
    assert run(tmp_path, "run", "--store", "own.db", *flags, **NOWHERE).returncode == 1
    claims = run(tmp_path, "ask", "--store", "own.db", "--no-seeds", "/claims")
    assert claims.stdout.startswith(first), claims.stdout


@pytest.mark.parametrize("level", ["", "error", "warning"])
def test_it_says_why_it_gave_up_at_any_level(tmp_path: Path, level: str) -> None:
    result = run(tmp_path, "run", "--no-seeds", SITREP_LOG=level, **NOWHERE)
    assert result.returncode == 1
    (line,) = map(json.loads, result.stderr.splitlines())
    assert (line["event"], line["level"]) == ("platform gave up", "error")
    assert "Cannot connect" in line["why"]


@pytest.mark.parametrize("token", ["", "  "])
def test_an_empty_token_is_none(tmp_path: Path, token: str) -> None:
    """It was taken for one, and Discord asked about it."""
    result = run(tmp_path, "run", SITREP_DISCORD_TOKEN=token)
    assert result.returncode == 1
    assert result.stderr.startswith("Nothing to run: write SITREP_DISCORD_TOKEN")


def test_an_empty_file_for_the_token_is_named(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("\n", encoding="utf-8")
    result = run(tmp_path, "run", SITREP_DISCORD_TOKEN_FILE="token")
    assert result.returncode == 1
    assert result.stderr == (
        "SITREP_DISCORD_TOKEN_FILE: the file is empty; write the token of the bot into it.\n"
    )


@pytest.mark.parametrize(("level", "logged"), [("", ["invocation"]), ("warning", [])])
async def test_it_logs_what_is_asked_unless_told_to_be_quiet(
    tmp_path: Path, level: str, logged: list[str]
) -> None:
    """`warning` was taken for `info`."""
    async with Loopback() as server:
        room = server.channel(home := server.guild("Server"), "general")
        reader = server.member(home, "Reader One")
        env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        env |= {"PYTHONPATH": str(ROOT), "SITREP_DISCORD_TOKEN": TOKEN, "SITREP_LOG": level}
        env |= {"SITREP_DISCORD_API": server.api, "SITREP_DISCORD_GATEWAY": server.gateway}
        async with running_bot(tmp_path, env) as bot:
            await server.connected()
            await (await reader.slash(room, "about")).answer()
            bot.terminate()
            _, err = await bot.communicate()
    assert bot.returncode == 0
    assert [json.loads(line)["event"] for line in err.splitlines()] == logged


@asynccontextmanager
async def running_bot(
    folder: Path, env: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot; a test that fails meanwhile leaves no process behind."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--no-seeds"),
        cwd=folder,
        env=env,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
