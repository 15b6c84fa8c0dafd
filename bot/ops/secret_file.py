"""Files that their owner alone can read: keys, sessions, passwords."""

import os
from pathlib import Path

from store.maintenance.backup import settle_folder


def make_secret(file: Path) -> None:
    """Make an empty file that only its owner can read, if there is none."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def write_secret(file: Path, text: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all, also in a power cut."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    settle_folder(file.parent)
