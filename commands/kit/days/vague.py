"""Days that people name without saying which: last week, on Monday, in October, за місяць.

None is read, since "last Friday" is another day to another reader. Each has a latest one, which a
refusal offers.
"""

import re
from datetime import date, timedelta

from commands.kit.days.day_words import month_of, weekday_of

_LEADS = frozenset(
    [
        *("in", "on", "at", "over", "during", "for", "the", "of", "from", "since", "within"),
        *("у", "в", "во", "на", "за", "з", "із", "зі", "с", "со", "протягом"),
        *("упродовж", "впродовж", "від", "от", "об", "весь", "всю", "увесь", "усю", "whole"),
        *("early", "late", "mid", "beginning", "start", "middle", "end", "half", "first"),
        *("початку", "середині", "кінці", "наприкінці", "початок", "кінець", "початком"),
        *("начале", "середине", "конце", "начала", "середины", "конца"),
        *("начало", "середина", "середину", "конец", "під", "под", "кінця", "середина", "початку"),
    ]
)
_THIS = r"this|current|ц(?:ей|я|е|ього|ьому|ю|ими|их|і)|эт(?:от|а|ой|ом|у|и|их|ими)"
_LAST = r"last|past|previous|(?:мину|прош|прошед|попередн|останн|предыдущ|последн)[^\W\d_]+"
_WEEK = r"weeks?|тиж(?:день|ня|ні|нем)|недел(?:я|ю|и|е|ей)"
_MONTH = r"months?|місяц[яію]|місяць|місяцем|месяц[ае]?|месяцем"
_YEAR = r"years?|р[іо]к(?:у|ом)?|році|год[ау]?|годом"
_WEEKEND = r"weekends?|вихідн(?:і|их|ими|ий)|выходн(?:ые|ых|ыми|ой)"
_SATURDAY = 5


def latest_of(text: str, today: date) -> str | None:
    """Return the newest weekday, weekend, week, month or year that a text may mean, as EDTF.

    A week that is under way ends with `today`. None where the text is none of these.
    """
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", text.casefold())
    kinds = [word for word in words if word not in _LEADS and not _is_which(word)]
    if len(kinds) != 1 or kinds[0] != words[-1] or re.search(r"\d", text):
        return None
    before = any(re.fullmatch(_LAST, word) for word in words)
    (kind,) = kinds
    period = _latest_period(kind, today, before=before)
    return period or _latest_named(kind, today, before=before)


def _is_which(word: str) -> bool:
    return bool(re.fullmatch(_THIS, word) or re.fullmatch(_LAST, word))


def _latest_period(word: str, today: date, *, before: bool) -> str | None:
    monday = today - timedelta(today.weekday())
    if re.fullmatch(_WEEK, word):
        first = monday - timedelta(7) if before else monday
        return _between(first, min(first + timedelta(6), today))
    if re.fullmatch(_WEEKEND, word):
        first = monday + timedelta(_SATURDAY)
        if first > today:
            first -= timedelta(7)
        return _between(first, min(first + timedelta(1), today))
    if re.fullmatch(_MONTH, word):
        last = today.replace(day=1) - timedelta(1) if before else today
        return f"{last.year:04}-{last.month:02}"
    if re.fullmatch(_YEAR, word):
        return f"{today.year - before:04}"
    return None


def _latest_named(word: str, today: date, *, before: bool) -> str | None:
    month, weekday = month_of(word), weekday_of(word)
    if month is not None:
        return f"{today.year - (month > today.month):04}-{month:02}"
    if weekday is None:
        return None
    back = (today.weekday() - weekday) % 7
    return (today - timedelta(back or 7 * before)).isoformat()


def _between(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first}/{last}"
