"""What a text says, as terms that entries are found by: stems, senses, skeletons, marks.

A term is one word of the index. Plain ones are stems. A digit in front tells the others apart: 0 a
skeleton, 1 the type of an entry, 2 a stem of who speaks, 3 a meaning of the glossary. p17 is a
place and a4 a speaker, as among the tags of an entry.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from store.likeness.glossary import find_meanings
from store.likeness.jargon import expand_jargon, is_common_short, may_be_jargon
from store.likeness.marks import types_of
from store.likeness.skeleton import skeleton
from store.likeness.word_forms import list_stems
from store.model.text import fold

SKELETON, TYPE, SPEAKER, MEANING = "0", "1", "2", "3"
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*|\d[\d.,]*")
_LONGEST_WORD, _MOST_WORDS = 40, 400
_COMMON_WORDS = """
the a an and or of to in on at by for from with is are was were be been has have had it its this
that these those as not no but they he she we you i their his her our us them there here who what
which when how why will would can could may might do does did so if than then too very just about
over under into out up down more most other some any all one two only own same such say says said
tell tells told according also still already thats dont im new get got go goes going make made like
shall till until both before after through cannot being come comes much many less even ever never
і й та а але що як це у в на з із за до від по про не ні чи бо то так ми ви вони він вона воно я їх
його її нас вас там тут ще вже теж також хто де коли для при над під або каже кажуть сказав це цей
ця ці той та те ті був була було були є буде наш наша наше наші свій все всі весь вся тільки лише
и но что как это у за от о об не ни ли же бы мы вы они он она оно их его её ее нас вас там тут еще
уже тоже также кто где когда для при над под или говорит сказал этот эта эти тот те был была было
были есть будет наш наша наши свой всё все весь вся только лишь чем
near біля поблизу около возле
der die das und oder von zu in im am mit aus auf für den dem des ein eine ist sind war wird nicht
sich als auch nur noch bei nach über sagt wurde haben hat es er sie wir
i w z na do od po za o u że jak to nie czy lub oraz są był była było były jest się przez przy pod
nad dla już też tylko mówi
"""
_COMMON = frozenset(_COMMON_WORDS.split())


class Token(Struct, frozen=True):
    """A word of a text and the terms that it may be found by, each with its weight up to 1."""

    word: str
    terms: dict[str, float]
    is_name: bool = False


def read_tokens(text: str) -> Iterator[Token]:
    """Return what each word of a text says; words that say nothing alone are left out."""
    for word in _words_of(text):
        if terms := _terms_of(word):
            yield Token(word, terms, word[0].isupper() and not is_common_short(word))


def _words_of(text: str) -> list[str]:
    words = _WORD.findall(text)
    if any(map(may_be_jargon, words)):
        words = _WORD.findall(expand_jargon(text))
    return [word for word in words[:_MOST_WORDS] if len(word) <= _LONGEST_WORD]


@lru_cache(16384)
def _terms_of(word: str) -> dict[str, float]:
    folded = fold(word)
    if folded in _COMMON or len(folded) < 2:  # noqa: PLR2004 -- a single letter
        return {}
    if word[0].isdigit():
        return dict.fromkeys(_read_number(word), 1.0)
    terms = dict.fromkeys(list_stems(folded), 1.0)
    for name in find_meanings(folded):
        terms[MEANING + name] = 1.0
        for kind in types_of(name):
            terms[TYPE + kind] = 1.0
    if bones := skeleton(word):
        terms[SKELETON + bones] = 1.0
    return terms


def _read_number(word: str) -> list[str]:
    number = re.sub(r"\D", "", word)
    return [number] if len(number) > 1 else []


class Wording(Struct, frozen=True):
    """The words of an entry, as far as it is found by them; `tags` are parted by spaces."""

    text: str
    translations: str
    names: Sequence[str]
    speaker: str
    type: str
    tags: str


def index_terms(wording: Wording) -> str:
    """Return the terms that an entry is found by, parted by spaces."""
    words = _index_text(wording.text)
    if wording.translations:
        words += _index_text(wording.translations)
    about = (*map(_index_names, wording.names), _index_speaker(wording.speaker))
    terms = dict.fromkeys(chain.from_iterable((*words, *about)))
    terms[TYPE + wording.type] = None
    return f"{' '.join(terms)} {wording.tags}"


def _index_text(text: str) -> list[Collection[str]]:
    """Return the terms of the words of a text.

    No word goes on behind a space, and what stands between two comes again: nearly always what is
    read there is at hand.
    """
    if len(text) <= _MOST_WORDS:  # so many words it cannot have
        tokens = list(map(_index_token, text.split()))
        if None not in tokens:
            return tokens  # type: ignore[return-value]  # there is none among them
    return list(map(_index_word, _words_of(text)))


@lru_cache(16384)
def _index_token(token: str) -> tuple[str, ...] | None:
    """Return the terms of what stands between two spaces; None where jargon may begin there."""
    words = _WORD.findall(token)
    if any(map(may_be_jargon, words)):
        return None
    short = (word for word in words if len(word) <= _LONGEST_WORD)
    return tuple(dict.fromkeys(chain.from_iterable(map(_index_word, short))))


@lru_cache(16384)
def _index_word(word: str) -> dict[str, None]:
    """Return the terms of a word that an entry is found by: all but the type of entry it hints."""
    return dict.fromkeys(term for term in _terms_of(word) if term[0] != TYPE)


@lru_cache(4096)  # of places and speakers, which come again in many entries
def _index_names(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(map(_list_bones, _words_of(names)))))


def _list_bones(word: str) -> list[str]:
    """Return the skeleton of a word of a name, or a number that looks like one; its stems cost."""
    folded = fold(word)
    if folded in _COMMON or len(folded) < 2:  # noqa: PLR2004 -- a single letter
        return []
    if word[0].isdigit():
        return [number for number in _read_number(word) if number[0] == SKELETON]
    bones = skeleton(word)
    return [SKELETON + bones] if bones else []


@lru_cache(4096)
def _index_speaker(speaker: str) -> dict[str, None]:
    every = (term for word in _words_of(speaker) for term in _index_word(word))
    spoken = [term for term in every if term[0] != MEANING]
    bones = [term for term in spoken if term[0] == SKELETON]
    return dict.fromkeys([*bones, *(SPEAKER + term for term in spoken)])
