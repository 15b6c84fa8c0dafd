"""The words of a text on which a draft rests."""

from collections.abc import Mapping

from msgspec import Struct

Mark = tuple[int, int]
"""Characters of a passage: from the first, up to before the second."""


class Doubt(Struct, frozen=True):
    """What only a person can decide: the words, and the references of what they may mean."""

    field: str
    words: str
    choices: tuple[str, ...] = ()


class Passage(Struct, frozen=True):
    """A statement as the text has it; `marks` are the words that give the draft its fields.

    `elsewhere` are such words outside it, by field; `doubts` keep it from going on record together
    with others. `private` are signs that the whole text was never published.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    elsewhere: Mapping[str, str] = {}
    doubts: tuple[Doubt, ...] = ()
    private: tuple[str, ...] = ()
