"""What the store holds and hands out: frozen values, no rows, no SQL."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from store.model.ref import ACTOR, ENTRY, PLACE, SOURCE, Ref
from store.model.span import Span

LANGUAGES = ("en", "ru", "uk")
"""The languages in which an entry may have its sentence, besides the one it was filed in."""
TRANSLATIONS = {f"text.{language}": language for language in LANGUAGES}
"""The field of each, as people file, correct, import and export it."""


class Kind(StrEnum):
    """What an entry is."""

    EVENT = "event"
    CLAIM = "claim"
    ASSESSMENT = "assessment"


class Attribution(StrEnum):
    """How the words reached their source."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    UNNAMED_GROUP = "unnamed_group"
    NARRATOR = "narrator"
    HEARSAY = "hearsay"
    DOCUMENT = "document"
    FOOTAGE = "footage"


class PlaceRole(StrEnum):
    """How an entry stands to a place. NEAR and TOWARD are not in it."""

    AT = "at"
    NEAR = "near"
    TOWARD = "toward"
    ABOUT = "about"


class Precision(StrEnum):
    """How finely a place was given."""

    EXACT = "exact"
    PART = "part"
    TOWN = "town"
    AREA = "area"


class Share(StrEnum):
    """How much of a place a control status speaks of."""

    ALL = "all"
    MOST = "most"
    PART = "part"
    UNSPECIFIED = "unspecified"


class Encirclement(StrEnum):
    """Whether a place is said to be surrounded. Never a control status."""

    NONE = "none"
    THREATENED = "threatened"
    CLAIMED = "claimed"
    ASSESSED = "assessed"


class Stance(StrEnum):
    """What a source does with an entry."""

    REPORTS = "reports"
    CONFIRMS = "confirms"
    DENIES = "denies"


class LinkType(StrEnum):
    """How one entry stands to another."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    DENIES = "denies"
    RESPONDS_TO = "responds_to"
    ABOUT = "about"
    DUPLICATES = "duplicates"
    FOLLOWS = "follows"
    SUPERSEDES = "supersedes"
    IN_TENSION_WITH = "in_tension_with"


DISPUTING = frozenset({LinkType.CONTRADICTS, LinkType.DENIES, LinkType.IN_TENSION_WITH})
"""The links that make two entries disagree, whichever way they point."""

MUTUAL = frozenset({LinkType.CONTRADICTS, LinkType.IN_TENSION_WITH})
"""The links that say the same whichever end makes them."""


class VerdictValue(StrEnum):
    """What a check of a claim came to."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    REFUTED = "refuted"
    UNPROVEN = "unproven"


class Place(Struct, frozen=True):
    """A place of the gazetteer, under the desk's name for it. Degrees are WGS 84.

    `kind` is city, town, settlement, village or district, or an area's: region, raion, hromada,
    direction, country, area. `approximate` is how far off its point may be, in kilometres.
    """

    id: int
    name: str
    local_name: str
    oblast: str
    latitude: float | None
    longitude: float | None
    population: int
    code: str = ""
    kind: str = ""
    raion: str = ""
    hromada: str = ""
    approximate: int = 0

    @property
    def ref(self) -> str:
        return str(Ref(PLACE, self.id))


class Actor(Struct, frozen=True):
    """A speaker or an assessor, maybe with name and role in the language of the place too."""

    id: int
    name: str
    role: str
    kind: str
    local_name: str = ""
    local_role: str = ""

    @property
    def ref(self) -> str:
        return str(Ref(ACTOR, self.id))


class Source(Struct, frozen=True):
    """Where an entry was read. Reliability is A to F (NATO AJP-2.1); `url` may be empty."""

    id: int
    name: str
    kind: str
    url: str
    published: str
    reliability: str

    @property
    def ref(self) -> str:
        return str(Ref(SOURCE, self.id))


class Control(Struct, frozen=True):
    """Who holds a place, in the desk's words (`status`, `label`) and the source's own.

    `labels` are the desk's words in other languages, by their codes.
    """

    status: str
    label: str
    symbol: str
    share: Share
    assessed: bool
    source_label: str
    labels: Mapping[str, str] = {}


