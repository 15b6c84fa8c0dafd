"""What can be said of an entry that is being filed: each field, declared once."""

from collections.abc import Mapping
from typing import Annotated, TypedDict

from commands.kit.command import LineOnly
from commands.kit.inlines import T
from commands.kit.params.basic import LONGEST_TEXT, FreeText, KnownEntry, OneOf
from commands.kit.params.control import KnownControl, Outward
from commands.kit.params.day_values import OnDay
from commands.kit.params.deferred import Deferred
from commands.kit.params.entities import KnownActor, KnownPlace, KnownSource
from commands.kit.params.event_types import KnownEventType
from commands.kit.vocabulary import (
    ATTRIBUTIONS,
    BASES,
    CLAIM_TYPES,
    CREDIBILITIES,
    ENCIRCLEMENTS,
    PRECISIONS,
    ROLES,
    SOURCE_KINDS,
    SPEAKER_KINDS,
    STANCES,
)
from store.model.entry import Entry, PlaceRole, Share
from store.places.phrase import drop_near

_DAY_BASES = {basis.replace("-", "_"): label for basis, label in BASES.items()}
_SHARES = {
    Share.ALL: T("all of it"),
    Share.MOST: T("most of it"),
    Share.PART: T("part of it"),
    Share.UNSPECIFIED: T("not said how much"),
}
_LONGEST_QUOTE, _LONGEST_WHY = 600, 500


Like = Annotated[Entry | None, KnownEntry(T("The entry that was filed before it"), hidden=True)]


def part_near(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of fields with “near X” as the place X, and the role that says so.

    A role that is given stays.
    """
    name = drop_near(texts.get("place", ""))
    role = texts.get("role") or PlaceRole.NEAR
    return {**texts, "place": name, "role": role} if name else {**texts}


class PlaceFields(TypedDict, total=False):
    """The place, and how the entry stands to it."""

    place: Annotated[str, Deferred(KnownPlace(T("Where, or about which place"), writing=True))]
    role: Annotated[str, Deferred(OneOf(ROLES, T("How it relates to the place")))]
    precision: Annotated[str, Deferred(OneOf(PRECISIONS, T("How precise the place is")))]
    detail: Annotated[str, Deferred(FreeText(T("The place in the source’s own words")))]
    also: Annotated[str, Deferred(KnownPlace(T("A second place"), writing=True))]


class SourceFields(TypedDict, total=False):
    """Where it was read, and how far that can be relied on."""

    source: Annotated[str, Deferred(KnownSource(T("Where it was read: name, address or S-1")))]
    source_kind: Annotated[
        str, Deferred(OneOf(SOURCE_KINDS, T("Kind of source, if new")), hidden=True)
    ]
    source2: Annotated[str, Deferred(KnownSource(T("A second, independent source")))]
    relayed: Annotated[str, Deferred(KnownSource(T("A source that the first one relays")))]
    stance: Annotated[
        str, Deferred(OneOf(STANCES, T("Whether the source reports, confirms or denies it")))
    ]
    credibility: Annotated[str, Deferred(OneOf(CREDIBILITIES, T("How credible it is, 1 to 6")))]
    attribution: Annotated[
        str, Deferred(OneOf(ATTRIBUTIONS, T("How the words reached the source")))
    ]
    quote: Annotated[
        str, Deferred(FreeText(T("A few words, quoted exactly"), longest=_LONGEST_QUOTE))
    ]
    basis: Annotated[str, Deferred(OneOf(_DAY_BASES, T("Where the day comes from")))]
    link: Annotated[str, Deferred(Outward(T("How it relates to an entry on record")))]
    why: Annotated[
        str, Deferred(FreeText(T("Why the entry is corrected"), longest=_LONGEST_WHY), hidden=True)
    ]


class ControlFields(TypedDict, total=False):
    """Who holds the place."""

    control: Annotated[str, Deferred(KnownControl(T("Who holds the place")))]
    share: Annotated[str, Deferred(OneOf(_SHARES, T("How much of the place")))]
    label: Annotated[str, Deferred(FreeText(T("The state in the source’s own words")))]
    encirclement: Annotated[str, Deferred(OneOf(ENCIRCLEMENTS, T("Whether it is surrounded")))]


SPEAKER_KIND = Deferred(OneOf(SPEAKER_KINDS, T("Kind of speaker, if new")), hidden=True)


def _in(language: T) -> Deferred:
    return Deferred(FreeText(language, longest=LONGEST_TEXT))


TranslationFields = TypedDict(  # its keys are no names, so that it cannot be a class
    "TranslationFields",
    {
        "text.uk": Annotated[str, _in(T("Your translation into Ukrainian"))],
        "text.en": Annotated[str, _in(T("Your translation into English"))],
        "text.ru": Annotated[str, _in(T("Your translation into Russian")), LineOnly()],
    },
    total=False,
)


class EventFields(PlaceFields, SourceFields, TranslationFields, total=False):
    """What can be said of an event."""

    day: Annotated[str, Deferred(OnDay(T("The day it happened")))]
    type: Annotated[str, Deferred(KnownEventType(T("What kind of event")))]


class ClaimFields(PlaceFields, SourceFields, ControlFields, TranslationFields, total=False):
    """What can be said of a claim."""

    by: Annotated[str, Deferred(KnownActor(T("Who said it"), exact=True))]
    by_kind: Annotated[str, SPEAKER_KIND]
    day: Annotated[str, Deferred(OnDay(T("The day it was said")))]
    happened: Annotated[str, Deferred(OnDay(T("The day it speaks of")))]
    type: Annotated[str, Deferred(OneOf(CLAIM_TYPES, T("What it is about")))]


class AssessmentFields(PlaceFields, SourceFields, ControlFields, TranslationFields, total=False):
    """What can be said of an assessment."""

    by: Annotated[str, Deferred(KnownActor(T("Whose assessment it is"), exact=True))]
    by_kind: Annotated[str, SPEAKER_KIND]
    day: Annotated[str, Deferred(OnDay(T("The day it holds for")))]


_JUDGEMENT = T("The judgement in one sentence; made of the rest by default")
Happened = Annotated[
    str | None,
    Deferred(
        FreeText(
            T("What happened, in one sentence"),
            "WORDS",
            '"Shelling."',
            longest=LONGEST_TEXT,
        )
    ),
]
Statement = Annotated[
    str | None,
    Deferred(
        FreeText(
            T("What was claimed, in one sentence"),
            "WORDS",
            '"Surrounded."',
            longest=LONGEST_TEXT,
        )
    ),
]
Judgement = Annotated[str | None, Deferred(FreeText(_JUDGEMENT, longest=LONGEST_TEXT))]
