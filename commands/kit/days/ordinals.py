"""The number of a day in words: "третього листопада", "п'яте листопада", "third of November"."""

import re
from collections.abc import Iterable

from commands.kit.days.day_words import WORDS_OF_A_TEXT, month_of
from store.model.short_texts import cache_short

_STEMS = (
    "перш перв",
    "друг втор",
    "трет",
    "четверт четвёрт",
    "п'ят пят",
    "шост шест",
    "сьом седьм",
    "восьм",
    "дев'ят девят",
    "десят",
    "одинадцят одиннадцат",
    "дванадцят двенадцат",
    "тринадцят тринадцат",
    "чотирнадцят четырнадцат",
    "п'ятнадцят пятнадцат",
    "шістнадцят шестнадцат",
    "сімнадцят семнадцат",
    "вісімнадцят восемнадцат",
    "дев'ятнадцят девятнадцат",
    "двадцят двадцат",
)
_SLAVIC_NUMBERS = {
    **{stem: number for number, stems in enumerate(_STEMS, 1) for stem in stems.split()},
    **dict.fromkeys(("тридцят", "тридцат"), 30),
    "сороков": 40,
    **dict.fromkeys(("п'ятдесят", "пятидесят"), 50),
    **dict.fromkeys(("шістдесят", "шестидесят"), 60),
    **dict.fromkeys(("сімдесят", "семидесят"), 70),
    **dict.fromkeys(("вісімдесят", "восьмидесят"), 80),
    **dict.fromkeys(("дев'яност", "девяност"), 90),
    "сот": 100,
}
_ENGLISH_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ENGLISH_ROUND = "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
_ENGLISH_NUMBERS = {word: at for at, word in enumerate(_ENGLISH_WORDS.split(), 1)} | {
    word: 10 * at for at, word in enumerate(_ENGLISH_ROUND.split(), 3)
}
_SLAVIC_TENS = {
    **dict.fromkeys(("двадцять", "двадцать"), 20),
    **dict.fromkeys(("тридцять", "тридцать"), 30),
    "сорок": 40,
    **dict.fromkeys(("п'ятдесят", "пятьдесят"), 50),
    **dict.fromkeys(("шістдесят", "шестьдесят"), 60),
    **dict.fromkeys(("сімдесят", "семьдесят"), 70),
    **dict.fromkeys(("вісімдесят", "восемьдесят"), 80),
    **dict.fromkeys(("дев'яносто", "девяносто"), 90),
    "сто": 100,
}
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH_TENS = {word: 10 * at for at, word in enumerate(_TENS_WORDS.split(), 2)}
"""What may stand before a number: of forty and more there are no days, so that none is read."""


def _pattern(tens: Iterable[str], numbers: Iterable[str], endings: str) -> str:
    stems = "|".join(sorted(numbers, key=len, reverse=True))
    return rf"(?:(?:{'|'.join(tens)})[ -])*(?:{stems}){endings}"


SLAVIC_ORDINAL = _pattern(_SLAVIC_TENS, _SLAVIC_NUMBERS, "(?:ь?[ео]го|ь?е|ое|є|[иіы]м|ьим)")
ENGLISH_ORDINAL = _pattern(_ENGLISH_TENS, _ENGLISH_NUMBERS, "")
"""A number of a day as a pattern, in a text whose apostrophes are plain."""
_ANY = rf"\b(?:{SLAVIC_ORDINAL}|{ENGLISH_ORDINAL})\b"


def write_in_figures(text: str) -> str:
    """Return "21 листопада" for "двадцять першого листопада"; without a month nothing changes."""
    if not any(map(month_of, re.findall(r"[^\W\d_]+", text))):
        return text
    return re.sub(_ANY, lambda match: str(read_ordinal(match[0])), text, flags=re.IGNORECASE)


def read_ordinal(words: str) -> int:
    """Return the number that an ordinal is, such as 21 for "twenty-first"."""
    *tens, last = re.split("[ -]", words.casefold())
    stems = (last[:end] for end in range(len(last), 0, -1))
    numbers = _SLAVIC_NUMBERS | _ENGLISH_NUMBERS
    number = next(numbers[stem] for stem in stems if stem in numbers)
    return number + sum((_SLAVIC_TENS | _ENGLISH_TENS)[ten] for ten in tens)


@cache_short(WORDS_OF_A_TEXT)
def begins_ordinal(word: str) -> bool:
    """Tell whether a word is such a number or its tens, in Ukrainian or Russian.

    None in English: "a third of November" may be a part of it, and "first May" a first time.
    """
    ends_so = word.endswith(tuple("оеєм"))  # of most words, at no cost
    return is_tens(word) or (ends_so and re.fullmatch(SLAVIC_ORDINAL, _plain(word)) is not None)


def is_tens(word: str) -> bool:
    """Tell whether a word is the tens of such a number: of "сорок першого" the first."""
    return _plain(word) in _SLAVIC_TENS


def _plain(word: str) -> str:
    return re.sub("[’ʼ]", "'", word.casefold())
