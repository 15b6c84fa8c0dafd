"""A row's fields → the content of an entry, with every problem of the row at once."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, TypeVarTuple

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
from store.transfer.days.desk_days import DeskDays
from store.transfer.fields import FieldReader, Fields, Inner, keep
from store.transfer.formats.html_text import read_html
from store.transfer.formats.raw_row import Raw
from store.transfer.formats.spots import read_spot
from store.transfer.import_problems import Fault, Refused, RowProblem
from store.transfer.resolver import Known
from store.transfer.ties import Ties, read_links, read_verdict
from store.transfer.values import (
    at_most,
    credibility,
    is_no_source,
    one_of,
    text_of_entry,
    word,
)

R = TypeVar("R")
Args = TypeVarTuple("Args")

_NAME, _KEY = 200, 200  # characters
_ORIGIN = re.compile(r"E-([1-9][0-9]{0,11})[:/ ]([0-9a-f]{16})")
_TRUE, _FALSE = {"yes", "true", "1"}, {"no", "false", "0", ""}
_BY = ("by", "by_name", "by_role", "by_kind")
_SAYS_WHERE = ("place", "name", "latitude", "longitude", "point")
_DAY = 10  # characters of 2025-11-05
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
_OTHER_SCHEME = re.compile(
    r"(?:javascript|data|vbscript|file|ftp|mailto|blob|about):", re.IGNORECASE
)


class ImportRow(Struct, frozen=True, omit_defaults=True):
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
    ties: Ties | None = None


class Reader:
    """Reads rows one by one; one key must not come twice."""

    def __init__(
        self,
        known: Known,
        days: DeskDays,
        translate: Callable[[Raw, DeskDays], Raw] | None = None,
    ) -> None:
        self._known, self._days, self._translate = known, days, translate
        self._exported = replace(days, future=True, spans={})
        self._fields = FieldReader()
        self._again = {exported: Again() for exported in (False, True)}
        self.keys: dict[str, int] = {}
        """The row of each key that has come."""
        self._alike: Counter[str] = Counter()

    def read(self, raw: Raw) -> ImportRow | list[RowProblem]:
        """Return what the row says, or all that is wrong with it."""
        try:
            translate = None if raw.plain else self._translate
            plain = translate(raw, self._days) if translate else raw
            fields = self._fields.read(plain.data)
        except Refused as refused:
            return [refused.at(raw.row, "row")]
        exported = "origin" in fields.own
        days = self._exported if exported else self._days
        row = _Row(raw.row, fields, self._known, days, self._again[exported])
        content = row.content()
        key = row.try_("key", row.key)
        origin = row.try_("origin", row.origin) if exported else None
        version = row.try_("version", row.version) if "version" in fields.own else None
        ties = row.ties(plain.data)
        if not key and origin:
            key = f"origin:{origin[1]}"
        if key and key in self.keys:
            row.problems.append(
                RowProblem(raw.row, "key", Fault.SAME_KEY, key, f"{self.keys[key]}")
            )
        if row.problems or content is None:
            return row.problems
        filing = Filing(key=key or None, **content)
        if not key:
            return ImportRow(raw.row, filing, self._mark(raw), origin, version, ties)
        self.keys[key] = raw.row
        return ImportRow(raw.row, filing, "", origin, version, ties)

    def _mark(self, raw: Raw) -> str:
        """Return what a row without a key is known by: its content, and which of those it is."""
        content = hash_of(json.dumps(raw.data, sort_keys=True, ensure_ascii=False))[:32]
        self._alike[content] += 1
        return f"{content}-{self._alike[content]}"


class Again(Struct):
    """What rows of one file have said before without a fault, and what was read in it.

    Names, kinds and codes come again and again; texts and days have their own ways. What was
    exported is read in another way, so it is kept apart.
    """

    values: dict[tuple[str, object], Any] = {}
    places: dict[Inner, FiledPlace | None] = {}
    sources: dict[Inner, FiledSource] = {}


class _Row:
    """One row being read. One that was exported is taken as it was on record."""

    def __init__(
        self, row: int, fields: Fields, known: Known, days: DeskDays, again: Again
    ) -> None:
        self.row, self.fields, self.own, self.known = row, fields, fields.own, known
        self.again = again
        self.exported = "origin" in fields.own
        self.days = days
        self.problems: list[RowProblem] = []

    def try_(self, field: str, read: Callable[[*Args], R], *args: *Args) -> R | None:
        try:
            return read(*args)
        except Refused as refused:
            self.problems.append(refused.at(self.row, field))
            return None

    def once(self, field: str, text: object, read: Callable[[*Args], R], *args: *Args) -> R | None:
        """Return what a field says where it has said the same before, else read it."""
        value: R | None = self.again.values.get((field, text))
        if value is None and (value := self.try_(field, read, *args)) is not None:
            keep(self.again.values, (field, text), value)
        return value

    def content(self) -> dict[str, Any] | None:
        """Return the content of the entry, without its key; None where a problem was found."""
        own, try_ = self.own, self.try_
        text = own.get("kind", "")
        kind = self.once("kind", text, one_of, text, Kind)
        on = try_("day", self.days.span, own.get("day", ""), own.get("basis", ""))
        if kind is Kind.ASSESSMENT and "by" not in own:
            self.problems.append(RowProblem(self.row, "by", Fault.NO_ASSESSOR))
        content: dict[str, Any] = {"day": on, "sources": self._sources(), "places": self._places()}
        content["text"] = try_("text", text_of_entry, own.get("text", ""), self.exported)
        content["kind"] = kind
        content["type"] = self.once("type", (own.get("type", ""), text), self._type, kind)
        if not own.keys().isdisjoint(_BY):
            content["actor_id"] = self.once("by", tuple(map(own.get, _BY)), self._by)
        for field, read in _CODES.items():
            if field in own:
                content[field] = self.once(field, own[field], read, self)
        for field, read in _OPTIONAL.items():
            if field in own:
                content[field] = try_(field, read, self)
        if not own.keys().isdisjoint(TRANSLATIONS):
            content["translations"] = self._translations()
        return None if self.problems or on is None else content

    def published(self, text: str) -> str:
        """Return the day something was published: as it stands if that is one."""
        if not text:
            return ""
        span = self.days.span(text, "")
        return text if len(text) <= _DAY else span.edtf

    def ties(self, data: Mapping[str, Any]) -> Ties | None:
        """Return the verdict and the links that a row brings, if it does."""
        if "verdict" not in data and "links" not in data:
            return None
        verdict = self.try_("verdict", read_verdict, str(data.get("verdict") or ""))
        by = str(data.get("verdict_source") or "") if verdict else ""
        source = self.try_("verdict_source", self.known.source, by, {}) if by else None
        links = read_links(data.get("links"))
        return Ties(verdict or "", source, links) if verdict or links else None

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
        text = word(self.own.get("type", ""), exported=self.exported)
        return self.known.event_type(text) if kind is Kind.EVENT else text

    def _translations(self) -> dict[str, str]:
        given = {name: self.own[name] for name in TRANSLATIONS if name in self.own}
        read = {
            name: self.try_(name, text_of_entry, text, self.exported)
            for name, text in given.items()
        }
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
        places = [self._place_at(at, inner) for at, inner in enumerate(self.fields.places)]
        return self._each_once("place", places, lambda place: place.place_id)

    def _place_at(self, at: int, inner: Inner) -> FiledPlace | None:
        if inner in self.again.places:
            return self.again.places[inner]
        if not any(map(inner.fields.get, _SAYS_WHERE)):
            return None
        return self.try_(_nth("place", at), self._read_place, inner)

    def _read_place(self, inner: Inner) -> FiledPlace | None:
        return keep(self.again.places, inner, _place(inner.fields, self))

    def _sources(self) -> tuple[FiledSource, ...]:
        again = self.again.sources
        named = [
            (at, inner)
            for at, inner in enumerate(self.fields.sources)
            if inner in again or not self._passes_over(inner.fields)
        ]
        if not named:
            self.problems.append(RowProblem(self.row, "source", Fault.NO_SOURCE))
        sources = [
            again.get(inner) or self.try_(_nth("source", at), self._read_source, inner)
            for at, inner in named
        ]
        return self._each_once("source", sources, lambda source: source.source_id)

    def _read_source(self, inner: Inner) -> FiledSource:
        return keep(self.again.sources, inner, _source(inner.fields, self))

    def _passes_over(self, source: Mapping[str, str]) -> bool:
        """Tell whether a source is none at all, such as HIDDEN; that is counted."""
        text = source.get("source", "")
        named = source.get("url") or source.get("name")
        if self.exported or named or not is_no_source(text):
            return False
        self.known.no_sources[text] = self.known.no_sources.get(text, 0) + 1
        return True

    def _each_once(
        self, field: str, read: Sequence[R | None], number_of: Callable[[R], int]
    ) -> tuple[R, ...]:
        """Return what was read: what is said twice alike counts once.

        What stands twice in different roles is a problem.
        """
        filed = tuple([each for each in read if each is not None])
        if len(filed) > 1:
            filed = tuple(dict.fromkeys(filed))
            numbers = [number_of(each) for each in filed]
            twice = [at for at, number in enumerate(numbers) if number in numbers[:at]]
            if twice:
                given: Sequence[Inner] = getattr(self.fields, f"{field}s")
                text = given[twice[0]].fields.get(field, "") if twice[0] < len(given) else ""
                problem = RowProblem(self.row, _nth(field, twice[0]), Fault.SAME_TWICE, text)
                self.problems.append(problem)
        return filed


_OPTIONAL: Mapping[str, Callable[[_Row], Any]] = {
    "quote": lambda row: at_most(_plain(row.own["quote"], exported=row.exported)),
    "label": lambda row: at_most(row.own["label"]),
    "happened": lambda row: row.days.span(row.own["happened"], row.own.get("happened_basis", "")),
    "published": lambda row: row.published(row.own["published"]),
}
"""How each field is read that a row may leave out."""
_CODES: Mapping[str, Callable[[_Row], Any]] = {
    "attribution": lambda row: one_of(row.own["attribution"], Attribution),
    "credibility": lambda row: credibility(row.own["credibility"]),
    "control": lambda row: row.known.control(row.own["control"]),
    "share": lambda row: one_of(row.own["share"], Share),
    "encirclement": lambda row: one_of(row.own["encirclement"], Encirclement),
}
"""And each that has one of a few values."""


def _nth(field: str, at: int) -> str:
    return field if not at else f"{field}_{at + 1}"


def _plain(text: str, *, exported: bool) -> str:
    """Return a text as a reader sees it: HTML as its words, but what was exported as it is."""
    return text if exported else read_html(text)


def _place(given: Mapping[str, str], row: _Row) -> FiledPlace | None:
    within = (given.get("raion", ""), given.get("oblast", ""))
    place = row.known.place(given.get("place", ""), given.get("name", ""), read_spot(given), within)
    if place is None:
        return None
    number, role = place
    wanted = one_of(given.get("role", role), PlaceRole, "role")
    if wanted is PlaceRole.AT:  # near is not in, whatever the row says
        wanted = role
    detail = _plain(given.get("detail", ""), exported=row.exported)
    precision = one_of(given.get("precision", "town"), Precision, "precision")
    return FiledPlace(number, wanted, precision, at_most(detail))


def _source(given: Mapping[str, str], row: _Row) -> FiledSource:
    relayed = given.get("relayed", "").casefold()
    if relayed not in _TRUE | _FALSE:
        raise Refused(Fault.NOT_ONE_OF, "", relayed, "yes, no")
    text, url = _address(given.get("source", "")), _address(given.get("url", ""))
    if url and not url.startswith(_HTTP):
        raise Refused(Fault.NOT_AN_ADDRESS, "", url)
    if ":" in text and _is_no_address(text):
        raise Refused(Fault.NOT_AN_ADDRESS, "", text)
    reliability = given.get("reliability", "F")
    if reliability not in tuple("ABCDEF"):
        raise Refused(Fault.NOT_ONE_OF, "", reliability, "A, B, C, D, E, F")
    row.published(given.get("published", ""))
    at_most(given.get("name", ""), _NAME)
    if not (text or url or given.get("name")):
        raise Refused(Fault.MISSING, "")
    number = row.known.source(text, {**given, "url": url} if url else given)
    return FiledSource(number, one_of(given.get("stance", "reports"), Stance), relayed in _TRUE)


_HTTP = ("https://", "http://")


def _address(text: str) -> str:
    """Return an address that lacks its scheme, such as t.me/channel/12, with it."""
    text = text.strip()
    if "/" not in text or text.startswith(_HTTP) or not _BARE_ADDRESS.fullmatch(text):
        return text
    return f"https://{text}"


def _is_no_address(text: str) -> bool:
    """Tell whether a text is an address of another kind, or one with blanks in it."""
    if text.startswith(_HTTP):
        return len(text.split()) > 1
    return _OTHER_SCHEME.match(text) is not None
