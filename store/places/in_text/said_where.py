"""Where a text says that a place lies: right behind its name, before it, or first in its sentence.

“Новопавловка Белгородской области” is not the Novopavlivka that is near, though no Novopavlovka of
that oblast is known here.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from store.model.entry import Place
from store.model.text import fold
from store.places.bearers import Bearer, Names
from store.places.declension import list_nominative_keys
from store.places.judge import Judge
from store.places.namesakes import CITY
from store.places.phrase import LABELS, unit_word
from store.places.readings import NameReading, read_unit_or_raion
from store.places.recognition import Candidate, Certainty, Recognition

_UPPER = "[^\\W\\d_a-zа-яёіїєґ]"
_OF_RUSSIA = r"(?:[Рр]ос(?:ій|сий)ськ\w+|[Рр]оссийск\w+|Russian)\s+"
_AREA = (
    rf"(?:(?P<russian>{_OF_RUSSIA})|(?P<whose>{_UPPER}[\w-]+)['’ʼ]s\s+)?"
    rf"(?P<name>{_UPPER}[\w’'ʼ-]*)(?:\s+(?P<unit>[^\W\d_]+))?"
)
_BEHIND = re.compile(
    rf"(?P<comma>\s*,)?(?P<apart>\s*[(–—]?\s*(?:(?:in|of|the|inside|у|в|во|на)\s+){{0,2}}){_AREA}"
)
_FIRST = re.compile(rf"(?:^|[.!?…\n])\s*(?P<inside>(?:In|Inside|У|В|Во|На)\s+(?:the\s+)?)?{_AREA}")
_END = re.compile(r"[.!?…](?=\s)|\n|$")
_BEFORE = re.compile(
    rf"{_OF_RUSSIA}(?:village|town|settlement|hamlet|сел\w*|хут\w+|деревн\w+|посел\w+)\s+(?:of\s+)?$"
)
_BEFORE_REACH = 40  # characters
_WIDE = frozenset({"region", "country"})
_RUSSIA = "Росія"
_ABBREVIATIONS = {"рф": _RUSSIA}


class SaidWhere(Struct, frozen=True):
    """The areas, or the countries, in which something is said to lie.

    `own` are the codes of the countries of both, none of an oblast that is not known here. `listed`
    is whether a comma stands between, so that it may be a further place.
    """

    areas: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    listed: bool = False

    def weigh(
        self, answer: Recognition, readings: Sequence[NameReading], judge: Judge
    ) -> Recognition:
        """Return which place in it is meant; one elsewhere is asked about, abroad not even that."""
        if within := [reading for reading in readings if self._holds(reading)]:
            return judge.decide(within)
        best = answer.candidates[0]
        if self._is_abroad(readings) and not (self.listed and _is_known(best)):
            return Recognition(Certainty.UNKNOWN)
        may_lie_elsewhere = self.listed or not self.areas
        if _is_city(best) and may_lie_elsewhere:
            return answer
        return replace(answer, outcome=Certainty.ASK)

    def doubt(self, answer: Recognition, readings: Sequence[NameReading]) -> Recognition:
        """Ask, where the sentence begins abroad, for what is neither a city nor on record here."""
        if _is_known(answer.candidates[0]) or not self._is_abroad(readings):
            return answer
        return replace(answer, outcome=Certainty.ASK)

    def is_abroad_for(self, place: Place) -> bool:
        """Tell whether it is a country in which a place does not lie, by the place's code."""
        return bool(self.own and place.code) and place.code[:2] not in self.own

    def _is_abroad(self, readings: Iterable[NameReading]) -> bool:
        return bool(self.own) and not any(map(self._is_own, readings))

    def _is_own(self, reading: NameReading) -> bool:
        country = reading.bearer.country
        return not country or country in self.own

    def _holds(self, reading: NameReading) -> bool:
        bearer = reading.bearer
        inside = not self.areas.isdisjoint((*bearer.within, bearer.place.id))
        return inside or bearer.country in self.countries


def _is_city(candidate: Candidate) -> bool:
    return candidate.place.population >= CITY


def _is_known(candidate: Candidate) -> bool:
    return candidate.km == 0 or _is_city(candidate)


class Heads(Struct, frozen=True):
    """The areas with which sentences begin: “In Belgorod Oblast, …”, “Курская область: …”."""

    spans: tuple[tuple[int, int, SaidWhere], ...] = ()

    def find(self, at: int) -> SaidWhere | None:
        """Return the area with which the sentence around a character begins, before it."""
        return next((where for start, end, where in self.spans if start <= at < end), None)


def read_heads(text: str, names: Names) -> Heads:
    """Return the areas with which the sentences of a text begin."""
    spans = []
    for match in _FIRST.finditer(text):
        behind = match.end()
        leads = match["inside"] or text.startswith(":", behind)
        if leads and (where := _read_area(match, names)):
            end = _END.search(text, behind)
            spans.append((behind, end.end() if end else len(text), where))
    return Heads(tuple(spans))


def read_where(text: str, start: int, end: int, names: Names) -> SaidWhere | None:
    """Return where the name between two characters is said to lie; None where nothing says it."""
    if _BEFORE.search(text[max(start - _BEFORE_REACH, 0) : start]):
        return _read_wide(_RUSSIA, names)
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    is_bare = not (match["comma"] or match["apart"].strip() or match["unit"])
    is_area = unit_word(match["unit"] or "") in LABELS
    is_office = bool(match["comma"] and match["russian"]) and not is_area
    if is_bare or is_office:  # "they seized X, the Russian MoD said"
        return None
    return _read_area(match, names, listed=bool(match["comma"]))


def _read_area(match: "re.Match[str]", names: Names, *, listed: bool = False) -> SaidWhere | None:
    name, unit = match["name"], unit_word(match["unit"] or "")
    if unit in LABELS and (areas := read_unit_or_raion(name, unit, names)):
        return _lie_in([reading.bearer for reading in areas], listed=listed)
    country = _RUSSIA if match["russian"] else match["whose"]
    if where := _read_wide(country or name, names):
        return replace(where, listed=listed)
    is_oblast = fold(match["unit"] or "").startswith(("oblast", "обл"))
    return SaidWhere(listed=listed) if is_oblast else None


def _read_wide(name: str, names: Names) -> SaidWhere | None:
    """Return the country or the region of a name of one word, which may be declined."""
    bearers = names.find(list_nominative_keys(_ABBREVIATIONS.get(fold(name), name)))
    wide = [bearer for bearer in bearers if bearer.place.kind in _WIDE]
    return _lie_in(wide) if wide and len(wide) == len(bearers) else None


def _lie_in(areas: Sequence[Bearer], *, listed: bool = False) -> SaidWhere:
    countries = frozenset(area.country for area in areas if area.place.kind == "country")
    own = frozenset(area.country for area in areas)
    return SaidWhere(frozenset(area.place.id for area in areas), countries, own, listed)
