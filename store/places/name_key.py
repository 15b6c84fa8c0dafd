"""One key for a name in every script and romanisation that it is written in.

Покровськ, Покровск, Pokrovs'k and Pokrowsk have one key; so have Плещіївка and Pleshchiyivka. What
scribes differ in is folded (г and ґ, и and і, signs, doubled letters); what tells names apart
stays.
"""

import re
import unicodedata

from store.model.short_texts import cache_short

_BEFORE_ACCENTS_GO = str.maketrans(
    {"š": "sh", "ş": "sh", "ž": "zh", "č": "ch", "ç": "ch", "ł": "l", "đ": "d", "ø": "o", "ı": "i"}
)
_SIGNS = dict.fromkeys("'’ʼ‘`´′＇ʹʺ″\"“”«»ьъ", "")
_LATIN = {"g": "h", "y": "i", "j": "i", "w": "v", "q": "k", "x": "ks"}
_CYRILLIC = dict(zip("абвгґдезийіїклмнопрстуфхыэ", "abvhhdeziiiiklmnoprstufhie", strict=True))
_CYRILLIC |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ў": "u", "ј": "i"}
_CYRILLIC |= {"є": "ie", "ё": "e", "ю": "iu", "я": "ia"}
_ARABIC = {"ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ـ": ""}
_LETTERS = str.maketrans({**_SIGNS, **_LATIN, **_CYRILLIC, **_ARABIC})
_SIMPLE = re.compile(r"[ -~а-ёіїєґ’ʼ]*")  # no accent in it that could come apart
_ACCENTS = "[\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670]+"

_KEPT = 4096  # keys: the same names are asked about, and the same words stand beside them

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"al", "el"})
_ARABIC_ARTICLE = "^ال(?=..)"
_SOFT_I = re.compile("i+(?=[aeou])")  # я, ya, ia and 'a are one, as are є and е, ю and u
_HARD_C = re.compile("c(?!h)")  # of Poles and Czechs: Doneck
_ADJECTIVE = re.compile("(?<=..)oi*e$")  # a Russian ending: Novoekonomichnoye is Novoekonomichne
_H = re.compile("(?:k*h)+")  # of х, г, kh and gh alike, also in zh, ch and sh
_MANY_I = "i+"
_DOUBLE = re.compile(r"(zh|ch|sh|ts|[^0-9])\1+")


@cache_short(_KEPT)
def name_key(text: str) -> str:
    """Return the key of a name: letters and digits without a space; "" where it has none.

    Two spellings of one name have one key. Names that differ may share it too (Схід and Шід), so
    whoever compares keys prefers the name that is the same to the letter.
    """
    return join_keys(*_spell_words(text))


def spell_out(text: str) -> str:
    """Return a name in plain Latin letters, none of them left out: what was typed, to count slips.

    Курьяново is kurianovo and Курахово kurakhovo: two slips apart, where their keys are one.
    """
    return re.sub(_MANY_I, "i", "".join(_spell_words(text.casefold().replace("х", "kh"))))


def _spell_words(text: str) -> list[str]:
    plain = text.casefold()
    if not _SIMPLE.fullmatch(plain):
        plain = unicodedata.normalize("NFKD", plain.translate(_BEFORE_ACCENTS_GO)).casefold()
        plain = re.sub(_ACCENTS, "", plain)
    words = _WORD.findall(plain.translate(_LETTERS))
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    return list(map(_spell_word, words))


def join_keys(*keys: str) -> str:
    """Return the key of a name from the keys of its words or of its stem and ending."""
    return _DOUBLE.sub(r"\1", _H.sub("h", _SOFT_I.sub("", "".join(keys))))


def _spell_word(word: str) -> str:
    if not word.isascii():
        return re.sub(_ARABIC_ARTICLE, "", word)
    return _ADJECTIVE.sub("e", _HARD_C.sub("ts", word))
