"""What comes out of a text: drafts whose every field points to the words that it rests on."""

from collections.abc import Mapping

from msgspec import Struct

Spot = tuple[int, int]
"""Characters (code points) of the text as given: from the first, up to before the second."""


class ExtractedPlace(Struct, frozen=True):
    """A place of a draft. `ref` is None where nobody but a person can say which it is.

    `choices` are then the references of those that may be meant, if any are known.
    """

    name: str
    ref: str | None
    role: str
    precision: str
    why: Spot
    choices: tuple[str, ...] = ()


class ExtractedDraft(Struct, frozen=True):
    """One statement. What the text does not say is None; `why` names each field's words.

    `by_choices` are the speakers on record of whom any may be meant, if those are several.
    """

    kind: str
    text: str
    quote: str | None
    span: Spot
    places: tuple[ExtractedPlace, ...]
    by: str | None
    by_ref: str | None
    attribution: str
    day: str | None
    basis: str | None
    happened: str | None
    happened_basis: str | None
    control: str | None
    share: str | None
    encirclement: str | None
    negation: bool
    type: str | None
    why: Mapping[str, Spot]
    problems: tuple[str, ...]
    by_choices: tuple[str, ...] = ()
