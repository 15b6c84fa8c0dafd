"""What a command may ask of the program for a text that is not in the line: a file, a page."""

from datetime import date
from typing import Protocol

from msgspec import Struct

from commands.kit.inlines import T

READABLE = (".txt", ".html", ".htm", ".pdf", ".docx")
"""How the names of files end whose text can be read."""


def is_readable(name: str) -> bool:
    """Tell whether the text of a file of that name can be read."""
    return name.casefold().endswith(READABLE)


class Document(Struct, frozen=True):
    """The text of a file or a page; the day is its own where it names one.

    `notes` say what a reader of the text should know, such as changes that nobody accepted yet.
    """

    text: str
    title: str = ""
    day: date | None = None
    notes: tuple[T, ...] = ()


class Documents(Protocol):
    """Reads files and pages. A UserError says in one sentence why one cannot be read."""

    async def read(self, name: str, data: bytes) -> Document:
        """Return the text of a file."""
        ...

    def check(self, address: str) -> None:
        """Refuse an address that would not be fetched."""
        ...

    async def fetch(self, address: str) -> Document:
        """Return the text of the page at an address."""
        ...
