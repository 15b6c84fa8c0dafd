"""Litestream as a child: to ship a term, or to follow the one that another machine ships."""

import asyncio
import json
from pathlib import Path

from bot.replica.configuration import write_configuration
from bot.replica.shipper_process import find_litestream, shipper_environment
from bot.settings import Settings
from bot.standby.tied_process import start_tied

_QUIET = 'logging:\n  level: "warn"\n'


class Litestream:
    """The program, for one store; what it logs is in a file beside that."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._program = settings, find_litestream()
        self.store = settings.store.absolute()
        self._log = beside(self.store, ".shipper.log")
        self.pace = "200ms" if settings.replica.startswith("/") else "1s"
        """How often a copy looks for more: what is not a folder may want money for each look."""

    def configure(self, replica: str, purpose: str) -> Path:
        """Write the configuration for a term's replica, and return its file."""
        file = beside(self.store, f".{purpose}.yml")
        write_configuration(self._settings, file, replica)
        with file.open("a", encoding="utf-8") as configuration:
            configuration.write(_QUIET)
        return file

    async def start(self, act: str, configuration: Path, *more: str) -> asyncio.subprocess.Process:
        """Start one of its commands."""
        options = ("-config", str(configuration), "-no-expand-env", *more)
        environment = shipper_environment()
        return await start_tied(
            self._program, act, *options, environment=environment, log=self._log
        )

    async def find_newest(self, configuration: Path) -> int:
        """Return the last transaction that a replica has, 0 if none; OSError if nobody can tell."""
        options = ("-config", str(configuration), "-no-expand-env", "-level", "all", "-json")
        process = await asyncio.create_subprocess_exec(
            *(self._program, "ltx", *options, str(self.store)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=shipper_environment(),
        )
        out, err = await process.communicate()
        if process.returncode:
            raise OSError(f"The replica cannot be read: {err.decode(errors='replace').strip()}")
        return max((int(file["max_txid"], 16) for file in json.loads(out)), default=0)


def beside(store: Path, end: str) -> Path:
    """Return the file beside a store whose name has another end."""
    return store.with_name(f"{store.name}{end}")
