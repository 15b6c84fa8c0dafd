"""What recognising a name comes to."""

from enum import StrEnum

from msgspec import Struct

from store.model.entry import Place


class ReadAs(StrEnum):
    """As which of its names a place was read."""

    OWN = "own"
    OFFICIAL = "official"
    FORMER = "former"
    OTHER = "other"
    DECLINED = "declined"
    TYPED = "typed"
    AREA = "area"
    DIRECTION = "direction"
    BESIDE = "beside"

    @property
    def is_plain(self) -> bool:
        """Whether it needs no word: the name is the place's own, to the letter or the sound."""
        return self in {ReadAs.OWN, ReadAs.OFFICIAL, ReadAs.AREA}

    @property
    def is_guess(self) -> bool:
        """Whether the place does not bear what was written, to the letter or in another script."""
        return self in {ReadAs.DECLINED, ReadAs.TYPED, ReadAs.DIRECTION, ReadAs.BESIDE}


class Candidate(Struct, frozen=True):
    """A place that may be meant, the name that led to it, and as what that was read.

    `km` is how far it is from what the desk has on record.
    """

    place: Place
    name: str
    how: ReadAs
    km: float


class Certainty(StrEnum):
    """Whether one place is meant, one has to ask, or nothing is known."""

    SETTLED = "settled"
    ASK = "ask"
    UNKNOWN = "unknown"


class Recognition(Struct, frozen=True):
    """What a text was read as: the likeliest first; `similar` only where nothing is known.

    `elsewhere` is whether a well-known city that is not here is called so, `listed` whether several
    places were named, of which one has to be chosen.
    """

    outcome: Certainty
    candidates: tuple[Candidate, ...] = ()
    similar: tuple[Candidate, ...] = ()
    elsewhere: bool = False
    listed: bool = False
