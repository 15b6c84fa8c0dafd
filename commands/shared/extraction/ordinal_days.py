"""The day of a month in words: "пятого октября", "двадцять першого листопада"."""

_STEMS = (
    ("перв", "перш"),
    ("втор", "друг"),
    ("трет",),
    ("четверт", "четвёрт"),
    ("пят", "п'ят"),
    ("шест", "шост"),
    ("седьм", "сьом"),
    ("восьм",),
    ("девят", "дев'ят"),
    ("десят",),
    ("одиннадцат", "одинадцят"),
    ("двенадцат", "дванадцят"),
    ("тринадцат", "тринадцят"),
    ("четырнадцат", "чотирнадцят"),
    ("пятнадцат", "п'ятнадцят"),
    ("шестнадцат", "шістнадцят"),
    ("семнадцат", "сімнадцят"),
    ("восемнадцат", "вісімнадцят"),
    ("девятнадцат", "дев'ятнадцят"),
    ("двадцат", "двадцят"),
)
_NUMBERS = {stem: number for number, stems in enumerate(_STEMS, 1) for stem in stems}
_NUMBERS |= {"тридцат": 30, "тридцят": 30}
_LONGEST_FIRST = sorted(_NUMBERS, key=len, reverse=True)


def write_in_digits(words: str) -> str:
    """Return "21 листопада" for "двадцять першого листопада"."""
    *numbers, month = words.casefold().replace("’", "'").replace("ʼ", "'").split()
    return f"{sum(map(_read_number, numbers))} {month}"


def _read_number(word: str) -> int:
    return next((_NUMBERS[stem] for stem in _LONGEST_FIRST if word.startswith(stem)), 0)
