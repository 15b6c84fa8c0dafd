"""Litestream and an object server on loopback: processes that can be killed, and are in the end."""

import asyncio
import hashlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from benchmarks.free_ports import draw_ports
from bot.replica.configuration import socket_path, write_configuration
from bot.replica.control_socket import ControlSocket
from bot.replica.shipper_process import is_shipping, shipper_environment
from bot.settings import Secret, Settings
from tests.patience import PATIENCE_S

KEY_ID, SECRET, BUCKET = "desk", "a$secret", "replicas"


def require_program(name: str) -> str:
    """Return a program of the tests' environment; the test is skipped where it is absent."""
    beside = Path(sys.executable).with_name(name)
    path = str(beside) if beside.exists() else shutil.which(name)
    if not path:
        pytest.skip(f"{name} is not installed")
    return path


def plain_environment(**more: str) -> Mapping[str, str]:
    """Return the environment that the program gives its shipper."""
    return {**shipper_environment(), **more}


class Process:
    """A program that runs; it is killed as a power cut ends it, or stopped for a while."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, *command: str, log: Path, **more: str) -> "Process":
        with log.open("ab") as output:
            return cls(
                await asyncio.create_subprocess_exec(
                    *command, stdout=output, stderr=output, env=plain_environment(**more)
                )
            )

    async def kill(self) -> None:
        """End it at once."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


def short_socket(folder: Path) -> Path:
    """Return where the shipper of a machine listens: its folder's name may be too long for that."""
    key = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"sitrep-{os.getuid()}-{key}.shipper")


def settings_in(folder: Path, **more: Any) -> Settings:
    """Return the settings of a machine that waits for a replica in a folder."""
    given = {"replica": str(folder.parent / "elsewhere"), "durable": "shipped", **more}
    given.setdefault("replica_socket", str(short_socket(folder)))
    return replace(Settings(), store=folder / "desk.db", **given)


async def start_shipper(settings: Settings) -> Process:
    """Start a shipper on a store; return once it listens."""
    program = require_program("litestream")
    folder = settings.store.parent
    write_configuration(settings, folder / "litestream.yml")
    told = ("replicate", "-config", str(folder / "litestream.yml"), "-no-expand-env")
    shipper = await Process.start(program, *told, log=folder / "litestream.log")
    await until(lambda: is_shipping(socket_path(settings)))
    return shipper


async def ship_once(settings: Settings) -> None:
    """Have everything shipped that is in a store: the first time that is the whole of it."""
    shipper = ControlSocket(settings)
    await shipper.ship(int(PATIENCE_S))
    await shipper.aclose()


@asynccontextmanager
async def shipping_from(settings: Settings) -> AsyncIterator[Process]:
    """Ship a store as long as the block runs."""
    shipper = await start_shipper(settings)
    try:
        yield shipper
    finally:
        await shipper.kill()


def is_open(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with socket.socket() as opened:
        return opened.connect_ex(("127.0.0.1", port)) == 0


class ObjectServer:
    """A server of buckets, by rclone: what it keeps stays while it is away."""

    def __init__(self, folder: Path) -> None:
        self._program, self._folder = require_program("rclone"), folder
        (self._port,) = draw_ports(1)
        self._running: Process | None = None
        (folder / "buckets" / BUCKET).mkdir(parents=True)

    def settings(self) -> dict[str, Any]:
        """Return the settings that ship into it."""
        return {
            "replica": f"s3://{BUCKET}/desk",
            "replica_endpoint": f"http://127.0.0.1:{self._port}",
            "replica_region": "us-east-1",
            "replica_key_id": KEY_ID,
            "replica_secret": Secret(SECRET),
        }

    async def start(self) -> None:
        self._running = await Process.start(
            *(self._program, "serve", "s3", str(self._folder / "buckets")),
            *("--addr", f"127.0.0.1:{self._port}", "--auth-key", f"{KEY_ID},{SECRET}"),
            *("--config", os.devnull),
            log=self._folder / "rclone.log",
        )
        await until(lambda: is_open(self._port))

    async def kill(self) -> None:
        if self._running is not None:
            await self._running.kill()


class FileServer:
    """A server of files over SFTP, by rclone, with a key of its own by which it is known."""

    def __init__(self, folder: Path) -> None:
        self._program, self._folder = require_program("rclone"), folder
        (self._port,) = draw_ports(1)
        self._running: Process | None = None
        (folder / "files").mkdir(parents=True)

    async def start(self) -> None:
        """Start it; rclone makes a key in its cache, which is a folder of the test's."""
        self._running = await Process.start(
            *(self._program, "serve", "sftp", str(self._folder / "files")),
            *("--addr", f"127.0.0.1:{self._port}", "--user", KEY_ID, "--pass", SECRET),
            *("--config", os.devnull, "--cache-dir", str(self._folder / "cache")),
            log=self._folder / "rclone.log",
        )
        await until(lambda: is_open(self._port))

    def settings(self) -> dict[str, Any]:
        """Return the settings that ship to it."""
        keys = sorted((self._folder / "cache").rglob("*ecdsa*.pub"))
        return {
            "replica": f"sftp://{KEY_ID}@127.0.0.1:{self._port}/desk",
            "replica_host_key": keys[0].read_text(encoding="utf-8").strip(),
            "replica_secret": Secret(SECRET),
        }

    async def kill(self) -> None:
        if self._running is not None:
            await self._running.kill()


@asynccontextmanager
async def serving_files(folder: Path) -> AsyncIterator[FileServer]:
    """Serve files as long as the block runs."""
    server = FileServer(folder)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


@asynccontextmanager
async def serving_objects(folder: Path) -> AsyncIterator[ObjectServer]:
    """Serve buckets as long as the block runs."""
    folder.mkdir(parents=True)
    server = ObjectServer(folder)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 -- another process tells of no event
            await asyncio.sleep(0.02)
