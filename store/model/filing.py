"""What somebody puts on record: an entry's content, by ids."""

from collections.abc import Mapping

from msgspec import Struct

from store.model.entry import Attribution, Encirclement, Kind, PlaceRole, Precision, Share, Stance
from store.model.span import Span


class FiledPlace(Struct, frozen=True):
    """A place of an entry; `detail` in the source's own words."""

    place_id: int
    role: PlaceRole = PlaceRole.AT
    precision: Precision = Precision.TOWN
    detail: str = ""


class FiledSource(Struct, frozen=True):
    """A source of an entry; `relayed` when another source passed it on."""

    source_id: int
    stance: Stance = Stance.REPORTS
    relayed: bool = False


class Filing(Struct, frozen=True):
    """An entry's content, by ids. `control` is the key of a status of the situation.

    `translations` are its sentence in other languages, by their codes (LANGUAGES).
    """

    kind: Kind
    type: str
    text: str
    day: Span
    sources: tuple[FiledSource, ...]
    places: tuple[FiledPlace, ...] = ()
    attribution: Attribution = Attribution.NAMED
    actor_id: int | None = None
    quote: str = ""
    happened: Span | None = None
    published: str = ""
    credibility: int = 6
    control: str | None = None
    share: Share = Share.UNSPECIFIED
    label: str = ""
    encirclement: Encirclement | None = None
    key: str | None = None
    translations: Mapping[str, str] = {}

    @property
    def words(self) -> tuple[str, ...]:
        """Its own words in all its languages, by which it is found."""
        tongues = [self.translations[language] for language in sorted(self.translations)]
        details = [at.detail for at in self.places]
        return (self.text, self.quote, self.label, *tongues, *details)

    @property
    def speaks_of_control(self) -> bool:
        return self.control is not None or (self.kind is Kind.CLAIM and self.type == "control")
