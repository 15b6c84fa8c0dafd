"""One process in many servers: what each costs it in memory."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.discord.loopback import Loopback
from tests.discord.wire.test_process import Program
from tests.fakes import copy_store

FEW, MANY, SHARDS = 10, 10_000, 4
CHANNELS, ROLES = 20, 10
SETTLED_S = 5


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's /proc")
async def test_one_process_is_enough_for_ten_thousand_servers(filled: Path, tmp_path: Path) -> None:
    few = await measure_memory(filled, tmp_path / "few", FEW, 1)
    many = await measure_memory(filled, tmp_path / "many", MANY, SHARDS)
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
        program = Program(folder, server)
        copy_store(filled, program.store)
        async with program.running() as process:
            await server.until(program.connected, "the bot to be ready")
            await asyncio.sleep(SETTLED_S)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])
