"""One day, month or year, in each of the shapes in which it is written.

A shape takes text with single blanks and plain hyphens, and returns a Partial, or None
where the text has another shape. What has the shape and cannot be is a BadDay.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from commands.kit.days.bad_day import OLDEST_YEAR, BadDay
from commands.kit.days.day_words import (
    ALONE,
    COUNTS,
    DAYS_BACK,
    HOURS,
    full_match,
    month_of,
    unit_of,
    weekday_of,
)
from commands.kit.days.partial import Partial, calendar_day, existing

# Patterns rather than compiled ones: re keeps them once used, and start-up does not pay for them.
_WORD = r"[^\W\d_]+(?:'[^\W\d_]+)?"
_YEAR_WORD = r"(?: ?(?:року|рік|р|года|году|год|г)\b\.?)?"
_YEAR = rf"(?P<year>(?!0000)[0-9]{{4}}|'?[0-9]{{2}}){_YEAR_WORD}"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|-?(?:го|е|ше|ге|те|ге))?"
_MONTH = rf"(?P<month>{_WORD})\.?"
_WEEKDAY = rf"(?:(?P<weekday>{_WORD})\.?,? )?"
_LEAD = r"(?:(?:on|in|у|в|во) )?(?:the )?"
_ISO = r"(?P<year>(?!0000)[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?"
_NUMERIC = (
    _ISO,
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    r"(?P<year>(?!0000)[0-9]{4})\.(?P<month>[0-9]{1,2})\.(?P<day>[0-9]{1,2})",
    rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.{_YEAR}",
)
_NAMED = (
    rf"{_LEAD}{_WEEKDAY}{_LEAD}{_DAY}(?:(?: of)? |[.-])?{_MONTH}(?:,? ?{_YEAR})?",
    rf"{_LEAD}{_WEEKDAY}(?!the ){_MONTH}(?:(?: the)? |-)?{_DAY}(?:,? {_YEAR})?",
    rf"{_WEEKDAY}{_DAY}[-/]{_MONTH}[-/]{_YEAR}",
    rf"{_WEEKDAY}{_MONTH}[-/]{_DAY}[-/]{_YEAR}",
)
_AGO = (
    rf"(?P<count>[0-9]{{1,4}}) ?(?P<unit>{_WORD})(?P<ago> (?:ago|тому|назад))?",
    rf"(?:(?P<count>{_WORD}) )?(?P<unit>{_WORD})(?P<ago> (?:ago|тому|назад))",
)
_CENTURY = 100


def read_shape(text: str, today: date, zone: tzinfo = UTC) -> Partial | None:
    """Return the one day, month or year that the whole text says, or None."""
    for shape in (_numeric, _short, _relative, _read_month_name):
        part = shape(text, today)
        if part is not None:
            return part
    return _stamp(text, zone) or _loose(text, today)


def _numeric(text: str, today: date) -> Partial | None:
    """2025-10-29, 2025-10, 2025, 20251029, 2025.10.29 and, day first, 29.10.2025."""
    for pattern in _NUMERIC:
        match = full_match(pattern, text)
        if match is None:
            continue
        parts = match.groupdict()
        month, day = (int(parts[name]) if parts.get(name) else None for name in ("month", "day"))
        year = _full_year(text, parts["year"], month, day, today)
        if month is None and year < OLDEST_YEAR:
            return None
        if month is not None:
            existing(text, year, month, 1 if day is None else day)
        return Partial(year, month, day, text)
    return None


def _short(text: str, _today: date) -> Partial | None:
    """07.11; and what only another end can complete: a lone 28, "29, 2025" or October."""
    match = full_match(r"([0-9]{1,2})\.([0-9]{1,2})\.?", text)
    if match and calendar_day(2024, int(match[2]), int(match[1])):  # a leap year, so 29.02 counts
        return Partial(None, int(match[2]), int(match[1]), text)
    match = full_match(rf"{_LEAD}{_DAY}(?:, (?P<year>(?!0000)[0-9]{{4}}))?", text)
    if match:
        return Partial(int(match["year"]) if match["year"] else None, None, int(match["day"]), text)
    month = month_of(text)
    return Partial(None, month, None, text) if month else None


def _relative(text: str, today: date) -> Partial | None:
    """Today, позавчора, 7d, 2 weeks ago, тиждень тому."""
    named = re.sub(r"^(?:the|за) ", "", text.casefold())
    if named in DAYS_BACK:
        return Partial.on(today - timedelta(DAYS_BACK[named]), text)
    for pattern in _AGO:
        match = full_match(pattern, text)
        unit = unit_of(match["unit"]) if match else None
        if match is None or unit is None:
            continue
        if not match["count"] and match["unit"].casefold() not in ALONE:
            continue
        counted = match["count"] or "a"
        count = int(counted) if counted.isdigit() else COUNTS.get(counted.casefold())
        return None if count is None else Partial.on(_back(today, count, unit), text)
    return None


def is_length(text: str) -> bool:
    """Tell whether a text is a length of time up to now, such as 7d or "2 weeks"."""
    match = full_match(_AGO[0], text)
    return match is not None and not match["ago"] and unit_of(match["unit"]) is not None


def is_in_hours(text: str) -> bool:
    """Tell whether a text is a number of hours, such as 24h."""
    return full_match(rf"[0-9]+ ?(?:{HOURS.replace(' ', '|')})", text) is not None


def _back(today: date, count: int, unit: str) -> date:
    if unit in "dw":
        return today - timedelta(count * (7 if unit == "w" else 1))
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  start-up does not wait

    back = relativedelta(months=count) if unit == "m" else relativedelta(years=count)
    try:
        return today - back
    except (ValueError, OverflowError):
        return date.min


def _read_month_name(text: str, today: date) -> Partial | None:
    """29 Oct 2025, Oct 29, 5nov, 7-го листопада, середа, 29 жовтня 2025 р., October 2025."""
    for pattern in _NAMED:
        match = full_match(pattern, text)
        month = month_of(match["month"]) if match else None
        if match is None or month is None:
            continue
        weekday = weekday_of(match["weekday"]) if match["weekday"] else None
        if match["weekday"] and weekday is None:
            continue
        day = int(match["day"])
        year = _full_year(text, match["year"], month, day, today) if match["year"] else None
        whole = Partial(year, month, day, text)
        _check_weekday(whole.latest_until(today), weekday)
        return whole
    match = full_match(rf"{_LEAD}{_MONTH},? ?(?P<year>(?!0000)[0-9]{{4}}){_YEAR_WORD}", text)
    month = month_of(match["month"]) if match else None
    return Partial(int(match["year"]), month, None, text) if match and month else None


def _check_weekday(part: Partial, weekday: int | None) -> None:
    day = calendar_day(part.year or 0, part.month or 0, part.day or 0)
    if day is None or weekday is None or day.weekday() == weekday:
        return
    raise BadDay(
        "{typed} names another weekday than {day} had: write {iso} if that is the day.",
        typed=part.typed,
        day=day,
        iso=day.isoformat(),
        instead=(day.isoformat(),),
    )


def _full_year(text: str, year: str, month: int | None, day: int | None, today: date) -> int:
    """Return a year of four figures; one of two is refused, with the day it may mean."""
    if len(year) > 2 and year.isdigit():  # noqa: PLR2004 -- figures
        return int(year)
    century = today.year // _CENTURY * _CENTURY
    meant = century + int(year.strip("'"))
    meant -= _CENTURY if meant > today.year else 0
    iso = existing(text, meant, month or 1, 1 if day is None else day).isoformat()
    raise BadDay(
        "{typed} gives its year in two figures: write all four, such as {iso}.",
        typed=text,
        iso=iso,
        instead=(iso,),
    )


def _stamp(text: str, zone: tzinfo) -> Partial | None:
    """<t:1761696000:D>, as Discord writes a moment that every reader sees in their own zone."""
    match = full_match(r"<t:(-?[0-9]{1,12})(?::[a-z])?>", text)
    if match is None:
        return None
    try:
        return Partial.on(datetime.fromtimestamp(int(match[1]), zone).date(), text)
    except (OverflowError, OSError, ValueError):
        return None


def _loose(text: str, today: date) -> Partial | None:
    """29-Oct-2025, 29OCT2025: one day, one month, one year, and what dateutil passes over.

    Left to itself dateutil reads "10", "fri" and "5pm" as days, so it is believed only where it
    finds the day, the month and the year that were typed.
    """
    words = re.findall(r"[a-z]+", text.casefold())
    months = [month for word in words if (month := month_of(word))]
    numbers = sorted(re.findall(r"\d+", text), key=len)
    if len(months) != 1 or [len(number) for number in numbers] not in ([1, 4], [2, 4]):
        return None
    from dateutil.parser import parse  # noqa: PLC0415  start-up must not wait for it

    day, year = (int(number) for number in numbers)
    try:
        known = parse(text, default=datetime.combine(today, time.min), ignoretz=True).date()
    except (ValueError, OverflowError):
        return None
    if (known.year, known.month, known.day) != (year, months[0], day):
        return None
    weekdays = {weekday for word in words if (weekday := weekday_of(word)) is not None}
    for weekday in weekdays - {known.weekday()}:
        _check_weekday(Partial.on(known, text), weekday)
    return Partial.on(known, text)
