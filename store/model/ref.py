"""References: how people, revisions and files name a thing on record, such as E-42."""

from enum import StrEnum

from msgspec import Struct

from store.model.override import override

_MOST_DIGITS = 12
_HYPHENS = "-‐‑‒–—−"
_MOST_TYPED = 9  # without its letter
_DIRECTION = "direction"
_LOOK_ALIKES = str.maketrans("ЕеРрАаТтВСс", "EePpAaTtBCc")  # Cyrillic, of a reference alone


class RefKind(StrEnum):
    """What a reference names, as the letter before its hyphen."""

    ENTRY = "E"
    PLACE = "P"
    ACTOR = "A"
    SOURCE = "S"
    DRAFT = "D"
    DIGEST = "T"
    BATCH = "B"
    FILE = "F"


ENTRY, PLACE, ACTOR, SOURCE = RefKind.ENTRY, RefKind.PLACE, RefKind.ACTOR, RefKind.SOURCE
DRAFT, DIGEST, BATCH, FILE = RefKind.DRAFT, RefKind.DIGEST, RefKind.BATCH, RefKind.FILE

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
    def read(cls, text: str, kind: RefKind, *, lettered: bool = False) -> "Ref | None":
        """Read a reference of one kind as people type it; None where it is none.

        "#E-28", "№28", "e28", "E-28," and "Е-28" with a Cyrillic letter are E-28; so is "28" alone,
        unless it has to be `lettered`.
        """
        bare = text.strip().translate(_LOOK_ALIKES).strip("#№([,.;:!?)]“”\"'").upper()
        digits = bare.removeprefix(kind).lstrip(f"{_HYPHENS} #")
        is_number = (
            digits.isascii()
            and digits.isdigit()
            and len(digits) <= (_MOST_DIGITS if digits != bare else _MOST_TYPED)
        )
        return cls(kind, int(digits)) if is_number and (not lettered or digits != bare) else None

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read a reference such as E-42 or e-42; ValueError where the text is something else."""
        ref = cls.match(text)
        if ref is None:
            raise ValueError(f"{text[:40]!r} is not a reference such as E-42")
        return ref


def has_form_of_reference(text: str) -> bool:
    """Tell whether a text has the form of what is on record, such as S-99; T-72 and D-30 do not."""
    kinds = (RefKind.ENTRY, RefKind.PLACE, RefKind.ACTOR, RefKind.SOURCE)
    hyphenated = any(hyphen in text for hyphen in _HYPHENS)
    return hyphenated and any(Ref.read(text, kind, lettered=True) for kind in kinds)


class PlaceRef(Struct, frozen=True):
    """A place that people are told of, by number; `around` it, what its direction takes in.

    Its text is P-12, or P-12 direction.
    """

    number: int
    around: bool = False

    @override
    def __str__(self) -> str:
        place = str(Ref(PLACE, self.number))
        return f"{place} {_DIRECTION}" if self.around else place

    @classmethod
    def match(cls, text: str) -> "PlaceRef | None":
        """Read such a text; None where it is something else."""
        place, _, around = text.partition(" ")
        ref = Ref.match(place)
        if ref is None or ref.kind is not PLACE or around not in {"", _DIRECTION}:
            return None
        return cls(ref.number, bool(around))
