"""How the words of a message are had in one language."""

from collections.abc import Callable

Translate = Callable[[str, str | None, int], str]
"""From a message, its plural (or None) and a number to the words of one language."""


def english(message: str, many: str | None, number: int) -> str:
    """Say it in English: the message as it stands."""
    return message if many is None or number == 1 else many
