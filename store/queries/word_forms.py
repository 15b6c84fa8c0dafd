"""The other forms of a word that entries have: strike and strikes, удар and ударів.

English and Russian by Snowball; Ukrainian, which it does not know, by endings. Two words are forms
of one if any of their stems is the same.
"""

import sqlite3
from functools import lru_cache

from store.model.text import fold

_SHORTEST, _LOOKED_AT, _MOST = 3, 400, 12
_DIFFERS = 4  # letters at the end in which two forms may differ
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
        "SELECT term FROM entry_vocabulary WHERE term >= ? AND term < ? LIMIT ?",
        (start, start + "\U0010ffff", _LOOKED_AT),
    )
    forms = [term for (term,) in terms if term != word and _stems(term) & own]
    return [word, *sorted(forms, key=lambda form: (abs(len(form) - len(word)), form))[: _MOST - 1]]


def list_stems(word: str) -> frozenset[str]:
    """Return the stems that a folded word may have; of a short one, itself."""
    return _stems(word) or frozenset({word})


@lru_cache(4096)
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
