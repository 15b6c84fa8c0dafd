"""Entries that a statement may be about: found by its terms, ranked by the sum of what they share.

At most so many rows are read of each term, the newest; of terms that many entries have, those that
have two of them are looked for. So the time is bounded, however much is on record.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import log

from msgspec import Struct

from store.likeness.entry_vectors import SentenceLikeness
from store.likeness.signals import MEANING, SKELETON, SPEAKER, TYPE, Token, read_tokens
from store.likeness.weights import WEIGHTS

_ROWS, _PAIRS, _CANDIDATES, _NEAREST = 300, 5, 120, 40
_USUAL_SIZE = 105
_ID = (1 << 32) - 1
_PLACE = re.compile(r"p\d+")
_LATIN, _OTHER = "latin", "other"
_WORD_KINDS = (_LATIN, _OTHER, MEANING)


class SharedTerm(Struct, frozen=True):
    """What a statement shares with an entry: its word, the term that they share, how much."""

    word: str
    term: str
    weight: float
    is_name: bool = False


class Statement(Struct, frozen=True):
    """A sentence that may be on record.

    `places` are those that it names, in `place_words`; `places_around` those of the whole message.
    `unread` are names of places that leave open which is meant. If `capital_speaks`, one of the
    places may stand for a government.
    """

    text: str
    places: frozenset[int] = frozenset()
    places_around: frozenset[int] = frozenset()
    place_words: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    capital_speaks: bool = False


class EntryLikeness(Struct, frozen=True):
    """An entry's number, how like it is to a statement, and on what grounds.

    `names` and `words` are what names and other words bring, places apart; `covered` is how much of
    the entry's own words they are (to 1). `places` are those shared; an entry is `elsewhere` if
    both name places and share none. If it `is_near_by`, its place is named in another sentence.
    `likeness` is what a language model says, to 1; None where none was asked.
    """

    entry_id: int
    score: float
    names: float
    words: float
    covered: float
    grounds: tuple[SharedTerm, ...]
    places: frozenset[int]
    elsewhere: bool
    is_near_by: bool
    likeness: float | None = None


def find_like(
    index: "TermIndex", statement: Statement, likeness: SentenceLikeness | None = None
) -> list[EntryLikeness]:
    """Return the entries that are likest to a statement, the likest first.

    `likeness` is what a language model says of the sentence, where there is one.
    """
    tokens = list(read_tokens(statement.text))
    tags = [f"p{place}" for place in statement.places | statement.places_around]
    terms = dict.fromkeys([*(term for token in tokens for term in token.terms), *tags])
    if not terms and likeness is None:
        return []
    rarity = {term: index.rarity(term) for term in terms}
    rows = index.candidates(tokens, tags, rarity)
    if likeness is not None:
        rows = list(dict.fromkeys([*rows, *index.rows_of(likeness.nearest(_NEAREST))]))
    comparison = _Comparison(statement, tokens, index, likeness)
    likest = [comparison.compare(row, shown) for row, shown in index.read(rows)]
    return sorted(likest, key=lambda like: (-like.score, -like.entry_id))


class TermIndex:
    """The index of terms, as far as one message needs it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        (self.size,) = db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
        self._scale = min(1.0, log(_USUAL_SIZE) / log(1 + max(self.size, 1)))
        self._rarities: dict[str, float] = {}
        self._counts: dict[str, int] = {}
        self._areas: dict[frozenset[int], frozenset[int]] = {}

    def rarity(self, term: str) -> float:
        """Return how much it tells that an entry has a term; 0 if none has.

        In a large store a term is rarer among more entries, and as much by chance: so the rarest
        of terms tell there what they tell in one of a hundred entries.
        """
        if term not in self._rarities:
            sql = "SELECT doc FROM entry_signal_terms WHERE term = ?"
            row = self._db.execute(sql, (term,)).fetchone()
            count = self._counts[term] = row[0] if row else 0
            odds = (self.size - count + 0.5) / (count + 0.5)
            self._rarities[term] = self._scale * log(1 + max(odds, 0.01)) if count else 0.0
        return self._rarities[term]

    def choose(self, statements: Sequence[Statement], most: int) -> list[Statement]:
        """Return the statements that tell most, at most so many, in their order."""
        if len(statements) <= most:
            return list(statements)
        telling = {
            statement: sum(
                max((self.rarity(term) for term in token.terms), default=0)
                for token in read_tokens(statement.text)
            )
            for statement in statements
        }
        chosen = sorted(telling, key=lambda statement: -telling[statement])[:most]
        return [statement for statement in telling if statement in chosen]

    def candidates(
        self, tokens: Iterable[Token], tags: Iterable[str], rarity: Mapping[str, float]
    ) -> list[int]:
        """Return the rows that share most with a statement, as far as a first look tells."""
        weights: dict[str, float] = dict.fromkeys(tags, 1.0)
        for token in tokens:
            for term, weight in token.terms.items():
                weights[term] = max(weights.get(term, 0), weight)
        weighed = {
            term: weight * rarity[term] for term, weight in weights.items() if rarity[term] > 0
        }
        scores: defaultdict[int, float] = defaultdict(float)
        for term, weight in weighed.items():
            for row in self._rows(f'"{term}"'):
                scores[row] += weight
        common = [term for term in weighed if self._counts[term] > _ROWS]
        common = sorted(common, key=lambda term: (-weighed[term], term))[:_PAIRS]
        for first, second in combinations(common, 2):
            for row in self._rows(f'"{first}" "{second}"'):
                scores[row] += weighed[first] + weighed[second]
        return sorted(scores, key=lambda row: (-scores[row], -row))[:_CANDIDATES]

    def rows_of(self, entry_ids: Iterable[int]) -> list[int]:
        """Return the rows of entries."""
        sql = "SELECT latest << 32 | id FROM entries WHERE id = ?"
        return [row for number in entry_ids for (row,) in self._db.execute(sql, (number,))]

    def areas_around(self, places: frozenset[int]) -> frozenset[int]:
        """Return the oblasts, raions and hromadas in which places lie."""
        if places not in self._areas:
            sql = "SELECT oblast_id, raion_id, hromada_id FROM places WHERE id = ?"
            rows = (row for place in places for row in self._db.execute(sql, (place,)))
            self._areas[places] = frozenset(area for row in rows for area in row if area)
        return self._areas[places]

    def _rows(self, match: str) -> list[int]:
        sql = (
            "SELECT rowid FROM entry_signals WHERE entry_signals MATCH ?"
            " ORDER BY rowid DESC LIMIT ?"
        )
        return [row for (row,) in self._db.execute(sql, (match, _ROWS))]

    def read(self, rows: Sequence[int]) -> Iterable[tuple[int, frozenset[str]]]:
        """Return what the entries of rows are found by, of those that count."""
        for row in rows:
            sql = (
                "SELECT terms FROM entry_signals WHERE rowid = ?"
                " AND EXISTS (SELECT 1 FROM entries WHERE id = ? AND retracted_at IS NULL)"
            )
            for (terms,) in self._db.execute(sql, (row, row & _ID)):
                yield row & _ID, frozenset(terms.split())


