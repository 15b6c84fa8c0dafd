"""The field's terms, as an answer shows them."""

from collections.abc import Mapping
from typing import Protocol

from commands.kit.inlines import Inline, T
from store.model.entry import (
    LANGUAGES,
    Actor,
    Attribution,
    Encirclement,
    Entry,
    Kind,
    LinkType,
    Place,
    PlaceRole,
    Precision,
    Share,
    Stance,
    Total,
    VerdictValue,
)
from store.model.span import Basis

VERDICTS: Mapping[str, T] = {
    VerdictValue.CONFIRMED: T("confirmed"),
    VerdictValue.DISPUTED: T("disputed"),
    VerdictValue.REFUTED: T("refuted"),
    VerdictValue.UNPROVEN: T("unproven"),
}
CLAIM_TYPES: Mapping[str, T] = {
    "control": T("control"),
    "encirclement": T("encirclement"),
    "losses": T("losses"),
    "supply": T("supply"),
    "command": T("command"),
    "tactics": T("tactics"),
    "morale": T("morale"),
    "politics": T("politics"),
    "operation": T("operation"),
    "other": T("other"),
}
CREDIBILITIES: Mapping[str, T] = {
    "1": T("1, confirmed by others"),
    "2": T("2, probably true"),
    "3": T("3, possibly true"),
    "4": T("4, doubtful"),
    "5": T("5, improbable"),
    "6": T("6, cannot be judged"),
}
PRECISIONS: Mapping[str, T] = {
    Precision.EXACT: T("the exact spot"),
    Precision.PART: T("a part of it"),
    Precision.TOWN: T("the town"),
    Precision.AREA: T("the area around it"),
}
ROLES: Mapping[str, T] = {
    PlaceRole.AT: T("in it"),
    PlaceRole.NEAR: T("near it"),
    PlaceRole.TOWARD: T("toward it"),
    PlaceRole.ABOUT: T("about it"),
}
RELIABILITIES: Mapping[str, T] = {
    "A": T("A, completely reliable"),
    "B": T("B, usually reliable"),
    "C": T("C, fairly reliable"),
    "D": T("D, not usually reliable"),
    "E": T("E, unreliable"),
    "F": T("F, cannot be judged"),
}
SPEAKER_KINDS: Mapping[str, T] = {
    "person": T("a person"),
    "organisation": T("an organisation"),
    "group": T("a group"),
    "unnamed": T("somebody unnamed"),
}
SOURCE_KINDS: Mapping[str, T] = {
    "article": T("article"),
    "outlet": T("outlet"),
    "map": T("map"),
    "footage": T("footage"),
    "post": T("post"),
}
ATTRIBUTIONS: Mapping[Attribution, T] = {
    Attribution.NAMED: T("named"),
    Attribution.ANONYMOUS: T("anonymous"),
    Attribution.UNNAMED_GROUP: T("unnamed group"),
    Attribution.NARRATOR: T("narrator"),
    Attribution.HEARSAY: T("hearsay"),
    Attribution.DOCUMENT: T("document"),
    Attribution.FOOTAGE: T("footage"),
}
SHARES: Mapping[Share, T | None] = {
    Share.ALL: T("all of it"),
    Share.MOST: T("most of it"),
    Share.PART: T("part of it"),
    Share.UNSPECIFIED: None,
}
ENCIRCLEMENTS: Mapping[Encirclement, T] = {
    Encirclement.NONE: T("not encircled"),
    Encirclement.THREATENED: T("encirclement threatened"),
    Encirclement.CLAIMED: T("encirclement claimed"),
    Encirclement.ASSESSED: T("encirclement assessed"),
}
ENCIRCLED: Mapping[Encirclement, T] = {
    Encirclement.NONE: T("not encircled"),
    Encirclement.THREATENED: T("threatened"),
    Encirclement.CLAIMED: T("claimed"),
    Encirclement.ASSESSED: T("assessed"),
}
"""The same beside a label that says what it is about."""
PLACE_ROLES: Mapping[PlaceRole, T] = {
    PlaceRole.AT: T("at {place}"),
    PlaceRole.NEAR: T("near {place}"),
    PlaceRole.TOWARD: T("toward {place}"),
    PlaceRole.ABOUT: T("concerning {place}"),
}
KINDS: Mapping[Kind, T] = {
    Kind.EVENT: T("event"),
    Kind.CLAIM: T("claim"),
    Kind.ASSESSMENT: T("assessment"),
}
STANCES: Mapping[Stance, T] = {
    Stance.REPORTS: T("reports it"),
    Stance.CONFIRMS: T("confirms it"),
    Stance.DENIES: T("denies it"),
}
BASES: Mapping[Basis, T] = {
    Basis.EXPLICIT: T("the source gives the day"),
    Basis.RELATIVE: T("counted from the source’s words"),
    Basis.AS_OF: T("as of the source’s day"),
    Basis.PUBLICATION: T("undated; by its publication"),
}
LINKS: Mapping[tuple[LinkType, bool], T] = {
    (LinkType.SUPPORTS, True): T("supports"),
    (LinkType.SUPPORTS, False): T("supported by"),
    (LinkType.CONTRADICTS, True): T("contradicts"),
    (LinkType.CONTRADICTS, False): T("contradicted by"),
    (LinkType.DENIES, True): T("denies"),
    (LinkType.DENIES, False): T("denied by"),
    (LinkType.RESPONDS_TO, True): T("responds to"),
    (LinkType.RESPONDS_TO, False): T("answered by"),
    (LinkType.ABOUT, True): T("is about"),
    (LinkType.ABOUT, False): T("is the subject of"),
    (LinkType.DUPLICATES, True): T("duplicates"),
    (LinkType.DUPLICATES, False): T("duplicated by"),
    (LinkType.FOLLOWS, True): T("follows"),
    (LinkType.FOLLOWS, False): T("followed by"),
    (LinkType.SUPERSEDES, True): T("supersedes"),
    (LinkType.SUPERSEDES, False): T("superseded by"),
    (LinkType.IN_TENSION_WITH, True): T("in tension with"),
    (LinkType.IN_TENSION_WITH, False): T("in tension with"),
}


