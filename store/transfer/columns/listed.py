"""Several things in one cell: names or addresses with a divider between them."""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)


def split_cell(text: str, divider: str) -> Iterator[str]:
    """Yield what a cell lists. A divider within an address is a part of it.

    Addresses may also stand under each other, or with blanks between them.
    """
    piece = ""
    for part in text.split(divider) if divider else [text]:
        goes_on = _ADDRESS.match(piece) and part and not part[0].isspace()
        if goes_on and not _ADDRESS.match(part):
            piece += divider + part
            continue
        yield from _addresses(piece)
        piece = part.strip() if _ADDRESS.match(part.strip()) else part
    yield from _addresses(piece)


def _addresses(piece: str) -> Iterator[str]:
    words = piece.split()
    if len(words) > 1 and all(map(_ADDRESS.match, words)):
        yield from words
    elif words:
        yield piece.strip()
