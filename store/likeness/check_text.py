"""A message → the entries that say the same, the contrary, or speak of the same matter, and why.

Nothing of the message is kept. Ranking goes by the sum of all that is shared; whether anything is
shown at all, by another measure (weights.py): a shared name and something said of it.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from store.db.database import Database
from store.db.part import Part
from store.likeness.entry_vectors import SentenceLikeness, VectorMemory, has_vectors
from store.likeness.find import EntryLikeness, SharedTerm, Statement, TermIndex, find_like
from store.likeness.glossary import find_meanings
from store.likeness.marks import types_of
from store.likeness.sense import (
    denies,
    gives_to_other_side,
    is_contrary,
    is_negated,
    is_of_other_matter,
)
from store.likeness.sentence_model import load_encoder
from store.likeness.signals import MEANING, SPEAKER, TYPE
from store.likeness.skeleton import skeleton
from store.likeness.telling_words import is_search, list_telling_words
from store.likeness.unread_places import find_unread_places
from store.likeness.weights import GATE
from store.model.aside import run_aside
from store.model.entry import Entry, Place
from store.model.text import fold
from store.places.declension import list_nominative_keys
from store.places.in_text.place_mentions import Mention, find_mentions
from store.places.name_key import name_key
from store.places.phrase import governs
from store.places.stored import KnownPlaces
from store.queries.entries import load

MOST_CHARACTERS = 6000
_STATEMENTS, _SENTENCES, _MOST_STATEMENTS = 8, 6, 60
_MOST_BROAD_WORDS = 2
_MATCHES, _LOOKED_AT, _CONTRARY, _FORMS = 10, 30, 3, 12
_WORD = re.compile(r"[\w’'ʼ]+")
_POSSESSIVE = re.compile(r"['’ʼ]s$")
_NAMED_KINDS = frozenset({"person", "organisation"})
"""Kinds of speakers who have a name: that of others is broad words, "a drone operator"."""
_CAPITALS = frozenset({"kremlin", "kyiv"})
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d)")


class Relation(StrEnum):
    """How an entry stands to a message."""

    SAME = "same"
    CONTRADICTS = "contradicts"
    ABOUT = "about"


class Match(Struct, frozen=True):
    """An entry that a message may be about, and what they share.

    `words` are the message's own words that led to it; `places` the numbers of shared places. Where
    it shares `only_words`, a word or two and no name, it may be about another matter.
    """

    entry: Entry
    relation: Relation
    places: frozenset[int]
    words: tuple[str, ...]
    names_speaker: bool
    is_of_type: bool
    only_words: bool = False


class CheckedStatement(Struct, frozen=True):
    """A sentence of a message, and what is on record about it, the likest first."""

    text: str
    matches: tuple[Match, ...]


class Checked(Struct, frozen=True):
    """What is on record about a message: its statements that have something, the surest first.

    `places` are those that it names beyond doubt, `bare` those of them with nothing on record.
    """

    statements: tuple[CheckedStatement, ...]
    places: tuple[Place, ...]
    bare: tuple[Place, ...]

    @property
    def matches(self) -> tuple[Match, ...]:
        """Every entry once, as its first statement has it: the best of each statement first."""
        every: dict[int, Match] = {}
        for rank in range(_MATCHES):
            for statement in self.statements:
                for match in statement.matches[rank : rank + 1]:
                    every.setdefault(match.entry.id, match)
        return tuple(every.values())


class ReadMessage(Struct, frozen=True):
    """A message, the places that it names, and its sentences that tell most."""

    text: str
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


def read_message(
    db: sqlite3.Connection,
    text: str,
    spots: Sequence[tuple[int, int]],
    known: KnownPlaces | None = None,
) -> ReadMessage:
    """Read a message whose sentences stand at `spots`; what is `known` of places is kept there."""
    mentions = find_mentions(text, *(known or KnownPlaces()).look_up(db))
    statements = TermIndex(db).choose(_read_statements(text, spots, mentions), _STATEMENTS)
    return ReadMessage(text, tuple(mentions), tuple(statements))


def find_matches(
    db: sqlite3.Connection,
    message: ReadMessage,
    likeness: Mapping[Statement, SentenceLikeness] = {},
) -> Checked:
    """Return what is on record about a message.

    `likeness` is what a language model says of its sentences, where there is one.
    """
    index = TermIndex(db)
    years = {int(year) for year in _YEAR.findall(message.text)}
    looked_for = is_search(message.text)
    ranked: list[tuple[float, CheckedStatement]] = []
    for statement in message.statements:
        every = find_like(index, statement, likeness.get(statement))
        words = list_telling_words(statement, with_kinds=looked_for)
        shown = {
            like.entry_id
            for like in every
            if is_shown(like) or ((looked_for or _is_of_place(like)) and has_every(words, like))
        }
        if not shown:
            continue
        shown |= {like.entry_id for like in every if is_beside(like)}
        likest = [like for like in every if like.entry_id in shown]
        others = [like for like in every if like.entry_id not in shown]
        matches = _relate(db, statement, likest[:_LOOKED_AT], others[:_LOOKED_AT], years)
        if matches:
            ranked.append((likest[0].score, CheckedStatement(statement.text, matches)))
    ranked.sort(key=lambda pair: -pair[0])
    places = _name_places(message.mentions)
    bare = tuple(place for place in places if not _has_entries(db, place.id))
    return Checked(_drop_repeated([statement for _, statement in ranked]), places, bare)


def has_every(words: set[str], like: EntryLikeness) -> bool:
    """Tell whether an entry has all of a statement's words, and there are any.

    The more is on record about a matter, the less its words tell by how rare they are: of
    “Pokrovsk is encircled” nothing would be shown where half the record is about that.
    """
    return bool(words) and words <= {ground.word for ground in like.grounds}


def is_shown(like: EntryLikeness) -> bool:
    """Tell whether what an entry shares with a statement is enough to show it, and to say why."""
    if like.elsewhere or not (like.grounds or like.places):
        return False
    if like.likeness is not None and like.likeness >= _likeness_gate(like):
        return True
    shared = like.names + like.words
    if like.places and like.is_near_by:
        return shared >= GATE.place_around
    if like.places:
        return shared >= GATE.with_place or like.names >= GATE.name_with_place
    if like.names >= GATE.name:
        return like.words >= GATE.with_name
    return shared >= GATE.words_alone


def is_beside(like: EntryLikeness) -> bool:
    """Tell whether an entry may stand beside one that is shown."""
    return _is_of_place(like) and like.names + like.words >= GATE.beside


def _is_of_place(like: EntryLikeness) -> bool:
    """Tell whether an entry is about a place that the same sentence names."""
    return bool(like.places) and not like.is_near_by


def _likeness_gate(like: EntryLikeness) -> float:
    """Return from which likeness on an entry is shown, by what else it shares."""
    if like.places:
        return GATE.likeness_with_place
    return GATE.likeness_with_name if like.names >= GATE.name else GATE.likeness_alone


def _read_statements(
    text: str, spots: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> list[Statement]:
    around = frozenset(place for mention in mentions for place in _list_possible(mention))
    statements = []
    for start, end in spots[:_MOST_STATEMENTS]:
        inside = [mention for mention in mentions if start <= mention.start < end]
        places = frozenset(place for mention in inside for place in _list_possible(mention))
        words = _list_words(inside)
        unread = find_unread_places(text[start:end], words)
        unread |= _list_words(mention for mention in inside if not mention.settled)
        speaks = any(_is_capital_that_speaks(text, mention) for mention in inside)
        statements.append(Statement(text[start:end], places, around, words, unread, speaks))
    return statements


def _list_words(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(word for mention in mentions for word in _WORD.findall(mention.text))


def _is_capital_that_speaks(text: str, mention: Mention) -> bool:
    """Tell whether a capital is named for its government: “Moscow:”, not “in Moscow”."""
    before = text[: mention.start].split()[-1:]
    means = set(find_meanings(fold(mention.text)))
    return bool(means & _CAPITALS) and not any(map(governs, before))


def _list_possible(mention: Mention) -> Iterator[int]:
    """Return the places that may be meant: all of them where the text leaves it open."""
    candidates = mention.candidates[:1] if mention.settled else mention.candidates
    return (candidate.place.id for candidate in candidates)


def _relate(
    db: sqlite3.Connection,
    statement: Statement,
    likest: Sequence[EntryLikeness],
    others: Sequence[EntryLikeness],
    years: set[int],
) -> tuple[Match, ...]:
    """Return the entries with how each stands to a statement, the contrary ones among the first.

    Of the `others`, which are not like enough by themselves, those count that say the contrary of
    the likest.
    """
    near = [*likest, *(like for like in others if like.grounds or like.places)]
    entries = {entry.id: entry for entry in load(db, [like.entry_id for like in near])}
    near = [like for like in near if like.entry_id in entries]
    near = [like for like in near if _is_of_years(entries[like.entry_id], years)]
    shown = [like for like in near if like in likest]
    if not shown:
        return ()
    best = entries[shown[0].entry_id]
    is_same = says_same(shown[0], best, statement)
    contrary = [
        like for like in near if like is not shown[0] and is_contrary(best, entries[like.entry_id])
    ]
    ordered = [shown[0], *shown[1:2], *contrary[:_CONTRARY], *shown[2:]]
    speaks = _names_speaker(shown[0].grounds, best)
    matches: dict[int, Match] = {}
    for like in ordered:
        entry = entries[like.entry_id]
        relation = Relation.ABOUT
        if is_same and like in contrary:
            relation = Relation.CONTRADICTS
        elif is_same and like not in contrary and says_same(like, entry, statement):
            is_as_like = like.score >= GATE.same_as_best * shown[0].score
            if is_as_like and (not speaks or _names_speaker(like.grounds, entry)):
                relation = Relation.SAME
        matches.setdefault(entry.id, _explain(like, entry, relation, statement))
    return tuple(matches.values())[:_MATCHES]


def says_same(like: EntryLikeness, entry: Entry, statement: Statement) -> bool:
    """Tell whether a statement surely says what an entry says, and denies nothing of it."""
    if like.elsewhere or is_negated(statement.text) != is_negated(entry.text):
        return False
    if denies(statement.text) and not denies(entry.text):
        return False
    if gives_to_other_side(statement.text, entry) or is_of_other_matter(statement.text, entry):
        return False
    is_named = bool(like.places) or like.names >= GATE.name
    is_strong = like.words >= GATE.same_words and like.names + like.words >= GATE.same_shared
    return is_named and is_strong and like.covered >= GATE.same_covered


def _explain(like: EntryLikeness, entry: Entry, relation: Relation, statement: Statement) -> Match:
    words = tuple(dict.fromkeys(ground.word for ground in like.grounds))
    is_of_type = any(
        ground.term == TYPE + entry.type
        or (ground.term[0] == MEANING and entry.type in types_of(ground.term[1:]))
        for ground in like.grounds
    )
    names_speaker = _names_speaker(like.grounds, entry)
    is_name = names_speaker and entry.by is not None and entry.by.kind in _NAMED_KINDS
    is_named = is_name or bool(like.places) or _names_somebody(like.grounds, entry, statement)
    only_words = relation is Relation.ABOUT and not is_named and len(words) <= _MOST_BROAD_WORDS
    return Match(entry, relation, like.places, words, names_speaker, is_of_type, only_words)


def _names_somebody(grounds: Iterable[SharedTerm], entry: Entry, statement: Statement) -> bool:
    """Tell whether a name is shared: a word with a capital that does not open one of the texts."""
    texts = (map(_without_possessive, _WORD.findall(it.text)[1:]) for it in (statement, entry))
    inside = {word for words in texts for word in words}
    return any(ground.is_name and ground.word in inside for ground in grounds)


def _without_possessive(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def _names_speaker(grounds: Iterable[SharedTerm], entry: Entry) -> bool:
    """Tell whether one of the grounds is a name of who said it."""
    if entry.by is None:
        return False
    names = {skeleton(word) for word in _WORD.findall(entry.by.name)} - {""}
    return any(ground.term[0] == SPEAKER or skeleton(ground.word) in names for ground in grounds)


def _is_of_years(entry: Entry, years: set[int]) -> bool:
    """Tell whether an entry may be meant where a message names years: 2022 is not this autumn."""
    spans = [entry.day, *([entry.happened] if entry.happened else [])]
    return not years or any(span.latest.year in years for span in spans)


def _name_places(mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places that are named by the name they have today, beyond doubt."""
    settled = [
        mention.candidates[0].place
        for mention in mentions
        if mention.settled and _is_called(mention.candidates[0].place, mention.text)
    ]
    return tuple({place.id: place for place in settled}.values())


