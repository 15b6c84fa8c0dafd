"""A real Synapse for tests and timings: on loopback, in SQLite, without limits."""

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.free_ports import draw_ports

NAME = "sitrep.test"
PASSWORD = "correct horse"  # noqa: S105 -- of accounts that live as long as the homeserver
MISSING = "" if find_spec("synapse") else "matrix-synapse is not installed"
"""Why no homeserver can be started here; empty where one can."""
_FREELY = {"per_second": 100_000, "burst_count": 100_000}
_START_S = 60.0


class Homeserver:
    """A homeserver in a folder; it keeps its port and its data over a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (self.port,) = draw_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self._config = folder / "homeserver.yaml"
        self._config.write_text(json.dumps(_config(folder, self.port)))
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = self._started()
        async with asyncio.timeout(_START_S), aiohttp.ClientSession() as web:
            while not await self._answers(web):
                if self._process.poll() is not None:
                    raise RuntimeError((self._folder / "synapse.log").read_text())
                await asyncio.sleep(0.1)

    def _started(self) -> "subprocess.Popen[bytes]":
        with (self._folder / "synapse.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 -- the module named here
                [sys.executable, "-m", "synapse.app.homeserver", "-c", self._config],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONWARNINGS": "ignore"},
            )

    async def _answers(self, web: aiohttp.ClientSession) -> bool:
        try:
            async with web.get(f"{self.url}/_matrix/client/versions") as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in peace."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(30)

    async def register(self, name: str) -> Mapping[str, str]:
        """Make an account; return its user_id, access_token and device_id."""
        body = {"username": name, "password": PASSWORD, "auth": {"type": "m.login.dummy"}}
        address = f"{self.url}/_matrix/client/v3/register"
        async with aiohttp.ClientSession() as web, web.post(address, json=body) as answer:
            answer.raise_for_status()
            account: Mapping[str, str] = await answer.json()
            return account

    async def call(  # noqa: PLR0913 -- what a request has
        self,
        web: aiohttp.ClientSession,
        token: str,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Ask for something as whoever has the token; ClientResponseError if it is refused."""
        address = f"{self.url}/_matrix/client/v3/{path}"
        heads = {"Authorization": f"Bearer {token}"}
        asked = web.request(method, address, json=body, params=query, headers=heads)
        async with asked as answer:
            answer.raise_for_status()
            reply: dict[str, Any] = await answer.json()
            return reply


def _config(folder: Path, port: int) -> dict[str, Any]:
    """Return the settings; JSON is YAML too."""
    logs = folder / "log.yaml"
    handler = {"class": "logging.StreamHandler"}
    logs.write_text(
        json.dumps(
            {
                "version": 1,
                "handlers": {"console": handler},
                "root": {"level": "WARNING", "handlers": ["console"]},
            }
        )
    )
    listener = {
        "port": port,
        "type": "http",
        "bind_addresses": ["127.0.0.1"],
        "resources": [{"names": ["client"]}],
    }
    limits = ("rc_message", "rc_registration", "rc_admin_redaction", "rc_joins_per_room")
    rates = dict.fromkeys((*limits, "rc_room_creation", "rc_key_requests"), _FREELY)
    return {
        **rates,
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), _FREELY),
        "rc_joins": dict.fromkeys(("local", "remote"), _FREELY),
        "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), _FREELY),
        "server_name": NAME,
        "signing_key_path": str(folder / "signing.key"),
        "macaroon_secret_key": secrets.token_hex(),
        "form_secret": secrets.token_hex(),
        "log_config": str(logs),
        "database": {"name": "sqlite3", "args": {"database": str(folder / "synapse.db")}},
        "media_store_path": str(folder / "media"),
        "listeners": [listener],
        "enable_registration": True,
        "enable_registration_without_verification": True,
        "bcrypt_rounds": 4,
        "report_stats": False,
        "suppress_key_server_warning": True,
        "trusted_key_servers": [],
        "send_federation": False,
        "presence": {"enabled": False},
        "stats": {"enabled": False},
        "push": {"enabled": False},
        "user_directory": {"enabled": False},
        "enable_search": False,
    }
