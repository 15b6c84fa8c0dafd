"""Fixed words: what the program says itself, apart from what the record says.

The English text is the message; a catalogue gives another language its own. Data is never put into
the message, only into its `{fields}`, so that the words of an entry are never translated.
"""

from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commands.kit.reply import Inline

Translate = Callable[[str, str | None, int], str]
"""From a message, its plural (or None) and a number to the words of one language."""

_PARSE = Formatter().parse


class T:
    """A message and what goes into its fields. With `many` it is plural, counted by the field n."""

    __slots__ = ("given", "many", "message")

    def __init__(self, message: str, many: str | None = None, /, **given: "Inline | int") -> None:
        self.message, self.many = message, many
        self.given: Mapping[str, Inline | int] = given

    def pieces(self, translate: Translate) -> "Iterator[Inline]":
        """Yield the words and the fields between them, in the order of that language."""
        number = self.given.get("n", 1)
        words = translate(self.message, self.many, number if isinstance(number, int) else 1)
        for literal, field, _, _ in _PARSE(words):
            if literal:
                yield literal
            if field:
                value = self.given[field]
                yield str(value) if isinstance(value, int) else value


def english(message: str, many: str | None, number: int) -> str:
    """Say it in English: the message as it stands."""
    return message if many is None or number == 1 else many
