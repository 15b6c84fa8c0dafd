"""NATS servers on loopback, each a process of its own that can be killed, and is in the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import nats
from nats.errors import Error as NatsError

from benchmarks.free_ports import draw_ports
from tests.patience import PATIENCE_S
from tests.replica.shipper import require_program


class NatsServers:
    """One server, or three that form a cluster."""

    def __init__(self, folder: Path, count: int) -> None:
        self._program, self._folder = require_program("nats-server"), folder
        ports = draw_ports(2 * count)
        self._ports, self._routes = ports[:count], ports[count:]
        self._running: dict[int, asyncio.subprocess.Process] = {}

    @property
    def addresses(self) -> str:
        """The servers, as the setting names them."""
        return ",".join(f"nats://127.0.0.1:{port}" for port in self._ports)

    async def start(self, number: int) -> None:
        """Start a server, on what it kept if it ran before."""
        routes = ",".join(f"nats://127.0.0.1:{port}" for port in self._routes)
        cluster = ("--cluster_name", "tests", "--routes", routes)
        here = f"nats://127.0.0.1:{self._routes[number]}"
        self._running[number] = await asyncio.create_subprocess_exec(
            *(self._program, "-a", "127.0.0.1", "-p", str(self._ports[number]), "-js"),
            *("-sd", str(self._folder / str(number)), "-n", f"server-{number}"),
            *(("--cluster", here, *cluster) if len(self._ports) > 1 else ()),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def kill(self, number: int) -> None:
        """End a server as a power cut does."""
        process = self._running.pop(number)
        process.kill()
        await process.wait()

    async def find_leader(self, stream: str) -> int:
        """Return the number of the server that leads a stream."""
        client = await nats.connect(self.addresses.split(","))
        try:
            info = await client.jetstream().stream_info(stream)
        finally:
            await client.close()
        assert info.cluster
        assert info.cluster.leader
        return int(info.cluster.leader.rpartition("-")[2])

    async def until_whole(self, stream: str) -> None:
        """Wait until each server has all of a stream."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if await self._is_whole(stream):
                    return
                await asyncio.sleep(0.1)

    async def _is_whole(self, stream: str) -> bool:
        client = await nats.connect(self.addresses.split(","))
        try:
            cluster = (await client.jetstream().stream_info(stream)).cluster
        except NatsError:
            return False
        finally:
            await client.close()
        peers = (cluster and cluster.replicas) or []
        return len(peers) == len(self._ports) - 1 and all(each.current for each in peers)

    async def until_ready(self) -> None:
        """Wait until the servers keep what they are given."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    client = await nats.connect(
                        self.addresses.split(","), allow_reconnect=False, reconnect_time_wait=0
                    )
                except (NatsError, OSError):
                    await asyncio.sleep(0.05)
                    continue
                try:
                    await client.jetstream(timeout=1).account_info()
                except NatsError:
                    await asyncio.sleep(0.05)
                else:
                    return
                finally:
                    await client.close()


@asynccontextmanager
async def nats_running(folder: Path, count: int = 1) -> AsyncIterator[NatsServers]:
    """Run servers as long as the block does; none is left behind."""
    servers = NatsServers(folder, count)
    try:
        for number in range(count):
            await servers.start(number)
        await servers.until_ready()
        yield servers
    finally:
        for number in list(servers._running):
            await servers.kill(number)
