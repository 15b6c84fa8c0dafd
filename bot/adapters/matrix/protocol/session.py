"""The session on a homeserver, kept in a folder that only its owner can read.

The device stays the same over a restart: to it the homeserver knows what was sent already, and to
it others have given their keys.
"""

import os
from pathlib import Path

import msgspec
from msgspec import Struct

FILE = "session.json"


class DeviceSession(Struct, frozen=True):
    """Who, as which device, by which token."""

    user: str
    device: str
    token: str


def own_folder(folder: Path) -> Path:
    """Make the folder if there is none; RuntimeError when others can read it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        raise RuntimeError(
            f"Matrix: others can read {folder}, where keys are kept; run chmod 700 on it."
        )
    return folder


def load_session(folder: Path) -> DeviceSession | None:
    """Return the session that was kept; RuntimeError when its file says none."""
    file = folder / FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=DeviceSession)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise RuntimeError(f"Matrix: {file} holds no session; delete it and log in anew.") from None


def save_session(folder: Path, session: DeviceSession) -> None:
    """Keep a session, whole or not at all."""
    write_secret(folder / FILE, msgspec.json.encode(session))


def write_secret(file: Path, text: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
