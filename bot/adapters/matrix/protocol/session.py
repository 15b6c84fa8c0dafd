"""The session on a homeserver, kept in a folder that only its owner can read.

The device stays the same over a restart: to it the homeserver knows what was sent already, and to
it others have given their keys.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from bot.ops.secret_file import write_secret

FILE = "session.json"
_LOCK = "lock"
_OTHERS = 0o077


class DeviceSession(Struct, frozen=True):
    """Who, as which device, by which token."""

    user: str
    device: str
    token: str


def own_folder(folder: Path) -> Path:
    """Make the folder if there is none; RuntimeError when others can read it.

    What lies in it is for its owner alone, too.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_open(folder):
        raise RuntimeError(
            f"Matrix: others can read {folder}, where keys are kept; run chmod 700 on it."
        )
    for file in open_files(folder):
        file.chmod(0o600)
    return folder


def is_open(file: Path) -> bool:
    """Tell whether others than its owner may do anything with a file or a folder."""
    return bool(file.stat().st_mode & _OTHERS)


def open_files(folder: Path) -> list[Path]:
    """Return the files of a folder that others could read, were it not for the folder."""
    files = [file for file in folder.iterdir() if file.is_file() and not file.is_symlink()]
    return sorted(filter(is_open, files))


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Keep a folder to this process meanwhile; RuntimeError while another has it."""
    own_folder(folder)
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise RuntimeError(
            f"Matrix: another process uses {folder}. Stop it,"
            " or give this one a folder of its own in SITREP_MATRIX_STATE."
        ) from None
    finally:
        os.close(lock)


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


def key_file(folder: Path, session: DeviceSession) -> Path:
    """Return the file of the keys of a session's device."""
    return folder / f"keys-{session.device}.db"


def forget_other_keys(folder: Path, session: DeviceSession) -> None:
    """Delete the keys of all devices but a session's: theirs must never be used again."""
    own = key_file(folder, session).name
    for file in folder.glob("keys-*.db*"):
        if not file.name.startswith(own):
            file.unlink()
