"""Two machines that serve one Discord: each `bot run --standby` with its own folder and store."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.ops.heartbeat import find_trouble, path_beside
from tests.discord.loopback import Channel, Guild, Loopback, Member
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.fakes import ROOT, copy_store
from tests.forked import ForkedProgram
from tests.patience import PATIENCE_S
from tests.replica.shipper import short_socket, until
from tests.standby.nats_servers import NatsServers, nats_running

LATE = "not yet copied elsewhere"


@dataclass
class Cluster:
    """What both machines share: a Discord, NATS servers and a folder for replicas."""

    server: Loopback
    servers: NatsServers
    folder: Path
    settings: dict[str, str]
    home: Guild
    room: Channel
    moderator: Member
    machines: list["Machine"] = field(default_factory=list)

    def machine(self, name: str) -> "Machine":
        """Return a machine with a folder of its own, that does not run yet."""
        machine = Machine(self, self.folder / name)
        machine.folder.mkdir()
        self.machines.append(machine)
        return machine


class Machine:
    """One machine: a process group, so that what it started stops and ends with it."""

    def __init__(self, site: Cluster, folder: Path) -> None:
        self.site, self.folder, self.store = site, folder, folder / "sitrep.db"
        self.socket = short_socket(folder)
        self._process: ForkedProgram | None = None

    def start(self, prepare: Callable[[], None] | None = None, **settings: str) -> None:
        """Start the bot; `prepare` is called in its process first."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        env |= {"SITREP_REPLICA_SOCKET": str(self.socket), "PYTHONPATH": str(ROOT)}
        env |= self.site.settings | settings
        words = ("run", "--standby", "--no-seeds")
        streams = os.devnull, os.devnull, str(self.folder / "log")
        self._process = ForkedProgram(words, streams, self.folder, env, prepare)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to all that runs on the machine."""
        assert self._process
        self._process.signal_group(number)

    async def kill(self) -> None:
        """End all that runs there, as a power cut does."""
        if self._process is not None:
            self.signal(signal.SIGKILL)
            await self.ended()

    async def ended(self) -> int:
        """Wait until the bot has ended; return its exit code."""
        assert self._process
        return await asyncio.to_thread(self._process.wait, PATIENCE_S)

    def stop_bot(self) -> None:
        """Tell the bot to stop, as an operator does."""
        assert self._process
        self._process.terminate()

    def log(self, event: str = "") -> list[dict[str, Any]]:
        """Return the lines of its log, of all starts; those of one event if given."""
        file = self.folder / "log"
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        return [line for line in lines if not event or line["event"] == event]

    def heartbeat_trouble(self) -> str:
        """Return what `health` says there; empty when all is well."""
        return find_trouble(path_beside(self.store))

    @property
    def copy(self) -> Path:
        """Where it follows the record of whoever answers."""
        return self.folder / "sitrep.db.following"

    def follows(self) -> bool:
        """Whether it has such a copy, whole."""
        return self.copy.with_name(f"{self.copy.name}-txid").exists()

    @property
    def term(self) -> int:
        """The last term that it took."""
        return max((line["term"] for line in self.log("lease taken")), default=0)


@asynccontextmanager
async def a_site(
    folder: Path, settings: Mapping[str, str] = {}, nats: int = 1
) -> AsyncIterator[Cluster]:
    """Return the site; all that runs on its machines is ended in the end."""
    async with nats_running(folder / "nats", nats) as servers, Loopback() as server:
        home = server.guild("Home")
        role = server.role(home, "desk", MANAGE_MESSAGES)
        given = {
            "SITREP_DISCORD_TOKEN": server.token,
            "SITREP_DISCORD_API": server.api,
            "SITREP_DISCORD_GATEWAY": server.gateway,
            "SITREP_DISCORD_HOME": str(home.id),
            "SITREP_DISCORD_MODERATOR_ROLES": str(role.id),
            "SITREP_LEASE": servers.addresses,
            "SITREP_DURABLE": "shipped",
            "SITREP_REPLICA": str(folder / "replicas"),
            **settings,
        }
        moderator = server.member(home, "Moderator", roles=[role])
        room = server.channel(home, "general")
        site = Cluster(server, servers, folder, given, home, room, moderator)
        try:
            yield site
        finally:
            for machine in site.machines:
                await machine.kill()


async def two_machines(
    site: Cluster, store: Path, prepare: Callable[[], None] | None = None
) -> tuple[Machine, Machine]:
    """Start a machine that has a record, and one that follows it."""
    first, second = site.machine("first"), site.machine("second")
    copy_store(store, first.store)
    first.start(prepare)
    await site.server.connected()
    second.start(prepare)
    await until(second.follows)
    return first, second


def is_in_term(machine: Machine, term: int) -> bool:
    """Tell whether it took that term, and none since."""
    return machine.term == term
