"""What a row's names mean on this record: places, speakers, sources, and those to be made."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from store.model.address import normal_address
from store.model.entry import Place, PlaceRole
from store.model.ref import PLACE, SOURCE, Ref, has_form_of_reference
from store.model.text import fold
from store.places.bearers import AREA_KINDS
from store.places.ground import Ground
from store.places.name_key import name_key
from store.places.own_numbers import OWN_PLACES
from store.places.phrase import drop_near
from store.places.recognise import is_written_so, read_bearers, recognise
from store.places.recognition import Candidate, Certainty, ReadAs, Recognition
from store.places.stored import StoredNames, load_ground
from store.queries import actors
from store.queries.situation import ControlStatus, EventType, read_controls, read_event_types
from store.transfer.geo_grid import Grid
from store.transfer.import_problems import Fault, Refused
from store.transfer.place_words import name_within

R = TypeVar("R")

Spot = tuple[float, float]
Term = ControlStatus | EventType
ReadTerm = Callable[[str, Sequence[Term]], str]
"""Returns the key of the term that a text names in some language, "" where it names none."""

_NAME = 200  # characters, as the schema has it
_SHOWN, _OFFERED = 4, 8
_BETWEEN = re.compile(r"[;,/|+&]|\s(?:and|та|і|й|и)\s", re.IGNORECASE)
_BY_NAME_KM = 3  # to a place that bears the name only besides its own
_APART_KM = 100  # from every place of the name: name and point contradict each other


class WrittenName(Struct, frozen=True):
    """A name in Latin letters and in those of the country; empty where there is none."""

    name: str
    local_name: str


class TakenPlace(Struct, frozen=True):
    """A place with its reference, raion and oblast; `km` where it is only the nearest one."""

    name: str
    local_name: str
    ref: str
    raion: WrittenName | None = None
    oblast: str = ""
    km: float | None = None

    @property
    def english(self) -> str:
        """The place in one line of English, as in the file of a whole report."""
        within = filter(None, (self.ref, self.raion.name if self.raion else "", self.oblast))
        line = f"{self.name} ({', '.join(within)})"
        return line if self.km is None else f"{line}, {self.km:.1f} km"


def describe_taken(db: sqlite3.Connection, number: int, km: float | None = None) -> TakenPlace:
    """Return the place of that number, which is on record."""
    name, local_name, oblast, *raion = db.execute(
        "SELECT p.name, p.local_name, p.oblast, p.raion, coalesce(r.local_name, '')"
        " FROM places p LEFT JOIN places r ON r.id = p.raion_id WHERE p.id = ?",
        (number,),
    ).fetchone()
    within = WrittenName(*raion) if raion[0] else None
    return TakenPlace(name, local_name, str(Ref(PLACE, number)), within, oblast, km)


class Near(Struct, frozen=True):
    """How far coordinates reach, in kilometres: to a place of that name, and to any other.

    With no place that near, a row is refused, or filed without a place if `beyond` is "none":
    then the points lead, and a name that is known only far from them refuses nothing.
    """

    namesake_km: float = 25
    nearest_km: float = 5
    beyond: str = "refuse"


class New(Struct, frozen=True):
    """A speaker or a source that is not on record; rows name it by a number below 0."""

    number: int
    kind: str
    content: Mapping[str, str]


class Known:
    """Looks names up, each once. `create` makes what is missing; else it is a problem.

    `read_term` reads a term by a name that is not on record. `db` is the connection to ask, set
    anew for each hop.
    """

    db: sqlite3.Connection

    def __init__(self, near: Near, *, create: bool, read_term: ReadTerm | None = None) -> None:
        self._near, self._create, self._read_term = near, create, read_term
        self._found: dict[tuple[str, object], object] = {}
        self._grid: Grid | None = None
        self._ground: Ground | None = None
        self._keys: set[str] = set()
        self.new: list[New] = []
        self.by_name: dict[str, TakenPlace] = {}
        """Names of places, and the place that each was read as."""
        self.by_nearness: dict[str, TakenPlace] = {}
        """Names that coordinates alone explained, or points, and the place that each is near."""
        self.no_sources: dict[str, int] = {}
        """What stood for a source and names none, such as HIDDEN, and how often."""
        self.nowhere: dict[str, str] = {}
        """Names that nothing explained, with their coordinates."""

    def _once(self, kind: str, asked: object, find: Callable[[], R]) -> R:
        """Return what was found; what was refused is refused again."""
        key = (kind, asked)
        if key not in self._found:
            try:
                self._found[key] = find()
            except Refused as refused:
                self._found[key] = refused
        known = self._found[key]
        if isinstance(known, Refused):
            raise Refused(known.fault, known.field, known.read, known.more)
        return known  # type: ignore[return-value]  # of the kind that was asked for

    def control(self, text: str) -> str:
        """Return the key of a control status, by one of its names."""
        return self._once("control", text, lambda: self._find_control(text))

    def _find_control(self, text: str) -> str:
        statuses = self._once("controls", "", lambda: read_controls(self.db))
        return self._find_term(text, statuses, Fault.NO_CONTROL)

    def event_type(self, text: str) -> str:
        """Return the key of a kind of event, by one of its names."""
        return self._once("type", text, lambda: self._find_event_type(text))

    def _find_event_type(self, text: str) -> str:
        types = self._once("types", "", lambda: read_event_types(self.db))
        return self._find_term(text, types, Fault.NO_EVENT_TYPE)

    def _find_term(self, text: str, terms: Sequence[Term], fault: Fault) -> str:
        """Return the key of a term, by its key or a label, else by what `read_term` knows of it."""
        wanted = fold(text.replace("_", " "))
        for term in terms:
            names = (term.key, term.label, *term.labels.values())
            if wanted in {fold(name.replace("_", " ")) for name in names}:
                return term.key
        if self._read_term is not None and (key := self._read_term(text, terms)):
            return key
        raise Refused(fault, "", text, ", ".join(term.key for term in terms))

    def place(
        self, text: str, name: str, spot: Spot | None, within: tuple[str, str] = ("", "")
    ) -> tuple[int, PlaceRole] | None:
        """Return a place by P- and number, by name, or by nearness alone, which is NEAR it.

        `within` are the raion and the oblast that it lies in, if a row says so: with a point the
        point decides.
        """
        if spot is None and any(within) and text.strip() and _number(text.strip(), "P") is None:
            text = name_within(text, *within)
        return self._once("place", (text, name, spot), lambda: self._place(text, name, spot))

    def _place(self, text: str, name: str, spot: Spot | None) -> tuple[int, PlaceRole] | None:
        if (number := _number(text.strip(), "P")) is not None:
            if self._is("places", number) and self._bears(number, name):
                return number, PlaceRole.AT
            if not name or number <= OWN_PLACES:
                raise Refused(Fault.NO_PLACE, "", text)
            text = ""
        text = text.strip() or name
        if spot is not None:
            return self._by_spot(text, spot)
        answer = recognise(text, StoredNames(self.db), self._known_ground(), writing=True)
        match answer.outcome:
            case Certainty.SETTLED:
                role = PlaceRole.NEAR if drop_near(text) else PlaceRole.AT
                return self._take(text, answer.candidates[0].place), role
            case Certainty.ASK if (close := self._read_near(text)) is not None:
                return self._take(text, close), PlaceRole.NEAR
            case Certainty.ASK if not (several := self._read_several(text)):
                raise Refused(Fault.WHICH_PLACE, "", text, _list_candidates(answer.candidates))
            case Certainty.UNKNOWN if not (several := self._read_several(text)):
                raise Refused(Fault.NO_PLACE, "", text, _list_candidates(answer.similar))
        raise Refused(Fault.SEVERAL_PLACES, "", text, _list_candidates(several))

    def _read_near(self, text: str) -> Place | None:
        """Return the one place that a text says to be near, which may stand in the genitive."""
        if not (name := drop_near(text)):
            return None
        answer = recognise(name, StoredNames(self.db), self._known_ground(), writing=True)
        is_declined = [candidate.how for candidate in answer.candidates] == [ReadAs.DECLINED]
        is_plain = answer.outcome is Certainty.SETTLED or is_declined
        return answer.candidates[0].place if is_plain else None

    def _take(self, text: str, place: Place) -> int:
        """Note as which place a name was read, and return its number."""
        self.by_name[text] = describe_taken(self.db, place.id)
        return place.id

    def _read_several(self, text: str) -> list[Candidate]:
        """Return the places of a text that names two or more; none where any part is no place."""
        names = StoredNames(self.db)
        parts = [part for part in _BETWEEN.split(text) if part.strip()]
        answers = [recognise(part, names, self._known_ground()) for part in parts]
        several = [answer.candidates[0] for answer in answers if _is_town(answer)]
        return several if 1 < len(several) == len(parts) else []

    def _by_spot(self, text: str, spot: Spot) -> tuple[int, PlaceRole] | None:
        """Return the place of a point: at the one of that name, near the nearest of another."""
        grid = self._places_about()
        near, where = self._near, f"{spot[0]:g}, {spot[1]:g}"
        if (bearer := self._bearer_at(text, spot)) is not None:
            return bearer
        if nearest := grid.nearest(spot, near.nearest_km):
            km, number = nearest
            if text and is_written_so(text, grid.names[number]):
                self.by_name[text] = describe_taken(self.db, number)
                return number, PlaceRole.AT
            self.by_nearness[text or where] = describe_taken(self.db, number, km)
            return number, PlaceRole.NEAR
        if near.beyond == "none":
            self.nowhere[text or where] = where
            return None
        if grid.nearest((spot[1], spot[0]), near.nearest_km):
            raise Refused(Fault.SWAPPED, "", f"{text} {where}".strip())
        raise Refused(Fault.NO_PLACE_NEAR, "", f"{text} {where}".strip(), f"{near.nearest_km:g}")

    def _bearer_at(self, text: str, spot: Spot) -> tuple[int, PlaceRole] | None:
        """Return the bearer of a name that lies at the point; Refused if all are far from it."""
        bearers, beside = read_bearers(text, StoredNames(self.db)) if text else ([], False)
        grid = self._places_about()
        reach = {
            bearer.place.id: bearer.place.approximate
            + (self._near.namesake_km if bearer.by_desk or bearer.official else _BY_NAME_KM)
            for bearer in bearers
        }
        distances = grid.distances(spot, reach)
        for km, number in distances:
            if km <= reach[number]:
                places = {bearer.place.id: bearer.place for bearer in bearers}
                taken = self._take(text, places[number])
                return taken, PlaceRole.NEAR if beside else PlaceRole.AT
        own = {bearer.place.id for bearer in bearers if bearer.by_desk or bearer.official}
        known = [pair for pair in distances if pair[1] in own]
        if known and known[0][0] > _APART_KM:
            km, number = known[0]
            more = f"{grid.names[number]} (P-{number}), {km:.0f} km"
            swapped = grid.distances((spot[1], spot[0]), own)
            if swapped[0][0] <= self._near.namesake_km:
                raise Refused(Fault.SWAPPED, "", text, more)
            if self._near.beyond == "refuse":
                raise Refused(Fault.PLACE_APART, "", text, more)
        return None

    def _known_ground(self) -> Ground:
        """Return the desk's ground as it was when the first name was asked for."""
        if self._ground is None:
            self._ground = load_ground(self.db)
        return self._ground

    def _places_about(self) -> Grid:
        if self._grid is None:
            self._grid = Grid(self.db)
        return self._grid

    def _bears(self, number: int, name: str) -> bool:
        """Tell whether a place may bear a name: another desk numbers places of its own as well."""
        bearers = StoredNames(self.db).find([name_key(name)])
        return number <= OWN_PLACES or not name or number in {bearer.place.id for bearer in bearers}

    def actor(self, text: str, besides: Mapping[str, str]) -> int:
        """Return a speaker by A- and number, by key or by any name."""
        return self._once("actor", fold(text) or text, lambda: self._actor(text.strip(), besides))

    def _actor(self, text: str, besides: Mapping[str, str]) -> int:
        number = _number(text, "A")
        if number is not None and self._is("actors", number):
            return number
        if (keyed := self._keyed("actors", text)) is not None:
            return keyed
        name = besides.get("name", "") or text
        bearers = actors.find_by_name(self.db, text) or actors.find_by_name(self.db, name)
        if len(bearers) > 1:
            first = bearers[:_SHOWN]
            every = ", ".join(f"{actor.ref} ({actor.role or actor.kind})" for actor in first)
            raise Refused(Fault.WHICH_ACTOR, "", text, every)
        if bearers:
            return bearers[0].id
        if number is not None or not self._create:
            raise Refused(Fault.NO_ACTOR, "", text)
        kind = besides.get("kind", "") or "person"
        content = {"name": name, "role": besides.get("role", ""), "kind": kind}
        return self._made("actor", text if text != name else "", content)

    def source(self, text: str, besides: Mapping[str, str]) -> int:
        """Return a source by S- and number, by key, by address or by name."""
        url, name = besides.get("url", ""), besides.get("name", "")
        asked = (text, url, fold(name))
        return self._once("source", asked, lambda: self._source(text.strip(), url, name, besides))

    def _source(self, text: str, url: str, name: str, besides: Mapping[str, str]) -> int:
        number = _number(text, "S")
        if number is not None and self._is("sources", number):
            return number
        if (keyed := self._keyed("sources", text)) is not None:
            return keyed
        if not url and text.startswith(("https://", "http://")):
            url = text
        name = name or ("" if text == url else text)
        for column, value in (("address", normal_address(url)), ("folded", fold(name))):
            ids = self._all(f"SELECT id FROM sources WHERE {column} = ?", value) if value else []
            if len(ids) > 1 and column == "folded" and url and self._create:
                continue  # another page of theirs
            if len(ids) > 1:
                every = ", ".join(str(Ref(SOURCE, number)) for number in ids[:_SHOWN])
                raise Refused(Fault.WHICH_SOURCE, "", value, every)
            if ids:
                return ids[0]
        if number is not None or not self._create:
            raise Refused(Fault.NO_SOURCE_OF_THAT_NAME, "", text or name or url)
        content = {
            "name": (name or url)[:_NAME],
            "url": url,
            "kind": besides.get("kind", "") or "outlet",
            "published": besides.get("published", ""),
            "reliability": besides.get("reliability", "") or "F",
        }
        return self._made("source", text if text not in {name, url} else "", content)

    def _made(self, kind: str, key: str, content: Mapping[str, str]) -> int:
        """Note what is to be made, once for a name or an address; rows know it by a number."""
        same = normal_address(content.get("url", "")) or fold(content["name"])
        if has_form_of_reference(content["name"]):
            raise Refused(Fault.A_REFERENCE, "", content["name"])
        if not fold(content["name"]):
            raise Refused(Fault.NOT_TEXT, "", content["name"], "text")

        def make() -> int:
            number = -1 - len(self.new)
            wanted = key or fold(content["name"]).replace(" ", "-")[:60]
            self.new.append(New(number, kind, {"key": self._free_key(kind, wanted), **content}))
            return number

        return self._once(f"new {kind}", same, make)

    def _free_key(self, kind: str, wanted: str) -> str:
        key, number = wanted, 1
        while f"{kind} {key}" in self._keys or self._keyed(f"{kind}s", key) is not None:
            number += 1
            key = f"{wanted}-{number}"
        self._keys.add(f"{kind} {key}")
        return key

    def _is(self, table: str, number: int) -> bool:
        return bool(self._all(f"SELECT id FROM {table} WHERE id = ?", number))

    def _keyed(self, table: str, key: str) -> int | None:
        ids = self._all(f"SELECT id FROM {table} WHERE key = ?", key) if key else []
        return ids[0] if ids else None

    def _all(self, sql: str, value: str | int) -> list[int]:
        return [number for (number,) in self.db.execute(sql, (value,))]


def _number(text: str, letter: str) -> int | None:
    head, dash, digits = text.partition("-")
    is_ref = head.upper() == letter and dash and digits.isascii() and digits.isdigit()
    return int(digits[:12]) if is_ref else None


def _is_town(answer: Recognition) -> bool:
    """Tell whether one place is meant, and that is no area: "X, Y raion" is one place."""
    settled = answer.outcome is Certainty.SETTLED
    return settled and answer.candidates[0].place.kind not in AREA_KINDS


def _list_candidates(candidates: Iterable[Candidate]) -> str:
    places = [candidate.place for candidate in candidates][:_OFFERED]
    return ", ".join(
        f"{place.ref} ({', '.join(filter(None, (place.name, place.raion, place.oblast)))})"
        for place in places
    )
