"""A name and the day beside it, on a line that names whose the words are."""

import re
from datetime import date

from msgspec import Struct

from commands.kit.days import find_days
from commands.kit.days.day_words import month_of, weekday_of
from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.past_days import find_past_days
from store.model.span import Span

_BEFORE_A_DAY = re.compile(
    r"[\s,(\[|*_–—-]*(?:\s(?:за|на|от|від|станом на|по состоянию на|of|for|on|as of))?\s*$",
    re.IGNORECASE,
)
_BEHIND_A_DAY = re.compile(
    r"[\s).\]]*(?:року|рік|года|[рг]\.)?[\s).\]]*(?:,?\s*(?:at|о|об|в|у)?\s*\d{1,2}[:.]\d\d(?::\d\d)?\)?)?",
    re.IGNORECASE,
)
"""What may stand behind a day that is read: the word for a year, an hour."""
_PARTED = re.compile(
    r"(?P<name>[^,(\[|\d]*[^\s,(\[|\d–—-])\s*(?:[,(\[|–—-]|\s(?=\d))\s*(?P<rest>.+)"
)
_ASIDE = re.compile(r"(?<=\w)\s*\((?:@\w+|[^\W\d_]+)\)$")
"""Behind a name, what is no day: its account, or that it is "unconfirmed"."""
_FEW = 4  # words
_DESCRIBING = re.compile(
    r"(?!(?:за|на|от|від|станом|of|for|on|as)\b)[^\W\dA-ZА-ЯЁІЇЄҐ][^\W\dA-ZА-ЯЁІЇЄҐ]* (?:of )?"
)
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT, _YEAR = re.compile(r"\d"), re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BESIDE_DIGITS = {"року", "рік", "года", "р", "г", "st", "nd", "rd", "th", "го", "е", "й", "and"}


class DayBesideName(Struct, frozen=True):
    """The day that stands behind a name, and where; whether with its year."""

    spot: Spot
    day: date
    has_year: bool


def split_name_and_day(
    text: str, spot: Spot, published: date
) -> tuple[Spot, DayBesideName | None, Spot | None]:
    """Part "DeepState, 15 November" and "ISW (Nov 15)" into the name and the day.

    The last is where there is a day that cannot be read: "32 November", "15–16 November".
    """
    first, last = spot
    last -= len(text[first:last]) - len(_ASIDE.sub("", text[first:last]))
    words = text[first:last]
    parted = _PARTED.fullmatch(words)
    if parted and _is_timely(parted["name"]):
        return spot, None, None
    is_dated = _DIGIT.search(words) or parted
    days = find_past_days(words, published) if is_dated else []
    if parted and days and _DESCRIBING.fullmatch(words, parted.start("rest"), days[0].start):
        days = []  # "evening of 4 May" is read by nothing
    if (
        len(days) == 1
        and _ends_on_a_day(days[0].span)
        and _BEHIND_A_DAY.fullmatch(words, days[0].end)
    ):
        (day,) = days
        name = _ASIDE.sub("", _BEFORE_A_DAY.sub("", words[: day.start]))
        has_year = _YEAR.search(words, day.start) is not None
        place = first + day.start, first + day.end
        if name:
            return (first, first + len(name)), DayBesideName(place, day.span.latest, has_year), None
    if parted and (_is_like_a_day(parted["rest"]) or _has_a_day(parted["rest"], published)):
        name = _BEFORE_A_DAY.sub("", parted["name"])
        return (first, first + len(name)), None, (first + parted.start("rest"), last)
    return (first, last), None, None


def _ends_on_a_day(span: Span) -> bool:
    """Tell whether a span is a day, or all up to one: "as of 4 May"."""
    return span.is_day or span.earliest is None


def _has_a_day(words: str, published: date) -> bool:
    """Tell whether a few words name a day that is not the whole of them: "week of 4 May"."""
    return len(words.split()) <= _FEW and bool(find_days(words, published))


def _is_like_a_day(words: str) -> bool:
    """Tell whether words are numbers and names of months and weekdays alone."""
    has_weekday = any(weekday_of(word) is not None for word in _WORD.findall(words))
    return _is_timely(words) and (has_weekday or _DIGIT.search(words) is not None)


def _is_timely(words: str) -> bool:
    """Tell whether all words are those of days."""
    return all(
        word.casefold() in _BESIDE_DIGITS or month_of(word) or weekday_of(word) is not None
        for word in _WORD.findall(words)
    )
