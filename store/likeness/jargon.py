"""What people write short in posts about this war, and what it stands for, in plain English.

What a short form stands for is read behind it, as if it were written there.
"""

import re

from store.model.short_texts import cache_short
from store.model.text import fold

_TABLE = {
    "Zelensky": "ze, зе",
    "battalion": "bn, бат",
    "battalion commander": "комбат",
    "brigade commander": "комбриг",
    "unmanned ground vehicle": "нрк, ugv",
    "drone": "бпла, бпак, uav, fpv, фпв, мавик, мавік, mavic",
    "glide bomb": "каб, кабы, kab",
    "General Staff": "гш, генштаб, gsua",
    "Ukrainian forces": "зсу, всу, afu",
    "Russian forces": "вс рф, зс рф",
    "Russian Ministry of Defence": "мо рф, міноборони рф, минобороны рф, russian mod, rumod",
    "Ministry of Defence": "міноборони, минобороны, mod",
    "Defence Intelligence of Ukraine": "гур, гуровцы, гуровцев, гурівці, гурівців, hur, gur",
    "Security Service of Ukraine": "сбу, sbu",
    "Moscow Putin": "кремль, кремля, kremlin",
    "Kyiv president": "банкова, банковой, банкової, bankova",
    "prisoners of war": "pow, pows",
    "helicopter": "helo, helos, heli",
    "Russian troops": "орки, орков, орків, рашисты, рашисти, русня, ruscists, orcs",
    "Russian flag": "триколор",
    "car": "автівка, автівки, автівку",
    "infiltration group": "дрг",
    "wounded": "трьохсоті, трехсотые, 300ті",
    "killed": "двохсоті, двухсотые",
}
_MEANINGS = {
    short: meaning for meaning, shorts in _TABLE.items() for short in fold(shorts).split(", ")
}
_SHORTS = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_MEANINGS, key=len, reverse=True)))})(?!\w)",
    re.IGNORECASE,
)


_APOSTROPHE = re.compile("['’ʼ`]")
_FIRST_WORDS = frozenset(short.split()[0] for short in _MEANINGS)
_NUMBERS = tuple(word[: -len(word.lstrip("0123456789"))] for word in _FIRST_WORDS)


@cache_short(16384)
def may_be_jargon(word: str) -> bool:
    """Tell whether a word, or a number, may be how a short form begins: so few do that it pays."""
    if word[0].isdigit():
        return any(number in word for number in _NUMBERS if number)
    return any(fold(part) in _FIRST_WORDS for part in _APOSTROPHE.split(word))


def is_common_short(word: str) -> bool:
    """Tell whether a word is short for something that is no name: "UGV", not "GSUA"."""
    return _MEANINGS.get(fold(word), "A")[0].islower()


def expand_jargon(text: str) -> str:
    """Return a text with the meaning of each short form behind it."""
    return _SHORTS.sub(lambda match: f"{match[0]} {_MEANINGS[fold(match[0])]}", text)
