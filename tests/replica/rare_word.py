"""A word that stands nowhere else, and the files in which it stands."""

from collections.abc import Iterator
from pathlib import Path

WORD = "Zyxwolanka"


def files_with(word: str, *folders: Path) -> Iterator[Path]:
    """Yield the files in which a word stands. A rare one stands in what is packed as it is."""
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and word.encode() in file.read_bytes():
                yield file