def _is_called(place: Place, text: str) -> bool:
    name = _POSSESSIVE.sub("", text)
    keys = {name_key(name), *list_nominative_keys(name, _FORMS)}
    return bool(keys & {name_key(place.name), name_key(place.local_name)})


def _has_entries(db: sqlite3.Connection, place_id: int) -> bool:
    sql = "SELECT 1 FROM entry_places WHERE place_id = ? AND live = 1 LIMIT 1"
    return db.execute(sql, (place_id,)).fetchone() is not None


def _drop_repeated(statements: Iterable[CheckedStatement]) -> tuple[CheckedStatement, ...]:
    """Return the statements whose likest entry no surer one has: one thing said twice is one."""
    kept: dict[int, CheckedStatement] = {}
    for statement in statements:
        kept.setdefault(statement.matches[0].entry.id, statement)
    return tuple(kept.values())


class Checks(Part):
    """Checks messages against the record."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._memory = VectorMemory()
        self._places = KnownPlaces()

    async def text(self, text: str, spots: Sequence[tuple[int, int]]) -> Checked:
        """Return what is on record about a message whose sentences stand at `spots`."""
        message = await self.db.read(read_message, text, spots, self._places)
        likeness = {} if is_search(text) else await self._compare(message.statements)
        return await self.db.read(find_matches, message, likeness)

    async def _compare(
        self, statements: Sequence[Statement]
    ) -> Mapping[Statement, SentenceLikeness]:
        """Return how like the entries are to sentences, where there is a model that tells."""
        if not statements or not await self.db.read(has_vectors):
            return {}
        encoder = await run_aside(load_encoder)
        if encoder is None or not await self.db.read(self._memory.refresh):
            return {}
        read = statements[:_SENTENCES]
        texts = [statement.text for statement in read]
        compared = await run_aside(lambda: self._memory.compare(encoder.encode(texts)))
        return dict(zip(read, compared, strict=True))
