"""References: how people, revisions and files name a thing on record, such as E-42."""

from enum import StrEnum

from msgspec import Struct
from typing_extensions import override

_MOST_DIGITS = 12


class RefKind(StrEnum):
    """What a reference names, as the letter before its hyphen."""

    ENTRY = "E"
    PLACE = "P"
    ACTOR = "A"
    SOURCE = "S"
    DRAFT = "D"
    DIGEST = "T"
    BATCH = "B"


ENTRY, PLACE, ACTOR, SOURCE = RefKind.ENTRY, RefKind.PLACE, RefKind.ACTOR, RefKind.SOURCE
DRAFT, DIGEST, BATCH = RefKind.DRAFT, RefKind.DIGEST, RefKind.BATCH

_KINDS: dict[str, RefKind] = {
    letter: kind for kind in RefKind for letter in (kind.value, kind.lower())
}


class Ref(Struct, frozen=True):
    """One thing on record, by kind and number. Its text is the letter, a hyphen and the number."""

    kind: RefKind
    number: int

    @override
    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"

    @classmethod
    def match(cls, text: str) -> "Ref | None":
        """Read a reference such as E-42 or e-42; None where the text is something else."""
        letter, _, digits = text.partition("-")
        kind = _KINDS.get(letter)
        if kind is None or not (digits.isascii() and digits.isdigit()):
            return None
        return cls(kind, int(digits)) if len(digits) <= _MOST_DIGITS else None

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read a reference such as E-42 or e-42; ValueError where the text is something else."""
        ref = cls.match(text)
        if ref is None:
            raise ValueError(f"{text[:40]!r} is not a reference such as E-42")
        return ref
