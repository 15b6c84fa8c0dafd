"""What a person types for a day, read without a guess that could be wrong.

Shapes are matched first. python-dateutil is asked last, about what remains, and only believed where
it finds the day, the month and the year that were typed: left to itself it reads "10", "fri" and
"5pm" as days.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import NoReturn
from unicodedata import category, normalize

from commands.kit.inlines import When
from store.model.span import Span

_MARKS = "~?% "
_LONGEST, _SHOWN = 64, 40  # characters read, characters shown back
_OLDEST_YEAR = 1900  # "1730" is sooner half past five than a year

_NAMES = (
    "jan january січень січня январь января",
    "feb february лютий лютого февраль февраля",
    "mar march березень березня март марта",
    "apr april квітень квітня апрель апреля",
    "may травень травня май мая",
    "jun june червень червня июнь июня",
    "jul july липень липня июль июля",
    "aug august серпень серпня август августа",
    "sep sept september вересень вересня сентябрь сентября",
    "oct october жовтень жовтня октябрь октября",
    "nov november листопад листопада ноябрь ноября",
    "dec december грудень грудня декабрь декабря",
)
_MONTHS = {name: month for month, names in enumerate(_NAMES, 1) for name in names.split()}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS_BACK = {"today": 0, "сьогодні": 0, "сегодня": 0, "yesterday": 1, "вчора": 1, "вчера": 1}

# Patterns rather than compiled ones: re keeps them once used, and start-up does not pay for them.
_YEAR = r"(?P<year>(?!0000)[0-9]{4})(?: (?:року|р|года|г)\.?)?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[^\W\d_]+)\.?"
_ISO = r"(?P<year>(?!0000)[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?"
_DOTTED = r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>(?!0000)[0-9]{4})"
_AGO = r"([0-9]{1,4}) ?(d|days?|w|weeks?|m|months?)(?: ago)?"
_NAMED = (rf"{_DAY} {_MONTH}(?:,? {_YEAR})?", rf"{_MONTH} {_DAY}(?:,? {_YEAR})?")
_NAMED_MONTH = rf"{_MONTH},? {_YEAR}"
_SLASHES = r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"
_TIME = r"[0-9]:[0-9]{2}|[0-9]t[0-9]|\b[0-9]{1,2} ?[ap]\.?m\b|\b(?:noon|midnight)\b|o.clock"


class BadDay(ValueError):
    """What was typed is no day; the text says in one sentence why, and what to write instead.

    `message` is the English sentence, a literal wherever this is raised so that its translation
    can be looked up; `given` fills its fields, a day as one that any language can write.
    """

    def __init__(self, message: str, /, **given: str | date) -> None:
        """Keep the sentence and its fields apart, for whoever translates it."""
        words = {
            key: plain(value) if isinstance(value, date) else value for key, value in given.items()
        }
        super().__init__(message.format(**words))
        self.message = message
        self.given = {k: When(Span.on(v)) if isinstance(v, date) else v for k, v in given.items()}


def plain(day: date) -> str:
    """Write a day as 7 Nov 2025."""
    return f"{day.day} {_NAMES[day.month - 1][:3].title()} {day.year}"


def read_day(text: str, today: date) -> Span:
    """Read a day, a month, a year or an interval, none of it after `today`, or raise BadDay."""
    typed = _clean(text, today)
    if re.fullmatch(_SLASHES, typed.strip(_MARKS)):
        _refuse_slashes(typed, today)
    if typed.count("/") == 1:
        return _interval(typed, today)
    return _single_day(typed, today)


def _clean(text: str, today: date) -> str:
    """Take out what nobody sees: format characters, and all white space but single blanks."""
    seen = "".join(char for char in text if category(char) != "Cf")
    typed = " ".join(normalize("NFC", seen).split())
    if not typed:
        raise BadDay("No day was given: write one such as {example}.", example=today.isoformat())
    if len(typed) > _LONGEST:
        raise _unreadable(typed, today)
    return typed


def _shorten(typed: str) -> str:
    short = typed if len(typed) <= _SHOWN else typed[: _SHOWN - 1] + "…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in short)


def _refuse_slashes(typed: str, today: date) -> NoReturn:
    """10/11/2025 is 10 November in Kyiv and 11 October in Boston: no guess is safe."""
    a, b, c = (int(part) for part in typed.strip(_MARKS).split("/"))
    readings = ((c, b, a), (c, a, b), (a, b, c))  # only one end can be a year of four figures
    days = (_calendar_day(*parts) for parts in readings if parts[0] >= _OLDEST_YEAR)
    match list(dict.fromkeys(day for day in days if day)):
        case [day, other]:
            raise BadDay(
                "{typed} could be {day} or {other}: write {day_iso} or {other_iso}.",
                typed=typed,
                day=day,
                other=other,
                day_iso=day.isoformat(),
                other_iso=other.isoformat(),
            )
        case [day]:
            raise BadDay(
                "{typed} has slashes, which are not read the same way everywhere: write {day}.",
                typed=typed,
                day=day.isoformat(),
            )
    raise _unreadable(typed, today)


def _interval(typed: str, today: date) -> Span:
    start, end = (part.strip() for part in typed.split("/"))
    if not start or end in {"", ".."}:
        raise BadDay(
            "“{typed}” lacks a day: write the first and the last, such as {example}, "
            "or .. for the first to leave it open.",
            typed=_shorten(typed),
            example=f"{today - timedelta(14)}/{today}",
        )
    last = _single_day(end, today)
    if start == "..":
        return Span.parse(f"../{last.edtf}")
    first = _single_day(start, today)
    if first.earliest is not None and first.earliest > last.latest:
        raise BadDay(
            "{typed} ends before it starts: write {last}/{first}.",
            typed=_shorten(typed),
            first=first.edtf,
            last=last.edtf,
        )
    return Span.parse(f"{first.edtf}/{last.edtf}")


def _single_day(typed: str, today: date) -> Span:
    """Read anything but an interval; a mark may stand before it or after it."""
    bare = typed.strip(_MARKS)
    for shape in (_day_in_figures, _relative_day, _day_with_month_name, _lenient_day):
        edtf = shape(bare, today)
        if edtf is not None:
            break
    else:
        _refuse(typed, bare.casefold(), today)
    marks = {mark for mark in "~?%" if mark in typed}
    mark = "%" if len(marks) > 1 else "".join(marks)
    span = Span.parse(edtf + mark)
    if span.earliest is not None and span.earliest > today:
        raise BadDay("{typed} is after today, {today}.", typed=_shorten(bare), today=today)
    return span


def _day_in_figures(typed: str, _today: date) -> str | None:
    """2025-10-29, 2025-10, 2025 and, day first, 29.10.2025."""
    match = re.fullmatch(_ISO, typed) or re.fullmatch(_DOTTED, typed)
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    if month is None:
        return year if int(year) >= _OLDEST_YEAR else None
    if day is None:
        return _check_exists(typed, int(year), int(month), 1)[:7]
    return _check_exists(typed, int(year), int(month), int(day))


def _relative_day(typed: str, today: date) -> str | None:
    """today, yesterday, 7d, 2 weeks ago."""
    text = typed.casefold()
    if text in _DAYS_BACK:
        return (today - timedelta(_DAYS_BACK[text])).isoformat()
    match = re.fullmatch(_AGO, text)
    if match is None:
        return None
    count, unit = int(match[1]), match[2][0]
    if unit != "m":
        return (today - timedelta(count * (7 if unit == "w" else 1))).isoformat()
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    last = monthrange(year, month + 1)[1]  # a month before 31 March is the last day of February
    return date(year, month + 1, min(today.day, last)).isoformat()


def _day_with_month_name(typed: str, today: date) -> str | None:
    """29 Oct 2025, Oct 29, 29 жовтня, October 2025."""
    text = typed.casefold()
    for pattern in _NAMED:
        match = re.fullmatch(pattern, text)
        if match is None or match["month"] not in _MONTHS:
            continue
        month, day = _MONTHS[match["month"]], int(match["day"])
        if match["year"]:
            return _check_exists(typed, int(match["year"]), month, day)
        for year in range(today.year, today.year - 9, -1):  # leap years may lie eight years apart
            latest = _calendar_day(year, month, day)
            if latest is not None and latest <= today:
                return latest.isoformat()
        return _check_exists(typed, today.year, month, day)
    match = re.fullmatch(_NAMED_MONTH, text)
    if match is None or match["month"] not in _MONTHS:
        return None
    return f"{match['year']}-{_MONTHS[match['month']]:02}"


def _lenient_day(typed: str, today: date) -> str | None:
    """Wed, 29th of October 2025: one day, one month, one year, and what dateutil passes over."""
    words = re.findall(r"[a-z]+", typed.casefold())
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = sorted(re.findall(r"\d+", typed), key=len)
    if len(months) != 1 or [len(number) for number in numbers] not in ([1, 4], [2, 4]):
        return None
    from dateutil.parser import parse  # noqa: PLC0415  start-up must not wait for it

    day, year = (int(number) for number in numbers)
    try:
        parsed = parse(typed, default=datetime.combine(today, time.min), ignoretz=True).date()
    except (ValueError, OverflowError):
        return None
    if (parsed.year, parsed.month, parsed.day) != (year, months[0], day):
        return None
    weekdays = {index for index, name in enumerate(_WEEKDAYS) if name[:3] in {w[:3] for w in words}}
    if weekdays - {parsed.weekday()}:
        raise BadDay(
            "{typed} names another weekday than {day} had: write {iso} if that is the day.",
            typed=_shorten(typed),
            day=parsed,
            iso=parsed.isoformat(),
        )
    return parsed.isoformat()


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _check_exists(typed: str, year: int, month: int, day: int) -> str:
    existing = _calendar_day(year, month, day)
    if existing is not None:
        return existing.isoformat()
    if month not in range(1, 13):
        raise BadDay("{typed} does not exist: a year has months 1 to 12.", typed=typed)
    last = str(monthrange(year, month)[1])
    raise BadDay("{typed} does not exist: that month has days 1 to {last}.", typed=typed, last=last)


def _refuse(typed: str, text: str, today: date) -> NoReturn:
    """Say what it looks like, where that helps to write it better."""
    given = {"typed": _shorten(typed), "example": today.isoformat()}
    if any(char.isdigit() and not char.isascii() for char in text):
        raise BadDay(
            "“{typed}” has digits other than 0 to 9: write a day such as {example}.", **given
        )
    if re.fullmatch(r"[0-9]{1,2}", text):
        raise BadDay(
            "“{typed}” could be a day, a month or an hour: "
            'write a day such as {example}, 7d or "29 Oct".',
            **given,
        )
    if re.search(_TIME, text):
        raise BadDay(
            "“{typed}” names a time of day: write only the day, such as {example}.", **given
        )
    latest = _latest(text, today)
    if latest is not None:
        raise BadDay(
            "“{typed}” does not say which one: write {latest} for the latest.",
            typed=_shorten(typed),
            latest=latest,
        )
    raise _unreadable(typed, today)


def _latest(text: str, today: date) -> str | None:
    """Return the newest month or weekday of that name, as it should have been written."""
    if text in _MONTHS:
        month = _MONTHS[text]
        return f"{today.year - (month > today.month):04}-{month:02}"
    for index, name in enumerate(_WEEKDAYS):
        if name.startswith(text) and text.startswith(name[:3]):
            return (today - timedelta((today.weekday() - index) % 7)).isoformat()
    return None


def _unreadable(typed: str, today: date) -> BadDay:
    return BadDay(
        '“{typed}” is not a day I can read: write a day such as {example}, 7d or "29 Oct".',
        typed=_shorten(typed),
        example=today.isoformat(),
    )
