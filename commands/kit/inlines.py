"""What stands in a line of an answer: text, marks, and fixed words.

Fixed words are what the program says itself, apart from what the record says. The English text is
the message; a catalogue gives another language its own. Data is never put into the message, only
into its `{fields}`, so that the words of an entry are never translated.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from msgspec import Struct

from commands.kit.i18n import Translate

_FIELD = r"\{(\w+)\}"


class T:
    """A message and what goes into its fields. With `many` it is plural, counted by the field n."""

    __slots__ = ("given", "many", "message")

    def __init__(self, message: str, many: str | None = None, /, **given: "Inline | int") -> None:
        self.message, self.many = message, many
        self.given: Mapping[str, Inline | int] = given

    def pieces(self, translate: Translate) -> Sequence["Inline"]:
        """Return the words and the fields between them, in the order of that language.

        Words that are given no fields have none: a brace in them is a brace.
        """
        given = self.given
        if not given:
            return (translate(self.message, self.many, 1),)
        number = given.get("n", 1)
        words = translate(self.message, self.many, number if isinstance(number, int) else 1)
        pieces: list[Inline] = []
        for literal, field in _take_apart(words):
            if literal:
                pieces.append(literal)
            if field:
                value = given[field]
                pieces.append(str(value) if isinstance(value, int) else value)
        return pieces


@lru_cache(maxsize=2048)
def _take_apart(words: str) -> tuple[tuple[str, str], ...]:
    """Return a message as texts, each with the field behind it."""
    literals_and_fields = [*re.split(_FIELD, words), ""]
    return tuple(zip(literals_and_fields[::2], literals_and_fields[1::2], strict=True))


class Interval(Protocol):
    """A day or an interval, as precise as it is known, in EDTF."""

    @property
    def edtf(self) -> str: ...

    @property
    def earliest(self) -> date | None: ...

    @property
    def latest(self) -> date: ...

    @property
    def basis(self) -> StrEnum: ...

    @property
    def approximate(self) -> bool: ...

    @property
    def uncertain(self) -> bool: ...

    @property
    def undated(self) -> bool: ...

    @property
    def is_day(self) -> bool: ...


class Strong(Struct, frozen=True):
    """The words in a line that a hurried reader has to see."""

    inline: "Inline"


class Faint(Struct, frozen=True):
    """Words that may be passed over."""

    inline: "Inline"


class When(Struct, frozen=True):
    """A day or an interval of the world's clock, as precise as it is known."""

    span: Interval


class Moment(Struct, frozen=True):
    """A moment of the record's clock."""

    at: datetime


class Reference(Struct, frozen=True):
    """A reference that can be asked for, such as E-42."""

    ref: str


class WebLink(Struct, frozen=True):
    """An address of the web; renderers show its host."""

    url: str
    label: str


class Typed(Struct, frozen=True):
    """Something to type, as it is to be typed; in a usage line, T stands for what to put in."""

    line: "Inline"


class Phrase(Struct, frozen=True):
    """Several inlines as one."""

    line: "Line"


class ForData(Struct, frozen=True):
    """What only somebody who reads the answer as data gets."""

    inline: "Inline"


Inline = str | T | Strong | Faint | When | Moment | Reference | WebLink | Typed | Phrase | ForData
Line = tuple[Inline, ...]


def join(separator: str, *parts: Inline | None) -> Line:
    """Return the parts that there are, the separator between them."""
    line: list[Inline] = []
    for part in parts:
        if part is None or part == "":
            continue
        lead: Line = (separator,) if line else ()
        if isinstance(part, ForData):
            line.append(ForData(Phrase((*lead, part.inline))))
        else:
            line += [*lead, part]
    return tuple(line)