IN_LANGUAGE: Mapping[str, T] = {
    "en": T("in English"),
    "ru": T("in Russian"),
    "uk": T("in Ukrainian"),
}
IN_LANGUAGE_LABELS: Mapping[str, T] = {
    "en": T("In English"),
    "ru": T("In Russian"),
    "uk": T("In Ukrainian"),
}


def in_reader_language(original: Inline, versions: Mapping[str, Inline]) -> T:
    """Return words in the reader's language, or the original where there is no such version.

    As with a place's name, the catalogue of a language takes the field that is its own.
    """
    return T("{en}", **{language: versions.get(language, original) for language in LANGUAGES})


class InTwoScripts(Protocol):
    """What has a name, and maybe the local one beside it."""

    @property
    def name(self) -> str: ...

    @property
    def local_name(self) -> str: ...


def place_name(place: InTwoScripts) -> T:
    """Return a place's name, in the letters that the language's catalogue wants."""
    return T("{latin}", latin=place.name, local=place.local_name or place.name)


def speaker_name(speaker: InTwoScripts) -> T:
    """Return a speaker's name as it is in the language, as a place's is."""
    return place_name(speaker)


def speaker_role(speaker: Actor) -> T:
    """Return a speaker's role in the language, where it is on record in it."""
    return T("{latin}", latin=speaker.role, local=speaker.local_role or speaker.role)


def at_place(role: PlaceRole, name: Inline) -> Inline:
    """Return a place's name with how something stands to it, where it is not simply in it."""
    return name if role is PlaceRole.AT else T(PLACE_ROLES[role].message, place=name)


def other_place_name(place: Place) -> T | None:
    """Return its name in the other letters, where the desk has both."""
    if place.local_name in {"", place.name}:
        return None
    return T("{local}", latin=place.name, local=place.local_name)


class InOblast(Protocol):
    """What lies in an oblast, or in none."""

    @property
    def oblast(self) -> str: ...


def oblast(place: InOblast) -> Inline:
    """Return a place's oblast."""
    return data_term(place.oblast) if place.oblast else ""


def data_term(data: str) -> T:
    """Return words that are data and yet have translations, such as a status of the desk's own."""
    return T(data)


def own_term(label: str, labels: Mapping[str, str]) -> T:
    """Return a term of the desk's own in the reader's language, by its labels or the catalogue."""
    return in_reader_language(data_term(label), labels)


def type_name(entry: Entry) -> T:
    """Return what an entry is about: a claim's type, or what the desk calls a kind of event."""
    if entry.kind is Kind.CLAIM and entry.type in CLAIM_TYPES:
        return CLAIM_TYPES[entry.type]
    return own_term(entry.type_label or entry.type.replace("_", " "), entry.type_labels)


def kind_count(kind: Kind, total: Total) -> T:
    """Return how many of a kind there are, in words."""
    n, count = total.number, number(total)
    match kind:
        case Kind.EVENT:
            return T("{count} event", "{count} events", n=n, count=count)
        case Kind.CLAIM:
            return T("{count} claim", "{count} claims", n=n, count=count)
        case Kind.ASSESSMENT:
            return T("{count} assessment", "{count} assessments", n=n, count=count)


def number(total: Total) -> Inline:
    """Return a total as it is shown: exact up to the cap, or "1,000+"."""
    shown = thousands(total.number)
    return T("{number}+", number=shown) if total.capped else shown


def thousands(count: int) -> Inline:
    """Return a number with its thousands set apart, as the language does it."""
    head, rest = divmod(count, 1000)
    return (
        T("{thousands},{rest}", thousands=thousands(head), rest=f"{rest:03}") if head else str(rest)
    )
