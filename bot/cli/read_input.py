"""What a command is given to read: a file, or its standard input."""

import sys
from pathlib import Path

_MB = 1_000_000


class UnreadableInput(ValueError):
    """Nothing that can be read; the words are one sentence for who asked."""


def read_input(file: str, most_mb: int, do: str) -> bytes:
    """Return the bytes of a file, of standard input for "-"; `do` is what is done with them.

    UnreadableInput says why there are none, or that they are more than `most_mb` million.
    """
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(most_mb * _MB + 1)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(most_mb * _MB + 1)
    except OSError as error:
        raise UnreadableInput(f"{file} cannot be read: {error.strerror or error}.") from None
    if len(raw) > most_mb * _MB:
        raise UnreadableInput(f"{file} is larger than {most_mb} MB: {do} it in parts.")
    return raw
