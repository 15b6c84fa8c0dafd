"""`python -m bot run` as a process of its own: health, SIGTERM in mid-answer, exit codes."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from benchmarks.free_ports import draw_ports
from bot.ops.heartbeat import find_trouble
from store import open_store
from store.model.refusals import StoreError
from tests.discord.loopback import Loopback
from tests.discord.wire.stage import CALLBACK, first_line
from tests.fakes import ROOT, copy_store
from tests.patience import PATIENCE_S

PIPE = asyncio.subprocess.PIPE


@dataclass
class DiscordProgram:
    """The program as an operator has it: settings in the environment, a folder, a store."""

    folder: Path
    server: Loopback
    token: str = ""
    watch: str = ""

    @property
    def store(self) -> Path:
        return self.folder / "sitrep.db"

    @property
    def heartbeat(self) -> Path:
        return self.folder / "sitrep.db.heartbeat"

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        env |= {
            "PYTHONPATH": str(ROOT),
            "SITREP_DISCORD_TOKEN": self.token or self.server.token,
            "SITREP_DISCORD_API": self.server.api,
            "SITREP_DISCORD_GATEWAY": self.server.gateway,
            "SITREP_WATCH": self.watch,
        }
        program = (sys.executable, "-m", "bot", *words)
        return await asyncio.create_subprocess_exec(
            *program, cwd=self.folder, env=env, stdout=PIPE, stderr=PIPE
        )

    def connected(self) -> bool:
        """Return whether the heartbeat says so."""
        return not find_trouble(self.heartbeat)

    async def until_connected(self, process: asyncio.subprocess.Process) -> None:
        """Wait until the bot could answer; one that has ended instead is shown with its log."""
        await self.server.until(
            lambda: self.connected() or process.returncode is not None, "the bot to be ready"
        )
        assert process.returncode is None, (await process.communicate())[1].decode()

    async def health(self) -> tuple[int | None, str]:
        """Return the exit code of `health`, and what it said."""
        asked = await self.start("health")
        _, answer = await asked.communicate()
        return asked.returncode, answer.decode().strip()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        process = await self.start("run")
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


async def wait_for_end(
    process: asyncio.subprocess.Process,
) -> tuple[int | None, list[dict[str, Any]]]:
    """Wait for the end; return the exit code and the log, each line of which is JSON."""
    out, log = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert out == b""
    return process.returncode, [json.loads(line) for line in log.decode().splitlines()]


@pytest.fixture
async def program(seeds_file: Path, tmp_path: Path) -> AsyncIterator[DiscordProgram]:
    async with Loopback() as server:
        program = DiscordProgram(tmp_path, server)
        copy_store(seeds_file, program.store)
        yield program
        assert server.violations == []


async def test_told_to_stop_in_mid_answer_it_gives_the_answer_and_leaves_nothing_behind(
    program: DiscordProgram,
) -> None:
    server = program.server
    guild = server.guild("Server")
    room, reader = server.channel(guild, "general"), server.member(guild, "Reader One")
    async with program.running() as process:
        await server.until(program.heartbeat.exists, "a heartbeat")
        assert find_trouble(program.heartbeat) == "Not connected: discord."
        await program.until_connected(process)
        assert await program.health() == (0, "")
        with pytest.raises(StoreError, match="Another process is writing"):
            await open_store(program.store, patience_s=0)
        server.faults.held(0.3, *CALLBACK)
        asked = await reader.slash(room, "status", {"place": "Pokrovsk"})
        await server.until(lambda: server.called("POST", "/interactions/"), "the answer")
        process.send_signal(signal.SIGTERM)
        assert first_line(await asked.answer()).startswith("Pokrovsk: ")
        code, log = await wait_for_end(process)
    assert code == 0
    assert [(line["event"], line["level"]) for line in log] == [("invocation", "info")]
    assert not program.heartbeat.exists()
    assert await program.health() == (1, "The bot is not running: it has left no heartbeat.")
    async with await open_store(program.store, patience_s=0) as store:
        assert (await store.history.head())[0]


async def test_whoever_watches_is_told_of_a_question_and_whether_it_can_answer(
    program: DiscordProgram,
) -> None:
    server = program.server
    (port,) = draw_ports(1)
    program.watch = f"127.0.0.1:{port}"
    guild = server.guild("Server of Pokrovsk")
    room, reader = server.channel(guild, "pokrovsk"), server.member(guild, "Reader One")
    async with program.running() as process, aiohttp.ClientSession() as web:
        await program.until_connected(process)
        asked = await reader.slash(room, "status", {"place": "Pokrovsk"})
        assert first_line(await asked.answer()).startswith("Pokrovsk: ")
        async with web.get(f"http://{program.watch}/metrics") as answer:
            text = await answer.text()
        async with web.get(f"http://{program.watch}/healthz") as answer:
            assert (answer.status, await answer.text()) == (200, "ok\n")
        process.send_signal(signal.SIGTERM)
        assert (await wait_for_end(process))[0] == 0
    counted = 'sitrep_questions_total{command="status",outcome="answered",platform="discord"} 1.0'
    assert counted in text.splitlines()
    assert "pokrovsk" not in text.casefold()


async def test_with_no_platform_left_it_says_why_and_ends_with_1(program: DiscordProgram) -> None:
    program.token = "not.the.token"
    async with program.running() as process:
        code, log = await wait_for_end(process)
    assert code == 1
    (line,) = log
    assert line["event"] == "platform gave up"
    assert line["why"].startswith("Discord refused the token: check SITREP_DISCORD_TOKEN")
    assert not program.heartbeat.exists()
    async with await open_store(program.store, patience_s=0):
        pass