class _Comparison:
    """One statement, held against entries."""

    def __init__(
        self,
        statement: Statement,
        tokens: Sequence[Token],
        index: TermIndex,
        likeness: SentenceLikeness | None,
    ) -> None:
        self._statement = statement
        self._tokens = tokens
        self._index = index
        self._likeness = likeness
        self._terms = frozenset(term for token in tokens for term in token.terms)
        self._tokens_met: defaultdict[str, set[int]] = defaultdict(set)
        for at, token in enumerate(tokens):
            for term in token.terms:
                for there, _ in _counterparts(term):
                    self._tokens_met[there].add(at)
        self._meets = frozenset(self._tokens_met)

    def compare(self, entry_id: int, terms: frozenset[str]) -> EntryLikeness:
        """Return how like an entry with these terms is."""
        statement = self._statement
        grounds = self._find_grounds(terms)
        places = frozenset(
            int(term[1:]) for term in terms if term[0] == "p" and _PLACE.fullmatch(term)
        )
        own = list(map(find_kind, terms))
        common = list(map(find_kind, terms & self._terms))
        covered = max(
            common.count(kind) / max(own.count(kind), WEIGHTS.fewest) for kind in _WORD_KINDS
        )
        mass = max(own.count(_LATIN), own.count(_OTHER), 1)
        shared_places = (statement.places | statement.places_around) & places
        counted = statement.place_words if shared_places else frozenset()
        apart = [ground for ground in grounds.values() if ground.word not in counted]
        names = sum(ground.weight for ground in apart if ground.is_name)
        words = sum(ground.weight for ground in apart if not ground.is_name)
        every = sum(ground.weight for ground in grounds.values())
        likeness = self._likeness.of(entry_id) if self._likeness else None
        score = (
            every * (WEIGHTS.usual / mass) ** WEIGHTS.length
            + WEIGHTS.covered * covered
            + self._place_score(places)
            + WEIGHTS.likeness * max(likeness or 0, 0)
        )
        return EntryLikeness(
            entry_id,
            score,
            names,
            words,
            covered,
            tuple(sorted(apart, key=lambda ground: (-ground.weight, ground.term))),
            shared_places,
            self._is_elsewhere(places, frozenset(ground.word for ground in apart)),
            not statement.places & places,
            likeness,
        )

    def _is_elsewhere(self, places: frozenset[int], words: frozenset[str]) -> bool:
        """Tell whether the statement names places, known here or not, and the entry none of them.

        `words` are those of the statement that the entry has too.
        """
        statement = self._statement
        known = frozenset() if statement.capital_speaks else statement.place_words
        by_word = statement.unread if places else statement.unread | known
        if not known | statement.unread or statement.places & places or by_word & words:
            return False
        return not statement.places & self._index.areas_around(places)

    def _find_grounds(self, terms: frozenset[str]) -> dict[str, SharedTerm]:
        """Return the strongest ground for each term that is shared."""
        grounds: dict[str, SharedTerm] = {}
        met = {at for there in self._meets & terms for at in self._tokens_met[there]}
        for at in sorted(met):
            ground = self._best(self._tokens[at], terms)
            if ground and (
                ground.term not in grounds or ground.weight > grounds[ground.term].weight
            ):
                grounds[ground.term] = ground
        return grounds

    def _best(self, token: Token, terms: frozenset[str]) -> SharedTerm | None:
        """Return the strongest of what a word and an entry share; of two alike, always the same."""
        best: SharedTerm | None = None
        for term, likeness in token.terms.items():
            for there, factor in _counterparts(term):
                if there in terms:
                    weight = likeness * factor * (self._index.rarity(there) if factor else 0)
                    if best is None or (weight, there) > (best.weight, best.term):
                        is_name = token.is_name or SPEAKER + term in terms
                        best = SharedTerm(token.word, there, weight, is_name)
        return best

    def _place_score(self, places: frozenset[int]) -> float:
        named, around = self._statement.places, self._statement.places_around
        shared = named & places
        score = sum(
            WEIGHTS.place + WEIGHTS.place_rarity * self._index.rarity(f"p{place}")
            for place in shared
        )
        score += WEIGHTS.place_around * len((around & places) - shared)
        if named and places and not shared:
            score -= WEIGHTS.elsewhere
        return score


@lru_cache(65536)
def find_kind(term: str) -> str:
    """Return which kind of word of an entry's own a term stands for; "" if for none.

    Stems in other letters than Latin are mostly of the entry's sentence in Ukrainian.
    """
    if term.isalpha():
        return _LATIN if term.isascii() else _OTHER
    return MEANING if term[0] == MEANING else ""


def _counterparts(term: str) -> tuple[tuple[str, float], ...]:
    """Return the terms of an entry that a statement's term meets, and what each is worth."""
    if term[0] == SKELETON:
        return ((term, WEIGHTS.skeleton),)
    if term[0] == TYPE:
        return ((term, WEIGHTS.type),)
    if term[0] == MEANING:
        return ((term, WEIGHTS.meaning),)
    return ((term, 1.0), (SPEAKER + term, WEIGHTS.role))
