"""A row's fields → the content of an entry, with every problem of the row at once."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from store.model.canonical_json import hash_of
from store.model.entry import (
    TRANSLATIONS,
    Attribution,
    Encirclement,
    Kind,
    PlaceRole,
    Precision,
    Share,
    Stance,
)
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.text import visible
from store.transfer.decode import Raw
from store.transfer.fields import Fields, fields_of
from store.transfer.import_problems import Fault, Refused, RowProblem
from store.transfer.resolver import Known, Spot
from store.transfer.values import (
    at_most,
    credibility,
    day,
    one_of,
    parse_published,
    text_of_entry,
    word,
)

R = TypeVar("R")

_NAME, _KEY = 200, 200  # characters
_ORIGIN = re.compile(r"E-([1-9][0-9]{0,11})[:/ ]([0-9a-f]{16})")
_TRUE, _FALSE = {"yes", "true", "1"}, {"no", "false", "0", ""}
_DEGREES = (90, 180)


class ImportRow(Struct, frozen=True):
    """A row that can be filed. The key of its filing is its external id.

    Without one, `mark` is a hash of the row, so that the same row is known again. `origin` is the
    entry that an export says it is, and the start of its first revision's hash; `version` the
    one it had then.
    """

    row: int
    filing: Filing
    mark: str = ""
    origin: tuple[int, str] | None = None
    version: int | None = None


class Reader:
    """Reads rows one by one; one key must not come twice."""

    def __init__(self, known: Known, translate: Callable[[Raw], Raw] | None = None) -> None:
        self._known, self._translate = known, translate
        self._rows: dict[str, int] = {}
        self._alike: Counter[str] = Counter()

    def read(self, raw: Raw) -> ImportRow | list[RowProblem]:
        """Return what the row says, or all that is wrong with it."""
        try:
            plain = self._translate(raw) if self._translate else raw
            fields = fields_of(plain.data)
        except Refused as refused:
            return [refused.at(raw.row, "row")]
        row = _Row(raw.row, fields, self._known)
        filing = row.filing()
        key, origin = row.try_("key", row.key), row.try_("origin", row.origin)
        version = row.try_("version", row.version)
        if not key and origin:
            key = f"origin:{origin[1]}"
        if key and key in self._rows:
            row.problems.append(
                RowProblem(raw.row, "key", Fault.SAME_KEY, key, f"{self._rows[key]}")
            )
        if row.problems or filing is None:
            return row.problems
        if not key:
            return ImportRow(raw.row, filing, self._mark(raw), origin, version)
        self._rows[key] = raw.row
        return ImportRow(raw.row, replace(filing, key=key), "", origin, version)

    def _mark(self, raw: Raw) -> str:
        """Return what a row without a key is known by: its content, and which of those it is."""
        content = hash_of(json.dumps(raw.data, sort_keys=True, ensure_ascii=False))[:32]
        self._alike[content] += 1
        return f"{content}-{self._alike[content]}"


class _Row:
    """One row being read."""

    def __init__(self, row: int, fields: Fields, known: Known) -> None:
        self.row, self.fields, self.own, self.known = row, fields, fields.own, known
        self.problems: list[RowProblem] = []

    def try_(self, field: str, read: Callable[[], R]) -> R | None:
        try:
            return read()
        except Refused as refused:
            self.problems.append(refused.at(self.row, field))
            return None

    def filing(self) -> Filing | None:
        own, try_ = self.own, self.try_
        kind = try_("kind", lambda: one_of(own.get("kind", ""), Kind))
        on = try_("day", lambda: day(own.get("day", ""), own.get("basis", "")))
        if kind is Kind.ASSESSMENT and "by" not in own:
            self.problems.append(RowProblem(self.row, "by", Fault.NO_ASSESSOR))
        sources, places = self._sources(), self._places()
        content: dict[str, Any] = {
            "type": try_("type", lambda: self._type(kind)),
            "text": try_("text", lambda: text_of_entry(own.get("text", ""))),
            "actor_id": try_("by", self._by),
            "translations": self._translations(),
        }
        for field, read in _OPTIONAL.items():
            if field in own:
                content[field] = try_(field, partial(read, self))
        if self.problems or kind is None or on is None:
            return None
        return Filing(kind=kind, day=on, sources=sources, places=places, **content)

    def key(self) -> str:
        key = self.own.get("key", "")
        if len(key) > _KEY:
            raise Refused(Fault.TOO_LONG, "", f"{len(key):,}", f"{_KEY}")
        if key != visible(key):
            raise Refused(Fault.NOT_STORABLE, "", key)
        return key

    def origin(self) -> tuple[int, str] | None:
        text = self.own.get("origin", "")
        if not text:
            return None
        if not (match := _ORIGIN.fullmatch(text)):
            raise Refused(Fault.NOT_A_VERSION, "", text)
        return int(match[1]), match[2]

    def version(self) -> int | None:
        text = self.own.get("version", "")
        if text and not (text.isascii() and text.isdigit()):
            raise Refused(Fault.NOT_A_VERSION, "", text)
        return int(text[:9]) if text else None

    def _type(self, kind: Kind | None) -> str:
        text = word(self.own.get("type", ""))
        return self.known.event_type(text) if kind is Kind.EVENT else text

    def _translations(self) -> dict[str, str]:
        given = {name: self.own[name] for name in TRANSLATIONS if name in self.own}
        read = {name: self.try_(name, partial(text_of_entry, text)) for name, text in given.items()}
        return {TRANSLATIONS[name]: text for name, text in read.items() if text}

    def _by(self) -> int | None:
        text = self.own.get("by", "")
        kinds = ("person", "organisation", "group", "unnamed")
        besides = {name: self.own.get(f"by_{name}", "") for name in ("name", "role", "kind")}
        if besides["kind"] and besides["kind"] not in kinds:
            raise Refused(Fault.NOT_ONE_OF, "by_kind", besides["kind"], ", ".join(kinds))
        at_most(besides["name"] or text, _NAME)
        return self.known.actor(text, besides) if text else None

    def _places(self) -> tuple[FiledPlace, ...]:
        places = [
            self.try_(_nth("place", at), lambda place=place: _place(place, self.known))  # type: ignore[misc]
            for at, place in enumerate(self.fields.places)
        ]
        filed = tuple(place for place in places if place is not None)
        self._once("place", [at.place_id for at in filed])
        return filed

    def _sources(self) -> tuple[FiledSource, ...]:
        sources = [
            self.try_(_nth("source", at), lambda source=source: _source(source, self.known))  # type: ignore[misc]
            for at, source in enumerate(self.fields.sources)
        ]
        if not sources:
            self.problems.append(RowProblem(self.row, "source", Fault.NO_SOURCE))
        filed = tuple(source for source in sources if source is not None)
        self._once("source", [by.source_id for by in filed])
        return filed

    def _once(self, field: str, numbers: Sequence[int]) -> None:
        if len(set(numbers)) < len(numbers):
            at = next(at for at, number in enumerate(numbers) if number in numbers[:at])
            given: Sequence[Mapping[str, str]] = getattr(self.fields, f"{field}s")
            read = given[at].get(field, "") if at < len(given) else ""
            self.problems.append(RowProblem(self.row, _nth(field, at), Fault.SAME_TWICE, read))


_OPTIONAL: Mapping[str, Callable[[_Row], Any]] = {
    "quote": lambda row: at_most(row.own["quote"]),
    "label": lambda row: at_most(row.own["label"]),
    "attribution": lambda row: one_of(row.own["attribution"], Attribution),
    "happened": lambda row: day(row.own["happened"], row.own.get("happened_basis", "")),
    "published": lambda row: parse_published(row.own["published"]),
    "credibility": lambda row: credibility(row.own["credibility"]),
    "control": lambda row: row.known.control(row.own["control"]),
    "share": lambda row: one_of(row.own["share"], Share),
    "encirclement": lambda row: one_of(row.own["encirclement"], Encirclement),
}
"""How each field is read that a row may leave out."""


def _nth(field: str, at: int) -> str:
    return field if not at else f"{field}_{at + 1}"


def _place(given: Mapping[str, str], known: Known) -> FiledPlace | None:
    place = known.place(given.get("place", ""), given.get("name", ""), _spot(given))
    if place is None:
        return None
    number, role = place
    wanted = one_of(given.get("role", role), PlaceRole, "role")
    if wanted is PlaceRole.AT:  # near is not in, whatever the row says
        wanted = role
    precision = one_of(given.get("precision", "town"), Precision, "precision")
    return FiledPlace(number, wanted, precision, at_most(given.get("detail", "")))


def _spot(given: Mapping[str, str]) -> Spot | None:
    text = [given.get("latitude", ""), given.get("longitude", "")]
    if not any(text):
        return None
    try:
        north, east = (float(degrees) for degrees in text)
    except ValueError:
        raise Refused(Fault.NOT_COORDINATES, "", ", ".join(text)) from None
    if not all(abs(degrees) <= most for degrees, most in zip((north, east), _DEGREES, strict=True)):
        raise Refused(Fault.NOT_COORDINATES, "", ", ".join(text))
    return north, east


def _source(given: Mapping[str, str], known: Known) -> FiledSource:
    relayed = given.get("relayed", "").casefold()
    if relayed not in _TRUE | _FALSE:
        raise Refused(Fault.NOT_ONE_OF, "", relayed, "yes, no")
    url, reliability = given.get("url", ""), given.get("reliability", "F")
    if url and not url.startswith(("https://", "http://")):
        raise Refused(Fault.NOT_AN_ADDRESS, "", url)
    if reliability not in tuple("ABCDEF"):
        raise Refused(Fault.NOT_ONE_OF, "", reliability, "A, B, C, D, E, F")
    parse_published(given.get("published", ""))
    at_most(given.get("name", ""), _NAME)
    text = given.get("source", "")
    if not (text or url or given.get("name")):
        raise Refused(Fault.MISSING, "")
    number = known.source(text, given)
    return FiledSource(number, one_of(given.get("stance", "reports"), Stance), relayed in _TRUE)
