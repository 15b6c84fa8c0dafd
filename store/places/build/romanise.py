"""Ukrainian names in Latin letters, as Cabinet resolution 55 of 27 January 2010 writes them."""

import re
from itertools import pairwise

_ALWAYS = dict(zip("абвгґдезиіклмнопрстуфь’", (*"abvhgdezyiklmnoprstuf", "", ""), strict=True))
_ALWAYS |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LATER = {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
_WORD = re.compile(r"[^\W\d_’]+(?:’[^\W\d_’]+)*")


def romanise(text: str) -> str:
    """Return a Ukrainian text in Latin letters; other characters stay as they are.

    An apostrophe within a word has to be U+2019. A word begins after a hyphen too.
    """
    return _WORD.sub(lambda word: _romanise_word(word[0]), text)


def _romanise_word(word: str) -> str:
    lower = word.lower()
    letters = [_FIRST.get(lower[0]) or _ALWAYS.get(lower[0], lower[0])]
    for before, letter in pairwise(lower):
        is_zgh = before == "з" and letter == "г"
        letters.append("gh" if is_zgh else _LATER.get(letter) or _ALWAYS.get(letter, letter))
    latin = "".join(letters)
    return latin if word == lower else latin[:1].upper() + latin[1:]
