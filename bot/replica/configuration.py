"""The shipper's configuration, from the settings: what Litestream 0.5.17 reads, and no key more.

It warns of no key that it does not know, so a test has it read each of these.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.ops.secret_file import write_secret
from bot.settings import Settings, SettingsError

_MARK = "# Written by sitrep replicate."
_LONGEST_SOCKET = 100
"""Bytes of a socket's path that every system takes."""
_HOURS = 24


def socket_path(settings: Settings) -> Path:
    """Return where the shipper of a store listens; SettingsError if the path is too long."""
    beside = settings.store.with_name(f"{settings.store.name}.shipper")
    path = Path(settings.replica_socket or beside).absolute()
    if len(os.fsencode(path)) > _LONGEST_SOCKET:
        raise SettingsError(
            f"SITREP_REPLICA_SOCKET: {path} is too long for a socket; write a path of at most"
            f" {_LONGEST_SOCKET} bytes."
        )
    return path


def write_configuration(settings: Settings, file: Path, below: str = "") -> None:
    """Write the configuration, secrets and all, into a file that its owner alone can read.

    `below` is a folder of its own under the replica, such as one a term. SettingsError says what
    is missing.
    """
    text = configuration(settings, below)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_secret(file, text.encode())


def is_configuration(file: Path) -> bool:
    """Return whether a file is one that was written here, or may become one."""
    if not file.is_file():
        return not file.exists()
    with file.open("rb") as opened:
        return opened.read(len(_MARK)) in {b"", _MARK.encode()}


def configuration(settings: Settings, below: str = "") -> str:
    """Return the configuration as YAML. It is to be read with -no-expand-env: a secret may have $.

    What stands under `snapshot` belongs to the whole, not to a database. The store is looked at
    every so often, and what is new is shipped every so often: half of the interval each.
    """
    every = f"{settings.replica_interval // 2}ms"
    replica = {**_target(settings, below), "sync-interval": every}
    store = {"path": str(settings.store.absolute()), "monitor-interval": every, "replica": replica}
    content = {
        "socket": {
            "enabled": True,
            "path": str(socket_path(settings)),
            "permissions": 0o600,
        },
        "snapshot": {
            "interval": f"{_HOURS}h",
            "retention": f"{settings.replica_days * _HOURS}h",
        },
        "dbs": [store],
    }
    return "\n".join((_MARK, *_yaml(content), ""))


def _yaml(content: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Yield the lines of a mapping; its texts are quoted as in JSON, which YAML reads alike."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _yaml(value, f"{indent}  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                first, *more = _yaml(item, f"{indent}    ")
                yield from (f"{indent}  - {first.lstrip()}", *more)
        else:
            yield f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}"


def require_replica(settings: Settings) -> None:
    """Refuse settings that name no replica."""
    if not settings.replica:
        raise SettingsError(
            "SITREP_REPLICA: write where the store is to be shipped: a folder,"
            " sftp://user@host/folder or s3://bucket/folder."
        )


def _target(settings: Settings, below: str) -> dict[str, Any]:
    """Return what says where the replica is, and how to get in."""
    require_replica(settings)
    if settings.replica.startswith("s3://"):
        return _bucket(settings, below)
    if settings.replica.startswith("sftp://"):
        return _sftp(settings, below)
    return {"type": "file", "path": str(Path(settings.replica) / below)}


def _bucket(settings: Settings, below: str) -> dict[str, Any]:
    parts = urlsplit(settings.replica)
    given = {
        "endpoint": settings.replica_endpoint,
        "region": settings.replica_region,
        "access-key-id": settings.replica_key_id,
        "secret-access-key": _secret(settings),
    }
    return {
        "type": "s3",
        "bucket": parts.netloc,
        "path": str(PurePosixPath(unquote(parts.path).strip("/"), below)),
        **{key: value for key, value in given.items() if value},
        **({"force-path-style": True} if settings.replica_endpoint else {}),
    }


def _sftp(settings: Settings, below: str) -> dict[str, Any]:
    parts = urlsplit(settings.replica)
    if not settings.replica_host_key:
        raise SettingsError(
            "SITREP_REPLICA_HOST_KEY: write the SFTP server's public key, as ssh-keyscan -t ecdsa"
            " prints it after the name; without it any server would be trusted."
        )
    given = {"key-path": settings.replica_key_file, "password": _secret(settings)}
    if not any(given.values()):
        raise SettingsError(
            "SITREP_REPLICA_KEY_FILE: write the path of a private key, or a password into"
            " SITREP_REPLICA_SECRET."
        )
    user, _, host = parts.netloc.rpartition("@")
    return {
        "type": "sftp",
        "host": host if parts.port else f"{host}:22",
        "user": unquote(user),
        "path": str(PurePosixPath(unquote(parts.path), below)),
        "host-key": settings.replica_host_key,
        **{key: value for key, value in given.items() if value},
    }


def _secret(settings: Settings) -> str:
    secret = settings.replica_secret
    return secret.reveal() if secret else ""
