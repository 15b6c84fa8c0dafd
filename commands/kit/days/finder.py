"""The days that a text names, each where it stands.

Only what could be nothing else counts: "29 жовтня", "overnight into 6 November", "yesterday". A
lone number, a year, "3 days" or "Monday" in running text may be anything, and is passed over.
"""

import re
from datetime import UTC, date, tzinfo

from msgspec import Struct

from commands.kit.days.bad_day import BadDay
from commands.kit.days.day_words import COUNTS, DAYS_BACK, month_of, unit_of
from commands.kit.days.names_of_days import is_part_of_name
from commands.kit.days.ordinals import ENGLISH_ORDINAL, begins_ordinal, is_tens
from commands.kit.days.read_days import read_days
from store.model.span import Span

_WORD = r"<t:-?\d+(?::\w)?>|\d+(?:[./:-]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*\.?|[–—-]"
_LETTERS = r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*"
_MOST_WORDS = 9
_GLUED = r"\d[^\W\d_]{3}|[^\W\d_]{3}\d"
"""A day and a month without a blank: 5nov, nov5."""
_THE_THIRD_OF = rf"(?i)\bthe {ENGLISH_ORDINAL} of "
_LEADS = frozenset(
    [
        *("on", "in", "by", "before", "about", "around", "as", "between", "from", "the"),
        *("між", "между"),
        *("night", "overnight", "last", "past", "day", "з", "із", "зі", "с", "со", "у", "в", "во"),
        *("на", "до", "за", "близько", "приблизно", "около", "станом", "по", "ніч", "ночь"),
        *("вночі", "уночі", "ночью"),
        *("минулої", "прошлой"),
    ]
)


class FoundDay(Struct, frozen=True):
    """A day in a text: code points from `start` up to `end`."""

    start: int
    end: int
    span: Span


def find_days(text: str, today: date, zone: tzinfo = UTC) -> list[FoundDay]:
    """Return the days that a text names, in order and apart; relative ones counted from `today`."""
    words = list(re.finditer(_WORD, text))
    days: list[FoundDay] = []
    at = 0
    while at < len(words):
        day = _longest_day(text, words, at, today, zone)
        if day is None:
            at += 1
            continue
        if not is_part_of_name(text, day.start, day.end):
            days.append(day)
        while at < len(words) and words[at].start() < day.end:
            at += 1
    return days


def _longest_day(
    text: str, words: list[re.Match[str]], at: int, today: date, zone: tzinfo
) -> FoundDay | None:
    if not _may_begin(words[at][0]) or (at and is_tens(words[at - 1][0])):
        return None
    start = words[at].start()
    for last in reversed(words[at : at + _MOST_WORDS]):
        for end in dict.fromkeys((last.end(), last.end() - last[0].endswith("."))):
            piece = text[start:end]
            if "\n" in piece or not _names_a_day(piece) or _is_cut_out(text, start, end):
                continue
            if span := _read(piece, today, zone):
                return FoundDay(start, end, span)
    return None


def _may_begin(word: str) -> bool:
    plain = word.casefold()
    return (
        word[0].isdigit()
        or word.startswith("<t:")
        or plain in DAYS_BACK
        or plain in COUNTS
        or plain in _LEADS
        or begins_ordinal(plain)
        or month_of(plain) is not None
        or (len(plain) > 1 and unit_of(plain) is not None)
    )


def _names_a_day(piece: str) -> bool:
    """Tell whether a piece has what only days have: a month, a whole date, yesterday, ago."""
    typed = re.findall(r"[^\W\d_]+", piece)
    words = [word.casefold() for word in typed]
    if any(month_of(word) and word != "may" for word in typed):  # 5 may have fallen
        numbered = re.search(r"\d", piece) or any(map(begins_ordinal, re.findall(_LETTERS, piece)))
        return bool(numbered or re.search(_THE_THIRD_OF, piece))
    if any(word in DAYS_BACK for word in words) or {"ago", "тому", "назад"} & set(words):
        return True
    dated = r"\d{4}-\d{2}-\d{2}|\b(?:19|20)\d{6}\b|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|<t:"
    dated += r"|(?i:as of|станом на|по состоянию на) .*\b\d{1,2}\.\d{1,2}$"
    backs = r"(?i)\b(?:last night|минулої ночі|прошлой ночью|минул\w+ доб\w|прош\w+ сутки|past day)"
    return bool(re.search(dated, piece) or re.search(backs, piece))


def _is_cut_out(text: str, start: int, end: int) -> bool:
    """Tell whether a glued day is only a part of what stands there, such as the id "f5nov3"."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return re.search(_GLUED, text[start:end]) is not None and re.search(r"\w", around) is not None


def _read(piece: str, today: date, zone: tzinfo) -> Span | None:
    try:
        return read_days(piece, today, zone)
    except BadDay:
        return None
