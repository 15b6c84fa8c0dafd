"""A replica's place on a server of files or in a bucket, reached by rclone.

Names and secrets go into its environment, so that no other user of the machine sees them.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from bot.replica.fetch_replica import ReplicaUnreachable
from bot.replica.parts import ReplicaPart, count_parts
from bot.replica.shipper_process import find_program, shipper_environment
from bot.settings import Settings
from store.model.refusals import StoreError

_PROGRAM = "rclone"
_SSH_PORT = 22
_NOT_THERE = 3
"""The exit code that says that a folder does not exist."""


class RcloneMissing(StoreError):
    """What reaches that place is not installed."""


class RclonePlace:
    """A place on another machine; `remote` is its name as rclone reads it."""

    def __init__(self, remote: str, environment: Mapping[str, str]) -> None:
        self._program, self._remote, self._environment = _find_rclone(), remote, environment

    def list_parts(self) -> list[ReplicaPart]:
        """Return what is there; ReplicaUnreachable if nobody says."""
        listing = self._call("lsjson", "--recursive", "--files-only", "--no-mimetype", self._remote)
        return count_parts((file["Path"], file["Size"]) for file in json.loads(listing or "[]"))

    def delete(self, part: ReplicaPart) -> None:
        """Delete all of a part."""
        self._call("purge", f"{self._remote}/{part.name}")

    def _call(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603 -- a program that the operator installed, and no shell
            [self._program, *words, "--config", os.devnull, "--retries", "1"],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == _NOT_THERE:
            return ""
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise ReplicaUnreachable(f"{self._remote} cannot be reached: {last}")
        return done.stdout


@contextmanager
def open_remote(settings: Settings) -> Iterator[RclonePlace]:
    """Yield the place; files that rclone needs for it are gone afterwards."""
    parts = urlsplit(settings.replica)
    path = unquote(parts.path).rstrip("/")
    with TemporaryDirectory(prefix="sitrep-") as folder:
        if parts.scheme == "s3":
            remote, given = f":s3:{parts.netloc}{path}", _bucket(settings)
        else:
            remote, given = f":sftp:{path}", _server(settings, Path(folder))
        yield RclonePlace(remote, {**shipper_environment(), **given})


def _find_rclone() -> str:
    path = find_program(_PROGRAM)
    if path is None:
        raise RcloneMissing(
            "Litestream deletes nothing there; rclone could, and is not installed (rclone.org)."
        )
    return path


def _bucket(settings: Settings) -> dict[str, str]:
    named = {
        "ENDPOINT": settings.replica_endpoint,
        "REGION": settings.replica_region,
        "ACCESS_KEY_ID": settings.replica_key_id,
        "SECRET_ACCESS_KEY": _secret(settings),
        "PROVIDER": "Other" if settings.replica_endpoint else "AWS",
        "ENV_AUTH": "" if settings.replica_key_id else "true",
    }
    return {f"RCLONE_S3_{name}": value for name, value in named.items() if value}


def _server(settings: Settings, folder: Path) -> dict[str, str]:
    parts = urlsplit(settings.replica)
    host, port = parts.hostname or "", parts.port or _SSH_PORT
    known = folder / "known_hosts"
    name = host if port == _SSH_PORT else f"[{host}]:{port}"
    known.write_text(f"{name} {settings.replica_host_key}\n", encoding="ascii")
    named = {
        "HOST": host,
        "PORT": str(port),
        "USER": unquote(parts.username or ""),
        "KEY_FILE": settings.replica_key_file,
        "PASS": _obscure(_secret(settings)),
        "KNOWN_HOSTS_FILE": str(known),
    }
    return {f"RCLONE_SFTP_{name}": value for name, value in named.items() if value}


def _obscure(secret: str) -> str:
    """Return a password in the form in which rclone takes it, which hides nothing."""
    if not secret:
        return ""
    done = subprocess.run(  # noqa: S603 -- as above
        [_find_rclone(), "obscure", "-"],
        input=secret,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _secret(settings: Settings) -> str:
    return settings.replica_secret.reveal() if settings.replica_secret else ""
