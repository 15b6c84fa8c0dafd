"""What is left of a word in every script and spelling: its consonants, in Latin letters.

Дейнега, Deineha and Deynega are dnh, Рубікон and Rubicon rbkn, Тернополь and Tarnopol trnpl. It
finds names and the words that languages share; what has too few consonants has no skeleton.
"""

import re
from functools import lru_cache

from store.places.name_key import name_key

_VOWELS = re.compile("[aeiouyь]+")
_HARD_C = re.compile("c(?![heiy])")  # Rubicon, critics; not cherry nor city
_SHORTEST_WORD, _SHORTEST = 4, 3
_LONGEST_WORD = 40


@lru_cache(16384)
def skeleton(word: str) -> str:
    """Return the skeleton of a word, "" where it would say too little."""
    if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD:
        return ""
    plain = _HARD_C.sub("k", word.lower()) if word.isascii() else word
    bones = _VOWELS.sub("", name_key(plain))
    return bones if len(bones) >= _SHORTEST else ""
