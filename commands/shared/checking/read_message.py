"""A message as it was typed or forwarded → what is on record about it."""

from commands.shared.extraction.sentences import split_sentences
from store import Store
from store.likeness.check_text import MOST_CHARACTERS, Checked

Spot = tuple[int, int]


async def check_message(text: str, store: Store) -> Checked:
    """Return what is on record about a message; only its beginning is read if it is very long."""
    readable = clean_message(text)
    return await store.checks.text(readable, split_message(readable))


def clean_message(text: str) -> str:
    """Return a message without what is no text: NULs, and halves of characters."""
    whole = text[:MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\0", " ")


def split_message(text: str) -> list[Spot]:
    """Return where the sentences of a message stand; a line ends one, too."""
    spots: list[Spot] = []
    start = 0
    for line in text.split("\n"):
        sentences = split_sentences(text, start, start + len(line))
        spots += [(first, last) for first, last in sentences if text[first:last].strip()]
        start += len(line) + 1
    return spots
