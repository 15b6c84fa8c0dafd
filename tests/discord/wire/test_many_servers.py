"""One process in many servers: what each costs it in memory."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.ops.heartbeat import find_trouble
from tests.discord.loopback import Loopback
from tests.fakes import ROOT, copy_store

FEW, MANY, SHARDS = 10, 10_000, 4
CHANNELS, ROLES = 20, 10
SETTLED_S = 5


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's /proc")
async def test_one_process_is_enough_for_ten_thousand_servers(
    seeds_file: Path, tmp_path: Path
) -> None:
    few = await measure_memory(seeds_file, tmp_path / "few", FEW, 1)
    many = await measure_memory(seeds_file, tmp_path / "many", MANY, SHARDS)
    each = (many - few) / (MANY - FEW)
    print(  # noqa: T201
        f"{MANY:,} servers of {CHANNELS} channels and {ROLES} roles on {SHARDS} shards:"
        f" {many / 1024:.0f} MB, {each:.0f} KB each"
    )
    assert many < 1024 * 1024


async def measure_memory(filled: Path, folder: Path, servers: int, shards: int) -> int:
    """Return the kilobytes of a bot that is in so many servers."""
    folder.mkdir()
    async with Loopback() as server:
        server.hub.shards = shards
        for number in range(servers):
            guild = server.guild(f"Server {number}")
            for channel in range(CHANNELS):
                server.channel(guild, f"channel-{channel}")
            for role in range(ROLES):
                server.role(guild, f"role {role}")
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SITREP_DISCORD_TOKEN": server.token,
            "SITREP_DISCORD_API": server.api,
            "SITREP_DISCORD_GATEWAY": server.gateway,
            "SITREP_STORE": str(copy_store(filled, folder / "sitrep.db")),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment
        )
        try:
            heartbeat = folder / "sitrep.db.heartbeat"
            await server.until(lambda: not find_trouble(heartbeat), "the bot to be ready")
            await asyncio.sleep(SETTLED_S)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        finally:
            process.kill()
            await process.wait()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])