class AtPlace(Struct, frozen=True):
    """An entry's place: `detail` keeps the source's words, such as "southern edge"."""

    place_id: int
    name: str
    role: PlaceRole
    precision: Precision
    detail: str
    local_name: str = ""


class Citation(Struct, frozen=True):
    """One source of an entry; `relayed` when another source passed it on."""

    source: Source
    stance: Stance
    relayed: bool


class EntryLink(Struct, frozen=True):
    """A link seen from one of its ends; `outward` when that end made it. `day` is the other's.

    `by` and `local_by` are who says the other. `places` are the places for which it holds; none:
    wherever its ends are about.
    """

    type: LinkType
    outward: bool
    entry_id: int
    by: str
    day: date
    why: str
    places: frozenset[int] = frozenset()
    local_by: str = ""

    @property
    def ref(self) -> str:
        return str(Ref(ENTRY, self.entry_id))

    def holds_for(self, places: Collection[int]) -> bool:
        """Tell whether it holds for one of these places."""
        return not self.places or not self.places.isdisjoint(places)

    @property
    def disputes(self) -> bool:
        return self.type in DISPUTING


class Verdict(Struct, frozen=True):
    """What a check came to (None: an earlier one was withdrawn): whose, why, when, on what source.

    `by` is empty once its author is forgotten, `why` once the entry is redacted.
    """

    value: VerdictValue | None
    by: str
    why: str
    at: datetime
    source: str = ""


class Entry(Struct, frozen=True):
    """One thing on record.

    `day` is when an event happened, a claim was said, or the day an assessment stands for;
    `happened` is the day that a claim speaks of. `credibility` is 1 to 6 (NATO AJP-2.1).
    `translations` are its sentence as the desk wrote it in other languages, by their codes;
    `type_labels` are what the desk calls its kind of event in them, beside `type_label`.
    """

    id: int
    kind: Kind
    type: str
    text: str
    quote: str
    by: Actor | None
    attribution: Attribution
    day: Span
    happened: Span | None
    published: str
    credibility: int
    control: Control | None
    encirclement: Encirclement | None
    verdict: VerdictValue | None
    filed_at: datetime
    changed_at: datetime
    version: int
    retracted_at: datetime | None
    retracted_why: str
    redacted: bool
    places: tuple[AtPlace, ...]
    sources: tuple[Citation, ...]
    links: tuple[EntryLink, ...]
    translations: Mapping[str, str] = {}
    type_label: str = ""
    type_labels: Mapping[str, str] = {}

    @property
    def ref(self) -> str:
        return str(Ref(ENTRY, self.id))

    @property
    def code(self) -> str:
        """The Admiralty code: reliability of its first source, credibility of the item."""
        reliability = self.sources[0].source.reliability if self.sources else "F"
        return f"{reliability}{self.credibility}"


CAP = 1000
"""Up to here a total is exact."""


class Total(Struct, frozen=True):
    """How many there are: exact up to the cap, or more than that."""

    number: int
    capped: bool = False


class EntryPage(Struct, frozen=True):
    """Some entries in order; `cursor` leads to those after them and is empty at the end."""

    entries: tuple[Entry, ...]
    cursor: str
    total: Total


def day_number(day: date) -> int:
    """Return a day as the integer under which the store compares it: 20251107."""
    return day.year * 10000 + day.month * 100 + day.day


UNDATED = 100_000_000
"""By so much lower the store keeps the last day of what is undated, so that it stands last."""
OPEN_START = -99_999_999
"""What the store keeps as the first day where there is none."""


def order_number(span: Span) -> int:
    """Return the last day of a span as the integer by which the store orders it."""
    number = day_number(span.latest)
    return number if span.earliest else number - UNDATED


@lru_cache(1024)
def number_day(number: int) -> date:
    """Return the day of such an integer, of what is undated too."""
    if number < 0:
        number += UNDATED
    return date(number // 10000, number // 100 % 100, number % 100)
