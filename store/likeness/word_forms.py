"""The other forms of a word that entries have: strike and strikes, удар and ударів.

English and Russian by Snowball; Ukrainian, which it does not know, by endings. Two words are forms
of one if any of their stems is the same. A name is found in Latin letters too, however it is spelt:
Зеленського and Zelenskyy find Zelensky.
"""

import sqlite3
from functools import lru_cache

from store.db.as_list import as_list
from store.model.short_texts import cache_short
from store.model.text import fold
from store.places.declension import list_nominative_keys
from store.places.name_key import name_key

_SHORTEST, _LOOKED_AT, _MOST = 3, 400, 12
_DIFFERS = 4  # letters at the end in which two forms may differ
_SHORTEST_NAME, _NAMES_LOOKED_AT = 5, 4_000
_SPELT = {
    "a": "a ya ia ja",
    "e": "e ye ie je",
    "u": "u yu iu ju",
    "i": "i y j yi",
    "h": "h kh g ch x",
    "k": "k c q x",
    "v": "v w",
    "t": "t c",
    "s": "s c",
    "z": "z j",
}
"""How a letter of a key may be written, with the one that may stand before it."""
_UKRAINIAN_ENDINGS = """
ування уваннями уванням уванні ання анням анні ення енням енні ями ами ому ого ими ій ої ою ею єю
ів їв ах ях ам ям ом ем єм им их ий ая яя ую юю а я у ю о е є и і ї ь й
ється ються ався алася алися ати ити ував увала ували ав ала али ив ила или ено ано
"""


def find_forms(db: sqlite3.Connection, word: str) -> list[str]:
    """Return the forms of a folded word that stand in entries, itself first."""
    own = _stems(word)
    if not own:
        return [word]
    start = word[: max(_SHORTEST, len(word) - _DIFFERS)]
    terms = db.execute(
        "SELECT word FROM entry_words WHERE word >= ? AND word < ? LIMIT ?",
        (start, start + "\U0010ffff", _LOOKED_AT),
    )
    alike = [term for (term,) in terms if _stems(term) & own]
    forms = {*alike, *(() if word.isascii() and alike else _find_spellings(db, word))} - {word}
    return [word, *sorted(forms, key=lambda form: (abs(len(form) - len(word)), form))[: _MOST - 1]]


def list_stems(word: str) -> frozenset[str]:
    """Return the stems that a folded word may have; of a short one, itself."""
    return _stems(word) or frozenset({word})


def _find_spellings(db: sqlite3.Connection, word: str) -> list[str]:
    """Return the words in Latin letters that are the same name, whose nominative it may be."""
    keys = {key for key in list_nominative_keys(word) if len(key) >= _SHORTEST_NAME}
    starts = sorted({start for key in keys for start in _list_starts(key)})
    terms = db.execute(
        "SELECT w.word FROM json_each(?) s"
        " CROSS JOIN entry_words w ON w.word >= s.value AND w.word < s.value || '{' LIMIT ?",
        (as_list(starts), _NAMES_LOOKED_AT),
    )
    return [term for (term,) in terms if {_key_of(term), _key_of(term.removesuffix("s"))} & keys]


def _list_starts(key: str) -> list[str]:
    """Return how a name with that key may begin: х is kh, h and g, є is ye and ie."""
    first, second = (_SPELT.get(letter, letter).split() for letter in key[:2])
    return [start + after[:1] for start in first for after in second]


_key_of = lru_cache(65_536)(name_key)


@cache_short(4096)
def _stems(word: str) -> frozenset[str]:
    if len(word) <= _SHORTEST or not word.isalpha():
        return frozenset()
    if word.isascii():
        return frozenset({_snowball("english", word)})
    return frozenset({_snowball("russian", word), _ukrainian(word)})


def _snowball(language: str, word: str) -> str:
    # Only a search pays for loading it. It has no types of its own.
    import snowballstemmer  # type: ignore[import-untyped]  # noqa: PLC0415

    return str(snowballstemmer.stemmer(language).stemWord(word))


def _ukrainian(word: str) -> str:
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word


@lru_cache(1)
def _endings() -> list[str]:
    return sorted(map(fold, _UKRAINIAN_ENDINGS.split()), key=len, reverse=True)
