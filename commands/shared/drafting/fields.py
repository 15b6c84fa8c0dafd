"""What can be said of an entry that is being filed: each field, declared once."""

from collections.abc import Mapping
from typing import Annotated, TypedDict

from commands.kit.i18n import T
from commands.kit.params.basic import OnDay, OneOf, Words
from commands.kit.params.control import KnownControl, Outward
from commands.kit.params.deferred import Later
from commands.kit.params.entities import KnownActor, KnownPlace, KnownSource
from commands.kit.vocabulary import (
    ATTRIBUTIONS,
    BASES,
    CLAIM_TYPES,
    CREDIBILITIES,
    ENCIRCLEMENTS,
    EVENT_TYPES,
    PRECISIONS,
    ROLES,
    STANCES,
)
from store.model.entry import Share

_DAY_BASES = {basis.replace("-", "_"): label for basis, label in BASES.items()}
_SHARES = {
    Share.ALL: T("all of it"),
    Share.MOST: T("most of it"),
    Share.PART: T("part of it"),
    Share.UNSPECIFIED: T("not said how much"),
}
_LONGEST_TEXT, _LONGEST_QUOTE, _LONGEST_WHY = 2000, 600, 500


class Where(TypedDict, total=False):
    """The place, and how the entry stands to it."""

    place: Annotated[str, Later(KnownPlace(T("Where, or about which place")))]
    role: Annotated[str, Later(OneOf(ROLES, T("How it stands to the place")))]
    precision: Annotated[str, Later(OneOf(PRECISIONS, T("How finely the place is given")))]
    detail: Annotated[str, Later(Words(T("The place in the source’s own words")))]
    also: Annotated[str, Later(KnownPlace(T("A second place")))]


class Read(TypedDict, total=False):
    """Where it was read, and how far that can be relied on."""

    source: Annotated[str, Later(KnownSource(T("Where it was read: name, address or S-1")))]
    source2: Annotated[str, Later(KnownSource(T("A second, independent source")))]
    relayed: Annotated[str, Later(KnownSource(T("A source that the first one passes on")))]
    stance: Annotated[str, Later(OneOf(STANCES, T("What the source does with it")))]
    credibility: Annotated[str, Later(OneOf(CREDIBILITIES, T("How credible it is, 1 to 6")))]
    attribution: Annotated[str, Later(OneOf(ATTRIBUTIONS, T("How the words reached the source")))]
    quote: Annotated[str, Later(Words(T("A few words as they were said"), longest=_LONGEST_QUOTE))]
    basis: Annotated[str, Later(OneOf(_DAY_BASES, T("What the day rests on")))]
    link: Annotated[str, Later(Outward(T("How it stands to an entry on record")))]
    why: Annotated[
        str, Later(Words(T("Why the entry is corrected"), longest=_LONGEST_WHY), hidden=True)
    ]


class Held(TypedDict, total=False):
    """Who holds the place."""

    control: Annotated[str, Later(KnownControl(T("Who holds the place")))]
    share: Annotated[str, Later(OneOf(_SHARES, T("How much of the place")))]
    label: Annotated[str, Later(Words(T("The state in the source’s own words")))]
    encirclement: Annotated[str, Later(OneOf(ENCIRCLEMENTS, T("Whether it is surrounded")))]


class Event(Where, Read, total=False):
    """What can be said of an event."""

    day: Annotated[str, Later(OnDay(T("The day it happened")))]
    type: Annotated[str, Later(OneOf(EVENT_TYPES, T("What kind of event")))]


class Claim(Where, Read, Held, total=False):
    """What can be said of a claim."""

    by: Annotated[str, Later(KnownActor(T("Who said it"), exact=True))]
    day: Annotated[str, Later(OnDay(T("The day it was said")))]
    happened: Annotated[str, Later(OnDay(T("The day of which it speaks")))]
    type: Annotated[str, Later(OneOf(CLAIM_TYPES, T("What it is about")))]


class Assessment(Where, Read, Held, total=False):
    """What can be said of an assessment."""

    by: Annotated[str, Later(KnownActor(T("Whose assessment it is"), exact=True))]
    day: Annotated[str, Later(OnDay(T("The day for which it stands")))]


_JUDGEMENT = T("The judgement in one sentence, if not made of the rest")
Happened = Annotated[
    str | None,
    Later(
        Words(
            T("What happened, in one sentence"),
            "WORDS",
            '"Shelling."',
            longest=_LONGEST_TEXT,
        )
    ),
]
Statement = Annotated[
    str | None,
    Later(
        Words(
            T("What was claimed, in one sentence"),
            "WORDS",
            '"Surrounded."',
            longest=_LONGEST_TEXT,
        )
    ),
]
Judgement = Annotated[str | None, Later(Words(_JUDGEMENT, longest=_LONGEST_TEXT))]


def typed(text: str | None, given: Mapping[str, object]) -> dict[str, str]:
    """Return what was given, by name: an empty text clears its field."""
    said = {} if text is None else {"text": text}
    return said | {name: str(value) for name, value in given.items()}
