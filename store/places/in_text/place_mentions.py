"""Every place that a text names: where it stands in the text, and which place it may be."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from store.model.entry import Place
from store.model.text import fold
from store.places.bearers import Bearer, Names
from store.places.declension import list_nominative_keys
from store.places.ground import NEAR_KM, Ground
from store.places.in_text.said_where import Heads, read_heads, read_where
from store.places.judge import Judge
from store.places.namesakes import CITY
from store.places.phrase import AreaKind, governs, unit_word
from store.places.readings import NameReading, best_readings, read_found, read_unit, tier_of_form
from store.places.recognition import Candidate, Certainty, ReadAs, Recognition

_WORD = re.compile(r"[^\W\d_][\w’'ʼ`´]*(?:-[\w’'ʼ`´]+)*")
_MOST_CHARACTERS = 4000
_LONGEST_NAME = 3  # words
_MOST_FORMS = 30  # of a name of several words
_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’ʼ]s$")
_SHORTEST = 3  # letters


class Mention(Struct, frozen=True):
    """A span of a text, from `start` to before `end`, and the places it may name, best first.

    `settled` is whether the first is meant; else somebody has to say which.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    settled: bool


class _Run(Struct, frozen=True):
    """Words that may be a name, and the keys that it may have: its own first."""

    first: int
    size: int
    keys: tuple[str, ...]


def find_mentions(text: str, names: Names, ground: Ground) -> tuple[Mention, ...]:
    """Return the places that a text names, in its order; a longer name wins over one within it.

    Names are read as they stand or declined, never as misspelt: a text has too many words.
    """
    words = list(_WORD.finditer(text[:_MOST_CHARACTERS]))
    runs = list(_list_runs(text, words))
    bearers: defaultdict[str, list[Bearer]] = defaultdict(list)
    for bearer in names.find(key for run in runs for key in run.keys):
        bearers[bearer.key].append(bearer)
    reader = _Reader(text, words, names, ground, bearers, read_heads(text, names))
    mentions, after = list[Mention](), 0
    for run in sorted(runs, key=lambda run: (run.first, -run.size)):
        if run.first >= after and (mention := reader.read(run)):
            mentions.append(mention)
            after = run.first + run.size
    return tuple(mentions)


def _list_runs(text: str, words: Sequence[re.Match[str]]) -> Iterator[_Run]:
    """Take each word that may begin a name, alone and with those that follow it directly.

    A name begins with a capital, in letters that have capitals, unless the whole text has none.
    """
    capitals = text != text.lower()
    initials = [text[word.start()] for word in words]
    begins = [not capitals or initial == initial.upper() for initial in initials]
    keys: dict[str, tuple[str, ...]] = {}
    for first, word in enumerate(words):
        if not begins[first]:
            continue
        name: list[str] = []
        for last in range(first, min(first + _LONGEST_NAME, len(words))):
            gap = text[words[last - 1].end() : words[last].start()] if last > first else ""
            if gap.strip() or not begins[last]:
                break
            name.append(_POSSESSIVE.sub("", words[last][0]))
            if last > first or len(word[0]) >= _SHORTEST:
                whole = " ".join(name)
                if whole not in keys:
                    keys[whole] = list_nominative_keys(whole, _MOST_FORMS)
                yield _Run(first, len(name), keys[whole])


class _Reader(Struct, frozen=True):
    """Reads runs of one text, each name of it once."""

    text: str
    words: Sequence[re.Match[str]]
    names: Names
    ground: Ground
    bearers: Mapping[str, Sequence[Bearer]]
    heads: Heads
    known: dict[tuple[str, bool, AreaKind | None], Recognition] = {}

    def read(self, run: _Run) -> Mention | None:
        """Return what a run names: a place, or with the word behind it an area or a direction."""
        following = self._word(run.first + run.size)
        unit = unit_word(following.group()) if following else None
        if unit is None and not self._has_bearers(run):
            return None
        start, end = self._find_ends(run)
        name, before = self.text[start:end], self._word(run.first - 1)
        if unit is not None and following:
            end = following.end()
        asked = name, before is not None and governs(before.group()), unit
        if asked not in self.known:
            read = read_unit(name, unit, self.names) if unit else self._read_run(run)
            self.known[asked] = Judge(self.ground, governed=asked[1]).decide(read)
        answer = self.known[asked]
        if not _is_worth_it(answer):
            return None
        if unit is None:
            answer = self._weigh_where(run, answer, governed=asked[1])
            if not _is_worth_it(answer):
                return None
        settled = answer.outcome is Certainty.SETTLED
        return Mention(start, end, self.text[start:end], answer.candidates, settled)

    def _has_bearers(self, run: _Run) -> bool:
        """Tell whether a run may name a place that is worth it: most words are but words."""
        return any(
            _is_worth(bearer.place, self.ground.measure(bearer.place))
            for key in run.keys
            for bearer in self.bearers.get(key, ())
        )

    def _weigh_where(self, run: _Run, answer: Recognition, *, governed: bool) -> Recognition:
        """Return what an answer comes to by where the text says that the place lies."""
        start, end = self._find_ends(run)
        if where := read_where(self.text, start, end, self.names):
            return where.weigh(answer, self._read_run(run), Judge(self.ground, governed))
        head = self.heads.find(start)
        return head.doubt(answer, self._read_run(run)) if head else answer

    def _read_run(self, run: _Run) -> list[NameReading]:
        start, end = self._find_ends(run)
        return _read_keys(run.keys, self.bearers, self.text[start:end])

    def _find_ends(self, run: _Run) -> tuple[int, int]:
        return self.words[run.first].start(), self.words[run.first + run.size - 1].end()

    def _word(self, at: int) -> re.Match[str] | None:
        return self.words[at] if 0 <= at < len(self.words) else None


def _read_keys(
    keys: Sequence[str], bearers: Mapping[str, Sequence[Bearer]], name: str
) -> list[NameReading]:
    own, *declined = keys
    folded = fold(name)
    exact = [read_found(bearer, folded) for bearer in bearers.get(own, ())]
    forms = [
        NameReading(bearer, tier_of_form(bearer), ReadAs.DECLINED)
        for key in declined
        for bearer in bearers.get(key, ())
        if bearer.by_desk or bearer.official
    ]
    return best_readings((*exact, *forms))


def _is_worth_it(answer: Recognition) -> bool:
    """Tell whether a word is likelier a place than a word: one that is here, or a city."""
    if answer.outcome is Certainty.UNKNOWN:
        return False
    best = answer.candidates[0]
    return _is_worth(best.place, best.km)


def _is_worth(place: Place, km: float) -> bool:
    return km <= NEAR_KM or place.population >= CITY
