"""What stands at the replica's place, part by part: looked at, and deleted if that is wanted.

Litestream has no command for either. A folder is looked at here; a server of files and a bucket by
rclone, where that is installed.
"""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from bot.replica.parts import ReplicaPart, count_parts
from bot.settings import Settings


class ReplicaPlace(Protocol):
    """Where the replica is."""

    def list_parts(self) -> list[ReplicaPart]: ...

    def delete(self, part: ReplicaPart) -> None: ...


def open_place(settings: Settings) -> AbstractContextManager[ReplicaPlace]:
    """Return the place that the settings name; SettingsError says what is missing."""
    if "://" in settings.replica:
        from bot.replica.rclone_place import open_remote

        return open_remote(settings)
    return nullcontext(_Folder(Path(settings.replica)))


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list_parts(self) -> list[ReplicaPart]:
        return count_parts(self._walk())

    def _walk(self) -> Iterator[tuple[str, int]]:
        for file in self._folder.rglob("*"):
            if file.is_file():
                yield file.relative_to(self._folder).as_posix(), file.stat().st_size

    def delete(self, part: ReplicaPart) -> None:
        shutil.rmtree(self._folder / part.name)
