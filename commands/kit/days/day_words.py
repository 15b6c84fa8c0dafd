"""The words of days: months, weekdays, units and relative days in English, Ukrainian and Russian.

A month or a weekday is known by any of its forms, and by the first three letters or more of one
("листоп.", "нояб.", "Sept"), which is how calendars, phones and chat clients shorten them.
"""

import re
from collections.abc import Callable
from functools import cache

from store.model.short_texts import cache_short

_MONTH_FORMS = (
    "january січень січня січні январь января январе",
    "february лютий лютого лютому февраль февраля феврале",
    "march березень березня березні март марта марте",
    "april квітень квітня квітні апрель апреля апреле",
    "may травень травня травні май мая мае",
    "june червень червня червні июнь июня июне",
    "july липень липня липні июль июля июле",
    "august серпень серпня серпні август августа августе",
    "september вересень вересня вересні сентябрь сентября сентябре",
    "october жовтень жовтня жовтні октябрь октября октябре",
    "november листопад листопада листопаді ноябрь ноября ноябре",
    "december грудень грудня грудні декабрь декабря декабре",
)
_WEEKDAY_FORMS = (
    "monday понеділок понеділка понедельник понедельника пн",
    "tuesday вівторок вівторка вторник вторника вт",
    "wednesday середа середу середи среда среду среды ср",
    "thursday четвер четверга четверг чт",
    "friday п'ятниця п'ятницю п'ятниці пятница пятницу пятницы пт",
    "saturday субота суботу суботи суббота субботу субботы сб",
    "sunday неділя неділю неділі воскресенье воскресенья вс нд",
)
_SHORTEST = 3
"""Letters of a shortened month or weekday, at least."""

DAYS_BACK = {
    **dict.fromkeys(("tomorrow", "завтра"), -1),
    **dict.fromkeys(("today", "сьогодні", "сегодня"), 0),
    **dict.fromkeys(("yesterday", "вчора", "учора", "вчера"), 1),
    **dict.fromkeys(("day before yesterday", "позавчора", "позавчера"), 2),
}
COUNTS = {
    **dict.fromkeys(("a", "an", "one", "один", "одну", "одна"), 1),
    **dict.fromkeys(("two", "два", "дві", "две", "двох", "двух"), 2),
    **dict.fromkeys(("three", "три", "трьох", "трёх", "трех"), 3),
    **dict.fromkeys(("four", "чотири", "чотирьох", "четыре", "четырёх"), 4),
    **dict.fromkeys(("five", "п'ять", "п'яти", "пять", "пяти"), 5),
    **dict.fromkeys(("six", "шість", "шести", "шесть"), 6),
    **dict.fromkeys(("seven", "сім", "семи", "семь"), 7),
    **dict.fromkeys(("ten", "десять", "десяти"), 10),
}
UNITS = {
    "d": "d day days день дня дні днів дней доба добу доби діб сутки суток",
    "w": "w week weeks тиждень тижня тижні тижнів неделя неделю недели недель",
    "m": "m month months місяць місяця місяці місяців месяц месяца месяцев",
    "y": "y year years рік року роки років год года лет",
}
ALONE = frozenset(
    [
        "day",
        "week",
        "month",
        "year",
        "день",
        "добу",
        "тиждень",
        "місяць",
        "рік",
        "неделю",
        "месяц",
        "год",
        "сутки",
    ]
)
"""Units of which one is meant where no number stands before them: тиждень тому."""
HOURS = "h hour hours год година години годин час часа часов"


WORDS_OF_A_TEXT = 8192  # that may be looked up: a long text asks for each of its words


def full_match(pattern: str, text: str) -> re.Match[str] | None:
    """Match the whole text, capital letters or not."""
    return re.fullmatch(pattern, text, re.IGNORECASE)


def month_of(word: str) -> int | None:
    """Return the month, 1 to 12, that a word names or shortens."""
    return _find_form(word.casefold().removesuffix("."), 1, _MONTH_FORMS)


def weekday_of(word: str) -> int | None:
    """Return the weekday, 0 (Monday) to 6, that a word names or shortens."""
    return _find_form(word.casefold().removesuffix("."), 0, _WEEKDAY_FORMS)


@cache_short(WORDS_OF_A_TEXT)
def unit_of(word: str) -> str | None:
    """Return the unit, "d", "w", "m" or "y", that a word names."""
    return next((unit for unit, forms in UNITS.items() if word.casefold() in forms.split()), None)


@cache_short(WORDS_OF_A_TEXT)
def _find_form(word: str, first: int, forms: tuple[str, ...]) -> int | None:
    """Return the number of the only list in which the word stands, or begins a word."""
    whole = _where(forms, lambda form: form == word)
    if whole or len(word) < _SHORTEST:
        return whole[0] + first if whole else None
    begun = _where(forms, lambda form: form.startswith(word))
    return begun[0] + first if len(begun) == 1 else None


def _where(forms: tuple[str, ...], fits: Callable[[str], bool]) -> list[int]:
    return [at for at, words in enumerate(_split(forms)) if any(map(fits, words))]


@cache
def _split(forms: tuple[str, ...]) -> list[list[str]]:
    return [line.split() for line in forms]
